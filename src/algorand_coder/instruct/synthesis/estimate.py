"""What an order costs before it is placed: requests, tokens, dollars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints import resolve
from algorand_coder.generate.endpoints.config import configured
from algorand_coder.generate.endpoints.prices import price_of
from algorand_coder.instruct.config import SynthesisConfig
from algorand_coder.instruct.synthesis.orders import Order, Task
from algorand_coder.instruct.synthesis.strategy import NAME, plan
from algorand_coder.pipeline import read_table
from algorand_coder.records import Pair, Unit

CHARACTERS_A_TOKEN = 3.5
"""Of English and TypeScript mixed, for expected costs; the upper bound counts a token a byte."""
EXPECTED_REPLY: dict[Task, int] = {"instruction": 110, "problem": 750}
"""Tokens of a usual reply."""


@dataclass(frozen=True)
class Estimate:
    """What all orders cost with one model."""

    model: str
    price: str
    """Source and date of the price."""
    batch: bool
    requests: dict[str, int]
    prompt_tokens: int
    completion_tokens: int
    dollars: float
    dollars_at_most: float
    """With every request and reply as long as it can be."""
    budget: float
    key_missing: str
    """Environment variable that has to be set first; empty when nothing is missing."""


def estimate_of_run(run_folder: Path, config: SynthesisConfig, seed: int) -> list[Estimate]:
    """Estimates for the units of a run, and for the pairs that were accepted where there are some already.

    Raises ``UserError`` when the run has no units yet.
    """
    units = run_folder / "refine" / "units.parquet"
    if not units.is_file():
        raise UserError(f"{run_folder} has no units to estimate from: run 'algorand-coder refine' first")
    pairs = run_folder / "instruct" / "pairs.parquet"
    accepted = [p for p in read_table(pairs, Pair) if p.strategy != NAME] if pairs.is_file() else []
    private = bool(config.model) and resolve(config.model).local
    return estimates(plan(read_table(units, Unit), accepted, config, seed, private=private), config)


def estimates(orders: Sequence[Order], config: SynthesisConfig) -> list[Estimate]:
    """One estimate for the configured model, or one for each shipped model where none is configured."""
    names = [config.model] if config.model else configured()
    return [_estimate(orders, config, name) for name in names]


def _estimate(orders: Sequence[Order], config: SynthesisConfig, name: str) -> Estimate:
    model = resolve(name)
    price = price_of(model.price, batch=config.batch)
    characters = sum(len(turn["content"]) for order in orders for turn in order.request.messages)
    prompt = round(characters / CHARACTERS_A_TOKEN)
    completion = sum(EXPECTED_REPLY[order.task] + model.thinking_tokens // 4 for order in orders)
    most = sum(price.most(order.request, order.request.max_tokens + model.thinking_tokens) for order in orders)
    tasks = [order.task for order in orders]
    return Estimate(
        model=name,
        price=price.note,
        batch=config.batch,
        requests={task: tasks.count(task) for task in EXPECTED_REPLY},
        prompt_tokens=prompt,
        completion_tokens=completion,
        dollars=round(price.of(prompt, completion), 2),
        dollars_at_most=round(most, 2),
        budget=config.budget_dollars,
        key_missing=model.missing_key,
    )
