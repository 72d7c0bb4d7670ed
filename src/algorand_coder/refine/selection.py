"""What is decided about units that pass every filter of their own: types, evaluation sets, duplicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from algorand_coder.records import Unit
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.coverage import Typed
from algorand_coder.refine.duplicates import Print, find_duplicates
from algorand_coder.refine.thresholds import Effects, moved
from algorand_coder.similarity.evaluation_sets import Trace

STEPS: dict[str, float] = {"min_type_coverage": 0.05, "contamination": 0.05, "near_duplicate": 0.05}
"""Threshold → the size of a step."""


@dataclass(frozen=True)
class Passed:
    """Units that the filters keep, with what is known of each."""

    units: Sequence[Unit]
    typed: Sequence[Typed]
    """Empty where no types were asked for."""
    traces: Sequence[Trace]
    prints: Sequence[Print]
    targets: Mapping[str, str]
    """Source → the versions it is written for, where the source list says so."""

    def refused(self, config: RefineConfig) -> dict[int, tuple[str, str]]:
        """Index of each unit to refuse → reason and detail."""
        refused: dict[int, tuple[str, str]] = {}
        for index, typed in enumerate(self.typed):
            if typed.coverage is not None and typed.coverage <= config.min_type_coverage:
                wanted = f"above {config.min_type_coverage:.0%} wanted"
                refused[index] = ("poorly-typed", f"type coverage {typed.coverage:.0%}, {wanted}")
        for index, trace in enumerate(self.traces):
            if index not in refused and trace.share >= config.contamination:
                detail = f"shares {trace.share:.0%} of its windows of {trace.windows} with task {trace.task}"
                refused[index] = ("contaminated", detail)
        left = [index for index in range(len(self.units)) if index not in refused]
        duplicates = find_duplicates(
            [self.units[index] for index in left],
            [self.prints[index] for index in left],
            config.near_duplicate,
            self.targets,
        )
        for place, (reason, kept) in duplicates.items():
            where = self.units[left[kept]].provenance
            refused[left[place]] = (reason, f"of {where.source} {where.path}:{where.start_line}")
        return refused

    def effects(self, config: RefineConfig) -> Effects:
        """For each threshold its value, the step, and the change in units kept in the end."""
        now = len(self.refused(config))
        return {
            name: {"value": getattr(config, name), "step": step}
            | {
                sign: now - len(self.refused(other)) if other else 0
                for sign, other in moved(config, name, step).items()
            }
            for name, step in STEPS.items()
            if name != "min_type_coverage" or self.typed
        }
