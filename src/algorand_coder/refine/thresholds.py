"""What one step of each threshold would change: how many units pass the filters more, or fewer."""

from __future__ import annotations

from collections.abc import Sequence

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
}
"""Threshold → the reason it decides and the size of a step."""


def effects(
    subjects: Sequence[Subject], found: Sequence[Sequence[tuple[str, str]]], config: RefineConfig
) -> dict[str, dict[str, float]]:
    """For each threshold its value, the step, and the change in units that pass all filters, before duplicates.

    ``found`` holds the reasons of each subject. A unit counts when the threshold alone decides about it.
    """
    checks = dict(FILTERS)
    result: dict[str, dict[str, float]] = {}
    for name, (reason, step) in STEPS.items():
        concerned = [
            (subject, bool(against))
            for subject, against in zip(subjects, found, strict=True)
            if not against or [because for because, _ in against] == [reason]
        ]
        value = getattr(config, name)
        effect: dict[str, float] = {"value": value, "step": step}
        for sign, moved in (("minus", value - step), ("plus", value + step)):
            other = config.model_copy(update={name: type(value)(round(moved, 6))})
            after = [bool(checks[reason](subject, other)) for subject, _ in concerned]
            effect[sign] = sum(was - now for (_, was), now in zip(concerned, after, strict=True))
        result[name] = effect
    return result
