"""Backends behind one small interface: TRL + PEFT, and Unsloth. A module with a class that fits :class:`Backend`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from algorand_coder.errors import UserError
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.history import HeldOut, History, Step
from algorand_coder.train.masks import TokenRow

Probe = Callable[[Any, Any], tuple[int, int]]
"""From a model and its tokenizer to answers that type-check and answers that could be judged."""


def _ignore(_: object) -> None:
    """Nobody listens. A function with a name, as jobs travel between processes."""


@dataclass(frozen=True)
class Job:
    """One training run, with everything decided that does not need the model's weights."""

    model_dir: Path
    config: TrainConfig
    rows: Sequence[TokenRow]
    order: Sequence[int]
    """Indices into ``rows``, all epochs in training order; each ``batch_size`` of them is a micro-batch."""
    validation: Sequence[TokenRow]
    seed: int
    work: Path
    """Checkpoints live here and survive a kill."""
    output: Path
    """Folder the adapter is written to."""
    on_step: Callable[[Step], None] = _ignore
    on_held_out: Callable[[HeldOut], None] = _ignore
    probe: Probe | None = None
    """Asked at every measurement of a single process with the model and its tokenizer."""

    @property
    def steps(self) -> int:
        """Optimizer steps of the whole run."""
        steps = -(-len(self.order) // self.config.step_rows)
        return min(steps, self.config.max_steps or steps)


@dataclass(frozen=True)
class Trained:
    """What a finished run gives back; the adapter itself is in ``Job.output``."""

    history: History
    trainable_parameters: int
    total_parameters: int
    device: str
    dtype: str
    resumed_from: int
    """Step of the checkpoint this invocation went on from; 0 for a start from the beginning."""
    peak_device_bytes: int
    """Peak of allocated GPU memory; 0 on a CPU."""
    kept_step: int = 0
    """The step whose weights were kept: the last one, or the best where early stopping was asked for."""
    processes: int = 1


class Backend(Protocol):
    """A way to train."""

    name: str
    quantizes_experts: bool
    """Whether nf4 reaches the fused experts of a mixture of experts."""

    def missing(self) -> str:
        """What has to be installed before this backend works, as one line; empty when it is ready."""

    def unfit(self, config: TrainConfig) -> str:
        """Why this backend cannot run ``config`` though it is installed; empty when it can."""

    def tokens_per_second(self, model_dir: Path, config: TrainConfig, rows: Sequence[TokenRow]) -> float:
        """Speed of this machine on batches like ``rows``, from a few steps that are thrown away."""

    def train(self, job: Job) -> Trained:
        """Train, going on from the last complete checkpoint in ``job.work``."""


def choose(config: TrainConfig) -> Backend:
    """The backend that ``config`` asks for; ``auto`` takes Unsloth where it is installed and can run the recipe.

    Raises ``UserError`` with the command that installs what is missing.
    """
    from algorand_coder.train.backends.trl import TrlBackend
    from algorand_coder.train.backends.unsloth import UnslothBackend

    known: dict[str, Backend] = {backend.name: backend for backend in (UnslothBackend(), TrlBackend())}
    if config.backend == "auto":
        ready = (backend for backend in known.values() if not (backend.unfit(config) or backend.missing()))
        backend = next(ready, known["trl"])
    else:
        backend = known[config.backend]
    reason = backend.unfit(config) or backend.missing()
    if reason:
        raise UserError(f"train.backend {backend.name!r} is not ready: {reason}")
    return backend
