"""How much memory a recipe needs, computed from the model's shape before anything is downloaded or loaded.

Weights, adapters, gradients and optimizer state are exact counts. With FSDP each device holds its share of them, and
two units in whole: the one that is computed and the one that is fetched meanwhile (a decoder layer, or the embedding
table; Zhao et al. 2023, arXiv 2304.11277). Activations are an estimate after Korthikanti et al. 2022 (arXiv
2205.05198): 34 bytes a token and hidden unit for a layer, one such layer alive under checkpointing. They and the
logits are whole on every device, which works on rows of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from algorand_coder.train.cards import Hardware
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.guards import check_targets, check_trainable, is_router, unquantized

GIB = 2**30
NF4_BYTES = 0.5 + 1 / 64 + 4 / (64 * 256)
"""A weight in nf4 with double quantisation: 4 bits, an 8-bit scale for 64 of them, a float for 256 scales."""
STATE_BYTES = 12
"""Beside a trained weight, in float32: its gradient and two Adam moments."""
OVERHEAD_GIB = 1.5
"""The GPU context, kernels, and fragmentation."""
HEAD_TILE = (4096, 32768)
"""Positions and vocabulary entries of the logits that the fused head keeps alive at once."""
CHECKPOINTS = 3
"""On disk at once: the kept ones and the one that is being written."""


@dataclass(frozen=True)
class Memory:
    """Bytes a training run needs on one device, by part."""

    weights: int
    adapter: int
    """What is trained, beside its base weights: adapter, gradients, optimizer state."""
    activations: int
    logits: int

    @property
    def gib(self) -> float:
        """All parts and the overhead."""
        return (self.weights + self.adapter + self.activations + self.logits) / GIB + OVERHEAD_GIB

    def fits(self, hardware: Hardware) -> bool:
        """Whether a device of ``hardware`` holds this."""
        return self.gib <= hardware.gib


@dataclass(frozen=True)
class Preflight:
    """What is known of a recipe before it runs."""

    parameters: int
    expert_parameters: int
    linear_parameters: int
    """Those of linear layers that nf4 reaches."""
    trainable: int
    targets: dict[str, int]
    """Layers each target name matches."""
    unit_parameters: int
    """Weights of the largest part that FSDP makes whole at once."""
    expert_copies: int
    shape: Any
    on_gpu: bool
    config: TrainConfig

    @property
    def memory(self) -> Memory:
        """The need on one device."""
        return self.memory_of(self.config)

    @property
    def loose_experts(self) -> Memory | None:
        """For nf4 on a mixture of experts: the need when a load leaves fused experts in 16 bit."""
        quantised = self.config.quantization == "nf4" and self.expert_parameters > 0
        return self.memory_of(self.config, nf4_experts=False) if quantised else None

    def memory_of(self, config: TrainConfig, devices: int = 1, *, nf4_experts: bool = True) -> Memory:
        """The need of each of ``devices`` under ``config``, a recipe of the same model and adapter as this one."""
        width = 4 if config.dtype == "float32" or config.method == "full" else 2
        small = self.linear_parameters + (self.expert_parameters if nf4_experts else 0)
        if config.quantization == "none":
            small = 0
        weights = int(small * NF4_BYTES) + (self.parameters - small) * width
        state = self.trainable * STATE_BYTES + (0 if config.method == "full" else self.trainable * 4)
        if devices > 1:
            whole = 2 * int(self.unit_parameters * weights / self.parameters)
            weights, state = weights // devices + whole, state // devices
        tokens = config.batch_size * min(config.max_seq_length, config.max_row_tokens or config.max_seq_length)
        return Memory(
            weights,
            state,
            _activations(self.shape, tokens, config.gradient_checkpointing) + self.expert_copies * width,
            _logits(tokens, self.shape.vocab_size, self.on_gpu),
        )

    @property
    def download_bytes(self) -> int:
        """Base weights as published, in 16 bit, on the disk of the model cache."""
        return 2 * self.parameters

    @property
    def checkpoint_bytes(self) -> int:
        """Checkpoints and the result, on the disk of the run folder."""
        kept = self.trainable * (4 + 8) * CHECKPOINTS
        return kept + self.trainable * 4


def preflight(model: Any, config: TrainConfig, *, on_gpu: bool) -> Preflight:
    """Examine ``model`` (a shell is enough) under ``config``; its adapter is attached and counted.

    ``on_gpu`` False estimates a run on a CPU, whose head keeps the logits of every labelled position.

    Raises ``UserError`` for targets that match nothing or train a router.
    """
    shape = model.config.get_text_config()
    parameters = model.num_parameters()
    large = list(unquantized(model))
    experts = sum(parameter.numel() for name, parameter in large if parameter.dim() >= 3)
    linear = sum(parameter.numel() for _, parameter in large) - experts
    unit, copies = _largest_unit(model), _expert_copies(model, config)
    if config.method == "full":
        targets = {"every weight but routers": sum(1 for _ in model.parameters())}
        trainable = sum(parameter.numel() for name, parameter in model.named_parameters() if not is_router(name))
    else:
        from peft import get_peft_model

        from algorand_coder.train.backends.loading import lora_config

        targets = check_targets(model, config.target_modules, config.target_parameters)
        adapted = get_peft_model(model, lora_config(model, config))
        trainable = check_trainable(adapted, config.target_parameters).parameters
    return Preflight(parameters, experts, linear, trainable, targets, unit, copies, shape, on_gpu, config)


def change_that_fits(
    found: Preflight, config: TrainConfig, gib: float, devices: int, *, nf4_experts: bool
) -> str | None:
    """The smallest change of the recipe that fits into ``gib`` of each device, as settings; ``None``: there is none.

    A step keeps its rows: fewer at once means more micro-batches.
    """
    single = {"batch_size": 1, "gradient_accumulation": config.step_rows}
    half, quarter = ({"max_seq_length": max(16, config.max_seq_length // part)} for part in (2, 4))
    nf4 = {"quantization": "nf4", "method": "lora", "dtype": "auto"}
    changes: list[dict[str, Any]] = [single, {**single, **half}, nf4, {**nf4, **single}]
    changes += [{**nf4, **single, **half}, {**nf4, **single, **quarter}]
    if found.trainable and config.method == "full":
        changes = [change for change in changes if "method" not in change]  # another count of trained weights
    if found.expert_parameters and not nf4_experts:
        changes = [change for change in changes if "quantization" not in change]
    if not found.on_gpu:
        changes = [change for change in changes if "quantization" not in change]
    for change in changes:
        changed = {name: value for name, value in change.items() if getattr(config, name) != value}
        tried = config.model_copy(update=changed)
        if changed and found.memory_of(tried, devices, nf4_experts=nf4_experts).gib <= gib:
            return " ".join(f"train.{name}={value}" for name, value in changed.items())
    return None


def _largest_unit(model: Any) -> int:
    """Weights of the largest decoder layer, or of the embedding table where that is larger."""
    sizes: Counter[str] = Counter()
    for name, parameter in model.named_parameters():
        layer = re.match(r".*?\.layers\.\d+\.", name)
        sizes[layer.group() if layer else name] += parameter.numel()
    return max(sizes.values())


def _expert_copies(model: Any, config: TrainConfig) -> int:
    """Weights alive while fused experts are adapted: PEFT adds the adapter to a copy, whose gradient is whole too."""
    layers: Counter[str] = Counter()
    for name, parameter in model.named_parameters():
        if any(name.endswith(f".{target}") for target in config.target_parameters):
            layers[name.rpartition(".")[0]] += parameter.numel()
    return 2 * (max(layers.values(), default=0) if config.gradient_checkpointing else layers.total())


def _logits(tokens: int, vocabulary: int, on_gpu: bool) -> int:
    if on_gpu:
        return min(tokens, HEAD_TILE[0]) * min(vocabulary, HEAD_TILE[1]) * 4
    return tokens * vocabulary * 4 * 3


def _activations(shape: Any, tokens: int, checkpointing: bool) -> int:
    layer = 34 * tokens * shape.hidden_size
    routed = int(getattr(shape, "num_experts_per_tok", 0) or 0) * int(getattr(shape, "moe_intermediate_size", 0) or 0)
    layer += 6 * tokens * routed  # gate, up and their product of each expert a token visits, in 16 bit
    if checkpointing:
        return int(layer + 2 * tokens * shape.hidden_size * shape.num_hidden_layers)
    return int(layer * shape.num_hidden_layers)
