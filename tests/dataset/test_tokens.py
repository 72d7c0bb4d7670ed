"""Row lengths: by a tokenizer that is at hand, or by a rule of thumb that says that it is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from algorand_coder.dataset.tokens import APPROXIMATION, counter, summary
from algorand_coder.errors import UserError
from algorand_coder.generate.chat import SYSTEM_PROMPT
from algorand_coder.records import Pair

MakePair = Callable[..., Pair]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model folder whose tokenizer makes a token of every word."""
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({"?": 0}, unk_token="?"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "config.json").write_text("{}")
    return tmp_path


def test_the_tokenizer_of_a_folder_counts(model: Path, make_pair: MakePair) -> None:
    tokens = counter(str(model))
    pair = make_pair(1, instruction="Write three words", input="and two", output="a b c d")
    # The answer stands in a fence of two lines.
    assert tokens.of(pair) == len(SYSTEM_PROMPT.split()) + 3 + 2 + 4 + 2
    assert tokens.name == str(model)


def test_without_a_model_three_bytes_are_a_token(make_pair: MakePair) -> None:
    tokens = counter("")
    assert tokens is APPROXIMATION
    assert [tokens.count(text) for text in ("", "a", "abc", "abcd", "ééé")] == [0, 1, 1, 2, 2]
    assert "approximation" in tokens.name


def test_a_folder_without_a_tokenizer_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UserError, match=r"has no tokenizer\.json"):
        counter(str(tmp_path))


def test_lengths_in_a_few_figures() -> None:
    assert summary([1, 2, 3, 10], "x") == {"total": 16, "median": 2, "p95": 8, "max": 10, "counted_by": "x"}
    assert summary([], "x")["max"] == 0
