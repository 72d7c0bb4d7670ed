"""``train/history.json`` as the report uses it: loss by step, on training and on held-out rows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Point:
    """Loss (nats a token) at one optimiser step."""

    step: float
    loss: float
    by_category: Mapping[str, float] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    """What else was measured at that step, under its name in the file: learning rate, tokens a second and so on."""

    @property
    def perplexity(self) -> float:
        """``exp(loss)``, infinite where that overflows."""
        try:
            return math.exp(self.loss)
        except OverflowError:
            return math.inf


@dataclass(frozen=True)
class History:
    """Training curves, each in the order of its steps."""

    train: tuple[Point, ...] = ()
    validation: tuple[Point, ...] = ()


def read_history(data: Any) -> History:
    """Read ``history.json``: lists ``steps`` and ``eval`` of ``{step, loss}``; a loss that is not finite is dropped."""
    if not isinstance(data, Mapping):
        return History()
    return History(_points(data.get("steps")), _points(data.get("eval")))


def _points(entries: Any) -> tuple[Point, ...]:
    found = []
    for entry in entries or ():
        if not isinstance(entry, Mapping):
            continue
        loss = entry.get("loss")
        step = entry.get("step")
        if isinstance(loss, (int, float)) and isinstance(step, (int, float)) and math.isfinite(loss):
            by_category = entry.get("by_category")
            categories = by_category if isinstance(by_category, Mapping) else {}
            found.append(Point(float(step), float(loss), categories, _figures(entry)))
    return tuple(sorted(found, key=lambda point: point.step))


def _figures(entry: Mapping[str, Any]) -> dict[str, float]:
    rest = {key: value for key, value in entry.items() if key not in {"step", "loss"}}
    return {
        key: float(value)
        for key, value in rest.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    }
