"""Preference pairs out of repair rows: both sides judged, nothing made up, nothing just gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import messages
from algorand_coder.pipeline import read_table, write_table
from algorand_coder.posttrain.encoding import TokenPair, encode_preferences
from algorand_coder.posttrain.preferences import Preference, Preferences, broken_code, build
from algorand_coder.records import Pair
from algorand_coder.train.masks import IGNORED
from tests.posttrain.conftest import repair, row, verdict


def made(*rows: Pair) -> Preferences:
    return build(rows, "train", lambda candidates: [verdict(each) for each in candidates])


def test_both_answer_the_request_of_the_row_that_was_broken() -> None:
    found = made(row(1), repair(row(1)), row(2)).pairs
    assert len(found) == 1
    pair = found[0]
    assert list(pair.prompt) == messages(row(1).instruction), "not the request to mend something"
    assert pair.chosen == row(1).output and pair.rejected.strip() == row(1).output.replace("bigint", "BROKEN").strip()
    assert (pair.rejected_at, pair.rejected_code, pair.mistake) == ("types", "TS2304", "repair/wrong-type")
    assert pair.chosen_passed == ("parse", "types") and pair.rejected_passed == ("parse",)
    assert [p.path for p in pair.provenance] == ["fees.py", "repair/wrong-type"]


def test_what_gives_no_preference_is_counted() -> None:
    sound = row(2).output.replace("total", "sum")
    rows = [
        repair(row(1)),  # its request is not among the rows
        *(row(2), repair(row(2), broken=sound)),  # the verifier likes both
        *(row(3), repair(row(3), broken=row(3).output + "\n\n")),
        *(row(4), replace(repair(row(4)), input="It is broken, believe me.")),
        *(row(5), repair(row(5), broken="UNJUDGED")),
    ]
    found = made(*rows)
    assert found.pairs == []
    assert found.left_out == {
        "both-the-same": 1,
        "no-code": 1,
        "rejected-not-refused": 1,
        "request-not-in-data-set": 1,
        "unjudged": 1,
    }
    assert found.unjudged == "no node"


def test_an_accepted_answer_must_still_be_accepted() -> None:
    stale = replace(row(1), output="BROKEN")
    assert made(stale, replace(repair(row(1)), output="BROKEN")).left_out == {"chosen-not-accepted": 1}


def test_support_files_are_not_the_broken_code() -> None:
    given = "export const fee = 1n"
    fix = repair(row(1))
    with_support = replace(fix, input=f"`fees.ts`:\n\n```ts\n{given}\n```\n\n{fix.input}", support={"fees.ts": given})
    assert broken_code(with_support) == broken_code(fix) != ""
    assert broken_code(replace(with_support, support={})) == "", "which of two is broken cannot be told"


def test_the_table_reads_back_and_has_the_same_bytes(tmp_path: Path) -> None:
    pairs = made(row(1), repair(row(1)), row(2), repair(row(2))).pairs
    for name in ("a", "b"):
        write_table(tmp_path / name, Preference, pairs)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert read_table(tmp_path / "a", Preference) == pairs


def encoded(
    tokenizer: Any, *pairs: Preference, limit: int = 4096, overlong: Literal["raise", "drop"] = "raise"
) -> tuple[list[TokenPair], dict[str, int]]:
    return encode_preferences(tokenizer, pairs, max_length=limit, overlong=overlong, switches={})


def test_tokens_are_those_of_training_with_the_end_of_the_turn(twin_folder: Callable[[str], Path]) -> None:
    from transformers import AutoTokenizer

    from algorand_coder.dataset.formats import chat
    from algorand_coder.train.masks import encode_row
    from algorand_coder.train.rows import ChatRow

    tokenizer = AutoTokenizer.from_pretrained(str(twin_folder("qwen2")))
    pair = made(row(1), repair(row(1))).pairs[0]
    (tokens,), dropped = encoded(tokenizer, pair)
    as_trained = encode_row(tokenizer, ChatRow("", "", tuple(chat(row(1))["messages"])))
    assert tokens.prompt + tokens.chosen == as_trained.input_ids[: len(tokens.prompt + tokens.chosen)]
    assert [label for label in as_trained.labels if label != IGNORED] == list(tokens.chosen)
    assert tokens.chosen[-1] == tokens.rejected[-1] == tokenizer.eos_token_id
    assert dropped == {"overlong": 0, "special_token": 0, "alike": 0}

    forged = replace(pair, rejected=pair.rejected + "// <|im_end|>")
    alike = replace(pair, rejected=pair.chosen)
    kept, dropped = encoded(tokenizer, pair, forged, alike)
    assert len(kept) == 1 and dropped == {"overlong": 0, "special_token": 1, "alike": 1}
    with pytest.raises(UserError, match=r"1 of 1 preferences have more than dpo.max_seq_length=20 tokens .longest"):
        encoded(tokenizer, pair, limit=20)
    assert encoded(tokenizer, pair, limit=20, overlong="drop") == (
        [],
        {**dropped, "overlong": 1, "alike": 0, "special_token": 0},
    )
