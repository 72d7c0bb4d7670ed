"""Type coverage: asked of the verifier, believed when it answers, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from algorand_coder.records import Candidate, Diagnostic, Kind, Level, LevelResult, Outcome, Verdict
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.contamination import NO_TRACE
from algorand_coder.refine.coverage import NOT_ALONE, Typed, candidate, type_coverage
from algorand_coder.refine.duplicates import UNRESOLVED, Print
from algorand_coder.refine.selection import Passed
from algorand_coder.refine.stage import ask_verifier
from algorand_coder.syntax import code_tokens

from .conftest import CODE, unit

LOOSE = """export function total(rows: any) {
  let sum: any = 0
  for (const row of rows) {
    const value: any = row.value
    sum += value
  }
  return sum
}
"""


def answering(outcome: Outcome, coverage: float | None = None, code: str = "", reason: str = "") -> Verdict:
    findings = (Diagnostic(Level.TYPES, "main.ts", 1, 1, code, "wrong"),) if code else ()
    return Verdict("", (LevelResult(Level.TYPES, outcome, findings, reason),), type_coverage=coverage)


@pytest.mark.parametrize(
    ("verdict", "coverage", "reason"),
    [
        (answering(Outcome.PASSED, 0.93), 0.93, ""),
        (answering(Outcome.FAILED, code="TS2307"), None, "types: TS2307"),
        (answering(Outcome.UNJUDGED, reason="node is missing"), None, "not judged: node is missing"),
    ],
)
def test_what_is_made_of_an_answer(verdict: Verdict, coverage: float | None, reason: str) -> None:
    only = unit()
    assert type_coverage([only], lambda asked: [verdict]) == [Typed(only.id, coverage, reason)]


def test_units_that_cannot_stand_alone_are_flagged_without_asking() -> None:
    asked: list[Candidate] = []

    def ask(candidates: Sequence[Candidate]) -> list[Verdict]:
        asked.extend(candidates)
        return [answering(Outcome.PASSED, 1.0) for _ in candidates]

    units = [unit(context=f"{UNRESOLVED}a method needs its class"), unit()]
    assert [each.reason for each in type_coverage(units, ask)] == [NOT_ALONE, ""]
    assert len(asked) == 1


def test_only_a_measured_coverage_refuses() -> None:
    units = [unit(CODE.replace("payment", word)) for word in ("alpha", "beta", "gamma", "delta")]
    coverages = (0.8, 0.81, None, 0.2)
    passed = Passed(
        units=units,
        typed=[Typed(item.id, coverage) for item, coverage in zip(units, coverages, strict=True)],
        traces=[NO_TRACE] * 4,
        prints=[Print.of([item.code]) for item in units],
        targets={},
    )
    refused = passed.refused(RefineConfig())
    assert refused == {
        0: ("poorly-typed", "type coverage 80%, above 80% wanted"),
        3: ("poorly-typed", "type coverage 20%, above 80% wanted"),
    }
    assert passed.effects(RefineConfig())["min_type_coverage"] == {"value": 0.8, "step": 0.05, "minus": 1, "plus": -1}


def test_a_unit_ships_what_it_needs() -> None:
    plain = candidate(unit(context="export const fee = 1n", imports="import { fee } from './context'"))
    assert plain.files["context.ts"] == "export const fee = 1n"
    example = candidate(unit("await pay(to)", unit_kind="example", context="declare const to: string", imports=""))
    assert "function example(to: string)" in example.files["main.ts"]
    assert "declare" not in example.files["main.ts"]
    method = candidate(unit("async pay() {\n  return 1\n}", unit_kind="method", imports=""))
    assert method.files["main.ts"].strip().startswith("export class Enclosing {")
    assert candidate(unit(kind=Kind.CONTRACT, unit_kind="contract")).entry == "contract.algo.ts"


@pytest.mark.slow
def test_the_verifier_measures_units(require_types: Callable[[], None]) -> None:
    require_types()
    units = [
        unit(),
        unit(LOOSE, imports=""),
        unit(
            "await algorand.send.payment({ sender, receiver: sender, amount: algo(1) })",
            unit_kind="example",
            imports="import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'",
            context="declare const algorand: AlgorandClient\ndeclare const sender: string",
        ),
        unit("export const far = away(1)", imports="import { away } from 'somewhere-else'"),
    ]
    good, loose, example, missing = type_coverage(units, ask_verifier)
    assert good.coverage is not None and good.coverage > 0.95
    assert loose.coverage is not None and loose.coverage < 0.5
    assert example.coverage == 1.0
    assert (missing.coverage, missing.reason) == (None, "types: TS2307")


def test_a_print_does_not_see_layout() -> None:
    assert Print.of(code_tokens(CODE)).exact == Print.of(code_tokens("// pays\n" + CODE)).exact
