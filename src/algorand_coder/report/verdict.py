"""What a run amounts to, in sentences that do not flatter it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from algorand_coder.report.scores import Paired, Rate, Scores

_MOST_NAMED = 3
"""Models that a headline has room for."""
_VERBS = {"types": "type-check"}


def built(summary: Mapping[str, Any]) -> str:
    """What was made, as far as the run got."""
    data, training = summary["dataset"], summary["training"]
    if not data:
        if summary["pairs"]["accepted"] is not None:
            return f"{summary['pairs']['accepted']:,} pairs accepted by the compiler; no data set built from them yet."
        return "No data set in this run yet."
    parts = [
        f"{data['rows']:,} instruction pairs that the compiler accepted, {data['mined']:,} of them mined from "
        "third-party sources"
    ]
    if training:
        model = f" of {training['base_model']}" if training.get("base_model") else ""
        parts.append(f"and a LoRA adapter{model} trained on {training.get('train_rows', data['train']):,} of them")
    return ", ".join(parts) + "."


def measured(scores: Scores | None) -> str:
    """Before and after in one or two sentences; says so where tuning did not help or nothing can be told."""
    if scores is None:
        return "No model has been measured in this run yet."
    if not scores.valid:
        return "The measurement says nothing: too many answers could not be judged."
    base, tuned = scores.base, scores.tuned
    level = "types" if "types" in scores.levels else scores.levels[0] if scores.levels else ""
    if base is None or tuned is None or level not in base.rates or level not in tuned.rates:
        return _side_by_side(scores, level)
    before, after = base.rates[level], tuned.rates[level]
    if before.n == 0 or after.n == 0:
        return f"No answer could be judged at the level {level}, so nothing can be said about the change."
    counts = (
        f"{after.passed} of {after.n} answers of the tuned model {_does(level, after.passed)}, "
        f"{before.passed} of {before.n} of the base's."
    )
    return f"{counts} {_compare(before, after, scores.paired.get(level))}"


def caveat(scores: Scores | None) -> str:
    """The limits of the measurement; empty where there is none to state."""
    if scores is None:
        return ""
    parts = []
    if scores.smoke_test:
        parts.append(
            f"{scores.problems} problems are a smoke test: they show that the path runs, not how good the model is."
        )
    for model in scores.models.values():
        if model.invalid:
            parts.append(f"{model.invalid} answers of the {model.role} model could not be judged and are in no rate.")
    if scores.leaked:
        parts.append(f"{scores.leaked} rows of the data set are too close to the benchmark: the rates are too good.")
    if scores.unjudged:
        parts.append(f"Why: {'; '.join(scores.unjudged)}.")
    return " ".join(parts)


def _side_by_side(scores: Scores, level: str) -> str:
    """Models that are not a base and what training made of it: their counts in the order of the run."""
    if len(scores.models) == 1:
        return "Only one model has been measured, so there is nothing to compare."
    found = [(model.role, model.rates[level]) for model in scores.models.values() if level in model.rates]
    judged = [(role, rate) for role, rate in found if rate.n]
    if not judged:
        return "No answer could be judged, so nothing can be said about the models."
    said = ", ".join(f"{role} {rate.passed} of {rate.n}" for role, rate in judged)
    if len(judged) > _MOST_NAMED:
        ends = [choose(judged, key=lambda each: each[1].rate) for choose in (min, max)]
        said = "from " + " to ".join(f"{rate.passed} of {rate.n} ({role})" for role, rate in ends)
    return f"Answers that {_VERBS.get(level, level)}: {said}."


def _does(level: str, answers: int) -> str:
    verb = _VERBS.get(level, level)
    return f"{verb}s" if answers == 1 else verb


def _compare(before: Rate, after: Rate, paired: Paired | None) -> str:
    if after.rate == before.rate:
        return "Fine-tuning made no difference to that."
    if after.rate < before.rate:
        if paired is not None and paired.sure:
            return "The tuned model is worse on these problems."
        return "The tuned model is not better."
    if paired.sure if paired is not None else after.low > before.high:
        return "The tuned model is better on these problems."
    return "The tuned model did better, by no more than chance could explain."
