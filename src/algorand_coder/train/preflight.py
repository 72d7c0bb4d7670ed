"""How much memory a recipe needs, computed from the model's shape before anything is downloaded or loaded.

Weights and adapters are exact counts. Activations are an estimate after Korthikanti et al. 2022
(arXiv 2205.05198): 34 bytes a token and hidden unit for a layer, one such layer alive under checkpointing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from algorand_coder.train.cards import Hardware
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.guards import check_targets, check_trainable, unquantized

GIB = 2**30
NF4_BYTES = 0.5 + 1 / 64 + 4 / (64 * 256)
"""A weight in nf4 with double quantisation: 4 bits, an 8-bit scale for 64 of them, a float for 256 scales."""
ADAPTER_BYTES = 16
"""An adapter weight in training: float32 value, gradient and two Adam moments."""
OVERHEAD_GIB = 1.5
"""The GPU context, kernels, and fragmentation."""
HEAD_TILE = (4096, 32768)
"""Positions and vocabulary entries of the logits that the fused head keeps alive at once."""


@dataclass(frozen=True)
class Memory:
    """Bytes a training run needs on one device, by part."""

    weights: int
    adapter: int
    activations: int
    logits: int

    @property
    def gib(self) -> float:
        """All parts and the overhead."""
        return (self.weights + self.adapter + self.activations + self.logits) / GIB + OVERHEAD_GIB

    def fits(self, hardware: Hardware) -> bool:
        """Whether one device holds the run; runs are not sharded over several."""
        return self.gib <= hardware.gib


@dataclass(frozen=True)
class Preflight:
    """What is known of a recipe before it runs."""

    parameters: int
    expert_parameters: int
    trainable: int
    targets: dict[str, int]
    """Layers each target name matches."""
    memory: Memory
    loose_experts: Memory | None
    """For nf4 on a mixture of experts: the need when a load leaves fused experts in 16 bit."""


def preflight(model: Any, config: TrainConfig, *, on_gpu: bool) -> Preflight:
    """Examine ``model`` (a shell is enough) under ``config``; its adapter is attached and counted.

    ``on_gpu`` False estimates a run on a CPU, whose head keeps the logits of every labelled position.

    Raises ``UserError`` for targets that match nothing or train a router.
    """
    from peft import get_peft_model

    from algorand_coder.train.backends.loading import lora_config

    shape = model.config.get_text_config()
    parameters = model.num_parameters()
    large = list(unquantized(model))
    experts = sum(parameter.numel() for name, parameter in large if parameter.dim() >= 3)
    linear = sum(parameter.numel() for _, parameter in large) - experts
    targets = check_targets(model, config.target_modules, config.target_parameters)
    copies = _expert_copies(model, config)
    adapted = get_peft_model(model, lora_config(model, config))
    trainable = check_trainable(adapted, config.target_parameters).parameters

    width = 4 if config.dtype == "float32" else 2
    other = parameters - experts - linear
    if config.quantization == "nf4":
        weights = int((experts + linear) * NF4_BYTES) + other * width
        loose_weights = int(linear * NF4_BYTES) + (experts + other) * width
    else:
        weights = loose_weights = parameters * width
    tokens = config.batch_size * min(config.max_seq_length, config.max_row_tokens or config.max_seq_length)
    parts = {
        "adapter": trainable * ADAPTER_BYTES,
        "activations": _activations(shape, tokens, config.gradient_checkpointing) + copies * width,
        "logits": _logits(tokens, shape.vocab_size, on_gpu),
    }
    loose = config.quantization == "nf4" and experts > 0
    return Preflight(
        parameters,
        experts,
        trainable,
        targets,
        Memory(weights, **parts),
        Memory(loose_weights, **parts) if loose else None,
    )


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
