"""Base weights on the right device in the right type, quantised where asked, with a LoRA adapter that is checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate.precision import Precision, best_precision
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.distributed import local_rank, world
from algorand_coder.train.guards import check_quantized, check_targets, is_router


def device_name() -> str:
    """``cuda`` where PyTorch sees a GPU, else ``cpu``."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def pick_dtype(config: TrainConfig, device: str) -> Precision:
    """The type of the base weights: what the config says, else what ``device`` computes fastest."""
    return best_precision(device) if config.dtype == "auto" else config.dtype


def _stored_dtype(config: TrainConfig, device: str) -> Precision:
    """Weights that are trained themselves are kept in float32, whatever they are multiplied in."""
    return "float32" if config.method == "full" else pick_dtype(config, device)


def load_base(model_dir: Path, config: TrainConfig) -> Any:
    """The base model, quantised if the config says so. Raises ``UserError`` where it stayed unquantised."""
    import torch
    from transformers import AutoModelForCausalLM

    device = device_name()
    dtype = getattr(torch, _stored_dtype(config, device))
    options: dict[str, Any] = {"dtype": dtype}
    if config.quantization == "nf4":
        options["quantization_config"] = _nf4(device)
    if device == "cuda" and (world() == 1 or config.quantization == "nf4"):
        options["device_map"] = {"": local_rank()}  # otherwise sharding moves each process's part to its GPU
    model = AutoModelForCausalLM.from_pretrained(str(model_dir), **options)
    if config.quantization == "nf4":
        check_quantized(model)
    model.config.use_cache = False
    return model


def freeze_routers(model: Any) -> None:
    """Leave routers as they are in full training: a trained one unlearns which expert knows what."""
    for name, parameter in model.named_parameters():
        if is_router(name):
            parameter.requires_grad_(False)


def lora_config(model: Any, config: TrainConfig) -> Any:
    """PEFT's configuration for ``model``, after checking that every target name matches."""
    from peft import LoraConfig

    check_targets(model, config.target_modules, config.target_parameters)
    return LoraConfig(
        task_type="CAUSAL_LM",
        r=config.lora_r,
        lora_alpha=config.lora_alpha,
        lora_dropout=config.lora_dropout,
        target_modules=list(config.target_modules),
        target_parameters=list(config.target_parameters) or None,
        **lora_patterns(config),
        bias="none",
        revision=config.base_revision,
    )


def lora_patterns(config: TrainConfig) -> dict[str, Any]:
    """PEFT's patterns for what differs from layer to layer: the rank of experts, their scale staying the same."""
    experts = [re.escape(name) for name in config.target_parameters]
    return {
        "rank_pattern": dict.fromkeys(experts, config.lora_r_experts),
        "alpha_pattern": dict.fromkeys(experts, config.lora_alpha * config.lora_r_experts / config.lora_r),
    }


def _nf4(device: str) -> Any:
    from importlib.util import find_spec

    import torch
    from transformers import BitsAndBytesConfig

    if device != "cuda":
        raise UserError("train.quantization=nf4 needs a GPU that PyTorch can use: set train.quantization=none here")
    if find_spec("bitsandbytes") is None:
        raise MissingTool("train.quantization=nf4 needs bitsandbytes: run 'pip install bitsandbytes'")
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
        bnb_4bit_quant_storage=torch.bfloat16 if world() > 1 else torch.uint8,  # FSDP shards floating types only
    )
