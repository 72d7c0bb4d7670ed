"""Loss on held-out rows, exact over tokens: long answers weigh as much as their tokens do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from algorand_coder.train.backends.scoring import log_probs
from algorand_coder.train.history import HeldOut
from algorand_coder.train.masks import IGNORED, TokenRow

POSITIONS_A_BATCH = 1024
"""Padded positions that are put through the model at once."""


def held_out_loss(model: Any, rows: Sequence[TokenRow], collate: Any, *, step: int, autocast: Any) -> HeldOut:
    """Mean negative log-likelihood of the trained tokens of ``rows``, overall and by category.

    Nothing here draws random numbers, so measuring more often does not change the training.
    """
    import torch

    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    with torch.no_grad(), autocast():
        for batch in _batches(rows):
            inputs = collate([{"input_ids": list(row.input_ids), "labels": list(row.labels)} for row in batch])
            placed = {name: value.to(device) if hasattr(value, "to") else value for name, value in inputs.items()}
            scores, mask = log_probs(model, placed)
            losses, counted = (_by_row(tensor, batch) for tensor in (-scores.float(), mask))
            for row, loss, tokens in zip(batch, losses, counted, strict=True):
                sums[row.category] = sums.get(row.category, 0.0) + loss
                counts[row.category] = counts.get(row.category, 0) + tokens
    model.train(was_training)
    return _point(step, sums, counts)


def held_out_by_model(model: Any, rows: Sequence[TokenRow], *, step: int, autocast: Any) -> HeldOut:
    """The held-out loss from the model's own loss, a row at a time: patched models give no logits."""
    import torch

    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    with torch.no_grad(), autocast():
        for row in rows:
            ids, labels = (torch.tensor([list(values)], device=device) for values in (row.input_ids, row.labels))
            tokens = int((labels[:, 1:] != IGNORED).sum())
            loss = model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=labels, use_cache=False).loss
            sums[row.category] = sums.get(row.category, 0.0) + float(loss) * tokens
            counts[row.category] = counts.get(row.category, 0) + tokens
    model.train(was_training)
    return _point(step, sums, counts)


def _point(step: int, sums: dict[str, float], counts: dict[str, int]) -> HeldOut:
    by_category = {name: round(sums[name] / counts[name], 6) for name in sorted(sums) if name}
    return HeldOut(step, round(sum(sums.values()) / sum(counts.values()), 6), sum(counts.values()), by_category)


def _by_row(values: Any, batch: list[TokenRow]) -> list[Any]:
    """Sums over each row of ``batch``: padded rows stand one below the other, packed ones end to end."""
    if values.shape[0] == len(batch):
        return list(values.sum(-1).tolist())
    # of n packed tokens the first has no score; rows begin with tokens that carry none
    borders = [len(row.input_ids) for row in batch]
    borders[0] -= 1
    return [part.sum().item() for part in values[0].split(borders)]


def _batches(rows: Sequence[TokenRow]) -> list[list[TokenRow]]:
    batches: list[list[TokenRow]] = []
    for row in sorted(rows, key=lambda row: (-len(row.input_ids), row.id)):
        if batches and len(batches[-1][0].input_ids) * (len(batches[-1]) + 1) <= POSITIONS_A_BATCH:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches
