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


def verdict(**levels: Outcome) -> Verdict:
    return Verdict("key", tuple(LevelResult(Level(name), outcome) for name, outcome in levels.items()))


@pytest.mark.parametrize(
    ("problem", "given", "expected"),
    [
        ("cloakroom", verdict(parse=PASSED, types=PASSED, compile=PASSED), "passed passed passed"),
        ("cloakroom", verdict(parse=PASSED, types=PASSED, compile=FAILED), "passed passed failed"),
        ("cloakroom", verdict(parse=PASSED, types=FAILED), "passed failed failed"),
        ("cloakroom", verdict(parse=FAILED), "failed failed failed"),
        ("cloakroom", verdict(parse=PASSED, types=UNJUDGED), "passed unjudged unjudged"),
        ("cloakroom", verdict(parse=PASSED, types=PASSED), "passed passed unjudged"),
        ("invoice-payment", verdict(parse=PASSED, types=PASSED), "passed passed"),
        ("invoice-payment", verdict(parse=FAILED), "failed failed"),
        ("invoice-payment", verdict(), "unjudged unjudged"),
    ],
)
def test_a_failure_counts_for_every_later_level_that_applies(problem: str, given: Verdict, expected: str) -> None:
    assert " ".join(outcomes(load_problem(problem), given).values()) == expected


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
    assert [(row.parse, row.types, row.compile) for row in rows] == [("passed", "passed", ""), ("passed",) * 3]
