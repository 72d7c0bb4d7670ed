"""Geometry of the page's plots in percent of the plot area; the templates draw it as inline SVG and HTML."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_POINTS = 240


@dataclass(frozen=True)
class Tick:
    """A labelled position on an axis, 0 to 100."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """One curve: positions in percent (y runs downwards, as in SVG) and the label of its last value."""

    name: str
    points: tuple[tuple[float, float], ...]
    last: str

    @property
    def path(self) -> str:
        """The curve as an SVG polyline's ``points``."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Chart:
    """A line chart: curves and two axes."""

    title: str
    description: str
    x_label: str
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


def line_chart(title: str, x_label: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> Chart | None:
    """A chart of named ``(x, y)`` series on common axes; ``None`` where no series has a finite point.

    The y axis starts at zero: a curve that hardly falls must look like one.
    """
    kept = {
        name: [(x, y) for x, y in points if math.isfinite(x) and math.isfinite(y)] for name, points in series.items()
    }
    kept = {name: points for name, points in kept.items() if points}
    if not kept:
        return None
    xs = [x for points in kept.values() for x, _ in points]
    ys = [y for points in kept.values() for _, y in points]
    y_ticks = nice_ticks(0.0, max(ys))
    left, right, top = min(0.0, *xs), max(xs), y_ticks[-1]
    x_ticks = [tick for tick in nice_ticks(left, right, 5) if tick <= right]

    def place(x: float, y: float) -> tuple[float, float]:
        return round(_share(x, left, right), 3), round(100 - _share(y, 0.0, top), 3)

    lines = tuple(
        Line(name, tuple(place(x, y) for x, y in thin(points)), f"{points[-1][1]:.2f}") for name, points in kept.items()
    )
    spans = "; ".join(f"{name} from {points[0][1]:.2f} to {points[-1][1]:.2f}" for name, points in kept.items())
    return Chart(
        title=title,
        description=f"{title} by {x_label}: {spans}.",
        x_label=x_label,
        lines=lines,
        x_ticks=tuple(Tick(round(_share(x, left, right), 3), f"{x:g}") for x in x_ticks),
        y_ticks=tuple(Tick(round(100 - _share(y, 0.0, top), 3), f"{y:g}") for y in y_ticks),
    )


def nice_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values from ``low`` to at least ``high``, about ``wanted`` steps of 1, 2, 2.5 or 5 times a power of ten."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        span = abs(high) or 1.0
        high = low + span
    raw = span / wanted
    magnitude = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * magnitude for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * magnitude >= raw * 0.999999)
    start = math.floor(low / step + 1e-9)
    count = max(1, math.ceil((high - start * step) / step - 1e-9))
    return [round((start + i) * step, 12) for i in range(count + 1)]


def thin(points: Sequence[tuple[float, float]], limit: int = MAX_POINTS) -> list[tuple[float, float]]:
    """At most about ``limit`` points: means of equal runs, with the first and last point kept as they are."""
    if len(points) <= limit:
        return list(points)
    size = math.ceil((len(points) - 2) / (limit - 2))
    inner = points[1:-1]
    runs = [inner[i : i + size] for i in range(0, len(inner), size)]
    means = [(sum(x for x, _ in run) / len(run), sum(y for _, y in run) / len(run)) for run in runs]
    return [points[0], *means, points[-1]]


def shares(counts: Mapping[str, int]) -> list[tuple[str, int, float]]:
    """``(name, count, percent of the sum)`` for a stacked bar."""
    total = sum(counts.values())
    return [(name, count, 100 * count / total) for name, count in counts.items() if count]


def histogram(values: Sequence[float], bins: int = 10) -> list[tuple[int, float]]:
    """Counts of ``values`` (0 to 1) in equal bins, each with its height in percent of the fullest; empty for none."""
    if not values:
        return []
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, max(0, int(value * bins)))] += 1
    return [(count, 100 * count / max(counts)) for count in counts]


def _share(value: float, low: float, high: float) -> float:
    return 100 * (value - low) / (high - low) if high > low else 50.0
