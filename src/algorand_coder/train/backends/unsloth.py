"""The Unsloth backend: LoRA and QLoRA on one GPU with its kernels, and experts that nf4 really reaches.

Unsloth replaces parts of transformers and TRL when it is imported, so it must come before both in a process. It
loads the model and attaches the adapter; rows, masks, order, guards, checkpoints and history are ours. Written
against unsloth and unsloth_zoo 2026.10.9.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.train.backends import Job, Trained
from algorand_coder.train.backends.loading import device_name, lora_patterns, pick_dtype
from algorand_coder.train.backends.pins import mismatches
from algorand_coder.train.backends.running import run, speed
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.distributed import world
from algorand_coder.train.guards import check_quantized, check_targets, check_trainable
from algorand_coder.train.masks import TokenRow
from algorand_coder.train.resume import Identity

PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes", "unsloth", "unsloth_zoo")
INSTALL = "pip install -c constraints/unsloth.txt unsloth bitsandbytes"


class UnslothBackend:
    """LoRA and QLoRA by Unsloth's FastLanguageModel under TRL's trainer."""

    name = "unsloth"
    quantizes_experts = True

    def missing(self) -> str:
        """What has to be installed or changed; empty when everything is there and fits."""
        if find_spec("unsloth") is None:
            return f"unsloth missing, run '{INSTALL}'"
        wrong = [*mismatches("unsloth"), *mismatches("unsloth_zoo")]
        if wrong:
            return f"unsloth does not fit what is installed: {', '.join(dict.fromkeys(wrong))}; run '{INSTALL}'"
        if device_name() != "cuda":
            return "unsloth needs a GPU that PyTorch can use"
        return ""

    def unfit(self, config: TrainConfig) -> str:
        """Why this backend cannot run the recipe; empty when it can."""
        if world() > 1:
            return "unsloth trains on one GPU: start a single process, or set train.backend=trl"
        if config.method == "full":
            return "unsloth trains adapters here: set train.method=lora, or train.backend=trl"
        if config.packing:
            return "unsloth brings its own attention, which packed rows cannot trust: set train.packing=false"
        return ""

    def tokens_per_second(self, model_dir: Path, config: TrainConfig, rows: Sequence[TokenRow]) -> float:
        """Real tokens a second of a few steps on the middle of ``rows`` by length; the first step is not counted."""
        return speed(model_dir, config, rows, lambda job: _build(job, {}, checkpoints=False))

    def train(self, job: Job) -> Trained:
        """Train, going on from the last complete checkpoint in ``job.work``.

        Raises ``UserError`` when that checkpoint belongs to other rows, settings or versions, and where Unsloth left
        experts in 16 bit.
        """
        _first()
        return run(job, lambda identity: _build(job, identity), PACKAGES)


def load_arguments(job: Job) -> dict[str, Any]:
    """What ``FastLanguageModel.from_pretrained`` is told. It quantises to nf4 with double quantisation by itself."""
    import torch

    config = job.config
    return {
        "model_name": str(job.model_dir),
        "max_seq_length": config.max_seq_length,
        "dtype": getattr(torch, pick_dtype(config, "cuda")),
        "load_in_4bit": config.quantization == "nf4",
        "load_in_8bit": False,
        "load_in_16bit": config.quantization == "none",
        "full_finetuning": False,
        "use_exact_model_name": True,  # never another, quantised upload in the place of the pinned weights
        "use_gradient_checkpointing": _checkpointing(config),
        "random_state": job.seed,
        "max_lora_rank": config.lora_r,
    }


def adapter_arguments(job: Job) -> dict[str, Any]:
    """What ``FastLanguageModel.get_peft_model`` is told."""
    config = job.config
    return {
        "r": config.lora_r,
        "lora_alpha": config.lora_alpha,
        "lora_dropout": config.lora_dropout,
        "target_modules": list(config.target_modules),
        "target_parameters": list(config.target_parameters) or None,
        "bias": "none",
        "use_gradient_checkpointing": _checkpointing(config),
        "random_state": job.seed,
        "max_seq_length": config.max_seq_length,
        **lora_patterns(config),
    }


def _checkpointing(config: TrainConfig) -> str | bool:
    return "unsloth" if config.gradient_checkpointing else False


def _first() -> Any:
    """Unsloth's module, imported before what it patches. Raises ``UserError`` where it comes too late."""
    prepare(offline=True)
    if "unsloth" not in sys.modules and "trl" in sys.modules:
        raise UserError("unsloth must be loaded before TRL: run the train stage in a process of its own")
    from importlib import import_module

    library = import_module("unsloth")
    quiet_transformers()
    return library


def _build(job: Job, identity: Identity, *, checkpoints: bool = True) -> Any:
    """A trainer for ``job``: Unsloth's model and adapter, checked as our own are."""
    library = _first()
    from algorand_coder.train.backends import sft

    config = job.config
    model, _ = library.FastLanguageModel.from_pretrained(**load_arguments(job))
    if config.quantization == "nf4":
        check_quantized(model)
    check_targets(model, config.target_modules, config.target_parameters)
    model = library.FastLanguageModel.get_peft_model(model, **adapter_arguments(job))
    check_trainable(model, config.target_parameters)
    trainer = sft.assemble(job, identity, model, None, checkpoints=checkpoints)
    trainer.native_loss = True
    return trainer
