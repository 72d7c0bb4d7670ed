"""Rows laid end to end without padding, each blind to the others.

Attention is computed row by row: on a GPU by FlashAttention's variable-length kernel, which ships with PyTorch
(``torch.nn.attention.varlen``), elsewhere by one fused product a row. Nothing relies on a mask that an implementation
may ignore, and a model that mixes tokens by other means (Mamba, linear attention) is refused after a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from inspect import signature
from itertools import pairwise
from typing import Any

import torch
from torch.nn.functional import scaled_dot_product_attention

from algorand_coder.errors import UserError
from algorand_coder.train.masks import IGNORED, TokenRow

ATTENTION = "algorand_coder_packed"
"""The name under which transformers knows the attention below. It is given no mask."""
PROBE_TOKENS = 12
LEAK = 0.02
"""Change of a row's scores, in units of their spread, that counts as seen from another row: far above rounding."""


def packed_attention(  # noqa: PLR0917 - transformers' order
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    cu_seq_lens_q: torch.Tensor | None = None,
    max_length_q: int = 0,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Causal attention within each row of a pack, in transformers' attention interface.

    ``query``, ``key``, ``value``: ``(1, heads, tokens, width)``; ``cu_seq_lens_q``: where rows begin, and the end.
    """
    if cu_seq_lens_q is None:
        raise RuntimeError("packed attention was called without the borders of the rows")
    if query.is_cuda and query.dtype in (torch.bfloat16, torch.float16):
        return _varlen(query, key, value.to(query.dtype), cu_seq_lens_q, max_length_q, scaling).unsqueeze(0), None
    borders = cu_seq_lens_q.tolist()
    sizes = [end - start for start, end in pairwise(borders)]
    grouped = query.shape[1] != key.shape[1]
    done = [
        scaled_dot_product_attention(q, k, v, is_causal=True, scale=scaling, enable_gqa=grouped)
        for q, k, v in zip(*(tensor.split(sizes, dim=2) for tensor in (query, key, value)), strict=True)
    ]
    return torch.cat(done, dim=2).transpose(1, 2).contiguous(), None


def enable(model: Any) -> None:
    """Switch ``model`` to packed attention, and prove with two short rows that neither sees the other.

    Raises ``UserError`` for a model whose layers cannot be packed.
    """
    from transformers import AttentionInterface

    shape = model.config.get_text_config()
    remedy = "set train.packing=false"
    if next(model.parameters()).is_cuda and find_spec("torch.nn.attention.varlen") is None:
        raise UserError(f"train.packing needs PyTorch 2.10 or newer on a GPU (this is {torch.__version__}): {remedy}")
    if "sliding_attention" in (getattr(shape, "layer_types", None) or ()):
        raise UserError(f"train.packing: this model has sliding windows, which packed rows would not keep: {remedy}")
    if getattr(shape, "attention_dropout", 0.0):
        raise UserError(f"train.packing: this model drops attention weights, which packed rows do not: {remedy}")
    AttentionInterface.register(ATTENTION, packed_attention)
    model.set_attn_implementation(ATTENTION)
    if leak(model) > LEAK:
        raise UserError(
            "train.packing: a row of this model sees the row before it, as layers other than attention (Mamba, linear "
            f"attention) carry on across the border: {remedy}"
        )


@contextmanager
def plain_attention(model: Any) -> Iterator[None]:
    """Within the context ``model`` attends as it did before :func:`enable`: for generation, which has no packs."""
    packed = model.config.get_text_config()._attn_implementation == ATTENTION
    if packed:
        model.set_attn_implementation("sdpa")
    try:
        yield
    finally:
        if packed:
            model.set_attn_implementation(ATTENTION)


def leak(model: Any) -> float:
    """How much the last of two packed rows depends on the first: change of its scores over their spread."""
    first, second = range(PROBE_TOKENS), [range(PROBE_TOKENS), range(PROBE_TOKENS, 2 * PROBE_TOKENS)]
    device = next(model.parameters()).device
    was_training = model.training
    model.eval()
    scores = []
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        for before in second:
            batch = collate([{"input_ids": list(before)}, {"input_ids": list(first)}])
            inputs = {name: _to(value, device) for name, value in batch.items() if name != "labels"}
            scores.append(model(**inputs, use_cache=False).logits[0, PROBE_TOKENS:].float())
    model.train(was_training)
    return float((scores[0] - scores[1]).abs().max() / scores[0].std())


def collate(examples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows, or packs with ``seq_lengths``, as one row of tokens with the borders that packed attention needs."""
    ids = [token for example in examples for token in example["input_ids"]]
    labels = [label for example in examples for label in example.get("labels", example["input_ids"])]
    lengths = [length for one in examples for length in one.get("seq_lengths") or [len(one["input_ids"])]]
    borders = torch.tensor([0, *lengths]).cumsum(0).to(torch.int32)
    positions = torch.cat([torch.arange(length) for length in lengths])
    labelled = torch.tensor(labels)
    labelled[positions == 0] = IGNORED  # nothing in a row comes before its first token
    return {
        "input_ids": torch.tensor([ids]),
        "labels": labelled[None],
        "position_ids": positions[None],
        "cu_seq_lens_q": borders,
        "cu_seq_lens_k": borders,
        "max_length_q": max(lengths),
        "max_length_k": max(lengths),
    }


def packs(lengths: Sequence[int], order: Sequence[int], *, step_rows: int, a_step: int) -> list[list[int]]:
    """The rows of each optimizer step, dealt into at most ``a_step`` packs of about the same number of tokens.

    A step trains the same ``step_rows`` rows as without packing; only the cut into forward passes differs. Longest
    row first, into the emptiest pack (Graham 1969), so the fullest is at most a third above the best possible.
    """
    made: list[list[int]] = []
    for start in range(0, len(order), step_rows):
        rows = sorted(order[start : start + step_rows], key=lambda index: (-lengths[index], index))
        bins: list[list[int]] = [[] for _ in range(min(a_step, len(rows)))]
        filled = [0] * len(bins)
        for index in rows:
            emptiest = filled.index(min(filled))
            bins[emptiest].append(index)
            filled[emptiest] += lengths[index]
        made += bins
    return made


def as_example(rows: Sequence[TokenRow], pack: Sequence[int]) -> dict[str, list[int]]:
    """One pack as a row of the trainer's data set."""
    chosen = [rows[index] for index in pack]
    return {
        "input_ids": [token for row in chosen for token in row.input_ids],
        "labels": [label for row in chosen for label in row.labels],
        "seq_lengths": [len(row.input_ids) for row in chosen],
    }


def _varlen(  # noqa: PLR0917
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    borders: torch.Tensor,
    longest: int,
    scale: float | None,
) -> torch.Tensor:
    """``(tokens, heads, width)`` by the variable-length kernel, whose arguments grew from release to release."""
    from torch.nn.attention.varlen import varlen_attn

    known = signature(varlen_attn).parameters
    options: dict[str, Any] = {"window_size": (-1, 0)} if "window_size" in known else {"is_causal": True}
    q, k, v = (tensor.squeeze(0).transpose(0, 1) for tensor in (query, key, value))
    if "scale" in known:
        options["scale"] = scale
    elif scale is not None:
        q = q * (scale * q.shape[-1] ** 0.5)  # the kernel divides by the root of the width
    groups = q.shape[1] // k.shape[1]
    if groups > 1 and "enable_gqa" in known:
        options["enable_gqa"] = True
    elif groups > 1:
        k, v = (tensor.repeat_interleave(groups, dim=1) for tensor in (k, v))
    attended: torch.Tensor = varlen_attn(q, k, v, borders, borders, longest, longest, **options)
    return attended


def _to(value: Any, device: torch.device) -> Any:
    return value.to(device) if isinstance(value, torch.Tensor) else value
