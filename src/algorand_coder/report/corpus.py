"""The funnel of the corpus: what each step refused and why, what thresholds do, and rejects to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.records import digest
from algorand_coder.report.charts import histogram
from algorand_coder.report.funnel import Step
from algorand_coder.report.run_data import RunData

SAMPLES = 8
"""Rejects shown of each reason."""
BINS = 10
STAGES = {"collect": "left out when collecting", "extract": "left out when extracting", "refine": "refused by a filter"}
_MEASURES = (
    ("lines", "Lines of a unit", 100.0, "{:.0f}"),
    ("complexity", "Cyclomatic complexity", 30.0, "{:.0f}"),
    ("comment_ratio", "Comment ratio", 0.5, "{:.2f}"),
)
"""Field of ``Metrics``, title, upper end of the axis, format of its labels."""


@dataclass(frozen=True)
class Threshold:
    """What one step of a threshold changes."""

    name: str
    value: float
    step: float
    minus: int
    plus: int
    widest: int
    """The largest change of any threshold, for a common scale."""

    def width(self, change: int) -> float:
        """Length of a bar, percent of half the axis."""
        return 100 * abs(change) / self.widest if self.widest else 0.0


@dataclass(frozen=True)
class Bin:
    """One column of a histogram: all units and those kept, with heights in percent of the fullest column."""

    label: str
    units: int
    height: float
    kept: int
    kept_height: float


@dataclass(frozen=True)
class Plot:
    """A histogram of one measure; the last column holds everything beyond the axis too."""

    title: str
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class RejectView:
    """One reject as the page shows it."""

    place: str
    name: str
    detail: str
    excerpt: str


@dataclass(frozen=True)
class ReasonView:
    """One reason of one stage with a sample of what it refused."""

    stage: str
    reason: str
    count: int
    share: float
    """Percent of the stage's most frequent reason."""
    rejects: tuple[RejectView, ...]


def steps(run: RunData) -> list[Step]:
    """Files, units, units kept: counts on one scale, with the refusals on the way to each."""
    listed = run.json("collect/sources.json") or []
    given = run.stages["refine"].counts.get("sources")
    note = f"from {given:,} of {len(listed):,} sources" if given else ""
    rows = (
        ("Source files", "collect/files.parquet", "collect", note),
        ("Units", "extract/units.parquet", "extract", "functions, classes, contracts, tests, examples"),
        ("Units kept", "refine/units.parquet", "refine", "after filters, decontamination and duplicates"),
    )
    counts = [run.rows(table) for _, table, _, _ in rows]
    widest = max((count or 0 for count in counts), default=0) or 1
    found = []
    for (name, _, stage, words), count in zip(rows, counts, strict=True):
        reasons = run.tally(f"{stage}/rejects.parquet", "reason")
        share = 100 * (count or 0) / widest
        found.append(Step(name, count, share, words, sum(reasons.values()), tuple(reasons.items())))
    return found


def thresholds(run: RunData) -> list[Threshold]:
    """The effect of a step of every threshold, largest first."""
    effects: Mapping[str, Mapping[str, float]] = run.stages["refine"].counts.get("thresholds", {})
    widest = max((abs(int(effect[sign])) for effect in effects.values() for sign in ("minus", "plus")), default=0)
    found = [
        Threshold(name, effect["value"], effect["step"], int(effect["minus"]), int(effect["plus"]), widest)
        for name, effect in effects.items()
    ]
    return sorted(found, key=lambda row: (-max(abs(row.minus), abs(row.plus)), row.name))


def plots(run: RunData) -> list[Plot]:
    """Histograms of the units' measures, and of type coverage where it was asked for."""
    units, kept = (run.table(f"{stage}/units.parquet", ["metrics"]) for stage in ("extract", "refine"))
    found = []
    for field, title, end, form in _MEASURES:
        every, stayed = ([row["metrics"][field] / end for row in rows] for rows in (units, kept))
        found.append(_plot(title, every, stayed, [form.format(end * bin_ / BINS) for bin_ in range(BINS)]))
    kept_ids = {row["id"] for row in run.table("refine/units.parquet", ["id"])}
    typed = [row for row in run.table("refine/types.parquet") if row["coverage"] is not None]
    every = [row["coverage"] for row in typed]
    stayed = [row["coverage"] for row in typed if row["unit"] in kept_ids]
    found.append(_plot("Type coverage, where types resolve", every, stayed, [f"{n / BINS:.1f}" for n in range(BINS)]))
    return [plot for plot in found if plot.bins]


def _plot(title: str, every: Sequence[float], kept: Sequence[float], labels: Sequence[str]) -> Plot:
    columns = histogram(every, BINS)
    stayed = histogram(kept, BINS) or [(0, 0.0)] * BINS
    fullest = max((count for count, _ in columns), default=1) or 1
    return Plot(
        title,
        tuple(
            Bin(label, count, height, inside, 100 * inside / fullest)
            for label, (count, height), (inside, _) in zip(labels, columns, stayed, strict=False)
        ),
    )


def reasons(run: RunData) -> list[ReasonView]:
    """Every reason of every stage, most frequent first, each with rejects picked by the hash of their id."""
    places = {row["id"]: row["provenance"] for row in run.table("extract/units.parquet", ["id", "provenance"])}
    found = []
    for stage in STAGES:
        by_reason: dict[str, list[Mapping[str, Any]]] = {}
        for row in run.table(f"{stage}/rejects.parquet"):
            by_reason.setdefault(row["reason"], []).append(row)
        most = max(map(len, by_reason.values()), default=1)
        for reason, rows in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
            views = tuple(_reject(row, places.get(row["subject"])) for row in _sample(rows))
            found.append(ReasonView(stage, reason, len(rows), 100 * len(rows) / most, views))
    return found


def _sample(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A few rows, from as many sources as there are, the same ones every time."""
    ordered = sorted(rows, key=lambda row: digest([row["subject"], row["name"]]))
    seen: dict[str, int] = {}
    ranked = []
    for place, row in enumerate(ordered):
        seen[row["source"]] = seen.get(row["source"], 0) + 1
        ranked.append((seen[row["source"]], place, row))
    return [row for _, _, row in sorted(ranked, key=lambda item: item[:2])[:SAMPLES]]


def _reject(row: Mapping[str, Any], place: Mapping[str, Any] | None) -> RejectView:
    where = f"{row['source']} {row['name']}"
    if place is not None:
        where = f"{place['source']} {place['path']}:{place['start_line']}"
    return RejectView(where, row["name"], row["detail"], row["excerpt"])
