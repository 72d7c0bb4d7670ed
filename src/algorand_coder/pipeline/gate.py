"""A gate: criteria with figures and thresholds, and what they amount to: go, no-go, or not to be told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from algorand_coder.records import Outcome


class Decision(StrEnum):
    """What a gate says."""

    GO = "go"
    NO_GO = "no-go"
    INCONCLUSIVE = "inconclusive"
    """Nothing speaks against it, but something could not be judged."""

    @property
    def exit_code(self) -> int:
        """0 for go, 1 for no-go, 2 for inconclusive."""
        return list(Decision).index(self)


@dataclass(frozen=True)
class Criterion:
    """One question of a gate."""

    name: str
    figure: str
    """What was found, for people."""
    threshold: str
    """What is wanted, for people."""
    outcome: Outcome
    value: float | None = None
    """The figure as a number, where it is one."""
    note: str = ""
    """Why it could not be judged, or what speaks against it."""


def criterion(name: str, value: float, threshold: str, *, passed: bool, unit: str = "", note: str = "") -> Criterion:
    """A criterion that could be judged; shares (``unit="%"``) are given from 0 to 1."""
    figure = f"{value:.1%}" if unit == "%" else f"{value:,g}" if value == int(value) else f"{value:,.3f}"
    return Criterion(name, figure, threshold, Outcome.PASSED if passed else Outcome.FAILED, value, note)


def unjudged(name: str, threshold: str, note: str) -> Criterion:
    """A criterion that could not be judged, and why."""
    return Criterion(name, "–", threshold, Outcome.UNJUDGED, None, note)


def decide(criteria: Sequence[Criterion]) -> Decision:
    """No-go when a criterion fails, go when all pass, inconclusive otherwise and when there are none."""
    outcomes = {each.outcome for each in criteria}
    if Outcome.FAILED in outcomes:
        return Decision.NO_GO
    return Decision.GO if outcomes == {Outcome.PASSED} else Decision.INCONCLUSIVE


def as_json(gate: str, criteria: Sequence[Criterion]) -> dict[str, Any]:
    """``{gate, decision, criteria}`` for programs."""
    return {"gate": gate, "decision": decide(criteria).value, "criteria": [asdict(each) for each in criteria]}
