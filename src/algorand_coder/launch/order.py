"""What is to be trained, on what, and what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from algorand_coder.errors import UserError, nearest

MFU = (0.10, 0.30)
"""Share of a GPU's peak that LoRA training of such models reaches: from a careless set-up to a good one."""
OVERHEAD_HOURS = 1.0
"""Boot, installation and the download of the weights."""


@dataclass(frozen=True, slots=True)
class Gpu:
    """One kind of GPU."""

    name: str
    """As SkyPilot spells it."""
    gib: int
    tflops: float
    """Peak of dense bfloat16."""


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars an hour for one GPU, or a month of a subscription, and where and when that was read."""

    dollars: float
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Order:
    """A training run to be carried out elsewhere."""

    config: str
    """Name of the recipe, or path of a YAML file inside the checkout."""
    overrides: tuple[str, ...]
    run_folder: Path
    """Relative to the checkout; its data set goes there and its adapter comes back."""
    gpu: Gpu
    unsloth: bool = False
    """Whether Unsloth is installed there: its pins are a set of their own."""
    disk_gb: int = 250

    @property
    def name(self) -> str:
        """What the rented machine is called."""
        return f"algorand-coder-{self.run_folder.name}".replace("_", "-").replace(".", "-").lower()

    @property
    def requirements(self) -> str:
        """What pip installs there, in the checkout."""
        pins, more = ("constraints/unsloth.txt", "unsloth ") if self.unsloth else ("constraints.txt", "")
        return f"-c {pins} -e '.[train]' {more}bitsandbytes"

    @property
    def train_command(self) -> str:
        """What runs there, in the checkout."""
        options = "".join(f" --set {value}" for value in self.overrides)
        return f".venv/bin/algorand-coder train --config {self.config} --run-dir {self.run_folder.as_posix()}{options}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hours and dollars, from the better to the worse end of ``MFU``."""

    tokens: int
    hours: tuple[float, float]
    dollars: tuple[float, float] | None
    """``None`` where nobody knows the price."""
    price: Price | None


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("gpus.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """The commands of a renting tool."""

    work: tuple[tuple[str, ...], ...]
    """In turn, each only when the one before succeeded."""
    stop: tuple[str, ...] = ()
    """Ends the machine, whatever became of the work; empty where the tool does that by itself."""


def gpu(name: str) -> Gpu:
    """The GPU of that name. Raises ``UserError`` for one that nobody described."""
    known = _table()["gpus"]
    if name not in known:
        raise UserError(f"unknown GPU {name!r}{nearest(name, list(known))}; known: {', '.join(known)}")
    return Gpu(name=name, **known[name])


def price(platform: str, name: str) -> Price | None:
    """What ``platform`` asks for the GPU, where the dated table has it."""
    row = _table()["prices"].get(platform, {}).get(name)
    return Price(**row) if row else None


def prices(name: str) -> dict[str, Price]:
    """What every platform asks for the GPU that the dated table knows it of."""
    known = {platform: price(platform, name) for platform in _table()["prices"]}
    return {platform: found for platform, found in known.items() if found}


def subscriptions() -> dict[str, Price]:
    """What a month costs where that is how GPUs are sold."""
    return {name: Price(**row) for name, row in _table()["subscriptions"].items()}


def hours(on: Gpu, tokens: int, active_parameters: float) -> tuple[float, float]:
    """Hours that ``tokens`` (all epochs together) take, at best and at worst.

    Six operations a weight and token: forward, recomputed forward (checkpointing) and the gradient of the activations;
    LoRA leaves out the gradient of the weights.
    """
    operations = 6.0 * active_parameters * tokens
    worst, best = (operations / (on.tflops * 1e12 * share) / 3600 + OVERHEAD_HOURS for share in MFU)
    return best, worst


def estimate(order: Order, platform: str, tokens: int, active_parameters: float, asked: float | None) -> Estimate:
    """Hours and dollars for ``tokens`` (all epochs together); ``asked`` is a price an hour that the user knows."""
    best, worst = hours(order.gpu, tokens, active_parameters)
    known = Price(asked, "today", "given") if asked is not None else price(platform, order.gpu.name)
    dollars = (best * known.dollars, worst * known.dollars) if known else None
    return Estimate(tokens, (best, worst), dollars, known)
