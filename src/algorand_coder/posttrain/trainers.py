"""What the TRL trainers of preferences and of rewards share: losses that are watched, checkpoints that are complete."""

from __future__ import annotations

import functools
import json
import math
import shutil
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, set_seed
from trl.trainer.utils import FusedCausalLMOutput

from algorand_coder.errors import UserError
from algorand_coder.generate.environment import disk_errors
from algorand_coder.posttrain.config import Adapting
from algorand_coder.train.backends.loading import device_name, pick_dtype
from algorand_coder.train.backends.scoring import fused_head_runs, head_sees
from algorand_coder.train.guards import check_finite
from algorand_coder.train.resume import Identity, last_complete, mark_complete, step_of

Entry = dict[str, Any]
BAD_BATCH = "bad-batch.json"
CHECKPOINTS_KEPT = 2
REFERENCE = "ref"
"""TRL's name for the frozen copy of the adapter that training goes on from; it is copied anew on resuming."""


class Watched:
    """Put before a TRL trainer: stops at a loss that is no number, and runs without Triton.

    Call ``watch`` once, after construction.
    """

    def watch(self: Any, work: Path, identity: Identity, on_step: Callable[[Entry], None], temperature: float) -> None:
        """Checkpoints carry ``identity``; ``on_step`` hears every logged step."""
        self.work = work
        self.add_callback(_Watch(identity, on_step))
        base = self.model.get_base_model()
        if not fused_head_runs(next(base.parameters()).device):
            add_plain_head(base, temperature)

    def training_step(self: Any, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """One micro-batch; a loss that is NaN or infinite ends the run with the batch saved."""
        loss = super().training_step(model, inputs, *args, **kwargs)  # type: ignore[misc]
        value = float(loss)
        if not math.isfinite(value):
            check_finite(value, "the loss", self.state.global_step + 1, self._save_batch(inputs))
        return loss

    def log(self: Any, logs: Entry, start_time: float | None = None) -> None:
        """Refuse a gradient that is no number."""
        if "grad_norm" in logs:
            check_finite(float(logs["grad_norm"]), "the gradient", self.state.global_step, "no batch is at fault")
        super().log(logs, start_time)  # type: ignore[misc]

    def _save_checkpoint(self: Any, model: Any, trial: Any) -> None:
        with disk_errors(self.work):
            super()._save_checkpoint(model, trial)  # type: ignore[misc]

    def create_model_card(self, *args: Any, **kwargs: Any) -> None:
        """Checkpoints need none."""

    def _save_batch(self: Any, inputs: Any) -> str:
        ids = inputs.get("input_ids") if isinstance(inputs, dict) else None
        rows = self.processing_class.batch_decode(ids) if ids is not None else [row["prompt"] for row in inputs]
        path = self.work / BAD_BATCH
        path.write_text(json.dumps({"step": self.state.global_step + 1, "texts": rows}), encoding="utf-8")
        return f"the batch is in {path}"


class _Watch(TrainerCallback):  # type: ignore[misc]
    """Marks finished checkpoints, and tells of every step."""

    def __init__(self, identity: Identity, on_step: Callable[[Entry], None]) -> None:
        self.identity, self.on_step = identity, on_step

    def on_log(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if "grad_norm" in state.log_history[-1]:
            self.on_step(state.log_history[-1])

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        # Where a checkpoint holds adapters in folders of their own, Transformers loads those and not the trained one
        # beside them (transformers#30505): training would go on from where it started, without a word.
        shutil.rmtree(folder / REFERENCE, ignore_errors=True)
        mark_complete(folder, self.identity)


def add_plain_head(model: Any, temperature: float) -> None:
    """Give ``model`` the interface of TRL's fused head in plain PyTorch: Triton needs a GPU."""
    plain = type(model).forward

    @functools.wraps(plain)  # ``generate`` looks at the signature
    def forward(self: Any, *args: Any, fused_lm_head: bool = False, labels: Any = None, **options: Any) -> Any:
        if not fused_lm_head:
            return plain(self, *args, labels=labels, **options)
        mask = labels[:, 1:] != -100
        with head_sees(self, mask):
            logits = plain(self, *args, **{**options, "use_cache": False}).logits.float() / temperature
        scores = torch.log_softmax(logits, -1)
        picked = scores.gather(-1, labels[:, 1:][mask][:, None])[:, 0]
        found = {
            "log_probs": picked,
            "entropy": -(scores.exp() * scores).sum(-1).detach(),
            "mean_logits": logits.mean(-1).detach(),
            "is_top1": logits.argmax(-1) == labels[:, 1:][mask],
        }
        # masked_scatter keeps the graph connected where no token carries a label
        spread = {name: value.new_zeros(mask.shape).masked_scatter(mask, value) for name, value in found.items()}
        return FusedCausalLMOutput(loss=-picked.sum() / mask.sum().clamp(min=1), label_mask=mask, **spread)

    model.forward = types.MethodType(forward, model)


def common_arguments(config: Adapting, work: Path, seed: int) -> dict[str, Any]:
    """The arguments that both trainers take alike."""
    on_gpu = device_name() == "cuda"
    return {
        "output_dir": str(work / "checkpoints"),
        "seed": seed,
        "max_steps": config.max_steps or -1,
        "num_train_epochs": config.epochs,
        "lr_scheduler_type": config.lr_scheduler,
        "warmup_steps": config.warmup_ratio,  # below 1 it is a share of all steps
        "max_grad_norm": config.max_grad_norm,
        "gradient_checkpointing": config.train.gradient_checkpointing,
        "bf16": pick_dtype(config.train, device_name()) == "bfloat16",
        "use_cpu": not on_gpu,
        "dataloader_pin_memory": on_gpu,
        "disable_dropout": True,  # a log-probability must be the same each time it is asked for
        "router_aux_loss_coef": 0.0,  # a frozen router learns nothing from a load-balancing loss
        "remove_unused_columns": False,
        "logging_steps": 1,
        "logging_nan_inf_filter": False,
        "save_strategy": "steps",
        "save_steps": config.save_every,
        "save_total_limit": CHECKPOINTS_KEPT,
        "eval_strategy": "no",
        "report_to": "none",
        "disable_tqdm": True,
    }


@dataclass(frozen=True)
class Done:
    """A finished run."""

    steps: list[Entry]
    measured: list[Entry]
    resumed_from: int
    """Step of the checkpoint that this invocation went on from; 0 for a start from the beginning."""


def carry_out(trainer: Any, work: Path, identity: Identity, *, measure: bool) -> Done:
    """Train, going on from the last complete checkpoint in ``work``; measured at the end.

    Raises ``UserError`` when that checkpoint belongs to other data, settings or versions, and when nothing was trained.
    """
    checkpoint = last_complete(work / "checkpoints", identity)
    resumed = step_of(checkpoint) if checkpoint else 0
    set_seed(trainer.args.seed)  # what drew random numbers while the model was built must not reach the first batch
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    steps = [plain_entry(entry) for entry in trainer.state.log_history if "grad_norm" in entry]
    measured = [plain_entry({"step": trainer.state.global_step, **trainer.evaluate()})] if measure else []
    if not steps:
        raise UserError("the rows do not fill one step: lower the batch, or give more of them")
    return Done(steps, measured, resumed)


def plain_entry(entry: Entry) -> Entry:
    """A log entry for ``history.json``: numbers only, without times and what TRL counts from the last resume."""
    times = ("runtime", "per_second", "step_time", "total_flos", "profiling", "num_tokens")
    return {
        name: round(value, 8) if isinstance(value, float) else value
        for name, value in sorted(entry.items())  # a checkpoint keeps them in this order
        if isinstance(value, int | float) and not any(part in name for part in times)
    }


def write_history(path: Path, steps: list[Entry], measured: list[Entry]) -> None:
    """``{"steps": [...], "eval": [...]}``, in the form of the SFT stage's history."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(json.dumps({"steps": steps, "eval": measured}, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
