"""The plan's decisions about a model, from the figures of a run.

A criterion is met when the whole 95 % interval lies beyond the line, missed when none of it does, and cannot be told
otherwise: then more problems or more answers have to be asked, not the line moved. Where a model has to be better than
another, McNemar's test has to say so as well: the interval of a few problems is too narrow to be trusted alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from algorand_coder.evaluate.models import OF_THE_RUN
from algorand_coder.evaluate.scores import MAX_UNJUDGED
from algorand_coder.pipeline.gate import Criterion, unjudged
from algorand_coder.records import Level, Outcome

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
SIGNIFICANT = 0.05
"""The largest p with which one model is better, or worse, than another."""


def model_criteria(
    scores: Mapping[str, Any], role: str = "tuned", base: str = "base", *, outdated: str = ""
) -> list[Criterion]:
    """The gate at the end of week 4, from ``scores.json``; ``outdated`` says why the scores are no longer those of
    the run's model.
    """
    humaneval = scores.get("humaneval") or {}
    rates = scores["models"].get(role, {}).get("rates", {})
    found = [_rate(name, rates.get(level.value), minimum, target) for name, level, minimum, target in RATES]
    general = humaneval.get("models", {})
    change = humaneval.get("paired", {}) if base in general else {}
    measured = [
        _rate("HumanEval", general.get(role), *HUMANEVAL),
        _difference("HumanEval, change from the base", change, HUMANEVAL_LOSS),
    ]
    reason = _gaps(humaneval, [label for label in (role, base) if label in general])
    return _sound(scores, [*found, *(_undecided(measured, reason) if reason else measured)], outdated)


def integration_criteria(scores: Mapping[str, Any], role: str = "tuned", *, outdated: str = "") -> list[Criterion]:
    """The gate at the end of week 5: better than prompting each hosted model of the same run, by the suite score.

    The run's own models, and others in this process, do not count: they are no alternative that a user has.
    ``outdated`` is as for :func:`model_criteria`.
    """
    found = []
    for pair in scores.get("comparisons", ()):
        names = (pair["first"], pair["second"])
        ours_first = pair["first"] == role
        rival = pair["second"] if ours_first else pair["first"]
        if role not in names or not _hosted(scores, rival):
            continue
        figures = pair["levels"].get(Level.BEHAVE.value, {})
        ours = _turned(figures) if ours_first else figures
        found.append(_difference(f"suite score against {rival}", ours, 0.0, SIGNIFICANT))
    if not found:
        return [unjudged("suite score against a hosted model", "> 0", "no hosted model answered in this run")]
    return _sound(scores, found, outdated)


def _hosted(scores: Mapping[str, Any], label: str) -> bool:
    """Whether an endpoint answered; scores of earlier versions do not say so, but name the run's own models."""
    own = label.partition("+")[0] in OF_THE_RUN
    return bool(scores.get("models", {}).get(label, {}).get("hosted", not own))


def _turned(figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """First minus second in place of second minus first."""
    if not figures:
        return figures
    turned = {"difference": -figures["difference"], "low": -figures["high"], "high": -figures["low"]}
    return {**figures, **turned}


def _rate(name: str, found: Mapping[str, Any] | None, minimum: float, target: float) -> Criterion:
    threshold = f"> {minimum:.0%}, target {target:.0%}"
    if not found or not found.get("n"):
        return unjudged(name, threshold, "not measured in this run")
    low, high = found["low"], found["high"]
    note = f"n = {found['n']}, 95 % interval {low:.1%} to {high:.1%}" + ("; on target" if low > target else "")
    return Criterion(name, f"{found['rate']:.1%}", threshold, _outcome(low, high, minimum), found["rate"], note)


def _difference(name: str, found: Mapping[str, Any], minimum: float, most_p: float = 1.0) -> Criterion:
    threshold = f"> {100 * minimum:+.0f} points" if minimum else "> 0 points"
    if not found or not found.get("n"):
        return unjudged(name, threshold, "not measured in this run")
    low, high, value = found["low"], found["high"], found["difference"]
    note = f"n = {found['n']} pairs, 95 % interval {100 * low:+.1f} to {100 * high:+.1f}, McNemar p = {found['p']:.2g}"
    outcome = _outcome(low, high, minimum) if found["p"] <= most_p else Outcome.UNJUDGED
    return Criterion(name, f"{100 * value:+.1f}", threshold, outcome, value, note)


def _outcome(low: float, high: float, minimum: float) -> Outcome:
    if low > minimum:
        return Outcome.PASSED
    return Outcome.FAILED if high <= minimum else Outcome.UNJUDGED


def _gaps(humaneval: Mapping[str, Any], labels: Sequence[str]) -> str:
    """Why HumanEval says nothing; empty where nearly every answer was judged."""
    problems = humaneval.get("problems", 0)
    for label in labels:
        model = humaneval["models"][label]
        # Scores of earlier versions do not count them apart.
        unjudged = model.get("unjudged", max(0, problems - model["n"]))
        if unjudged > MAX_UNJUDGED * (unjudged + model["n"]):
            return f"{unjudged} of {unjudged + model['n']} answers of {label} could not be judged"
    return ""


def _undecided(criteria: Sequence[Criterion], reason: str) -> list[Criterion]:
    return [unjudged(each.name, each.threshold, reason) for each in criteria]


def _sound(scores: Mapping[str, Any], criteria: Sequence[Criterion], outdated: str) -> list[Criterion]:
    """``criteria``, none of them decided where the run behind them says nothing."""
    reason = outdated
    if scores.get("synthetic"):
        reason = "the answers are synthetic recordings, not a model's"
    elif not scores.get("valid"):
        reason = "too many answers of the run could not be judged"
    return _undecided(criteria, reason) if reason else list(criteria)
