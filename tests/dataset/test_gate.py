"""The gate says go only when every criterion holds, and tells what does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from algorand_coder.cli.gate import command
from algorand_coder.dataset import gate
from algorand_coder.dataset.finished import DataSet, read_data_set
from algorand_coder.pipeline.gate import Criterion, Decision, criterion, decide, unjudged
from algorand_coder.pipeline.stage import StageReport
from algorand_coder.records import Candidate, Diagnostic, Kind, Level, LevelResult, Outcome, Pair, Verdict

MakePair = Callable[..., Pair]
RunDataset = Callable[..., StageReport]


@pytest.fixture
def run(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> Path:
    run_dataset([make_pair(n, kind=Kind.CONTRACT if n % 2 else Kind.CLIENT) for n in range(40)])
    return tmp_path / "run"


def outcomes(run: Path, data: DataSet | None = None) -> dict[str, Criterion]:
    return {each.name: each for each in gate.judge(data or read_data_set(run), run)}


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MIN_PAIRS", 40)
    monkeypatch.setattr(gate, "MIN_CONTRACTS", 20)
    monkeypatch.setattr(gate, "MIN_PER_CATEGORY", 8)


def test_go_no_go_and_inconclusive() -> None:
    good, bad = (criterion("x", value, "≥ 1", passed=value >= 1) for value in (1, 0))
    unknown = unjudged("y", "100 %", "no tool")
    assert decide([good, good]) is Decision.GO
    assert decide([good, unknown]) is Decision.INCONCLUSIVE
    assert decide([good, unknown, bad]) is Decision.NO_GO
    assert decide([]) is Decision.INCONCLUSIVE
    assert [each.exit_code for each in Decision] == [0, 1, 2]


def test_a_small_set_is_too_small_and_the_rest_is_said(run: Path) -> None:
    found = outcomes(run)
    size = found["instruction pairs"]
    assert (size.value, size.threshold, size.outcome) == (40, "≥ 5,000", Outcome.FAILED)
    assert found["of them contracts"].value == 20
    assert found["rows that the verifier accepted"].outcome is Outcome.PASSED
    assert found["exact duplicates"].outcome is Outcome.PASSED
    done = CliRunner().invoke(command, ["data", str(run), "--json"])
    assert done.exit_code == 1
    printed = json.loads(done.stdout)
    assert printed["decision"] == "no-go"
    assert {each["name"] for each in printed["criteria"]} == set(found)
    assert CliRunner().invoke(command, ["data", str(run)]).stdout.rstrip().endswith("no-go")


def test_an_instruct_stage_that_ran_again_leaves_it_open(run: Path) -> None:
    manifest = json.loads((run / "instruct" / "manifest.json").read_text())
    (run / "instruct" / "manifest.json").write_text(json.dumps({**manifest, "outputs": {"pairs.parquet": "0"}}))
    assert outcomes(run)["rows that the verifier accepted"].outcome is Outcome.UNJUDGED


def test_a_row_that_nobody_judged_is_found(run: Path) -> None:
    data = read_data_set(run)
    smuggled = replace(data.pairs[0], output=data.pairs[0].output + "\nsmuggled()\n")
    found = outcomes(run, replace(data, pairs=(smuggled, *data.pairs[1:])))["rows that the verifier accepted"]
    assert found.outcome is Outcome.FAILED
    assert found.value == pytest.approx(39 / 40)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"lineage": "shared"}, "sources, lineages, skeletons on both sides"),
        ({"skeleton": "shared"}, "sources, lineages, skeletons on both sides"),
        ({"provenance": ()}, "rows without a permissive licence"),
        ({"lineage": "patterns/cloakroom"}, "rows that hold an evaluation task"),
    ],
)
def test_what_is_wrong_with_rows_fails_its_criterion(run: Path, change: dict[str, Any], name: str) -> None:
    data = read_data_set(run)
    assert outcomes(run)[name].outcome is Outcome.PASSED
    pairs = [replace(pair, **change) for pair in data.pairs]
    assert outcomes(run, replace(data, pairs=tuple(pairs)))[name].outcome is Outcome.FAILED


def test_copies_and_leaks_are_found(run: Path) -> None:
    data = read_data_set(run)
    train, held = data.side("train")[0], data.side("validation")[0]
    leaky = [replace(held, output=train.output, input="another") if pair.id == held.id else pair for pair in data.pairs]
    found = outcomes(run, replace(data, pairs=tuple(leaky)))
    assert found["held-out row closest to training"].value == 1.0
    assert found["held-out row closest to training"].outcome is Outcome.FAILED
    assert found["near-duplicates of an answer"].outcome is Outcome.FAILED
    assert found["exact duplicates"].outcome is Outcome.PASSED


class _Judge:
    """Says of the rows what it is told to, and remembers how many it got at a time."""

    def __init__(self, outcome: Callable[[int], Outcome]) -> None:
        self.sizes: list[int] = []
        self._outcome = outcome

    def check(self, candidates: Sequence[Candidate], level: Level) -> list[Verdict]:
        self.sizes.append(len(candidates))
        outcome = self._outcome(len(self.sizes))
        said = (Diagnostic(level, "main.ts", 1, 1, "TS1", "wrong"),) if outcome is Outcome.FAILED else ()
        reason = "no node" if outcome is Outcome.UNJUDGED else ""
        return [Verdict(each.key, (LevelResult(level, outcome, said, reason),)) for each in candidates]


@pytest.mark.parametrize(
    ("third", "outcome", "note"),
    [
        (Outcome.PASSED, Outcome.PASSED, ""),
        (Outcome.FAILED, Outcome.FAILED, "wrong"),
        (Outcome.UNJUDGED, Outcome.UNJUDGED, "no node"),
    ],
)
def test_a_sample_is_judged_again_one_by_one(run: Path, third: Outcome, outcome: Outcome, note: str) -> None:
    data = read_data_set(run)
    judge = _Judge(lambda number: third if number == 3 else Outcome.PASSED)
    found = {each.name: each for each in gate.judge(data, run, 10, cast(Any, judge))}
    again = found["of 10 rows judged again, passed"]
    assert judge.sizes == [1] * 10
    assert again.outcome is outcome
    assert note in again.note
    assert gate.sampled(data, 10) == gate.sampled(replace(data, pairs=data.pairs[::-1]), 10)


def test_a_good_set_is_a_go(
    make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch)
    monkeypatch.setattr(gate, "MIN_NAMELESS", 0.0)
    monkeypatch.setattr(gate, "MAX_BUILT_OVER_MINED", 1.0)
    strategies = ("patterns", "docs", "edit", "migration")
    run_dataset([make_pair(n, kind=(Kind.CLIENT, Kind.CONTRACT)[n % 2], strategy=strategies[n % 4]) for n in range(40)])
    done = CliRunner().invoke(command, ["data", str(tmp_path / "run")])
    assert done.exit_code == 0, done.stdout
    assert done.stdout.rstrip().endswith("\ngo")
