"""``evaluate/scores.json`` as the report uses it: rates with intervals per model, level, category and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

LEVELS = ("parse", "types", "compile", "deploy", "behave")
LEVEL_LABELS = {
    "parse": "Parses",
    "types": "Type-checks",
    "compile": "Compiles",
    "deploy": "Deploys",
    "behave": "Behaves",
}


@dataclass(frozen=True)
class Rate:
    """``passed`` of ``n`` answers, with the 95 % interval ``low`` to ``high`` (all rates 0 to 1)."""

    passed: int
    n: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class ModelScores:
    """One model's rates by level: overall, by category, and by group (seen or unseen API use)."""

    role: str
    """``base``, ``tuned``, or the label of a model from elsewhere."""
    name: str
    rates: dict[str, Rate]
    by_category: dict[str, dict[str, Rate]] = field(default_factory=dict)
    by_group: dict[str, dict[str, Rate]] = field(default_factory=dict)
    invalid: int = 0
    """Answers that could not be judged; they are in no rate."""
    no_code: int = 0
    """Answers without any code; they fail to parse."""
    cut: int = 0
    """Answers cut at the token limit."""
    failures: tuple[tuple[str, str, int], ...] = ()
    """``(level, code, answers)``: the first finding of failed answers, most frequent first."""
    by_difficulty: dict[str, dict[str, Rate]] = field(default_factory=dict)
    pass_at_k: dict[str, dict[str, float]] = field(default_factory=dict)
    """By level and number of answers, the chance that one of them passes."""
    answers: int = 0
    solved: int = 0
    """Answers that passed everything asked of them."""
    refused: int = 0
    dollars: float = 0.0
    dollars_per_solved: float | None = None


@dataclass(frozen=True)
class Paired:
    """One model minus another on the same problems, with its 95 % interval (all −1 to 1)."""

    difference: float
    low: float
    high: float
    p: float | None = None
    """Exact McNemar test of "no change", where it was made."""

    @property
    def sure(self) -> bool:
        """Whether chance is an unlikely explanation: the exact test where there is one, else the interval."""
        return self.p < 0.05 if self.p is not None else self.low > 0 or self.high < 0

    def turned(self) -> Paired:
        """The same comparison the other way round."""
        return Paired(-self.difference, -self.high, -self.low, self.p)


@dataclass(frozen=True)
class Scores:
    """Everything that was measured."""

    models: dict[str, ModelScores]
    paired: dict[str, Paired]
    """Tuned minus base by level; empty for other models."""
    problems: int
    smoke_test: bool
    valid: bool = True
    """False when so many answers could not be judged that the rates say nothing."""
    unjudged: Mapping[str, int] = field(default_factory=dict)
    """Why answers could not be judged, and how many."""
    comparisons: tuple[tuple[str, str, dict[str, Paired]], ...] = ()
    """``(first, second, second minus first by level)`` for any two models."""
    humaneval: dict[str, Rate] = field(default_factory=dict)
    """By model; empty where it was not asked."""
    humaneval_change: Paired | None = None
    """Tuned minus base."""
    contract_problems: int = 0
    samples: int = 1
    """Answers to each problem."""
    leaked: int = 0
    """Rows of the data set that bear the benchmark's canary or have a reference's skeleton."""

    @property
    def base(self) -> ModelScores | None:
        """The model before training."""
        return self.models.get("base")

    @property
    def tuned(self) -> ModelScores | None:
        """The model after training."""
        return self.models.get("tuned")

    @property
    def levels(self) -> list[str]:
        """Levels that any model was measured at, shallow to deep."""
        return [level for level in LEVELS if any(level in model.rates for model in self.models.values())]

    def groups(self, attribute: str) -> list[str]:
        """Names in ``by_category``, ``by_group`` or ``by_difficulty`` of any model, each once."""
        return list(dict.fromkeys(name for model in self.models.values() for name in getattr(model, attribute)))


