"""Planted faults: each operator does what it says, none twice, the same every time; survivors are counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from algorand_coder.evaluate.mutants import MOST, check, mutants
from algorand_coder.evaluate.problems import load_problem, load_problems
from algorand_coder.records import Candidate, Level, LevelResult, Outcome, Verdict
from algorand_coder.syntax import has_error

CODE = """import { algo } from 'somewhere'

export async function work(a: number, b: number): Promise<number> {
  if (a > 3) {
    await pay({ sender: a, receiver: b })
  }
  return a + b
}
"""


@pytest.mark.parametrize(
    ("operator", "line", "after"),
    [
        ("operator", 4, "a >= 3"),
        ("operator", 7, "return a - b"),
        ("opposite", 4, "a <= 3"),
        ("number", 4, "a > 4"),
        ("condition", 4, "if (!(a > 3))"),
        ("statement", 5, "    ;"),
        ("property", 5, "pay({  receiver: b })"),
        ("exchange", 5, "sender: b, receiver: a"),
    ],
)
def test_each_operator_plants_its_fault(operator: str, line: int, after: str) -> None:
    found = [m for m in mutants(CODE) if (m.operator, m.line) == (operator, line) and after in m.code]
    assert len(found) == 1
    assert found[0].code != CODE


def test_references_have_distinct_mutants_that_parse() -> None:
    for problem in load_problems():
        found = mutants(problem.reference.code)
        assert found == mutants(problem.reference.code)
        codes = [mutant.code for mutant in found]
        assert len(set(codes)) == len(codes) <= MOST
        assert problem.reference.code not in codes
        assert not any(map(has_error, codes)), problem.id


def test_survivors_are_those_that_pass_the_check() -> None:
    problem = load_problem("cloakroom")
    planted = mutants(problem.reference.code)
    fate = [Outcome.PASSED, Outcome.UNJUDGED, Outcome.FAILED]

    def judge(candidates: Sequence[Candidate]) -> list[Verdict]:
        verdicts = []
        for n, candidate in enumerate(candidates):
            levels = [LevelResult(level, Outcome.PASSED) for level in Level][:3]
            if n < 6:
                levels.append(LevelResult(Level.BEHAVE, fate[n % 3]))
            else:
                levels[2] = LevelResult(Level.COMPILE, Outcome.FAILED)
            verdicts.append(Verdict(candidate.key, tuple(levels)))
        return verdicts

    [found] = check([problem], judge)
    assert (found.planted, found.compiled, found.unjudged, found.killed) == (len(planted), 4, 2, 2)
    assert found.survivors == (planted[0], planted[3])
