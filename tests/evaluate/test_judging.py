"""Answers into rows: code found, judged with the harness, a failure carried into every later level."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from algorand_coder.evaluate.judging import NO_CODE, Answer, judge_answers, outcomes
from algorand_coder.evaluate.problems import load_problem
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.records import Candidate, Level, LevelResult, Outcome, Verdict
from algorand_coder.verify import Verifier

PASSED, FAILED, UNJUDGED = Outcome.PASSED, Outcome.FAILED, Outcome.UNJUDGED
ALL = {level.value: PASSED for level in Level}
UPTO_COMPILE = dict.fromkeys(("parse", "types", "compile"), PASSED)


def verdict(**levels: Outcome) -> Verdict:
    return Verdict("key", tuple(LevelResult(Level(name), outcome) for name, outcome in levels.items()))


@pytest.mark.parametrize(
    ("problem", "given", "expected"),
    [
        ("cloakroom", verdict(**ALL), "passed passed passed passed passed"),
        ("cloakroom", verdict(**{**ALL, "behave": FAILED}), "passed passed passed passed failed"),
        ("cloakroom", verdict(**{**ALL, "behave": UNJUDGED}), "passed passed passed passed unjudged"),
        ("cloakroom", verdict(**UPTO_COMPILE, deploy=FAILED), "passed passed passed failed failed"),
        ("cloakroom", verdict(parse=PASSED, types=PASSED, compile=FAILED), "passed passed failed failed failed"),
        ("cloakroom", verdict(parse=PASSED, types=FAILED), "passed failed failed failed failed"),
        ("cloakroom", verdict(parse=FAILED), "failed failed failed failed failed"),
        ("cloakroom", verdict(parse=PASSED, types=UNJUDGED), "passed unjudged unjudged unjudged unjudged"),
        ("cloakroom", verdict(**UPTO_COMPILE), "passed passed passed unjudged unjudged"),
        # Only its check can create it: it was created when it behaves.
        ("cloakroom", verdict(**UPTO_COMPILE, behave=PASSED), "passed passed passed passed passed"),
        ("cloakroom", verdict(**UPTO_COMPILE, behave=FAILED), "passed passed passed failed failed"),
        ("invoice-payment", verdict(parse=PASSED, types=PASSED, behave=PASSED), "passed passed passed"),
        ("invoice-payment", verdict(parse=FAILED), "failed failed failed"),
        ("invoice-payment", verdict(), "unjudged unjudged unjudged"),
    ],
)
def test_a_failure_counts_for_every_later_level_that_applies(problem: str, given: Verdict, expected: str) -> None:
    assert " ".join(outcomes(load_problem(problem), given).values()) == expected


def test_levels_that_nobody_asked_for_are_left_out() -> None:
    given = verdict(**UPTO_COMPILE)
    assert list(outcomes(load_problem("cloakroom"), given, Level.COMPILE)) == ["parse", "types", "compile"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # Only its check can create it, and no check is run.
        (verdict(**UPTO_COMPILE), "passed passed passed"),
        (verdict(**UPTO_COMPILE, deploy=PASSED), "passed passed passed passed"),
        (verdict(**UPTO_COMPILE, deploy=UNJUDGED), "passed passed passed unjudged"),
        (verdict(parse=PASSED, types=PASSED, compile=FAILED), "passed passed failed failed"),
        (verdict(parse=PASSED, types=UNJUDGED), "passed unjudged unjudged unjudged"),
    ],
)
def test_where_no_check_is_run_a_contract_that_needs_it_is_no_gap(given: Verdict, expected: str) -> None:
    assert " ".join(outcomes(load_problem("cloakroom"), given, Level.DEPLOY).values()) == expected


def test_an_answer_without_code_fails_to_parse_and_costs_the_verifier_nothing() -> None:
    problem = load_problem("cloakroom")
    asked: list[Candidate] = []

    def judge(candidates: Sequence[Candidate]) -> list[Verdict]:
        asked.extend(candidates)
        return [verdict(parse=PASSED, types=PASSED, compile=PASSED) for _ in candidates]

    questions = [(problem, conversation(problem))] * 2
    answers = [
        Answer("I cannot help with that.", 5, 6, "stop"),
        Answer("```ts\nexport class A {}\n```", 5, 9, "length"),
    ]
    rows = judge_answers("base", questions, answers, judge)
    assert [row.parse for row in rows] == ["failed", "passed"]
    assert rows[0].verdict.diagnostics[0].code == NO_CODE
    assert rows[0].code == ""
    assert len(asked) == 1
    assert asked[0].files["contract.algo.ts"] == rows[1].code == "export class A {}\n"
    assert (rows[1].finish, rows[1].completion_tokens) == ("length", 9)


@pytest.mark.slow
def test_references_pass_when_a_model_gives_them_in_a_fence(verifier: Verifier) -> None:
    problems = [load_problem("invoice-payment"), load_problem("currency-desk")]
    questions = [(problem, conversation(problem)) for problem in problems]
    answers = [Answer(f"Here:\n```typescript\n{problem.reference.code}```", 1, 1, "stop") for problem in problems]
    rows = judge_answers("tuned", questions, answers, verifier.check)
    found = [[row.outcome(level) for level in Level] for row in rows]
    assert found == [["passed", "passed", "", "", "passed"], ["passed"] * 5]