def parse_scores(data: Any) -> Scores | None:
    """Read ``scores.json``; ``None`` where it is missing, holds no rates, or speaks of synthetic recordings."""
    if not isinstance(data, Mapping) or data.get("synthetic"):
        return None
    found = data.get("models")
    if not isinstance(found, Mapping):
        return None
    models = {
        role: _model(role, found[role])
        for role in found
        if isinstance(found[role], Mapping) and isinstance(found[role].get("rates"), Mapping)
    }
    if not models:
        return None
    unjudged, overlap = data.get("unjudged"), data.get("overlap") or {}
    general = data.get("humaneval") or {}
    return Scores(
        models=models,
        paired=_paired(data.get("paired")),
        problems=int(data.get("problems") or 0),
        smoke_test=bool(data.get("smoke_test", True)),
        valid=bool(data.get("valid", True)),
        leaked=int(overlap.get("with_canary") or 0) + int(overlap.get("same_skeleton") or 0),
        comparisons=tuple(
            (str(each["first"]), str(each["second"]), _paired(each["levels"])) for each in data.get("comparisons") or ()
        ),
        humaneval={label: _rate(rate) for label, rate in (general.get("models") or {}).items()},
        humaneval_change=_paired({"humaneval": general.get("paired")}).get("humaneval"),
        contract_problems=int(data.get("contract_problems") or 0),
        samples=int(data.get("samples") or 1),
        unjudged=dict(unjudged.get("reasons") or {}) if isinstance(unjudged, Mapping) else {},
    )


def rates_json(scores: Scores | None) -> dict[str, Any]:
    """The scores as plain JSON for ``summary.json``."""
    if scores is None:
        return {}
    models = {}
    for role, model in scores.models.items():
        models[role] = {key: value for key, value in asdict(model).items() if key != "role"}
    return {
        "problems": scores.problems,
        "smoke_test": scores.smoke_test,
        "valid": scores.valid,
        "paired": {level: asdict(pair) for level, pair in scores.paired.items()},
        **models,
    }


def _model(role: str, data: Mapping[str, Any]) -> ModelScores:
    return ModelScores(
        role=role,
        name=str(data.get("name") or role),
        rates=_rates(data["rates"]),
        by_category={name: _rates(rates) for name, rates in (data.get("by_category") or {}).items()},
        by_group={name: _rates(rates) for name, rates in (data.get("by_group") or {}).items()},
        invalid=int(data.get("invalid") or 0),
        no_code=int(data.get("no_code") or 0),
        cut=int(data.get("cut_at_limit") or 0),
        failures=tuple((str(f["level"]), str(f["code"]), int(f["answers"])) for f in data.get("failures") or ()),
        by_difficulty={name: _rates(rates) for name, rates in (data.get("by_difficulty") or {}).items()},
        pass_at_k={level: dict(found) for level, found in (data.get("pass_at_k") or {}).items()},
        answers=int(data.get("answers") or 0),
        solved=int(data.get("solved") or 0),
        refused=int(data.get("refused") or 0),
        dollars=float(data.get("dollars") or 0),
        dollars_per_solved=data.get("dollars_per_solved"),
    )


def _rates(data: Mapping[str, Any]) -> dict[str, Rate]:
    return {level: _rate(data[level]) for level in LEVELS if isinstance(data.get(level), Mapping)}


def _rate(data: Mapping[str, Any]) -> Rate:
    n, passed = int(data.get("n") or 0), int(data.get("passed") or 0)
    rate = data.get("rate")
    rate = float(rate) if rate is not None else (passed / n if n else 0.0)
    low, high = data.get("low"), data.get("high")
    return Rate(passed, n, rate, float(low) if low is not None else 0.0, float(high) if high is not None else 1.0)


def _paired(data: Any) -> dict[str, Paired]:
    if not isinstance(data, Mapping):
        return {}
    return {
        level: Paired(float(item["difference"]), float(item["low"]), float(item["high"]), item.get("p"))
        for level, item in data.items()
        if isinstance(item, Mapping) and {"difference", "low", "high"} <= set(item)
    }
