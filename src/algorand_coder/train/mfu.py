"""Model FLOPs utilisation (MFU): useful arithmetic of a step over what the device could do in that time.

After Chowdhery et al. 2022 (PaLM, arXiv 2204.02311, appendix B), with N weights that a token meets and causal
attention counted by half. A forward pass costs 2 N FLOPs a token, the gradients to the inputs as much again, and the
gradients to the weights 2 FLOPs for each weight that is trained: 6 N in full training, about 4 N with LoRA. Attention
costs 6 · layers · heads · head size · length a token, forward and backward. What checkpointing computes twice is
counted once, so this is MFU and not hardware utilisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.train.cards import peak_tflops


@dataclass(frozen=True)
class Work:
    """What one token costs."""

    weights: float
    """Weights that a token meets in products: of a mixture's experts the chosen ones, no embedding table."""
    trained: float
    """Those of them that have a gradient."""
    attention_width: int
    """Layers with attention × heads × head size."""

    def flops(self, lengths: Sequence[int]) -> float:
        """FLOPs of training on rows of these lengths."""
        tokens = sum(lengths)
        squares = sum(length * length for length in lengths)
        return tokens * (4 * self.weights + 2 * self.trained) + 6 * self.attention_width * squares


def model_work(model: Any) -> Work:
    """Count ``model``'s weights (an empty shell is enough, an adapter counts with it)."""
    shape = model.config.get_text_config()
    experts_at_hand = next(
        (n for key in ("num_experts", "n_routed_experts", "num_local_experts") if (n := getattr(shape, key, 0))), 0
    )
    chosen = getattr(shape, "num_experts_per_tok", 1) / experts_at_hand if experts_at_hand else 1.0
    weights = trained = 0.0
    table = model.get_input_embeddings().weight
    head = model.get_output_embeddings()
    for name, parameter in model.named_parameters():
        if parameter is table and (head is None or head.weight is not table):
            continue
        size = _size(parameter) * (chosen if ".experts." in name else 1.0)
        weights += size
        trained += size if parameter.requires_grad else 0.0
    heads = shape.num_attention_heads
    width = getattr(shape, "head_dim", None) or shape.hidden_size // heads
    return Work(weights, trained, _attention_layers(shape) * heads * width)


def device_peak(device: str) -> float:
    """Dense bfloat16 FLOPs a second that the maker states for this device; 0 where it is not known."""
    if not device.startswith("cuda"):
        return 0.0
    import torch

    return peak_tflops(torch.cuda.get_device_name()) * 1e12


def _size(parameter: Any) -> int:
    """Weights in a parameter; bitsandbytes keeps two 4-bit ones in a byte."""
    if parameter.__class__.__name__ == "Params4bit":
        return int(parameter.numel() * parameter.element_size() * 2)
    return int(parameter.numel())


def _attention_layers(shape: Any) -> int:
    kinds = getattr(shape, "layers_block_type", None) or getattr(shape, "layer_types", None)
    if kinds:
        return sum("attention" in kind and "linear" not in kind for kind in kinds)
    return int(shape.num_hidden_layers)
