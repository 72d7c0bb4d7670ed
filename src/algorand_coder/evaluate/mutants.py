"""Small faults planted in references: a check that cannot tell a mutant from the reference asserts too little.

Method: mutation testing after DeMillo, Lipton and Sayward (1978), with the operators that matter in ledger code. The
operators are fixed, the choice is spread evenly over them, and nothing is random: the same reference gives the same
mutants. A mutant that does what the statement asks, as the reference does, is equivalent: ``equivalent.yaml`` lists
those by hand, each with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

import yaml
from tree_sitter import Node

from algorand_coder.errors import UserError
from algorand_coder.evaluate.operators import LAST, MORE, OPERATORS, Mutant, Operator
from algorand_coder.evaluate.problems import EQUIVALENT, Problem
from algorand_coder.records import Candidate, Level, Outcome, Verdict
from algorand_coder.similarity.evaluation_sets import BENCHMARK
from algorand_coder.syntax import parse

MOST = 12
"""Mutants planted in one reference at once."""
WANTED = 5
"""Mutants that must get past the compilers, so that the check is what turns them down."""
LEAST_SCORE = 0.85
"""Share of the mutants past the compilers that the checks must turn down."""

Judge = Callable[[Sequence[Candidate]], Sequence[Verdict]]
Change = tuple[str, str]
"""A line before and after."""


@dataclass(frozen=True, slots=True)
class Planted:
    """What became of one problem's mutants."""

    problem: str
    planted: int
    compiled: int
    """How many got as far as the ledger and were judged there."""
    survivors: tuple[Mutant, ...]
    """Those that pass the check: what they changed is not asserted."""
    equivalent: tuple[Mutant, ...]
    """Those that pass, and do what is asked."""
    unjudged: int

    @property
    def killed(self) -> int:
        """Mutants that only the ledger turned down."""
        return self.compiled - len(self.survivors) - len(self.equivalent)


def mutation_score(found: Sequence[Planted]) -> float:
    """Mutants turned down, as a share of those that could be: past the compilers and not equivalent."""
    killed = sum(each.killed for each in found)
    told = killed + sum(len(each.survivors) for each in found)
    return killed / told if told else 0.0


def mutants(code: str) -> list[Mutant]:
    """Mutants of ``code``, the operators in turn; none twice. Those of ``MORE`` and ``LAST`` come after the others."""
    source = code.encode()
    nodes = list(_walk(parse(code).root_node))
    taken: dict[str, Mutant] = {}
    for operators in (OPERATORS, MORE, LAST):
        for mutant in _in_turn(operators, source, nodes):
            if mutant.code != code:
                taken.setdefault(mutant.code, mutant)
    return list(taken.values())


def check(problems: Sequence[Problem], judge: Judge) -> list[Planted]:
    """Plant mutants in every reference and judge them; one result a problem, in order.

    ``MOST`` of them, and where fewer than ``WANTED`` get past the compilers as many again, while there are any.
    """
    waiting = {problem.id: mutants(problem.reference.code) for problem in problems}
    judged: dict[str, list[tuple[Mutant, Verdict]]] = {problem.id: [] for problem in problems}
    while order := [
        (problem, mutant)
        for problem in problems
        if _beyond(problem, judged[problem.id]) < WANTED
        for mutant in waiting[problem.id][:MOST]
    ]:
        verdicts = judge([problem.candidate(mutant.code) for problem, mutant in order])
        for (problem, mutant), verdict in zip(order, verdicts, strict=True):
            judged[problem.id].append((mutant, verdict))
            waiting[problem.id].remove(mutant)
    return [_planted(problem, judged[problem.id]) for problem in problems]


def change(problem: Problem, mutant: Mutant) -> Change:
    """The line that ``mutant`` changes, before and after, as ``equivalent.yaml`` has it."""
    lines = [code.split("\n")[mutant.line - 1].strip() for code in (problem.reference.code, mutant.code)]
    return lines[0], lines[1]


@cache
def equivalents() -> dict[str, dict[Change, str]]:
    """Why a change makes no difference, by problem and change. Raises ``UserError`` for a malformed list."""
    path = BENCHMARK / EQUIVALENT
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    try:
        return {name: {(each["was"], each["becomes"]): each["why"] for each in data[name]} for name in data}
    except (KeyError, TypeError):
        raise UserError(f"{path}: every entry needs was, becomes and why") from None


def unmatched(problems: Sequence[Problem]) -> list[tuple[str, Change]]:
    """Entries of ``equivalent.yaml`` that no mutant of ``problems`` is: the reference has changed since."""
    listed = equivalents()
    return [
        (problem.id, each)
        for problem in problems
        if problem.id in listed
        for each in listed[problem.id].keys() - {change(problem, m) for m in mutants(problem.reference.code)}
    ]


def _compilers(problem: Problem) -> Level:
    return Level.COMPILE if problem.is_contract else Level.TYPES


def _beyond(problem: Problem, judged: Sequence[tuple[Mutant, Verdict]]) -> int:
    return sum(verdict.passed(_compilers(problem)) for _, verdict in judged)


def _planted(problem: Problem, judged: Sequence[tuple[Mutant, Verdict]]) -> Planted:
    beyond = [(mutant, verdict) for mutant, verdict in judged if verdict.passed(_compilers(problem))]
    told = [(mutant, verdict) for mutant, verdict in beyond if verdict.outcome != Outcome.UNJUDGED]
    alive = [mutant for mutant, verdict in told if verdict.outcome == Outcome.PASSED]
    known = equivalents().get(problem.id, {})
    return Planted(
        problem.id,
        len(judged),
        len(told),
        tuple(mutant for mutant in alive if change(problem, mutant) not in known),
        tuple(mutant for mutant in alive if change(problem, mutant) in known),
        len(beyond) - len(told),
    )


def _walk(node: Node) -> Iterator[Node]:
    # Types and imports decide nothing at run time.
    if node.type in {"import_statement", "type_annotation", "interface_declaration", "type_alias_declaration"}:
        return
    yield node
    for child in node.children:
        yield from _walk(child)


def _in_turn(operators: Sequence[Operator], source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    by_operator = [list(operator(source, nodes)) for operator in operators]
    for turn in zip_longest(*(_spread(found) for found in by_operator)):
        yield from (mutant for mutant in turn if mutant is not None)


def _spread(found: Sequence[Mutant]) -> Iterator[Mutant]:
    """First, last, middle, …: so that a long file is not only mutated at its top."""
    waiting = [(0, len(found))]
    while waiting:
        start, end = waiting.pop(0)
        if start < end:
            middle = (start + end) // 2
            yield found[middle]
            waiting += [(start, middle), (middle + 1, end)]
