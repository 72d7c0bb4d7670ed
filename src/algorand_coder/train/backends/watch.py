"""What happens beside the steps: measuring, marking finished checkpoints, early stopping, telling the job."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import TrainerCallback

from algorand_coder.train.distributed import barrier, is_first
from algorand_coder.train.history import HeldOut, Step
from algorand_coder.train.resume import Identity, mark_complete

if TYPE_CHECKING:
    from algorand_coder.train.backends.sft import Trainer

BEST = "best"
"""Folder in ``Job.work`` with the weights of the best measurement, where early stopping is asked for."""


class Watch(TrainerCallback):  # type: ignore[misc]
    """Measures, marks finished checkpoints, stops early, and tells the job of every step."""

    def __init__(self, trainer: Trainer, identity: Identity) -> None:
        self.trainer, self.identity = trainer, identity

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.global_step == 0:
            self.trainer.measure()

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.trainer.start_clock()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.trainer.stop_clock()
        every = self.trainer.job.config.eval_every
        if (every and state.global_step % every == 0) or state.global_step == state.max_steps:
            point = self.trainer.measure()
            if point is not None and self._give_up(state, point):
                control.should_training_stop = True

    def _give_up(self, state: Any, point: HeldOut) -> bool:
        """Keep the weights of a new best measurement; whether the last ones were all worse than it."""
        patience = self.trainer.job.config.early_stopping
        if not patience:
            return False
        points = [found for found in map(as_held_out, state.log_history) if found]
        best = best_of(points)
        if best.step == point.step:
            self.trainer.save_weights(self.trainer.job.work / BEST)
        return sum(found.step > best.step for found in points) >= patience

    def on_log(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        step = as_step(state.log_history[-1])
        if step is not None:
            self.trainer.job.on_step(step)

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        barrier()  # every process has written its part
        if is_first():
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            mark_complete(folder, self.identity)


def best_of(points: list[HeldOut]) -> HeldOut:
    """The measurement with the lowest loss, the earliest of equals; the untrained model counts as none."""
    return min((point for point in points if point.step), key=lambda point: (point.loss, point.step))


def as_step(entry: dict[str, Any]) -> Step | None:
    """The step that a log entry describes, or ``None`` for an entry of another kind."""
    if "step_tokens" not in entry:
        return None
    return Step(
        step=int(entry["step"]),
        loss=float(entry["loss"]),
        learning_rate=float(entry["learning_rate"]),
        grad_norm=float(entry.get("grad_norm", 0.0)),
        tokens=int(entry["step_tokens"]),
        tokens_per_second=float(entry["step_tokens_per_second"]),
        loader_share=float(entry["step_loader_share"]),
        mfu=entry.get("step_mfu"),
        device_bytes=int(entry["step_device_bytes"]),
    )


def as_held_out(entry: dict[str, Any]) -> HeldOut | None:
    """The measurement that a log entry describes, or ``None`` for an entry of another kind."""
    kept = entry.get("held_out")
    return HeldOut(**kept) if kept else None


def take_best(work: Path, output: Path) -> bool:
    """Put the best weights in the place of the last ones; whether any were kept."""
    best = work / BEST
    if not best.is_dir():
        return False
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(best, output)
    return True
