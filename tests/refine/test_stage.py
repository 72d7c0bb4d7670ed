"""The stage as a whole: tables, counts, thresholds, decontamination, explanation."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from algorand_coder.cli import cli
from algorand_coder.errors import UserError
from algorand_coder.pipeline import Engine, read_table, write_table
from algorand_coder.pipeline.config import parse
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import StageReport, run_stage
from algorand_coder.records import Candidate, Kind, Reject, Unit, Verdict
from algorand_coder.refine import stage
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.counts import contract_classes
from algorand_coder.refine.explain import explain
from algorand_coder.refine.filters import FILTERS, Subject, reasons
from algorand_coder.refine.stage import STAGE
from algorand_coder.refine.thresholds import STEPS, effects

from .conftest import unit, write_inputs

OTHER = """export async function optIn(algorand: AlgorandClient, sender: string, assetId: bigint) {
  const held = await algorand.account.getInformation(sender)
  const already = (held.assets ?? []).some((holding) => holding.assetId === assetId)
  if (already) {
    return undefined
  }
  const done = await algorand.send.assetOptIn({ sender, assetId })
  return done.confirmation.confirmedRound
}
"""


def units() -> list[Unit]:
    return [
        unit(place={"start_line": 3, "end_line": 12}),
        unit(OTHER, name="optIn", place={"path": "src/opt-in.ts"}),
        unit(place={"source": "copy", "path": "lib/pay.ts"}),
        unit("// TODO\n" + OTHER, name="later", place={"start_line": 40, "end_line": 50}),
        unit("const short = 1\n", name="short", place={"start_line": 60, "end_line": 60}, metrics={"lines": 9}),
    ]


def run(folder: Path, given: list[Unit], workers: int = 1, **config: Any) -> StageReport:
    write_inputs(folder, given)
    return run_stage(
        STAGE,
        folder,
        RefineConfig(**{"min_type_coverage": 0, **config}),
        seed=1,
        engine=Engine(workers=workers),
        progress=Progress(Console(quiet=True), quiet=True),
    )


def tables(folder: Path) -> tuple[list[Unit], list[Reject]]:
    return (
        read_table(folder / "refine" / "units.parquet", Unit),
        read_table(folder / "refine" / "rejects.parquet", Reject),
    )


def test_everything_is_kept_or_rejected_with_a_reason(tmp_path: Path) -> None:
    given = units()
    counts = run(tmp_path, given).manifest.counts
    kept, rejects = tables(tmp_path)
    assert [item.name for item in kept] == ["optIn", "pay"]
    assert {item.provenance.source for item in kept} == {"shop", "copy"}
    assert {(reject.name, reject.reason) for reject in rejects} == {
        ("pay", "exact-duplicate"),
        ("later", "placeholder"),
        ("short", "too-short"),
    }
    assert {item.id for item in kept} | {reject.subject for reject in rejects} == {item.id for item in given}
    assert counts["units"] == 5
    funnel = ("sources", "files", "units", "kept", "rejected", "licences")
    assert {name: counts[name] for name in funnel} == {
        "sources": 2,
        "files": 3,
        "units": 5,
        "kept": {"units": 2, "lines": 20, "contracts": 0},
        "rejected": {"exact-duplicate": 1, "placeholder": 1, "too-short": 1},
        "licences": {"MIT": 20},
    }
    assert counts["by_source"]["shop"] == {
        "files": 2,
        "units": 4,
        "kept": 1,
        "lines": 10,
        "contracts": 0,
        "rejected": {"exact-duplicate": 1, "placeholder": 1, "too-short": 1},
    }
    assert counts["thresholds"]["min_lines"] == {"value": 10, "step": 1, "minus": 1, "plus": -3}


def test_neither_order_nor_workers_change_what_is_kept(tmp_path: Path) -> None:
    given = units()
    run(tmp_path / "a", given)
    run(tmp_path / "b", random.Random(3).sample(given, len(given)), workers=2)
    first, second = (sorted(item.id for item in tables(tmp_path / name)[0]) for name in "ab")
    assert first == second


def test_a_finished_stage_is_recognised(tmp_path: Path) -> None:
    run(tmp_path, units())
    assert run(tmp_path, units()).reused
    assert not run(tmp_path, units(), min_lines=9).reused


def test_a_secret_is_not_kept_among_the_rejects(tmp_path: Path) -> None:
    secret = f"const m = '{' '.join(['abandon'] * 24 + ['invest'])}'\n"
    broken = {"metrics": {"has_parse_error": True}}
    run(tmp_path, [unit(), unit(secret + OTHER), unit(f"{secret}const a: = 1", **broken)])
    kept, rejects = tables(tmp_path)
    assert [reject.reason for reject in rejects] == ["secret", "parse-error"]
    assert "abandon" not in repr(rejects)
    assert len(kept) == 1


def test_threshold_effects_are_those_of_running_again() -> None:
    rng = random.Random(11)
    subjects = [
        Subject(
            unit(
                unit_kind=rng.choice(["function", "class", "test", "example", "contract"]),
                metrics={
                    "lines": rng.choice([3, 4, 5, 6, 9, 10, 11, 99, 100, 101, 290, 300, 310]),
                    "complexity": rng.choice([2, 13, 14, 15, 16]),
                    "comment_ratio": rng.choice([0.0, 0.04, 0.045, 0.05, 0.055, 0.06, 0.2]),
                    "max_line_chars": rng.choice([80, 230, 231, 240, 245, 250, 251]),
                },
            )
        )
        for _ in range(400)
    ]

    def passing(config: RefineConfig) -> int:
        return sum(not reasons(subject, config) for subject in subjects)

    base = RefineConfig()
    found = effects(subjects, [reasons(subject, base) for subject in subjects], base)
    assert set(found) == set(STEPS)
    for name, (_, step) in STEPS.items():
        value = getattr(base, name)
        for sign, moved in (("minus", value - step), ("plus", value + step)):
            again = passing(
                base.model_copy(update={name: max(round(moved, 6), 1 if name == "min_example_lines" else 0)})
            )
            assert found[name][sign] == again - passing(base), (name, sign)
    assert any(effect["plus"] for effect in found.values())


def test_every_threshold_names_a_filter() -> None:
    assert {reason for reason, _ in STEPS.values()} <= {reason for reason, _ in FILTERS}


def told(folder: Path, place: str) -> str:
    return "\n".join(explain(folder, place, RefineConfig()))


def test_explain(tmp_path: Path) -> None:
    run(tmp_path, units())
    write_table(
        tmp_path / "extract" / "rejects.parquet",
        Reject,
        [Reject("extract", "f", "generated", "@generated", "src/gen.ts", "shop", "")],
    )
    assert "refused: placeholder: // TODO" in told(tmp_path, "src/pay.ts:41")
    assert "refused: too-short: 9 lines, at least 10" in told(tmp_path, "pay.ts:60")
    assert "lib/pay.ts:3-12  function pay" in told(tmp_path, "lib/pay.ts:5")
    assert told(tmp_path, "lib/pay.ts:5").endswith("  kept")
    assert "exact-duplicate: of copy lib/pay.ts:3" in told(tmp_path, "src/pay.ts:5")
    assert told(tmp_path, "src/pay.ts:55") == "src/pay.ts:55 belongs to no unit; the nearest one is at lines 40-50"
    assert told(tmp_path, "gen.ts:1") == "shop src/gen.ts: left out by extract: generated @generated"


@pytest.mark.parametrize(
    ("place", "complaint"),
    [("src/pay.ts", "expected FILE:LINE"), ("src/pay.ts:x", "expected FILE:LINE"), ("no.ts:1", "no collected file")],
)
def test_explain_complaints_are_one_line(tmp_path: Path, place: str, complaint: str) -> None:
    run(tmp_path, units())
    with pytest.raises(UserError, match=complaint):
        told(tmp_path, place)


def test_explain_before_a_run(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="run 'algorand-coder refine' first"):
        told(tmp_path, "src/pay.ts:1")


def test_packages_of_a_monorepo(tmp_path: Path) -> None:
    plain = "export const sum = (a: number, b: number) => a + b\n"
    given = [
        unit(plain, imports="", place={"path": "packages/sdk/src/a.ts"}),
        unit(plain + "// x\n", imports="", place={"path": "packages/site/src/a.ts"}),
    ]
    packages = {"packages/sdk": {"name": "@tinymanorg/sdk"}, "packages/site": {"name": "site"}, "": {"version": "1"}}
    write_inputs(tmp_path, given, [{"name": "shop", "packages": packages}])
    run_stage(
        STAGE,
        tmp_path,
        RefineConfig(min_type_coverage=0),
        seed=1,
        engine=Engine(workers=1),
        progress=Progress(Console(quiet=True), quiet=True),
    )
    kept, rejects = tables(tmp_path)
    assert [item.provenance.path for item in kept] == ["packages/sdk/src/a.ts"]
    assert [reject.reason for reject in rejects] == ["irrelevant"]


def test_config_is_checked() -> None:
    with pytest.raises(UserError, match="min_lines is above max_lines"):
        parse(RefineConfig, {"min_lines": 200}, "here")
    with pytest.raises(UserError, match="did you mean 'max_complexity'"):
        parse(RefineConfig, {"max_complexty": 3}, "here")
    with pytest.raises(UserError, match="near_duplicate"):
        parse(RefineConfig, {"near_duplicate": 0}, "here")


def test_rows_hold_no_machine_paths(tmp_path: Path) -> None:
    run(tmp_path, units())
    kept, rejects = tables(tmp_path)
    assert str(tmp_path) not in json.dumps([repr(kept), repr(rejects)])


def test_the_command_prints_the_funnel_and_writes_its_page(tmp_path: Path) -> None:
    write_inputs(tmp_path, units())
    arguments = ["refine", "--run-dir", str(tmp_path), "--set", "refine.min_type_coverage=0", "--set", "workers=1"]
    first = CliRunner().invoke(cli, [*arguments, "--json"])
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout) == {
        "sources": 2,
        "files": 3,
        "units": 5,
        "kept": {"units": 2, "lines": 20, "contracts": 0},
        "rejected": {"exact-duplicate": 1, "placeholder": 1, "too-short": 1},
        "licences": {"MIT": 20},
    }
    assert "2 of 5 units" in (tmp_path / "funnel.html").read_text()
    assert CliRunner().invoke(cli, [*arguments, "--json"]).stdout == first.stdout


def test_types_are_asked_for_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(candidates: Sequence[Candidate]) -> list[Verdict]:
        return [Verdict("", (), type_coverage=0.5 if "optIn" in each.files["main.ts"] else 0.9) for each in candidates]

    monkeypatch.setattr(stage, "ask_verifier", ask)
    alone = unit(
        "export const fee = 1n\n" * 10,
        context="// unresolved: a method needs its class",
        name="alone",
        place={"path": "src/alone.ts"},
    )
    counts = run(tmp_path, [*units()[:2], alone], min_type_coverage=0.8).manifest.counts
    kept, rejects = tables(tmp_path)
    assert [item.name for item in kept] == ["pay", "alone"]
    assert [(reject.reason, reject.detail) for reject in rejects] == [
        ("poorly-typed", "type coverage 50%, above 80% wanted")
    ]
    assert counts["types"] == {"measured": 2, "unresolved": {"cannot stand alone": 1}}
    assert counts["thresholds"]["min_type_coverage"]["value"] == 0.8
    assert "type coverage 90%" in told(tmp_path, "src/pay.ts:5")
    assert "types not resolved, which speaks neither for nor against it" in told(tmp_path, "src/alone.ts:5")


def test_contracts_are_counted_by_class() -> None:
    file = """import { Contract, LogicSig } from '@algorandfoundation/algorand-typescript'
class Data extends arc4.Struct<{ a: uint64 }> {}
abstract class Base extends Contract {
  a(): void {}
}
@contract({ name: 'B' })
export class Shop extends Base {
  sell(): uint64 {
    return 1
  }
}
export default class Signature extends LogicSig {}
"""
    assert contract_classes(unit(file, unit_kind="contract", kind=Kind.CONTRACT)) == [3, 5, 1]
    assert contract_classes(unit(file, unit_kind="test", kind=Kind.CONTRACT)) == []
    assert contract_classes(unit(file, unit_kind="class")) == []
