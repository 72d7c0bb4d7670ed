"""Proof that the benchmark can tell right from wrong: references pass, wrong solutions fail where they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from algorand_coder.evaluate.judging import outcomes
from algorand_coder.evaluate.problems import Problem, Solution, has_canary
from algorand_coder.records import Candidate, Level, Outcome, Verdict
from algorand_coder.similarity.evaluation_sets import BENCHMARK
from algorand_coder.syntax import skeleton

Judge = Callable[[Sequence[Candidate]], Sequence[Verdict]]
MIN_WRONG = 3
"""Wrong solutions that a problem needs; one of them must get past the compilers."""


@dataclass(frozen=True)
class Finding:
    """What became of one solution, or of one rule about the benchmark's files."""

    problem: str
    solution: str
    expected: str
    found: str
    ok: bool
    detail: str = ""


def check(problems: Sequence[Problem], judge: Judge) -> list[Finding]:
    """Judge every reference, alternative and wrong solution; one finding each, in order.

    A wrong solution that fails on chain only must pass everything that can be judged without a chain: otherwise it
    does not show what it says.
    """
    cases = [(problem, solution) for problem in problems for solution in _solutions(problem)]
    verdicts = judge([problem.candidate(solution.code) for problem, solution in cases])
    return [_finding(*case, verdict) for case, verdict in zip(cases, verdicts, strict=True)]


def check_files(problems: Sequence[Problem], folder: Path = BENCHMARK) -> list[Finding]:
    """The rules that need no verifier: canaries, enough wrong solutions, references that differ in structure."""
    return [*_canaries(problems, folder), *_wrong_enough(problems), *_distinct(problems)]


def _solutions(problem: Problem) -> Iterator[Solution]:
    yield problem.reference
    yield from problem.alternatives
    yield from problem.wrong


def _finding(problem: Problem, solution: Solution, verdict: Verdict) -> Finding:
    last = verdict.last
    outcome = verdict.outcome
    missing = [level for level, reached in outcomes(problem, verdict).items() if reached != Outcome.PASSED]
    if last is None or outcome == Outcome.UNJUDGED:
        found, detail = "could not be judged", last.reason if last else "no level was judged"
    elif outcome == Outcome.FAILED:
        first = last.diagnostics[0] if last.diagnostics else None
        found = f"fails at {last.level}"
        detail = f"{first.file}:{first.line} {first.code} {first.message}".split("\n")[0] if first else ""
    elif missing:
        found, detail = "could not be judged", f"{missing[0]} was not looked at"
    else:
        found, detail = f"passes {problem.deepest_level}", ""
    expected = _expected(problem, solution)
    return Finding(problem.id, solution.name, expected, found, found == expected, detail)


def _expected(problem: Problem, solution: Solution) -> str:
    if solution.fails_at is not None:
        return f"fails at {solution.fails_at}"
    return f"passes {problem.deepest_level}"


def _canaries(problems: Sequence[Problem], folder: Path) -> Iterator[Finding]:
    for problem in problems:
        for path in sorted((folder / problem.id).rglob("*")):
            if path.is_file() and not has_canary(path.read_text(encoding="utf-8")):
                name = path.relative_to(folder / problem.id).as_posix()
                yield Finding(problem.id, name, "carries the canary", "no canary", False)


def _wrong_enough(problems: Sequence[Problem]) -> Iterator[Finding]:
    for problem in problems:
        on_chain = sum(1 for s in problem.wrong if s.fails_at and s.fails_at.depth >= Level.DEPLOY.depth)
        if len(problem.wrong) < MIN_WRONG:
            yield Finding(problem.id, "wrong/", f"{MIN_WRONG} wrong solutions", str(len(problem.wrong)), False)
        if not on_chain:
            yield Finding(problem.id, "wrong/", "one that only the chain turns down", "none", False)


def _distinct(problems: Sequence[Problem]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for problem in problems:
        other = first.setdefault(skeleton(problem.reference.code), problem.id)
        if other != problem.id:
            yield Finding(problem.id, "reference", "a structure of its own", f"same skeleton as {other}", False)
