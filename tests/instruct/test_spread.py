"""What is kept of many candidates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.instruct.spread import first_of_each, spread

ALIKE = [f"const a = {n}\nsend(a, first, second)\nstop(a)" for n in range(3)]
OTHER = "export class Purse { coins = [] }"


def test_the_text_unlike_the_others_is_kept() -> None:
    assert spread([*ALIKE, OTHER], 2) == [0, 3]
    assert spread([*ALIKE, OTHER], 2, first=[1]) == [1, 3]


def test_few_texts_are_all_kept() -> None:
    assert spread([*ALIKE, OTHER], 4) == [0, 1, 2, 3]


@given(st.lists(st.text("ab ;", max_size=12), max_size=12), st.integers(0, 12))
def test_places_are_distinct_and_in_order(texts: list[str], count: int) -> None:
    places = spread(texts, count)
    assert places == sorted(set(places))
    assert len(places) == min(count, len(texts))


def test_every_group_has_its_first_members() -> None:
    assert first_of_each("aabab", 2) == [0, 1, 2, 4]
    assert first_of_each("aabab", 0) == []
