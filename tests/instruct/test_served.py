"""What a gateway collected comes back as candidate pairs: judged again, and only while it still holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from algorand_coder.errors import UserError
from algorand_coder.instruct.config import DocsConfig, InstructConfig, PatternsConfig, ServedConfig
from algorand_coder.instruct.derive import try_all
from algorand_coder.instruct.served import ServedStrategy
from algorand_coder.instruct.strategy import Material, Trial
from algorand_coder.pipeline.tables import to_plain
from algorand_coder.records import Category, Kind, Outcome, Pair, Provenance
from algorand_coder.verify import Verifier

RIGHT = "export const answer: number = 42\n"
WRONG = "export const answer: string = 42"
ANSWER = Pair(
    id="a" * 64,
    instruction="Export the answer as a number.",
    input="",
    output=RIGHT,
    strategy="served",
    category=Category.TRANSACTIONS,
    kind=Kind.CLIENT,
    target="utils9",
    skeleton="s",
    lineage="served/1234",
    mined=False,
    provenance=(Provenance("served", "tuned", "aaaa", "own", "generated", private=True),),
    entry="main.ts",
)
REPAIR = replace(
    ANSWER,
    id="b" * 64,
    instruction="Repair this code. Export the answer as a number.",
    input=f"```ts\n{WRONG}\n```\n\nIt does not pass:\n\nmain.ts:1:14  TS2322  wrong type",
    strategy="served-repair",
)
NOTHING = Material([], lambda candidate: {})


def written(folder: Path, *lines: str | Pair, end: str = "\n") -> ServedConfig:
    path = folder / "pairs.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(to_plain(line)) for line in lines]
    path.write_text("\n".join(texts) + end, encoding="utf-8")
    return ServedConfig(path=str(path))


def trials(config: ServedConfig) -> Sequence[Trial]:
    return list(ServedStrategy().derive(NOTHING, config, seed=1))


def test_without_a_file_there_are_no_pairs() -> None:
    assert trials(ServedConfig()) == []


def test_answers_and_repairs_are_trials_and_stay_private(tmp_path: Path) -> None:
    answer, repair = trials(written(tmp_path, ANSWER, REPAIR, ANSWER))
    assert (answer.pair.output, answer.shown) == (RIGHT, None)
    assert repair.shown is not None
    assert repair.shown.files == {"main.ts": f"{WRONG}\n"}
    assert repair.wanted is Outcome.FAILED
    assert [t.pair.provenance[0].path for t in (answer, repair)] == ["served/answer", "served/repair"]
    assert all(t.pair.provenance[0].private for t in (answer, repair))


def test_they_are_judged_again(tmp_path: Path, verifier: Verifier) -> None:
    outdated = replace(ANSWER, id="c" * 64, output=f"{WRONG}\n")
    mended = replace(REPAIR, id="d" * 64, input=REPAIR.input.replace(": string", ""))
    tried = try_all(trials(written(tmp_path, ANSWER, REPAIR, outdated, mended)), verifier.check)
    passed = [p.id for p, v in zip(tried.pairs, tried.verdicts, strict=True) if v.outcome is Outcome.PASSED]
    assert passed == [ANSWER.id, REPAIR.id]
    assert [(pair.id, reason) for pair, reason, _ in tried.refused] == [(mended.id, "mutant-accepted/served/repair")]


def test_a_line_that_a_kill_cut_off_is_left_out(tmp_path: Path) -> None:
    assert [t.pair.id for t in trials(written(tmp_path, ANSWER, '{"id": "half', end=""))] == [ANSWER.id]


@pytest.mark.parametrize("line", ['{"id": 1}', "[]", json.dumps(to_plain(replace(ANSWER, strategy="docs")))])
def test_a_foreign_line_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    with pytest.raises(UserError, match=r"pairs\.jsonl:1: no pair of the gateway"):
        trials(written(tmp_path, line, ANSWER))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"instruct\.served\.path"):
        trials(ServedConfig(path=str(tmp_path / "none.jsonl")))


def test_new_lines_make_the_stage_run_again(tmp_path: Path) -> None:
    def dumped(config: ServedConfig) -> str:
        off = InstructConfig(docs=DocsConfig(enabled=False), patterns=PatternsConfig(enabled=False), served=config)
        return off.model_dump_json()

    before = dumped(written(tmp_path, ANSWER))
    assert dumped(written(tmp_path, ANSWER, REPAIR)) != before
