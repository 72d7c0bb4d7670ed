"""Which answers and pairs the page shows, chosen so that they say something and the same ones every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from algorand_coder.records import digest
from algorand_coder.report.run_data import RunData
from algorand_coder.report.scores import LEVEL_LABELS, LEVELS

MAX_PROBLEMS = 12
PAIRS_PER_STRATEGY = 3


@dataclass(frozen=True)
class AnswerView:
    """One model's answer to one problem, with what the verifier said."""

    role: str
    code: str
    raw: str
    outcome: str
    """``passed``, ``failed`` or ``unjudged``."""
    level: str
    """The deepest level looked at."""
    reason: str = ""
    cut: bool = False
    """Whether the token limit cut the answer."""
    diagnostics: tuple[Mapping[str, Any], ...] = ()

    @property
    def badge(self) -> str:
        """Outcome in a few words."""
        if self.outcome == "passed":
            return LEVEL_LABELS.get(self.level, self.level).lower()
        return f"fails at {self.level}" if self.outcome == "failed" else "could not be judged"

    @property
    def depth(self) -> tuple[int, int]:
        """How far the answer got, for comparing two."""
        return (LEVELS.index(self.level) if self.level in LEVELS else -1, int(self.outcome == "passed"))


@dataclass(frozen=True)
class ProblemView:
    """A problem and the answers to it, base first."""

    problem: str
    category: str
    prompt: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class PairView:
    """One row of the data set."""

    id: str
    strategy: str
    category: str
    kind: str
    instruction: str
    input: str
    output: str
    origin: tuple[str, ...] = field(default=())


def sample_answers(run: RunData, limit: int = MAX_PROBLEMS) -> tuple[list[ProblemView], int]:
    """Problems to show and how many there are: those first where the two models differ, then by id."""
    by_problem: dict[str, list[Mapping[str, Any]]] = {}
    for row in run.table("evaluate/answers.parquet"):
        by_problem.setdefault(str(row.get("problem", "")), []).append(row)
    views = [_problem(name, rows) for name, rows in sorted(by_problem.items())]
    views.sort(key=lambda view: (-_contrast(view), view.problem))
    return views[:limit], len(views)


def sample_pairs(run: RunData, per_strategy: int = PAIRS_PER_STRATEGY) -> list[PairView]:
    """A few rows of each strategy and category, picked by the hash of their id."""
    rows = sorted(run.table("dataset/pairs.parquet"), key=lambda row: digest(row["id"]))
    chosen: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        taken = chosen.setdefault(row["strategy"], [])
        fresh = row["category"] not in {other["category"] for other in taken}
        if len(taken) < per_strategy and fresh and len(row["output"]) < 4000:
            taken.append(row)
    return [_pair(row) for strategy in sorted(chosen) for row in chosen[strategy]]


def _problem(name: str, rows: Sequence[Mapping[str, Any]]) -> ProblemView:
    roles = {"base": 0, "tuned": 1}
    ordered = sorted(rows, key=lambda row: (roles.get(str(row.get("model")), 2), str(row.get("model"))))
    first = ordered[0]
    return ProblemView(
        problem=name,
        category=str(first.get("category") or ""),
        prompt=str(first.get("prompt") or ""),
        answers=tuple(_answer(row) for row in ordered),
    )


def _answer(row: Mapping[str, Any]) -> AnswerView:
    verdict = row.get("verdict") or {}
    levels = verdict.get("levels") or []
    last = levels[-1] if levels else {}
    findings = [d for level in levels for d in level.get("diagnostics") or ()]
    return AnswerView(
        role=str(row.get("model") or ""),
        code=str(row.get("code") or ""),
        raw=str(row.get("answer") or ""),
        outcome=str(last.get("outcome") or "unjudged"),
        level=str(last.get("level") or ""),
        reason=str(last.get("reason") or ""),
        cut=row.get("finish") == "length",
        diagnostics=tuple(findings),
    )


def _contrast(view: ProblemView) -> int:
    """2 where the models got differently far, 1 where any answer passed, 0 elsewhere."""
    depths = {answer.depth for answer in view.answers}
    return 2 if len(depths) > 1 else int(any(answer.outcome == "passed" for answer in view.answers))


def _pair(row: Mapping[str, Any]) -> PairView:
    return PairView(
        id=row["id"],
        strategy=row["strategy"],
        category=row["category"],
        kind=row["kind"],
        instruction=row["instruction"],
        input=row["input"],
        output=row["output"],
        origin=tuple(_origin(p, row) for p in row["provenance"] or ()),
    )


def _origin(place: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    lines = f":{place['start_line']}–{place['end_line']}" if place.get("start_line") else ""
    if place["source"] == "generated":
        return f"built by {row['lineage']}"
    return f"{place['source']} · {place['revision'][:40]} · {place['path']}{lines} · {place['licence']}"
