"""Rows of answers into ``scores.json``: rates by level, category and family, and the paired comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from algorand_coder.evaluate.judging import LEVELS, AnswerRow
from algorand_coder.evaluate.statistics import Paired, Rate, paired, rate
from algorand_coder.records import Level, Outcome

SMOKE_TEST_BELOW = 150
"""With fewer problems the intervals are too wide for a verdict on a model (±14 points at 50)."""
MAX_UNJUDGED = 0.01
"""Share of answers that may go unjudged, by a fault of our tools, before a run says nothing."""


def score(rows: Sequence[AnswerRow], names: Mapping[str, str], *, bootstrap_samples: int, seed: int) -> dict[str, Any]:
    """Everything that is to be said about ``rows``; ``names`` maps each model role to what it is called.

    Answers that could not be judged are in no rate: they are counted apart, and more than 1 % of them make the
    run invalid. Where both models answered, the paired figures are tuned minus base.
    """
    problems = sorted({row.problem for row in rows})
    unjudged = [row for row in rows if _unjudged(row)]
    share = len(unjudged) / len(rows) if rows else 0.0
    return {
        "problems": len(problems),
        "contract_problems": len({row.problem for row in rows if row.compile}),
        "smoke_test": len(problems) < SMOKE_TEST_BELOW,
        "valid": share <= MAX_UNJUDGED,
        "unjudged": {"answers": len(unjudged), "share": round(share, 4), "reasons": _reasons(unjudged)},
        "models": {
            role: _model(role, name, [row for row in rows if row.model == role]) for role, name in names.items()
        },
        "paired": _paired(rows, bootstrap_samples, seed) if {"base", "tuned"} <= set(names) else {},
    }


def _model(role: str, name: str, rows: Sequence[AnswerRow]) -> dict[str, Any]:
    return {
        "name": name,
        "rates": _rates(rows),
        "by_category": _grouped(rows, lambda row: row.category),
        "by_group": _grouped(rows, lambda row: "seen" if row.seen else "unseen"),
        "by_difficulty": _grouped(rows, lambda row: row.difficulty),
        "invalid": sum(1 for row in rows if _unjudged(row)),
        "no_code": sum(1 for row in rows if not row.code),
        "cut_at_limit": sum(1 for row in rows if row.finish == "length"),
        "completion_tokens": sum(row.completion_tokens for row in rows),
        "failures": _failures(rows),
        "role": role,
    }


def _rates(rows: Iterable[AnswerRow]) -> dict[str, Any]:
    """Rates at every level that applies to any row."""
    found: dict[str, Any] = {}
    kept = list(rows)
    for level in LEVELS:
        outcomes = [row.outcome(level) for row in kept]
        judged = [outcome for outcome in outcomes if outcome in {Outcome.PASSED.value, Outcome.FAILED.value}]
        if any(outcomes):
            found[level.value] = _rounded(rate(judged.count(Outcome.PASSED.value), len(judged)))
    return found


def _grouped(rows: Sequence[AnswerRow], group: Callable[[AnswerRow], str]) -> dict[str, Any]:
    names = sorted({group(row) for row in rows})
    return {name: _rates(row for row in rows if group(row) == name) for name in names}


def _failures(rows: Sequence[AnswerRow], most: int = 12) -> list[dict[str, Any]]:
    """What went wrong most often: the first diagnostic of each failed answer, by level and code."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        last = row.verdict.last
        if last is not None and last.outcome == Outcome.FAILED:
            code = last.diagnostics[0].code if last.diagnostics else "unknown"
            found[last.level.value, code] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [{"level": level, "code": code, "answers": count} for (level, code), count in ordered[:most]]


def _paired(rows: Sequence[AnswerRow], bootstrap_samples: int, seed: int) -> dict[str, Any]:
    by_model = {role: {row.problem: row for row in rows if row.model == role} for role in ("base", "tuned")}
    both = sorted(set(by_model["base"]) & set(by_model["tuned"]))
    found: dict[str, Any] = {}
    for level in LEVELS:
        usable = [p for p in both if all(_judged(by_model[role][p], level) for role in by_model)]
        if usable:
            first, second = ([by_model[role][p].outcome(level) == "passed" for p in usable] for role in by_model)
            found[level.value] = _rounded(paired(first, second, bootstrap_samples, seed))
    return found


def _judged(row: AnswerRow, level: Level) -> bool:
    return row.outcome(level) in {Outcome.PASSED.value, Outcome.FAILED.value}


def _unjudged(row: AnswerRow) -> bool:
    return any(row.outcome(level) == Outcome.UNJUDGED.value for level in LEVELS)


def _reasons(rows: Iterable[AnswerRow]) -> dict[str, int]:
    counted = Counter(row.verdict.last.reason if row.verdict.last else "no level was judged" for row in rows)
    return dict(sorted(counted.items()))


def _rounded(value: Rate | Paired) -> dict[str, Any]:
    return {key: round(item, 4) if isinstance(item, float) else item for key, item in asdict(value).items()}
