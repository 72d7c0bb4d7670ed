"""The check of the benchmark: a fake judge shows that it can tell, the real one that the benchmark holds."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from algorand_coder.cli import bench as cli
from algorand_coder.errors import UserError
from algorand_coder.evaluate.bench import check
from algorand_coder.evaluate.problems import load_problem, load_problems
from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult, Outcome, Verdict
from algorand_coder.verify import Verifier

PASSED = {level: LevelResult(level, Outcome.PASSED) for level in Level}


def failed(level: Level) -> LevelResult:
    return LevelResult(level, Outcome.FAILED, (Diagnostic(level, "main.ts", 3, 1, "TS1", "no"),))


def says(**by_marker: tuple[LevelResult, ...]) -> object:
    """A judge that recognises a solution by a word in its code; anything else passes every level."""

    def judge(candidates: Sequence[Candidate]) -> list[Verdict]:
        verdicts = []
        for candidate in candidates:
            code = candidate.files[candidate.entry]
            hit = [results for marker, results in by_marker.items() if marker in code]
            every = tuple(PASSED.values())
            verdicts.append(Verdict(candidate.key, hit[0] if hit else every))
        return verdicts

    return judge


def findings(judge: object) -> dict[str, tuple[str, bool]]:
    return {f.solution: (f.found, f.ok) for f in check([load_problem("invoice-payment")], judge)}  # type: ignore[arg-type]


def test_a_wrong_solution_that_passes_is_a_violation() -> None:
    found = findings(says())
    assert found["reference"] == ("passes behave", True)
    assert found["wrong/bare-amount"] == ("passes behave", False)
    assert found["wrong/forgets-the-note"] == ("passes behave", False)


def test_a_reference_that_fails_is_a_violation() -> None:
    found = findings(says(MAX_NOTE_BYTES=(PASSED[Level.PARSE], failed(Level.TYPES))))
    assert found["reference"] == ("fails at types", False)


def test_failing_at_another_level_than_announced_is_a_violation() -> None:
    early = (failed(Level.PARSE),)
    found = findings(says(_invoice=early, TextEncoder=(PASSED[Level.PARSE], failed(Level.TYPES))))
    assert found["wrong/bare-amount"] == ("fails at types", True)
    assert found["wrong/forgets-the-note"] == ("fails at parse", False)


def test_what_could_not_be_judged_is_never_fine() -> None:
    gap = (PASSED[Level.PARSE], LevelResult(Level.TYPES, Outcome.UNJUDGED, reason="no node"))
    assert findings(says(MAX_NOTE_BYTES=gap))["reference"] == ("could not be judged", False)
    assert findings(says(MAX_NOTE_BYTES=()))["reference"] == ("could not be judged", False)
    shallow = (PASSED[Level.PARSE],)
    assert findings(says(MAX_NOTE_BYTES=shallow))["reference"] == ("could not be judged", False)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_reference_passes_and_every_wrong_solution_fails(verifier: Verifier) -> None:
    violations = [finding for finding in check(load_problems(), verifier.check) if not finding.ok]
    assert violations == []


STUB = """import { AlgorandClient } from '@algorandfoundation/algokit-utils'
export async function payInvoice(%s): %s { %s }
"""
FULL = "algorand: AlgorandClient, payer: string, supplier: string, microAlgos: bigint, invoice: string"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameters", "result", "body", "passes"),
    [
        (FULL, "Promise<string>", "return invoice", True),
        (FULL + ", dryRun = false", "Promise<string>", "return invoice", True),
        ("algorand: AlgorandClient, payer: string", "Promise<string>", "return payer", False),
        ("...rest: unknown[]", "Promise<string>", "return String(rest)", False),
        (FULL.replace("string", "any"), "Promise<string>", "return payer", False),
        (FULL, "Promise<any>", "return invoice", False),
        (FULL, "Promise<never>", "throw new Error(invoice)", False),
        (FULL.replace("bigint", "number"), "Promise<string>", "return invoice", False),
        (FULL, "Promise<void>", "void invoice", False),
    ],
)
def test_the_harness_accepts_the_interface_and_nothing_less(
    verifier: Verifier, parameters: str, result: str, body: str, passes: bool
) -> None:
    candidate = load_problem("invoice-payment").candidate(STUB % (parameters, result, body))
    assert verifier.check([candidate])[0].passed(Level.TYPES) == passes


@pytest.mark.slow
def test_an_answer_to_another_question_fails(verifier: Verifier) -> None:
    """Every reference type-checks on its own; put to any other problem of its kind it must fail."""
    problems = load_problems()
    crossed = [
        (asked, other)
        for index, asked in enumerate(problems)
        for other in problems[index + 1 : index + 4]
        if asked.is_contract == other.is_contract
    ]
    verdicts = verifier.check([asked.candidate(other.reference.code) for asked, other in crossed], Level.TYPES)
    assert len(verdicts) > 20
    assert not any(verdict.passed(Level.TYPES) for verdict in verdicts)


def test_list_as_json_holds_every_problem() -> None:
    result = CliRunner().invoke(cli.command, ["list", "--json"], catch_exceptions=False)
    listed = json.loads(result.output)
    assert [item["id"] for item in listed] == [problem.id for problem in load_problems()]
    assert {"id", "category", "difficulty", "kind", "deepest_level", "target"} <= set(listed[0])


def test_list_and_show_read_well() -> None:
    listed = CliRunner().invoke(cli.command, ["list"], catch_exceptions=False).output
    assert "cloakroom" in listed
    assert f"{len(load_problems())} problems" in listed
    shown = CliRunner().invoke(cli.command, ["show", "cloakroom"], catch_exceptions=False).output
    assert "checkIn(coats: uint64): uint64" in shown
    assert "canary" not in shown
    assert "wrong/throws" in shown


def test_show_of_an_unknown_problem_is_one_line() -> None:
    with pytest.raises(UserError, match="no problem 'cloack'"):
        CliRunner().invoke(cli.command, ["show", "cloack"], catch_exceptions=False)


@pytest.mark.slow
def test_check_reports_and_exits_with_zero(verifier: Verifier) -> None:
    result = CliRunner().invoke(cli.command, ["check", "greeting-card"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "ok    reference" in result.output


def test_check_exits_with_one_on_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Verifier, "check", lambda self, candidates, **rest: says()(candidates))  # type: ignore[operator]
    result = CliRunner().invoke(cli.command, ["check", "invoice-payment"])
    assert result.exit_code == 1
    assert "FAIL  wrong/bare-amount" in result.output
