"""The rows of the plan's cost tables with today's figures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from algorand_coder.costs.measured import Measured, tokens_at_hand
from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints import resolve
from algorand_coder.generate.endpoints.config import configured
from algorand_coder.generate.endpoints.prices import price_of
from algorand_coder.instruct.config import SynthesisConfig
from algorand_coder.launch.order import Gpu, Price, hours, prices, subscriptions
from algorand_coder.train.config import TrainConfig

Basis = Literal["measured", "estimated", "listed", "unknown"]
MVP, PLATFORMS, GPUS, ONGOING = "to MVP", "GPU platforms", "GPU prices", "ongoing inference"
_PER = 1_000


@dataclass(frozen=True)
class Row:
    """One line. Dollars; ``None`` where nobody knows."""

    table: str
    item: str
    plan: str
    """What the plan says."""
    low: float | None
    high: float | None
    per: str
    """What the dollars are for: nothing for a sum, else ``hour``, ``month`` or ``1K tokens``."""
    basis: Basis
    how: str


@dataclass(frozen=True)
class Question:
    """What is to be costed."""

    train: TrainConfig
    """The recipe that is to be trained."""
    synthesis: SynthesisConfig
    seed: int
    run_folder: Path
    measured: Measured
    gpu: Gpu
    asked: Mapping[str, float]
    """Dollars an hour by platform, where the user knows better."""
    serving_hours: float
    """Hours a month for which a GPU serves."""
    tokens_per_second: float | None
    """Of the user's own server, all streams together."""

    @property
    def prices(self) -> dict[str, Price]:
        """Dollars an hour for the GPU by platform."""
        return prices(self.gpu.name) | {name: Price(value, "today", "given") for name, value in self.asked.items()}


def rows(question: Question) -> list[Row]:
    """Every row of the plan's tables, in its order."""
    training = _training_hours(question)
    mvp = [*_synthesis(question), *_training(question, training), _hosting(question)]
    return [
        *mvp,
        _total(mvp),
        *_platforms(question, training),
        *_gpu_prices(question),
        *_ongoing(question),
    ]


def _synthesis(question: Question) -> list[Row]:
    from algorand_coder.instruct.synthesis.estimate import estimate_of_run

    measured, item = question.measured, "LLM API for instruction generation"
    plan = "$30-80 (3.2, strategy B: $20-50)"
    spent = measured.synthesis_dollars
    if spent:
        return [Row(MVP, item, plan, spent, spent, "", "measured", measured.synthesis)]
    found = []
    if spent is not None:
        found.append(Row(MVP, f"{item}, as run", "", 0.0, 0.0, "", "measured", measured.synthesis))
    try:
        offers = estimate_of_run(question.run_folder, question.synthesis, question.seed)
    except UserError as missing:
        return [*found, Row(MVP, item, plan, None, None, "", "unknown", str(missing))]
    hosted = [offer for offer in offers if offer.dollars] or offers
    orders = sum(hosted[0].requests.values())
    said = f"{orders:,} requests: {', '.join(f'{each.model} ${each.dollars:,.2f} ({each.price})' for each in hosted)}"
    low, high = min(each.dollars for each in hosted), max(each.dollars for each in hosted)
    return [*found, Row(MVP, item, plan, low, high, "", "estimated", said)]


def _training_hours(question: Question) -> tuple[float, float, str] | None:
    """Hours on the GPU, at best and worst, and from what."""
    from algorand_coder.train.dry_run import active_parameters

    at_hand = tokens_at_hand(question.run_folder, question.measured)
    if at_hand is None:
        return None
    train = question.train
    tokens, counted = at_hand[0] * train.epochs, at_hand[1]
    best, worst = hours(question.gpu, tokens, active_parameters(train.base_model))
    said = f"{tokens:,} tokens in {train.epochs} epochs ({counted}), {train.base_model}"
    return best, worst, said


def _training(question: Question, training: tuple[float, float, str] | None) -> list[Row]:
    plan, item = "$80-200", f"GPU training ({question.gpu.name}, the plan: 20-40 h)"
    measured, found = question.measured, []
    if measured.training_hours is not None and measured.device:
        spent = f"{measured.training_hours:.2f} h on {measured.device}, {measured.trained_tokens:,} tokens"
        if measured.device != "cpu" and question.prices:
            low, high = _span(measured.training_hours * each.dollars for each in question.prices.values())
            said = f"{spent}, as one {question.gpu.name} at {_said(question.prices)}"
            return [Row(MVP, item, plan, low, high, "", "measured", said)]
        dollars = 0.0 if measured.device == "cpu" else None
        basis: Basis = "measured" if dollars is not None else "unknown"
        how = f"{spent} ({measured.base_model}), a machine of one's own"
        found.append(Row(MVP, "training, as run", "", dollars, dollars, "", basis, how))
    if training is None or not question.prices:
        missing = "the run has no data set" if training is None else f"no price on file for {question.gpu.name}"
        return [*found, Row(MVP, item, plan, None, None, "", "unknown", missing)]
    best, worst, said = training
    low = best * min(each.dollars for each in question.prices.values())
    high = worst * max(each.dollars for each in question.prices.values())
    how = f"{best:.1f} to {worst:.1f} h, set-up included, at {_said(question.prices)}; {said}{_fit(question)}"
    return [*found, Row(MVP, item, plan, low, high, "", "estimated", how)]


