"""Candidates in, accepted pairs and reasoned refusals out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder import verify
from algorand_coder.errors import UserError
from algorand_coder.instruct import derive, stage, strategy
from algorand_coder.instruct.config import DocsConfig, InstructConfig, PatternsConfig
from algorand_coder.instruct.derive import Tried
from algorand_coder.instruct.stage import STAGE, Sorted, add_tried, judge, propose, refusal
from algorand_coder.instruct.strategy import Material, Trial, made_by
from algorand_coder.pipeline import Engine, read_table, write_table
from algorand_coder.pipeline import manifest as manifests
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import run_stage
from algorand_coder.records import (
    Candidate,
    Category,
    Diagnostic,
    Kind,
    Level,
    LevelResult,
    Outcome,
    Pair,
    Provenance,
    Reject,
    Unit,
    Verdict,
)


def pair(name: str, *, mined: bool = False, shape: str = "") -> Pair:
    """A pair whose output is its name."""
    return Pair(
        id=name,
        instruction=f"Do {name}.",
        input="",
        output=f"export const {name} = 1\n",
        strategy="docs" if mined else "patterns",
        category=Category.STATE,
        kind=Kind.CLIENT,
        target="utils9",
        skeleton=shape or name,
        lineage=f"patterns/toy/{name}",
        mined=mined,
        provenance=(Provenance("generated", "1", "x.py", "MIT", "generated"),),
    )


def verdict(outcome: Outcome, *, deprecated: tuple[str, ...] = (), reason: str = "") -> Verdict:
    """A verdict at level types."""
    found = (Diagnostic(Level.TYPES, "main.ts", 3, 7, "TS2322", "no"),) if outcome is Outcome.FAILED else ()
    return Verdict("key", (LevelResult(Level.TYPES, outcome, found, reason),), deprecated=deprecated)


PASSED = verdict(Outcome.PASSED)


def test_reasons_are_short_and_stable() -> None:
    assert refusal(PASSED) is None
    assert refusal(verdict(Outcome.FAILED)) == ("types/TS2322", "main.ts:3:7 no")
    assert refusal(verdict(Outcome.PASSED, deprecated=("signTxn", "decodeObj"))) == (
        "deprecated-api",
        "signTxn, decodeObj",
    )
    assert refusal(verdict(Outcome.UNJUDGED, reason="node is missing")) == ("unjudged/types", "node is missing")
    assert refusal(Verdict("key", ())) == ("unjudged/parse", "the verifier gave no reason")


def test_every_candidate_is_accepted_or_rejected() -> None:
    candidates = [pair("a"), pair("b"), pair("c")]
    verdicts = [PASSED, verdict(Outcome.FAILED), verdict(Outcome.PASSED, deprecated=("signTxn",))]
    result = judge(candidates, verdicts, InstructConfig())
    assert [p.id for p in result.accepted] == ["a"]
    assert [(r.subject, r.reason, r.name) for r in result.rejects] == [
        ("b", "types/TS2322", "patterns/toy/b"),
        ("c", "deprecated-api", "patterns/toy/c"),
    ]
    assert result.rejects[0].excerpt == "export const b = 1"


def test_unjudged_pairs_stop_the_stage_unless_allowed() -> None:
    verdicts = [verdict(Outcome.UNJUDGED, reason="puya is missing: pip install puyapy")]
    with pytest.raises(UserError, match="puya is missing: pip install puyapy") as error:
        judge([pair("a")], verdicts, InstructConfig())
    assert "doctor" in str(error.value)
    assert "\n" not in str(error.value)
    allowed = judge([pair("a")], verdicts, InstructConfig(allow_unjudged=True))
    assert [r.reason for r in allowed.rejects] == ["unjudged/types"]


def test_a_failed_pair_takes_no_place_under_its_skeleton() -> None:
    candidates = [pair("a", shape="s"), pair("b", shape="s"), pair("c", shape="s"), pair("d", shape="t")]
    verdicts = [verdict(Outcome.FAILED), PASSED, PASSED, PASSED]
    result = judge(candidates, verdicts, InstructConfig(max_per_skeleton=1))
    assert [p.id for p in result.accepted] == ["b", "d"]
    assert [(r.subject, r.reason) for r in result.rejects] == [("a", "types/TS2322"), ("c", "skeleton-cap")]


class Toy:
    """A strategy that yields given pairs."""

    def __init__(self, name: str, pairs: Sequence[Pair]) -> None:
        self.name, self.pairs = name, pairs

    def generate(self, units: Sequence[Unit], config: Any, seed: int) -> Iterator[Pair]:
        """The given pairs."""
        yield from self.pairs


class Spoiler:
    """Breaks every pair by adding ``wrong`` to it, and one in a way that the verifier accepts."""

    name = "repair"

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """One trial a pair; the mutant of ``fine`` is no mutant."""
        for source in material.accepted:
            broken = source.output + ("" if source.id == "fine" else "wrong")
            draft = replace(
                source,
                id=f"{source.id}-repair",
                strategy="repair",
                provenance=(*source.provenance, made_by("repair", "spoil")),
            )
            told = lambda p, v, shown=broken: replace(p, input=shown)  # noqa: E731
            yield Trial(draft, Candidate.single(broken, Kind.CLIENT), Outcome.FAILED, told)


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``toys(docs=[…], patterns=[…])`` puts toy strategies in place of the real ones."""

    def put(**pairs: Sequence[Pair]) -> None:
        monkeypatch.setattr(stage, "load", lambda name: Toy(name, pairs.get(name, [])))
        monkeypatch.setattr(derive, "DERIVED", {"repair": ""})
        monkeypatch.setattr(derive, "load_deriving", lambda name: Spoiler())

    return put


