"""Rows of answers into ``scores.json``: rates by level, category and family, and the paired comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any

from algorand_coder.evaluate.judging import LEVELS, AnswerRow
from algorand_coder.evaluate.statistics import Paired, Rate, clustered_rate, paired, pass_at_k
from algorand_coder.records import Level, Outcome

SMOKE_TEST_BELOW = 150
"""With fewer problems the intervals are too wide for a verdict on a model (±14 points at 50)."""
MAX_UNJUDGED = 0.01
"""Share of answers that may go unjudged, by a fault of our tools, before a run says nothing."""


SYNTHETIC = "synthetic"
"""How the names of models begin that are none: recordings which show that the machinery works."""


def score(rows: Sequence[AnswerRow], names: Mapping[str, str], *, bootstrap_samples: int, seed: int) -> dict[str, Any]:
    """Everything that is to be said about ``rows``; ``names`` maps each model role to what it is called.

    Answers that could not be judged are in no rate: they are counted apart, and more than 1 % of them in a model's
    answers make the run invalid. Where both models answered, the paired figures are tuned minus base; ``comparisons``
    holds the same for any two models.
    """
    rows = _without_unknown_deployment(rows)
    problems = sorted({row.problem for row in rows})
    unjudged = [row for row in rows if _unjudged(row)]
    share = len(unjudged) / len(rows) if rows else 0.0
    sampling = Sampling(bootstrap_samples, seed)
    models = {
        role: _model(role, name, [row for row in rows if row.model == role], sampling) for role, name in names.items()
    }
    return {
        "problems": len(problems),
        "contract_problems": len({row.problem for row in rows if row.compile}),
        "smoke_test": len(problems) < SMOKE_TEST_BELOW,
        "samples": max((row.sample for row in rows), default=0) + 1,
        "synthetic": any(row.served.startswith(SYNTHETIC) for row in rows),
        "valid": all(model["invalid"] <= MAX_UNJUDGED * model["answers"] for model in models.values()),
        "unjudged": {"answers": len(unjudged), "share": round(share, 4), "reasons": _reasons(unjudged)},
        "models": models,
        "paired": _paired(rows, "base", "tuned", sampling) if {"base", "tuned"} <= set(names) else {},
        "comparisons": [
            {"first": first, "second": second, "levels": _paired(rows, first, second, sampling)}
            for first, second in combinations(names, 2)
        ],
    }


@dataclass(frozen=True)
class Sampling:
    """How intervals are resampled."""

    samples: int
    seed: int


def _model(role: str, name: str, rows: Sequence[AnswerRow], sampling: Sampling) -> dict[str, Any]:
    solved = sum(row.solved for row in rows)
    dollars = sum(row.dollars for row in rows)
    return {
        "name": name,
        # Only an endpoint says who has answered.
        "hosted": any(row.served for row in rows),
        "answers": len(rows),
        "rates": _rates(rows, sampling),
        "pass_at_k": _pass_at_k(rows),
        "by_category": _grouped(rows, lambda row: row.category, sampling),
        "by_group": _grouped(rows, lambda row: "seen" if row.seen else "unseen", sampling),
        "by_difficulty": _grouped(rows, lambda row: row.difficulty, sampling),
        "invalid": sum(1 for row in rows if _unjudged(row)),
        "no_code": sum(1 for row in rows if not row.code),
        "cut_at_limit": sum(1 for row in rows if row.finish == "length"),
        "refused": sum(1 for row in rows if row.finish == "refusal"),
        "prompt_tokens": sum(row.prompt_tokens for row in rows),
        "completion_tokens": sum(row.completion_tokens for row in rows),
        "solved": solved,
        "dollars": round(dollars, 6),
        "dollars_per_solved": round(dollars / solved, 6) if solved else None,
        "failures": _failures(rows),
        "role": role,
    }


def _rates(rows: Iterable[AnswerRow], sampling: Sampling) -> dict[str, Any]:
    """Rates at every level that applies to any row."""
    found: dict[str, Any] = {}
    kept = list(rows)
    for level in LEVELS:
        if any(row.outcome(level) for row in kept):
            by_problem = _by_problem(kept, level)
            found[level.value] = _rounded(clustered_rate(list(by_problem.values())))
    return found


def _by_problem(rows: Iterable[AnswerRow], level: Level) -> dict[str, tuple[int, int]]:
    """Answers that passed and answers that were judged at ``level``, by problem; in the order of the problems."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.outcome(level):
            passed, n = found.get(row.problem, (0, 0))
            found[row.problem] = (
                passed + (row.outcome(level) == Outcome.PASSED.value),
                n + _judged(row, level),
            )
    return found


