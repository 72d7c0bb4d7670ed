"""What one step of each threshold would change: how many units pass the filters more, or fewer."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.filters import FILTERS, Subject

STEPS: dict[str, tuple[str, float]] = {
    "max_complexity": ("too-complex", 1),
    "min_lines": ("too-short", 1),
    "max_lines": ("too-long", 1),
    "max_class_lines": ("too-long", 10),
    "min_example_lines": ("too-short", 1),
    "max_example_lines": ("too-long", 1),
    "min_comment_ratio": ("uncommented", 0.01),
    "max_line_chars": ("long-line", 10),
    "placeholder_entropy": ("secret", 0.25),
}
"""Threshold → the reason it decides and the size of a step."""

Effects = dict[str, dict[str, float]]
"""Threshold → ``value``, ``step``, and the change in units under ``minus`` and ``plus``."""


def moved(config: RefineConfig, name: str, step: float) -> dict[str, RefineConfig | None]:
    """The config with threshold ``name`` one step lower and higher; ``None`` where it may not go there."""
    value = getattr(config, name)
    found: dict[str, RefineConfig | None] = {}
    for sign, other in (("minus", value - step), ("plus", value + step)):
        changes = {name: type(value)(round(other, 6))}
        try:
            found[sign] = RefineConfig(**{**config.model_dump(), **changes})
        except ValidationError:
            found[sign] = None
    return found


def effects(subjects: Sequence[Subject], found: Sequence[Sequence[tuple[str, str]]], config: RefineConfig) -> Effects:
    """For each threshold its value, the step, and the change in units that pass all filters, before duplicates.

    ``found`` holds the reasons of each subject. A unit counts when the threshold alone decides about it.
    """
    checks = dict(FILTERS)
    result: Effects = {}
    for name, (reason, step) in STEPS.items():
        concerned = [
            (subject, bool(against))
            for subject, against in zip(subjects, found, strict=True)
            if not against or [because for because, _ in against] == [reason]
        ]
        effect: dict[str, float] = {"value": getattr(config, name), "step": step, "minus": 0, "plus": 0}
        for sign, other in moved(config, name, step).items():
            if other is not None:
                after = [bool(checks[reason](subject, other)) for subject, _ in concerned]
                effect[sign] = sum(was - now for (_, was), now in zip(concerned, after, strict=True))
        result[name] = effect
    return result