def test_mined_pairs_come_first(toys: Callable[..., None]) -> None:
    toys(docs=[pair("own"), pair("mined", mined=True)], patterns=[pair("made")])
    assert [p.id for p in propose([], InstructConfig(), 1)] == ["mined", "own", "made"]


def test_a_disabled_strategy_proposes_nothing(toys: Callable[..., None]) -> None:
    toys(docs=[pair("a")], patterns=[pair("b")])
    assert [p.id for p in propose([], InstructConfig(docs=DocsConfig(enabled=False)), 1)] == ["b"]


def test_duplicate_ids_are_refused(toys: Callable[..., None]) -> None:
    toys(docs=[pair("a")], patterns=[pair("a")])
    with pytest.raises(ValueError, match="came twice"):
        propose([], InstructConfig(), 1)


def test_every_registered_strategy_can_be_loaded_and_has_a_section() -> None:
    for name in strategy.DERIVED:
        assert strategy.load_deriving(name).name == name
        assert getattr(InstructConfig(), name).enabled
    for name in strategy.STRATEGIES:
        assert strategy.load(name).name == name
        assert getattr(InstructConfig(), name).enabled


class FakeVerifier:
    """Passes everything whose output does not say ``wrong``."""

    def __init__(self, **_: Any) -> None:
        pass

    def __enter__(self) -> FakeVerifier:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    compile_artifacts = None

    def check(
        self, candidates: Sequence[Candidate], level: Level, progress: Callable[[int], None] = lambda count: None
    ) -> list[Verdict]:
        """Verdicts in order."""
        progress(len(candidates))
        return [verdict(Outcome.FAILED) if "wrong" in c.files[c.entry] else PASSED for c in candidates]


def test_the_stage_writes_pairs_rejects_and_counts(
    toys: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toys(docs=[pair("mined", mined=True)], patterns=[pair("fine"), pair("wrong")])
    monkeypatch.setattr(verify, "Verifier", FakeVerifier)
    refine = tmp_path / "refine"
    refine.mkdir()
    write_table(refine / "units.parquet", Unit, [])
    manifests.Manifest("refine", "k", {}, {}, {}, manifests.hash_outputs(refine), {}, "2020", 0.0).write(refine)
    report = run_stage(STAGE, tmp_path, InstructConfig(), seed=1, engine=Engine(), progress=Progress(quiet=True))
    rows = read_table(tmp_path / "instruct/pairs.parquet", Pair)
    assert [row.id for row in rows] == ["mined", "fine", "mined-repair"]
    assert rows[-1].input == "export const mined = 1\nwrong"
    refused = read_table(tmp_path / "instruct/rejects.parquet", Reject)
    assert [(r.subject, r.reason) for r in refused] == [
        ("wrong", "types/TS2322"),
        ("fine-repair", "mutant-accepted/repair/spoil"),
    ]
    counts = report.manifest.counts
    assert (counts["candidates"], counts["accepted"], counts["rejected"], counts["mined"]) == (5, 3, 2, 2)
    assert counts["skeletons"] == 2
    assert counts["by_strategy"] == {"docs": 1, "patterns": 1, "repair": 1}
    assert counts["candidates_by_strategy"] == {"docs": 1, "patterns": 2, "repair": 2}
    assert counts["rejected_by_reason"] == {"mutant-accepted/repair/spoil": 1, "types/TS2322": 1}
    assert counts["by_family"] == {"patterns/toy": 1}
    assert counts["by_operator"] == {"repair/spoil": 1}


def test_shown_code_that_no_tool_could_judge_stops_the_stage_unless_allowed() -> None:
    tried = Tried([], [], [(pair("a"), "unjudged/shown", "node is missing")])
    with pytest.raises(UserError, match="node is missing"):
        add_tried(Sorted([], []), tried, InstructConfig())
    allowed = add_tried(Sorted([], []), tried, InstructConfig(allow_unjudged=True))
    assert [r.reason for r in allowed.rejects] == ["unjudged/shown"]


def test_derived_pairs_share_the_places_under_a_skeleton() -> None:
    before = Sorted([pair("a", shape="s"), pair("b", shape="s")], [])
    late = [pair("c", shape="s"), pair("d", shape="s")]
    result = add_tried(before, Tried(late, [PASSED, PASSED], []), InstructConfig())
    assert [p.id for p in result.accepted] == ["a", "b", "c"]
    assert [r.reason for r in result.rejects] == ["skeleton-cap"]


def test_configuration_is_checked() -> None:
    with pytest.raises(ValueError, match="less than or equal to 3"):
        PatternsConfig(max_per_skeleton=4)
