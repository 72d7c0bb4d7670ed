"""Which rows are trained, and in which order: decided before the first step, from the rows and the seed alone.

The order covers all epochs, so a resumed run finds its place by counting, and two runs see the same batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from algorand_coder.errors import UserError
from algorand_coder.records import digest
from algorand_coder.train.masks import TokenRow

BUCKET_BATCHES = 64
"""Micro-batches whose rows are sorted by length together: enough to save padding, few enough to stay mixed."""


@dataclass(frozen=True)
class Selection:
    """Rows chosen for training or measuring, and how many were left out by reason."""

    rows: tuple[TokenRow, ...]
    left_out: dict[str, int]

    @property
    def tokens(self) -> int:
        """All tokens of the chosen rows."""
        return sum(len(row.input_ids) for row in self.rows)


def choose(
    rows: Sequence[TokenRow],
    *,
    seed: int,
    max_row_tokens: int | None = None,
    max_tokens: int | None = None,
    max_rows: int | None = None,
) -> Selection:
    """Choose rows evenly over the categories until a limit is reached; without limits, all of them.

    Each category is drawn in an order that depends on the seed and the row's id only. The next row always comes from
    the category with the fewest tokens so far, so that no category crowds out another. Raises ``UserError`` when
    nothing is left.
    """
    short = [row for row in rows if max_row_tokens is None or len(row.input_ids) <= max_row_tokens]
    queues: dict[str, list[TokenRow]] = {}
    for row in sorted(short, key=lambda row: digest([seed, row.id]), reverse=True):
        queues.setdefault(row.category, []).append(row)
    taken = dict.fromkeys(queues, 0)
    chosen: list[TokenRow] = []
    total = 0
    while queues and (max_rows is None or len(chosen) < max_rows):
        category = min(queues, key=lambda name: (taken[name], name))
        row = queues[category].pop()
        if not queues[category]:
            del queues[category]
        if max_tokens is not None and total + len(row.input_ids) > max_tokens:
            continue
        chosen.append(row)
        taken[category] += len(row.input_ids)
        total += len(row.input_ids)
    if not chosen:
        raise UserError(
            f"no row fits train.max_row_tokens={max_row_tokens} and the token budget {max_tokens}: raise them"
        )
    return Selection(
        tuple(chosen),
        {"longer_than_max_row_tokens": len(rows) - len(short), "beyond_budget": len(short) - len(chosen)},
    )


def batch_order(lengths: Sequence[int], *, epochs: int, batch_size: int, seed: int) -> list[int]:
    """Indices of rows in training order, all epochs one after the other; each ``batch_size`` of them is a micro-batch.

    Rows are shuffled, then rows of like length are put into the same micro-batch, then micro-batches are shuffled.
    Rows that do not fill an epoch's last micro-batch open the next epoch, so every row is used ``epochs`` times.
    """
    shuffle = Random(seed)  # noqa: S311 - shuffling needs no cryptography
    order: list[int] = []
    carried: list[int] = []
    for _ in range(epochs):
        fresh = list(range(len(lengths)))
        shuffle.shuffle(fresh)
        pool = carried + fresh
        full = len(pool) - len(pool) % batch_size
        batches = _bucketed(pool[:full], lengths, batch_size)
        shuffle.shuffle(batches)
        order += [index for batch in batches for index in batch]
        carried = pool[full:]
    return order + carried


def _bucketed(pool: list[int], lengths: Sequence[int], batch_size: int) -> list[list[int]]:
    batches = []
    span = BUCKET_BATCHES * batch_size
    for start in range(0, len(pool), span):
        bucket = sorted(pool[start : start + span], key=lambda index: (lengths[index], index))
        batches += [bucket[at : at + batch_size] for at in range(0, len(bucket), batch_size)]
    return batches


def padding_share(lengths: Sequence[int], order: Sequence[int], batch_size: int) -> float:
    """Share of padded positions when ``order`` is cut into micro-batches padded to their longest row."""
    real = padded = 0
    for start in range(0, len(order), batch_size):
        batch = [lengths[index] for index in order[start : start + batch_size]]
        real += sum(batch)
        padded += max(batch) * len(batch)
    return 1 - real / padded if padded else 0.0
