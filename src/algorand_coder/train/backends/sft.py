"""The trainer itself: TRL's SFTTrainer over rows that are already tokenised, masked and put in order."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoTokenizer, PrinterCallback, TrainerCallback
from trl import SFTConfig, SFTTrainer

from algorand_coder.generate.environment import disk_errors
from algorand_coder.train.backends import Job
from algorand_coder.train.backends.heldout import held_out_loss
from algorand_coder.train.backends.loading import device_name, load_base, lora_config, pick_dtype
from algorand_coder.train.backends.scoring import fused_head_runs, log_probs
from algorand_coder.train.guards import check_finite, check_trainable
from algorand_coder.train.history import HeldOut, Step

COMPLETE = "complete.json"
"""Written into a checkpoint when all of it is on disk; a checkpoint without it is what a kill left behind."""
CHECKPOINTS_KEPT = 2
BAD_BATCH = "bad-batch.json"


class Trainer(SFTTrainer):  # type: ignore[misc]
    """SFTTrainer that stops at the first loss that is no number, and logs speed with each step."""

    _tag_names = ()

    def __init__(self, job: Job, fingerprint: str, **options: Any) -> None:
        self.job = job
        self.lengths = [len(row.input_ids) for row in job.rows]
        super().__init__(**options, callbacks=[_Watch(self, fingerprint)])
        self.step_started, self.step_seconds = time.monotonic(), 0.0

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """Mean loss over the trained tokens of the whole step; TRL's own where its fused head runs."""
        if fused_head_runs(inputs["labels"].device):
            return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
        scores, mask = log_probs(model, inputs)
        tokens = mask.sum() if num_items_in_batch is None else torch.as_tensor(num_items_in_batch)
        return -scores.sum() / tokens.clamp(min=1)

    def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """One micro-batch; a loss that is NaN or infinite ends the run with the batch saved."""
        batch = {name: inputs[name].tolist() for name in ("input_ids", "labels")}
        loss = super().training_step(model, inputs, *args, **kwargs)
        value = float(loss)
        if not math.isfinite(value):
            check_finite(value, "the loss", self.state.global_step + 1, self._save_batch(batch))
        return loss

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """Add what TRL does not know: the step's real tokens and speed, without time spent measuring."""
        if "loss" in logs and "learning_rate" in logs:
            check_finite(
                float(logs.get("grad_norm", 0.0)), "the gradient", self.state.global_step, "no batch is at fault"
            )
            tokens = self.step_tokens(self.state.global_step)
            logs["step_tokens"] = tokens
            logs["step_tokens_per_second"] = round(tokens / max(self.step_seconds, 1e-9), 1)
        super().log(logs, start_time)

    def step_tokens(self, step: int) -> int:
        """Real tokens of optimizer step ``step`` (from 1)."""
        size = self.job.config.batch_size * self.job.config.gradient_accumulation
        return sum(self.lengths[index] for index in self.job.order[(step - 1) * size : step * size])

    def measure(self) -> None:
        """Measure the held-out rows now and keep the result where checkpoints keep the log."""
        if not self.job.validation:
            return
        point = held_out_loss(
            self.model,
            self.job.validation,
            self.data_collator,
            step=self.state.global_step,
            autocast=self.compute_loss_context_manager,
        )
        kept = {"loss": point.loss, "tokens": point.tokens, "by_category": point.by_category}
        self.state.log_history.append({"step": point.step, "held_out": kept})
        self.job.on_held_out(point)

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        with disk_errors(self.job.work):
            super()._save_checkpoint(model, trial)

    def create_model_card(self, *args: Any, **kwargs: Any) -> None:
        """Checkpoints need none."""

    def _save_batch(self, batch: dict[str, Any]) -> str:
        texts = self.processing_class.batch_decode(batch["input_ids"])
        path = self.job.work / BAD_BATCH
        path.write_text(json.dumps({"step": self.state.global_step + 1, "texts": texts, **batch}), encoding="utf-8")
        return f"the batch is in {path}"


class _Watch(TrainerCallback):  # type: ignore[misc]
    """Measures, marks finished checkpoints, and tells the job of every step."""

    def __init__(self, trainer: Trainer, fingerprint: str) -> None:
        self.trainer, self.fingerprint = trainer, fingerprint

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.global_step == 0:
            self.trainer.measure()

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.trainer.step_started = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.trainer.step_seconds = time.monotonic() - self.trainer.step_started
        every = self.trainer.job.config.eval_every
        if (every and state.global_step % every == 0) or state.global_step == state.max_steps:
            self.trainer.measure()

    def on_log(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        step = as_step(state.log_history[-1])
        if step is not None:
            self.trainer.job.on_step(step)

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        (folder / COMPLETE).write_text(json.dumps({"fingerprint": self.fingerprint}), encoding="utf-8")


def build(job: Job, fingerprint: str, *, checkpoints: bool = True) -> Trainer:
    """A trainer for ``job``, its model loaded, its adapter attached and checked. ``checkpoints`` False saves none."""
    config = job.config
    model = load_base(job.model_dir, config)
    tokenizer = AutoTokenizer.from_pretrained(str(job.model_dir))
    rows = Dataset.from_dict(
        {
            "input_ids": [list(row.input_ids) for row in job.rows],
            "labels": [list(row.labels) for row in job.rows],
        }
    )
    trainer = Trainer(
        job,
        fingerprint,
        model=model,
        args=_arguments(job, checkpoints),
        train_dataset=rows.select(list(job.order)),
        processing_class=tokenizer,
        peft_config=lora_config(model, config),
    )
    trainer.remove_callback(PrinterCallback)
    check_trainable(trainer.model, config.target_parameters)
    return trainer


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
    )


def as_held_out(entry: dict[str, Any]) -> HeldOut | None:
    """The measurement that a log entry describes, or ``None`` for an entry of another kind."""
    kept = entry.get("held_out")
    return HeldOut(int(entry["step"]), kept["loss"], kept["tokens"], kept["by_category"]) if kept else None


def _arguments(job: Job, checkpoints: bool) -> SFTConfig:
    config = job.config
    on_gpu = device_name() == "cuda"
    return SFTConfig(
        output_dir=str(job.work / "checkpoints"),
        seed=job.seed,
        per_device_train_batch_size=config.batch_size,
        gradient_accumulation_steps=config.gradient_accumulation,
        num_train_epochs=1,  # the order already holds every epoch
        max_steps=job.steps,
        train_sampling_strategy="sequential",
        learning_rate=config.learning_rate,
        lr_scheduler_type=config.lr_scheduler,
        warmup_steps=config.warmup_ratio,  # below 1 it is a share of all steps
        weight_decay=config.weight_decay,
        max_grad_norm=config.max_grad_norm,
        gradient_checkpointing=config.gradient_checkpointing,
        bf16=pick_dtype(config, device_name()) == "bfloat16",  # adapters stay float32 and are multiplied in bfloat16
        use_cpu=not on_gpu,
        dataloader_pin_memory=on_gpu,
        dataset_kwargs={"skip_prepare_dataset": True},
        max_length=None,  # TRL's default of 1024 truncates; length was settled when the rows were encoded
        packing=False,
        router_aux_loss_coef=0.0,  # a frozen router learns nothing from a load-balancing loss
        logging_steps=1,
        logging_nan_inf_filter=False,
        save_strategy="steps" if checkpoints else "no",
        save_steps=config.save_every,
        save_total_limit=CHECKPOINTS_KEPT,
        eval_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
