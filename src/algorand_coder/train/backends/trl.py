"""The TRL + PEFT backend: LoRA, and QLoRA where bitsandbytes and a GPU are at hand."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.records import digest
from algorand_coder.train.backends import Job, Trained
from algorand_coder.train.backends.loading import device_name, pick_dtype
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.distributed import is_first, share_errors, start, world
from algorand_coder.train.guards import check_trainable
from algorand_coder.train.history import History, Step
from algorand_coder.train.masks import TokenRow

PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")
PROBE_STEPS = 4


class TrlBackend:
    """LoRA and QLoRA by TRL's SFTTrainer."""

    name = "trl"
    quantizes_experts = False

    def missing(self) -> str:
        """What has to be installed; empty when everything is there."""
        absent = [name for name in PACKAGES if find_spec(name) is None]
        return f"{', '.join(absent)} missing, run \"pip install 'algorand-coder[train]'\"" if absent else ""

    def tokens_per_second(self, model_dir: Path, config: TrainConfig, rows: Sequence[TokenRow]) -> float:
        """Real tokens a second of a few steps on the middle of ``rows`` by length; the first step is not counted."""
        _prepare()
        from algorand_coder.train.backends.sft import build

        size = config.batch_size * config.gradient_accumulation
        by_length = sorted(rows, key=lambda row: (len(row.input_ids), row.id))
        middle = by_length[max(0, (len(by_length) - size) // 2) :][:size]
        order = [index % len(middle) for index in range(size * PROBE_STEPS)]
        steps: list[Step] = []
        with tempfile.TemporaryDirectory() as work:
            job = Job(model_dir, config, middle, order, (), 0, Path(work), Path(work), on_step=steps.append)
            build(job, "", checkpoints=False).train()
        counted = steps[1:] or steps
        return sum(step.tokens for step in counted) / sum(step.tokens / step.tokens_per_second for step in counted)

    def train(self, job: Job) -> Trained:
        """Train, going on from the last complete checkpoint in ``job.work``.

        Raises ``UserError`` when that checkpoint belongs to other rows, settings or versions.
        """
        _prepare()
        from algorand_coder.train.backends.sft import build

        return run(job, lambda fingerprint: build(job, fingerprint), PACKAGES)


def run(job: Job, make: Callable[[str], Any], packages: Sequence[str]) -> Trained:
    """Train with the trainer that ``make`` gives for a fingerprint, on every process of the run."""
    from transformers import set_seed

    from algorand_coder.train.backends.watch import as_held_out, as_step, best_of, take_best

    start()
    fingerprint = _fingerprint(job, packages)
    found = share_errors(lambda: last_complete(job.work / "checkpoints", fingerprint))
    trainer = make(fingerprint)
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
        resumed_from=_step_of(found) if found else 0,
        peak_device_bytes=_peak_device_bytes(),
        kept_step=kept,
        processes=world(),
    )


def last_complete(checkpoints: Path, fingerprint: str) -> Path | None:
    """The newest checkpoint that was written to the end; what a kill left half written is removed.

    Raises ``UserError`` when it does not carry ``fingerprint``.
    """
    from algorand_coder.train.backends.watch import COMPLETE

    for folder in sorted(checkpoints.glob("checkpoint-*"), key=_step_of, reverse=True):
        try:
            found = json.loads((folder / COMPLETE).read_text(encoding="utf-8"))["fingerprint"]
        except (OSError, ValueError, KeyError):
            shutil.rmtree(folder)
            continue
        if found != fingerprint:
            raise UserError(
                f"{folder} was made with other rows, settings or library versions, so going on from it would not be "
                f"the same run: delete {checkpoints} to start from the beginning"
            )
        return folder
    return None


def _prepare() -> None:
    prepare(offline=True)
    quiet_transformers()


def _fingerprint(job: Job, packages: Sequence[str]) -> str:
    """Identity of a run for resuming: its rows, their order, its settings and what computes them."""
    return digest(
        {
            "config": job.config.model_dump(mode="json"),
            "rows": digest([[row.input_ids, row.labels] for row in job.rows]),
            "order": digest(list(job.order)),
            "seed": job.seed,
            "dtype": pick_dtype(job.config, device_name()),
            "processes": world(),
            "versions": {name: version(name) for name in packages},
        }
    )


def _step_of(checkpoint: Path) -> int:
    number = checkpoint.name.rpartition("-")[2]
    return int(number) if number.isdigit() else -1


def _peak_device_bytes() -> int:
    import torch

    return int(torch.cuda.max_memory_allocated()) if torch.cuda.is_available() else 0
