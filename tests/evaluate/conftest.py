"""Shared by the tests of the evaluate room: a real verifier, and rows made by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from algorand_coder.evaluate.judging import AnswerRow
from algorand_coder.evaluate.problems import load_problem
from algorand_coder.records import Level, LevelResult, Outcome, Verdict
from algorand_coder.verify import Verifier


@pytest.fixture(scope="session")
def verifier() -> Iterator[Verifier]:
    """A verifier whose every level works; a skip where a tool is missing, a failure in CI."""
    problem = load_problem("greeting-card")
    with Verifier(level=Level.BEHAVE) as made:
        verdict = made.check([problem.candidate(problem.reference.code)])[0]
        if verdict.outcome == Outcome.UNJUDGED:
            reason = verdict.last.reason if verdict.last else "no level"
            if os.environ.get("CI"):
                pytest.fail(f"the verifier cannot judge: {reason}")
            pytest.skip(f"the verifier cannot judge: {reason}")
        yield made


def row(problem: str, model: str, outcomes: str, **changes: object) -> AnswerRow:
    """A row whose outcomes are spelt with one letter a level: p(assed), f(ailed), u(njudged), - (does not apply).

    Levels that are not spelt do not apply.
    """
    words = {"p": "passed", "f": "failed", "u": "unjudged", "-": ""}
    parse, types, compiled, deployed, behaved = reached = [words[letter] for letter in outcomes.ljust(len(Level), "-")]
    results = []
    for level, outcome in zip(Level, reached, strict=True):
        if outcome:
            results.append(LevelResult(level, Outcome(outcome), reason="no node" if outcome == "unjudged" else ""))
        if outcome in {"failed", "unjudged"}:
            break
    made = AnswerRow(
        problem=problem,
        model=model,
        category="transactions",
        difficulty="easy",
        kind="client" if compiled == "" else "contract",
        family="payment",
        seen=True,
        prompt="Do it.",
        messages="[]",
        answer="code",
        code="code\n",
        parse=parse,
        types=types,
        compile=compiled,
        deploy=deployed,
        behave=behaved,
        verdict=Verdict(f"{problem}-{model}", tuple(results)),
        prompt_tokens=10,
        completion_tokens=20,
        finish="stop",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
