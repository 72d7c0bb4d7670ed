"""What all backends share: a run from its last checkpoint to its written weights, and a measurement of speed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from algorand_coder.train.backends import Job, Trained
from algorand_coder.train.backends.loading import device_name, pick_dtype
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.distributed import is_first, share_errors, start, world
from algorand_coder.train.guards import check_trainable
from algorand_coder.train.history import History, Step
from algorand_coder.train.masks import TokenRow
from algorand_coder.train.resume import Identity, identity_of, last_complete, step_of

PROBE_STEPS = 4


def run(job: Job, make: Callable[[Identity], Any], packages: Sequence[str]) -> Trained:
    """Train with the trainer that ``make`` gives for the run's identity, on every process of the run."""
    from transformers import set_seed

    from algorand_coder.train.backends.watch import as_held_out, as_step, best_of, take_best

    start()
    identity = identity_of(job, packages, dtype=pick_dtype(job.config, device_name()), processes=world())
    found = share_errors(lambda: last_complete(job.work / "checkpoints", identity))
    trainer = make(identity)
    set_seed(job.seed)  # what drew random numbers while the model was built must not reach the first batch
    total = trainer.model.num_parameters()
    trainer.train(resume_from_checkpoint=str(found) if found else None)
    log = trainer.state.log_history
    trainable = check_trainable(trainer.model, job.config.target_parameters).parameters
    trainer.save_weights(job.output)
    history = History(
        tuple(step for step in map(as_step, log) if step),
        tuple(point for point in map(as_held_out, log) if point),
    )
    kept = trainer.state.global_step
    if job.config.early_stopping and is_first() and take_best(job.work, job.output):
        kept = best_of(list(history.held_out)).step
    return Trained(
        history=history,
        trainable_parameters=trainable,
        total_parameters=total - trainable if job.config.method == "lora" else total,
        device=device_name(),
        dtype=pick_dtype(job.config, device_name()),
        resumed_from=step_of(found) if found else 0,
        peak_device_bytes=_peak_device_bytes(),
        kept_step=kept,
        processes=world(),
    )


def speed(model_dir: Path, config: TrainConfig, rows: Sequence[TokenRow], make: Callable[[Job], Any]) -> float:
    """Real tokens a second of a few steps on the middle of ``rows`` by length; the first step is not counted."""
    by_length = sorted(rows, key=lambda row: (len(row.input_ids), row.id))
    middle = by_length[max(0, (len(by_length) - config.step_rows) // 2) :][: config.step_rows]
    order = [index % len(middle) for index in range(config.step_rows * PROBE_STEPS)]
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() as work:
        make(Job(model_dir, config, middle, order, (), 0, Path(work), Path(work), on_step=steps.append)).train()
    counted = steps[1:] or steps
    return sum(step.tokens for step in counted) / sum(step.tokens / step.tokens_per_second for step in counted)


def _peak_device_bytes() -> int:
    import torch

    return int(torch.cuda.max_memory_allocated()) if torch.cuda.is_available() else 0
