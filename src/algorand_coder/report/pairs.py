"""``dataset.html``: rows of every strategy and category to read, each with its verdict, and what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.pipeline.tables import from_plain
from algorand_coder.records import Candidate, Diagnostic, Pair, Verdict, digest
from algorand_coder.report.page import environment, grid
from algorand_coder.report.run_data import RunData
from algorand_coder.report.scores import LEVEL_LABELS

REJECTS = 3
"""Shown of each reason."""

Judge = Callable[[Sequence[Candidate]], Sequence[Verdict]]


@dataclass(frozen=True)
class RowView:
    """One row with what the verifier says of it now."""

    pair: Pair
    side: str
    outcome: str
    badge: str
    """The verdict in a few words."""
    reason: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def origin(self) -> tuple[str, ...]:
        """Where the row comes from, one line an origin."""
        return tuple(
            f"{p.source} {p.revision} {p.path}{f':{p.start_line}-{p.end_line}' if p.start_line else ''}, {p.licence}"
            for p in self.pair.provenance
        )


@dataclass(frozen=True)
class Refused:
    """One reason of the last checks, with some of the pairs it kept out."""

    reason: str
    count: int
    share: float
    """Percent of the most frequent reason."""
    rejects: tuple[Mapping[str, Any], ...]


def render_samples(run: RunData, judge: Judge, per_cell: int) -> str:
    """The page for the data set of ``run``: ``per_cell`` rows of each strategy and category, judged by ``judge``."""
    counts = run.stages["dataset"].counts
    rows = _rows(run, judge, per_cell)
    strategies: dict[str, dict[str, list[RowView]]] = {}
    for row in rows:
        cells = strategies.setdefault(row.pair.strategy, {})
        cells.setdefault(row.pair.category.value, []).append(row)
    return (
        environment()
        .get_template("dataset.html.j2")
        .render(
            name=run.folder.resolve().name,
            counts=counts,
            grid=grid(counts),
            strategies=strategies,
            shown=len(rows),
            passed=sum(row.outcome == "passed" for row in rows),
            refused=_refused(run),
            unreadable=run.problems,
        )
    )


def _rows(run: RunData, judge: Judge, per_cell: int) -> list[RowView]:
    """The sample, the same one every time: picked by the hash of the id."""
    sides = run.json("dataset/splits.json") or {}
    pairs = [from_plain(Pair, row) for row in run.table("dataset/pairs.parquet")]
    cells: dict[tuple[str, str], list[Pair]] = {}
    for pair in sorted(pairs, key=lambda pair: digest(pair.id)):
        cell = cells.setdefault((pair.strategy, pair.category.value), [])
        if len(cell) < per_cell:
            cell.append(pair)
    chosen = [pair for key in sorted(cells) for pair in cells[key]]
    verdicts = judge([pair.candidate() for pair in chosen])
    return [_row(pair, sides.get(pair.id, ""), verdict) for pair, verdict in zip(chosen, verdicts, strict=True)]


def _row(pair: Pair, side: str, verdict: Verdict) -> RowView:
    last = verdict.last
    level = last.level.value if last else ""
    badges = {
        "passed": LEVEL_LABELS.get(level, level).lower(),
        "failed": f"fails at {level}",
        "unjudged": "could not be judged",
    }
    outcome = verdict.outcome.value
    return RowView(pair, side, outcome, badges[outcome], last.reason if last else "", verdict.diagnostics)


def _refused(run: RunData) -> list[Refused]:
    by_reason: dict[str, list[Mapping[str, Any]]] = {}
    for row in run.table("dataset/rejects.parquet"):
        by_reason.setdefault(row["reason"], []).append(row)
    most = max(map(len, by_reason.values()), default=1)
    return [
        Refused(
            reason,
            len(rows),
            100 * len(rows) / most,
            tuple(sorted(rows, key=lambda row: digest(row["subject"]))[:REJECTS]),
        )
        for reason, rows in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
