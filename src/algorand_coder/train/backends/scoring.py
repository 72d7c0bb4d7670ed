"""Log-probabilities of labelled tokens, without logits for the prompt.

On a GPU, TRL's fused head does this in Triton. Elsewhere the model's own head is shown the labelled positions only:
a small model spends a fifth of its work in the head, and half of a row is prompt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import torch

from algorand_coder.train.masks import IGNORED


def fused_head_runs(device: torch.device) -> bool:
    """Whether TRL's fused head can run on ``device``: it is written in Triton, for GPUs."""
    return device.type == "cuda" and find_spec("triton") is not None


def log_probs(model: Any, inputs: dict[str, Any]) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probabilities of the next tokens, ``(rows, width - 1)``, zero where there is no label; and the label mask."""
    labels = inputs["labels"][:, 1:]
    mask = labels != IGNORED
    if fused_head_runs(labels.device):
        out = model(**inputs, use_cache=False, fused_lm_head=True)
        return out.log_probs, out.label_mask
    with head_sees(model, mask):
        logits = model(
            **{name: value for name, value in inputs.items() if name != "labels"}, use_cache=False
        ).logits.float()
    picked = -torch.nn.functional.cross_entropy(logits, labels[mask], reduction="none")
    # masked_scatter keeps the graph connected when no token carries a label
    return logits.new_zeros(mask.shape).masked_scatter(mask, picked), mask


@contextmanager
def head_sees(model: Any, mask: torch.Tensor) -> Iterator[None]:
    """Within the context the language model's head gets only the hidden states before labelled tokens."""

    def pick(_: Any, args: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        return (args[0][:, :-1][mask], *args[1:])

    handle = model.get_output_embeddings().register_forward_pre_hook(pick)
    try:
        yield
    finally:
        handle.remove()