def _fit(question: Question) -> str:
    """Why the recipe would not run on that GPU; empty where it would."""
    from algorand_coder.launch.fits import expect_fit

    try:
        expect_fit(question.train, question.gpu)
    except UserError as error:
        return f"; but {error}"
    return ""


def _hosting(question: Question) -> Row:
    low, high = _span(question.serving_hours * each.dollars for each in question.prices.values())
    how = f"{question.serving_hours:g} h on one {question.gpu.name} at {_said(question.prices)}"
    return _priced(Row(MVP, "Hosting/inference (first month)", "$50-100", low, high, "month", "estimated", how))


def _total(mvp: Sequence[Row]) -> Row:
    """Of the plan's own lines; what was run beside them on the way is not theirs."""
    counted = [row for row in mvp if row.plan]
    missing = [row.item for row in counted if row.low is None]
    low, high = (sum(getattr(row, side) or 0.0 for row in counted) for side in ("low", "high"))
    how = f"without {', '.join(missing)}" if missing else "sum of the plan's lines"
    plan = "$160-380 (budget: $150-400)"
    return Row(MVP, "Total to MVP", plan, low, high, "", "unknown" if missing else "estimated", how)


def _platforms(question: Question, training: tuple[float, float, str] | None) -> Iterable[Row]:
    months = {name: price for name, price in subscriptions().items() if "Colab" in name}
    for name, price in months.items():
        how = f"a month ({price.source}, {price.date}); compute units beyond it cost more"
        yield Row(
            PLATFORMS, f"{name} (the plan: Unsloth + Colab Pro)", "$50-100", price.dollars, None, "", "listed", how
        )
    for platform, plan in (("modal", "$80-200"), ("runpod", "$50-150"), ("lambda", "$80-200")):
        price_here = question.prices.get(platform)
        if price_here is None or training is None:
            missing = "the run has no data set" if training is None else f"no price on file: --price {platform}=DOLLARS"
            yield Row(PLATFORMS, platform, plan, None, None, "", "unknown", missing)
            continue
        best, worst, _ = training
        how = f"{best:.1f} to {worst:.1f} h of training at {_said({platform: price_here})}"
        yield Row(
            PLATFORMS, platform, plan, best * price_here.dollars, worst * price_here.dollars, "", "estimated", how
        )


def _gpu_prices(question: Question) -> Iterable[Row]:
    plan = {"runpod": "$1.89/h", "modal": "$2.78/h"}
    for platform, price in question.prices.items():
        item = f"{platform} {question.gpu.name}"
        how = f"{price.source}, {price.date}"
        yield Row(GPUS, item, plan.get(platform, ""), price.dollars, price.dollars, "hour", "listed", how)
    for name, price in subscriptions().items():
        how = f"{price.source}, {price.date}"
        yield Row(GPUS, name, "$49.99/month", price.dollars, price.dollars, "month", "listed", how)


def _ongoing(question: Question) -> Iterable[Row]:
    found = question.prices
    low, high = _span(each.dollars for each in found.values())
    yield _priced(
        Row(ONGOING, "Self-hosted (vLLM/Ollama)", "~$1-2/h when running", low, high, "hour", "listed", _said(found))
    )
    speed = question.tokens_per_second
    if speed and low is not None and high is not None:
        share = _PER / (speed * 3600)
        how = f"at {speed:g} tokens/s of all streams together (given)"
        yield Row(ONGOING, "Self-hosted, by the token", "", low * share, high * share, "1K tokens", "estimated", how)
    else:
        how = "needs your server's speed: --tokens-per-second"
        yield Row(ONGOING, "Self-hosted, by the token", "", None, None, "1K tokens", "unknown", how)
    for name in dict.fromkeys(resolve(model).price for model in configured()):
        if not name:
            continue
        price = price_of(name)
        yield Row(
            ONGOING,
            f"Cloud API ({name}, prompt to completion)",
            "~$0.001-0.002/1K tokens",
            price.prompt * _PER,
            price.completion * _PER,
            "1K tokens",
            "listed",
            price.note,
        )


def _priced(row: Row) -> Row:
    if row.low is not None:
        return row
    return Row(
        row.table, row.item, row.plan, None, None, row.per, "unknown", "no price on file: --price PLATFORM=DOLLARS"
    )


def _span(values: Iterable[float]) -> tuple[float | None, float | None]:
    found = list(values)
    return (min(found), max(found)) if found else (None, None)


def _said(known: Mapping[str, Price]) -> str:
    return ", ".join(f"{name} ${each.dollars:g}/h ({each.source}, {each.date})" for name, each in known.items())
