"""The trainer itself: TRL's SFTTrainer over rows that are already tokenised, masked and put in order."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoTokenizer, PrinterCallback
from transformers import Trainer as HfTrainer
from trl import SFTTrainer

from algorand_coder.generate.environment import disk_errors
from algorand_coder.train.backends import Job
from algorand_coder.train.backends.arguments import arguments
from algorand_coder.train.backends.batches import examples
from algorand_coder.train.backends.heldout import held_out_by_model, held_out_loss
from algorand_coder.train.backends.loading import device_name, freeze_routers, load_base, lora_config
from algorand_coder.train.backends.packing import collate, enable, plain_attention
from algorand_coder.train.backends.scoring import fused_head_runs, log_probs
from algorand_coder.train.backends.sharding import check_sharded, force_fsdp, full_state
from algorand_coder.train.backends.watch import Watch
from algorand_coder.train.backends.weights import write_weights
from algorand_coder.train.distributed import barrier, is_first, world
from algorand_coder.train.guards import check_finite, check_trainable, save_batch
from algorand_coder.train.history import HeldOut
from algorand_coder.train.masks import TokenRow
from algorand_coder.train.mfu import Work, device_peak, model_work
from algorand_coder.train.resume import Identity

BAD_BATCH = "bad-batch.json"


class Trainer(SFTTrainer):  # type: ignore[misc]
    """SFTTrainer that stops at the first loss that is no number, and logs speed with each step."""

    _tag_names = ()
    native_loss = False
    """Whether the model computes its loss itself, as patched ones do, and gives no scores of tokens."""

    def __init__(self, job: Job, identity: Identity, work: Work, **options: Any) -> None:
        self.job = job
        self.work = work
        self.peak = device_peak(device_name()) * world()
        self.step_started, self.step_seconds, self.loader_seconds = time.monotonic(), 0.0, 0.0
        super().__init__(**options, callbacks=[Watch(self, identity)])

    def create_accelerator_and_postprocess(self) -> None:
        """Accelerate as it is, but for sharding on a CPU."""
        super().create_accelerator_and_postprocess()
        force_fsdp(self)

    def _prepare_for_training(self, *args: Any, **kwargs: Any) -> Any:
        prepared = super()._prepare_for_training(*args, **kwargs)
        if world() > 1:
            check_sharded(self.model)
        return prepared

    def get_batch_samples(self, epoch_iterator: Iterator[Any], num_batches: int, device: Any) -> Any:
        """The micro-batches of one step; the time they take is the loader's."""
        started = time.monotonic()
        samples = super().get_batch_samples(epoch_iterator, num_batches, device)
        self.loader_seconds = time.monotonic() - started
        return samples

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """Mean loss over the trained tokens of the whole step; TRL's own where its fused head runs."""
        if self.native_loss:
            return HfTrainer.compute_loss(self, model, inputs, return_outputs, num_items_in_batch)
        if fused_head_runs(inputs["labels"].device):
            return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
        scores, mask = log_probs(model, inputs)
        if num_items_in_batch is None:
            return -scores.sum() / mask.sum().clamp(min=1)
        # the step's tokens are counted over all processes, whose gradients are averaged
        tokens = torch.as_tensor(num_items_in_batch).clamp(min=1)
        return -scores.sum() / tokens * self.accelerator.num_processes

    def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """One micro-batch; a loss that is NaN or infinite ends the run with the batch saved."""
        batch = {name: inputs[name].tolist() for name in ("input_ids", "labels")}
        loss = super().training_step(model, inputs, *args, **kwargs)
        value = float(loss)
        if not math.isfinite(value):
            step = self.state.global_step + 1
            check_finite(value, "the loss", step, self._save_batch(batch, step))
        return loss

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """Add what TRL does not know: the step's real tokens and speed, without time spent measuring."""
        if "loss" in logs and "learning_rate" in logs:
            self._check_gradient(float(logs.get("grad_norm", 0.0)))
            lengths = [len(row.input_ids) for row in self.step_of_rows(self.state.global_step)]
            seconds = max(self.step_seconds + self.loader_seconds, 1e-9)
            logs["step_tokens"] = sum(lengths)
            logs["step_tokens_per_second"] = round(sum(lengths) / seconds, 1)
            logs["step_loader_share"] = round(self.loader_seconds / seconds, 4)
            logs["step_device_bytes"] = torch.cuda.max_memory_allocated() if torch.cuda.is_available() else 0
            if self.peak:
                logs["step_mfu"] = round(self.work.flops(lengths) / seconds / self.peak, 4)
        super().log(logs, start_time)

    def step_of_rows(self, step: int) -> list[TokenRow]:
        """The rows of optimizer step ``step`` (from 1)."""
        size = self.job.config.step_rows
        return [self.job.rows[index] for index in self.job.order[(step - 1) * size : step * size]]

    def start_clock(self) -> None:
        """A step begins."""
        self.step_started = time.monotonic()

    def stop_clock(self) -> None:
        """A step has ended."""
        self.step_seconds = time.monotonic() - self.step_started

    def save_weights(self, folder: Path) -> None:
        """Write the adapter, or the whole model where it is trained, into ``folder``."""
        state = full_state(self.model, frozen=self.job.config.method == "full")
        if is_first():
            with disk_errors(folder):
                write_weights(self.model, self.job.config, state, folder)
        barrier()

    def measure(self) -> HeldOut | None:
        """Measure the held-out rows now and keep the result where checkpoints keep the log."""
        if not self.job.validation:
            return None
        step, autocast = self.state.global_step, self.compute_loss_context_manager
        if self.native_loss:
            point = held_out_by_model(self.model, self.job.validation, step=step, autocast=autocast)
        else:
            point = held_out_loss(self.model, self.job.validation, self.data_collator, step=step, autocast=autocast)
        if self.job.probe is not None and world() == 1:
            with plain_attention(self.model):
                compiled, answered = self.job.probe(self.model, self.processing_class)
            point = replace(point, compiled=compiled, answered=answered)
        self.state.log_history.append({"step": point.step, "held_out": asdict(point)})
        self.job.on_held_out(point)
        return point

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        with disk_errors(self.job.work):
            super()._save_checkpoint(model, trial)

    def create_model_card(self, *args: Any, **kwargs: Any) -> None:
        """Checkpoints need none."""

    def _save_batch(self, batch: dict[str, Any], step: int) -> str:
        texts = self.processing_class.batch_decode(batch["input_ids"])
        return save_batch(self.job.work / BAD_BATCH, step, batch, self.step_of_rows(step), texts)

    def _check_gradient(self, norm: float) -> None:
        if not math.isfinite(norm):
            step = self.state.global_step
            batch = {
                name: [list(getattr(row, name)) for row in self.step_of_rows(step)] for name in ("input_ids", "labels")
            }
            check_finite(norm, "the gradient", step, self._save_batch(batch, step))


def build(job: Job, identity: Identity, *, checkpoints: bool = True) -> Trainer:
    """A trainer for ``job``, its model loaded, its adapter attached and checked. ``checkpoints`` False saves none."""
    config = job.config
    model = load_base(job.model_dir, config)
    if config.method == "full":
        freeze_routers(model)
    adapter = lora_config(model, config) if config.method == "lora" else None
    trainer = assemble(job, identity, model, adapter, checkpoints=checkpoints)
    check_trainable(trainer.model, config.target_parameters)
    return trainer


def assemble(job: Job, identity: Identity, model: Any, peft_config: Any, *, checkpoints: bool) -> Trainer:
    """A trainer for ``model`` over ``job``'s rows; ``peft_config`` is ``None`` where adapters are on or not wanted."""
    if job.config.packing:
        enable(model)
    trainer = Trainer(
        job,
        identity,
        model_work(model),
        model=model,
        args=arguments(job, checkpoints=checkpoints),
        train_dataset=Dataset.from_list(examples(job)),
        processing_class=AutoTokenizer.from_pretrained(str(job.model_dir)),
        peft_config=peft_config,
        data_collator=collate if job.config.packing else None,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.work = model_work(trainer.model)  # with the adapter, which decides what is differentiated
    return trainer
