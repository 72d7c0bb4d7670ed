"""The plan's decisions as figures: each criterion with its evidence, and go, no-go or inconclusive.

A criterion is met when the whole 95 % interval lies beyond the line, missed when none of it does, and inconclusive
otherwise: then more problems or more answers have to be asked, not the line moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from algorand_coder.records import Level


class Decision(StrEnum):
    """What a gate says."""

    GO = "go"
    NO_GO = "no-go"
    INCONCLUSIVE = "inconclusive"

    @property
    def exit_code(self) -> int:
        """0, 1 and 2 in the order above."""
        return list(Decision).index(self)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a gate."""

    name: str
    decision: Decision
    value: float | None
    """A rate from 0 to 1, or a difference of two rates; ``None`` where it was not measured."""
    low: float | None
    high: float | None
    minimum: float
    target: float | None
    n: int
    note: str = ""

    @property
    def on_target(self) -> bool:
        """Whether the interval lies beyond the plan's target too."""
        return self.target is not None and self.low is not None and self.low > self.target


@dataclass(frozen=True, slots=True)
class Gate:
    """All criteria and what they amount to."""

    name: str
    criteria: tuple[Criterion, ...]
    invalid: str = ""
    """Why the run behind the figures decides nothing, in either direction; empty when it is sound."""

    @property
    def decision(self) -> Decision:
        """No-go when one criterion is missed, else inconclusive when one is, else go."""
        found = {criterion.decision for criterion in self.criteria}
        if self.invalid or not found:
            return Decision.INCONCLUSIVE
        return next((d for d in (Decision.NO_GO, Decision.INCONCLUSIVE) if d in found), Decision.GO)


RATES: tuple[tuple[str, Level, float, float], ...] = (
    ("compile success rate", Level.COMPILE, 0.85, 0.95),
    ("deploy success rate", Level.DEPLOY, 0.75, 0.90),
    ("type check pass rate", Level.TYPES, 0.80, 0.95),
    ("Algorand suite score", Level.BEHAVE, 0.65, 0.85),
)
"""The plan's table: name, level, minimum, target."""
HUMANEVAL = (0.65, 0.75)
HUMANEVAL_LOSS = -0.05
"""How far below the base, measured in the same run, the tuned model may fall: the plan's own number for the base is
not reproducible."""


def model_gate(scores: Mapping[str, Any], role: str = "tuned", base: str = "base") -> Gate:
    """The gate at the end of week 4, from ``scores.json``."""
    rates = scores["models"].get(role, {}).get("rates", {})
    criteria = [_rate(name, rates.get(level.value), minimum, target) for name, level, minimum, target in RATES]
    humaneval = scores.get("humaneval") or {}
    criteria.append(_rate("HumanEval", humaneval.get("models", {}).get(role), *HUMANEVAL))
    change = humaneval.get("paired", {}) if base in humaneval.get("models", {}) else {}
    criteria.append(_difference("HumanEval, change from the base", change, HUMANEVAL_LOSS))
    return Gate("model", tuple(criteria), _invalid(scores))


def integration_gate(comparisons: Mapping[str, Mapping[str, Any]], scores: Mapping[str, Any]) -> Gate:
    """The gate at the end of week 5: better than prompting each hosted model, on the same problems.

    ``comparisons`` maps the name of a hosted model to the paired figures of the suite score, ours minus theirs.
    """
    criteria = (_difference(f"suite score against {name}", found, 0.0) for name, found in comparisons.items())
    return Gate("integration", tuple(criteria), _invalid(scores))


def _rate(name: str, found: Mapping[str, Any] | None, minimum: float, target: float) -> Criterion:
    if not found or not found.get("n"):
        return Criterion(name, Decision.INCONCLUSIVE, None, None, None, minimum, target, 0, "not measured")
    decided = _decide(found["low"], found["high"], minimum)
    return Criterion(name, decided, found["rate"], found["low"], found["high"], minimum, target, found["n"])


def _difference(name: str, found: Mapping[str, Any], minimum: float) -> Criterion:
    if not found or not found.get("n"):
        return Criterion(name, Decision.INCONCLUSIVE, None, None, None, minimum, None, 0, "not measured")
    decided = _decide(found["low"], found["high"], minimum)
    note = f"paired, McNemar p = {found['p']:.3g}"
    return Criterion(name, decided, found["difference"], found["low"], found["high"], minimum, None, found["n"], note)


def _decide(low: float, high: float, minimum: float) -> Decision:
    if low > minimum:
        return Decision.GO
    return Decision.NO_GO if high <= minimum else Decision.INCONCLUSIVE


def _invalid(scores: Mapping[str, Any]) -> str:
    if scores.get("synthetic"):
        return "the answers are synthetic recordings, not a model's"
    return "" if scores.get("valid") else "too many answers could not be judged"
