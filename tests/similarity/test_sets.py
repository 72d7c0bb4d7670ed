"""Many sets in one array are the same sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.similarity import ShingleSets, keep_first, near_duplicates, sets, shingle_array

TEXTS = st.lists(st.lists(st.sampled_from("abcd"), max_size=12), max_size=20)


@given(TEXTS, st.integers(1, 30))
def test_every_text_finds_its_set_again(texts: list[list[str]], size: int) -> None:
    arrays = [shingle_array(text, 3) for text in texts]
    gathered = ShingleSets.of(iter(arrays))
    assert len(gathered) == len({array.tobytes() for array in arrays})
    for array, at in zip(arrays, gathered.set_of.tolist(), strict=True):
        assert (gathered[at] == array).all()
        assert gathered.lengths[at] == len(array)
    members = list(gathered.texts_of())
    assert sorted(text for group in members for text in group) == list(range(len(texts)))
    assert all(gathered.set_of[text] == at for at, group in enumerate(members) for text in group)
    runs = list(gathered.runs(size))
    assert [index for start, stop in runs for index in range(start, stop)] == list(range(len(gathered)))


def test_joining_in_pieces_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = [np.arange(number, number + 7, dtype=np.uint64) for number in range(50)]
    whole = ShingleSets.of(arrays)
    monkeypatch.setattr(sets, "_CHUNK", 20)
    assert (ShingleSets.of(arrays).values == whole.values).all()


@given(TEXTS)
def test_texts_may_come_as_tokens_once_or_as_sets(texts: list[list[str]]) -> None:
    gathered = ShingleSets.of(shingle_array(text, 5) for text in texts)
    for method in (keep_first, near_duplicates):
        assert method(texts) == method(iter(texts)) == method(gathered)
