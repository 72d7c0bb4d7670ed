"""Planted faults: each operator does what it says, none twice, the same every time; survivors are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from click.testing import CliRunner

from algorand_coder.cli.bench import command as bench
from algorand_coder.evaluate import mutants as module
from algorand_coder.evaluate.mutants import (
    MOST,
    WANTED,
    change,
    check,
    equivalents,
    mutants,
    mutation_score,
    unmatched,
)
from algorand_coder.evaluate.problems import load_problem, load_problems
from algorand_coder.records import Candidate, Level, LevelResult, Outcome, Verdict
from algorand_coder.syntax import has_error
from algorand_coder.verify import Verifier

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


MORE = """export function sort(a: number, names: string[]): string {
  const found = /frozen/.test(names[0]) ? 'yes' : `no ${a}`
  if (!names.includes('x')) return found
  return String(a - 2)
}

async function two(work: () => Promise<bigint>): Promise<bigint> {
  const both = { first: 1, second: 2 }
  for (const each of [both.first, both.second]) console.log(each)
  return await work()
}
export const later = (): void => console.log('later')
"""


@pytest.mark.parametrize(
    ("operator", "line", "after"),
    [
        ("operands", 4, "String(2 - a)"),
        ("branches", 2, "!(/frozen/.test(names[0])) ? 'yes'"),
        ("negation", 3, "if (names.includes('x'))"),
        ("pattern", 2, "/(?!)/.test"),
        ("call", 3, "!names.startsWith('x')"),
        ("text", 2, "`no `"),
        ("text", 2, "? '' :"),
        ("result", 4, "return ''"),
        ("value", 8, "first: 1, second: 2 + 1n"),
        ("fewer", 9, "of [...[both.first, both.second]].slice(1)"),
        ("result", 10, "return 0n"),
        ("twice", 10, "return (await work(), await work())"),
        ("one way", 2, "const found = 'yes'\n"),
        ("one way", 2, "const found = `no ${a}`\n"),
        ("idle", 12, "(): void => {}"),
    ],
)
def test_more_operators_for_code_in_which_little_compiles(operator: str, line: int, after: str) -> None:
    found = [m for m in mutants(MORE) if (m.operator, m.line) == (operator, line) and after in m.code]
    assert len(found) == 1
    assert not has_error(found[0].code)


def test_references_have_distinct_mutants_that_parse() -> None:
    for problem in load_problems():
        found = mutants(problem.reference.code)
        assert found == mutants(problem.reference.code)
        codes = [mutant.code for mutant in found]
        assert len(set(codes)) == len(codes) >= WANTED, problem.id
        assert problem.reference.code not in codes
        assert not any(map(has_error, codes[:MOST])), problem.id


PROBLEM = load_problem("cloakroom")
PLANTED = mutants(PROBLEM.reference.code)


def judge_of(compiling: Callable[[int], bool], fate: Sequence[Outcome]) -> Callable[..., list[Verdict]]:
    """A judge by a mutant's place in the list: whether it compiles, and what the ledger says of those that do."""
    places = {mutant.code: place for place, mutant in enumerate(PLANTED)}

    def judge(candidates: Sequence[Candidate]) -> list[Verdict]:
        verdicts = []
        for candidate in candidates:
            place = places[candidate.files[candidate.entry]]
            levels = [LevelResult(level, Outcome.PASSED) for level in Level][:3]
            if compiling(place):
                levels.append(LevelResult(Level.BEHAVE, fate[place % len(fate)]))
            else:
                levels[2] = LevelResult(Level.COMPILE, Outcome.FAILED)
            verdicts.append(Verdict(candidate.key, tuple(levels)))
        return verdicts

    return judge


def test_survivors_are_those_that_pass_the_check() -> None:
    [found] = check([PROBLEM], judge_of(lambda n: n < 6, (Outcome.PASSED, Outcome.UNJUDGED, Outcome.FAILED)))
    assert (found.planted, found.compiled, found.unjudged, found.killed) == (MOST, 4, 2, 2)
    assert found.survivors == (PLANTED[0], PLANTED[3])
    assert mutation_score([found]) == 0.5


def test_where_too_few_compile_more_are_planted() -> None:
    [found] = check([PROBLEM], judge_of(lambda n: n < 3, (Outcome.FAILED,)))
    assert (found.planted, found.compiled) == (len(PLANTED), 3)
    assert len(PLANTED) > MOST
    assert mutation_score([found]) == 1.0


def test_mutants_that_make_no_difference_are_listed_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {PROBLEM.id: {change(PROBLEM, PLANTED[0]): "why not", ("gone", "as well"): "old"}}
    monkeypatch.setattr(module, "equivalents", lambda: known)
    [found] = check([PROBLEM], judge_of(lambda n: n < 6, (Outcome.PASSED,)))
    assert found.equivalent == (PLANTED[0],)
    assert found.survivors == tuple(PLANTED[1:6])
    assert unmatched([PROBLEM]) == [(PROBLEM.id, ("gone", "as well"))]


def test_the_list_of_equivalent_mutants_fits_the_references() -> None:
    assert unmatched(load_problems()) == []
    assert all(why for changes in equivalents().values() for why in changes.values())
    assert set(equivalents()) <= {problem.id for problem in load_problems()}


def test_the_command_prints_survivors_and_fails_below_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Verifier, "check", lambda self, cs, *a, **k: judge_of(lambda n: n < 6, (Outcome.PASSED, Outcome.FAILED))(cs)
    )
    done = CliRunner().invoke(bench, ["check", "--mutants", PROBLEM.id])
    assert done.exit_code == 1
    was, becomes = change(PROBLEM, PLANTED[0])
    assert f"survives  line {PLANTED[0].line}: {was}\n         as  {becomes}" in done.output
    assert "mutation score 0.500" in done.output
    monkeypatch.setattr(Verifier, "check", lambda self, cs, *a, **k: judge_of(lambda n: True, (Outcome.FAILED,))(cs))
    assert CliRunner().invoke(bench, ["check", "--mutants", PROBLEM.id]).exit_code == 0
