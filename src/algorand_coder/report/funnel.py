"""The funnel: how many sources, files, units and pairs there were at each step, and why some were refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step: what is counted, how many there are, and the refusals on the way to it."""

    name: str
    count: int | None
    """``None`` where the stage has not run."""
    share: float
    """Width of the bar, percent of the widest."""
    note: str
    refused: int
    reasons: tuple[tuple[str, int], ...]


def funnel_steps(summary: Mapping[str, Any]) -> list[Step]:
    """The steps from files to rows, bars on one scale; sources are counted in words, being another kind of thing."""
    data = summary["dataset"]
    statuses = summary["sources"]["by_status"]
    listed = summary["sources"]["listed"]
    fetched = f"from {statuses.get('fetched', 0)} of {listed} sources" if listed else ""
    raw: list[tuple[str, int | None, str, Mapping[str, int]]] = [
        ("Source files", summary["source_files"], fetched, summary["source_files_refused"]),
        ("Units", summary["units"]["accepted"], "functions, classes, contracts, examples", _reasons(summary["units"])),
        ("Refined units", summary["refined"]["accepted"], "after filters and dedup", _reasons(summary["refined"])),
        ("Accepted pairs", summary["pairs"]["accepted"], "mined and built; each compiled", _reasons(summary["pairs"])),
        ("Data set rows", data.get("rows"), _split_note(data), data.get("refused", {})),
    ]
    widest = max((count or 0 for _, count, _, _ in raw), default=0) or 1
    return [
        Step(name, count, 100 * (count or 0) / widest, note, sum(reasons.values()), tuple(reasons.items()))
        for name, count, note, reasons in raw
    ]


def _reasons(kept: Mapping[str, Any]) -> Mapping[str, int]:
    found: Mapping[str, int] = kept["refused_by_reason"]
    return found


def _split_note(data: Mapping[str, Any]) -> str:
    return f"{data['train']:,} training, {data['validation']:,} validation" if data else ""
