"""Where the curves of a run go while it runs: a live view in a terminal, TensorBoard, Trackio, Weights & Biases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from algorand_coder.errors import MissingTool
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.history import HeldOut, Step

INSTALL = {"tensorboard": "tensorboardX", "trackio": "trackio", "wandb": "wandb"}
"""The package behind each monitor."""


class Monitor(Protocol):
    """Something that is shown every step and every measurement."""

    def step(self, step: Step) -> None:
        """One optimizer step."""

    def held_out(self, point: HeldOut) -> None:
        """One measurement."""


def scalars(event: Step | HeldOut) -> dict[str, float]:
    """The figures of an event under the names they have in every dashboard."""
    if isinstance(event, HeldOut):
        figures = {"validation/loss": event.loss, "validation/perplexity": event.perplexity}
        figures |= {f"validation/loss_{name}": loss for name, loss in event.by_category.items()}
        if event.compile_rate is not None:
            figures["validation/compile_rate"] = event.compile_rate
        return figures
    figures = {
        "train/loss": event.loss,
        "train/perplexity": event.perplexity,
        "train/learning_rate": event.learning_rate,
        "train/grad_norm": event.grad_norm,
        "speed/tokens_per_second": event.tokens_per_second,
        "speed/loader_share": event.loader_share,
    }
    if event.mfu is not None:
        figures["speed/mfu"] = event.mfu
    if event.device_bytes:
        figures["memory/device_gib"] = event.device_bytes / 2**30
    return figures


@contextmanager
def monitors(config: TrainConfig, folder: Path, name: str) -> Iterator[list[Monitor]]:
    """The monitors that ``config`` asks for, closed at the end; event files go into ``folder``.

    Raises ``MissingTool`` for one that was asked for and is not installed.
    """
    check_monitors(config)
    openers: dict[str, Callable[[], Any]] = {
        "tensorboard": lambda: _tensorboard(folder),
        "trackio": lambda: _run("trackio", config, name),
        "wandb": lambda: _run("wandb", config, name),
    }
    with ExitStack() as stack:
        yield [stack.enter_context(openers[wanted]()) for wanted in config.monitors]


def check_monitors(config: TrainConfig) -> None:
    """Raise ``MissingTool`` for the first monitor that is not installed."""
    for wanted in config.monitors:
        if find_spec(INSTALL[wanted]) is None:
            raise MissingTool(
                f"train.monitors names {wanted!r}, which is not installed: run 'pip install {INSTALL[wanted]}' or take "
                "it out"
            )


class _Scalars:
    """Hands every figure to ``write(figures, step)``."""

    def __init__(self, write: Callable[[Mapping[str, float], int], None]) -> None:
        self._write = write

    def step(self, step: Step) -> None:
        self._write(scalars(step), step.step)

    def held_out(self, point: HeldOut) -> None:
        self._write(scalars(point), point.step)


@contextmanager
def _tensorboard(folder: Path) -> Iterator[Monitor]:
    """Event files, named by how often the run was taken up and not by this machine, as the library would."""
    from tensorboardX import SummaryWriter

    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    writer = SummaryWriter(str(folder))

    def write(figures: Mapping[str, float], step: int) -> None:
        for name, value in figures.items():
            writer.add_scalar(name, value, step)

    try:
        yield _Scalars(write)
    finally:
        writer.close()
        for made in sorted(set(folder.iterdir()) - before):
            made.rename(folder / f"events.out.tfevents.{len(before):04d}")


@contextmanager
def _run(module: str, config: TrainConfig, name: str) -> Iterator[Monitor]:
    """Trackio and Weights & Biases share an interface: ``init``, ``log``, ``finish``."""
    from importlib import import_module

    library = import_module(module)
    run = library.init(project="algorand-coder", name=name, config=config.model_dump(mode="json"))

    def write(figures: Mapping[str, float], step: int) -> None:
        run.log(dict(figures), step=step)

    try:
        yield _Scalars(write)
    finally:
        run.finish()