def _pass_at_k(rows: Sequence[AnswerRow]) -> dict[str, dict[str, float]]:
    """For every level and k up to the answers that each problem has, the mean over problems of the chance."""
    found: dict[str, dict[str, float]] = {}
    for level in LEVELS:
        counts = [(n, passed) for passed, n in _by_problem(rows, level).values() if n]
        if counts:
            most = min(n for n, _ in counts)
            found[level.value] = {
                str(k): round(sum(pass_at_k(n, passed, k) for n, passed in counts) / len(counts), 4)
                for k in range(1, most + 1)
            }
    return found


def _grouped(rows: Sequence[AnswerRow], group: Callable[[AnswerRow], str], sampling: Sampling) -> dict[str, Any]:
    names = sorted({group(row) for row in rows})
    return {name: _rates((row for row in rows if group(row) == name), sampling) for name in names}


def _failures(rows: Sequence[AnswerRow], most: int = 50) -> list[dict[str, Any]]:
    """What went wrong most often: the first diagnostic of each failed answer, by level and code."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        last = row.verdict.last
        if last is not None and last.outcome == Outcome.FAILED:
            code = last.diagnostics[0].code if last.diagnostics else "unknown"
            found[last.level.value, code] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [{"level": level, "code": code, "answers": count} for (level, code), count in ordered[:most]]


def _paired(rows: Sequence[AnswerRow], first: str, second: str, sampling: Sampling) -> dict[str, Any]:
    """The second model's rates minus the first's, over the problems of which both have judged answers."""
    found: dict[str, Any] = {}
    for level in LEVELS:
        shares = [
            {
                problem: passed / n
                for problem, (passed, n) in _by_problem([row for row in rows if row.model == role], level).items()
                if n
            }
            for role in (first, second)
        ]
        both = sorted(set(shares[0]) & set(shares[1]))
        if both:
            before, after = ([share[problem] for problem in both] for share in shares)
            found[level.value] = _rounded(paired(before, after, sampling.samples, sampling.seed))
    return found


def _without_unknown_deployment(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """``rows``, deployment left out of a whole problem where it does not apply to an answer that compiles.

    Otherwise only the answers that fail before would count there.
    """
    unknown = {row.problem for row in rows if row.compile == Outcome.PASSED.value and not row.deploy}
    carried = [row.problem in unknown and row.compile != Outcome.PASSED.value for row in rows]
    return [replace(row, deploy="") if left_out else row for row, left_out in zip(rows, carried, strict=True)]


def _judged(row: AnswerRow, level: Level) -> bool:
    return row.outcome(level) in {Outcome.PASSED.value, Outcome.FAILED.value}


def _unjudged(row: AnswerRow) -> bool:
    return any(row.outcome(level) == Outcome.UNJUDGED.value for level in LEVELS)


def _reasons(rows: Iterable[AnswerRow]) -> dict[str, int]:
    counted = Counter(row.verdict.last.reason if row.verdict.last else "no level was judged" for row in rows)
    return dict(sorted(counted.items()))


def _rounded(value: Rate | Paired) -> dict[str, Any]:
    return {key: round(item, 4) if isinstance(item, float) else item for key, item in asdict(value).items()}
