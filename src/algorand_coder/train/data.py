"""From the data set's chat files to rows that are tokenised, masked, chosen and put in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.train.config import TrainConfig
from algorand_coder.train.masks import Encoded, TokenRow, encode_rows
from algorand_coder.train.rows import read_chat
from algorand_coder.train.selection import Selection, batch_order, choose, padding_share


@dataclass(frozen=True)
class Data:
    """Both sides of the data set as tokens."""

    train: Encoded
    validation: Encoded


def encode_data(dataset: Path, tokenizer: Any, config: TrainConfig) -> Data:
    """Read and mask ``train.chat.jsonl`` and ``validation.chat.jsonl``; raises ``UserError`` as the readers do."""

    def side(name: str) -> Encoded:
        return encode_rows(
            tokenizer,
            read_chat(dataset / name),
            max_length=config.max_seq_length,
            overlong=config.overlong,
            template_kwargs=config.chat_template_kwargs,
        )

    return Data(side("train.chat.jsonl"), side("validation.chat.jsonl"))


@dataclass(frozen=True)
class Plan:
    """The rows of a run and their order."""

    train: Selection
    validation: Selection
    order: tuple[int, ...]

    @property
    def tokens(self) -> int:
        """Real tokens of all epochs."""
        return sum(len(self.train.rows[index].input_ids) for index in self.order)


def plan_run(data: Data, config: TrainConfig, seed: int, max_train_tokens: int | None) -> Plan:
    """Choose rows within the budget and order them; the same arguments always give the same plan."""
    train = choose(
        data.train.rows,
        seed=seed,
        max_row_tokens=config.max_row_tokens,
        max_tokens=None if max_train_tokens is None else max(1, max_train_tokens // config.epochs),
    )
    validation = choose(
        data.validation.rows, seed=seed, max_row_tokens=config.max_row_tokens, max_rows=config.validation_rows
    )
    lengths = [len(row.input_ids) for row in train.rows]
    order = batch_order(lengths, epochs=config.epochs, batch_size=config.batch_size, seed=seed)
    if config.max_steps is not None:
        order = order[: config.max_steps * config.batch_size * config.gradient_accumulation]
    return Plan(train, validation, tuple(order))


def describe(data: Data, plan: Plan, config: TrainConfig) -> dict[str, Any]:
    """Figures of the data for ``tokens.json`` and the manifest."""
    lengths = [len(row.input_ids) for row in plan.train.rows]
    return {
        "train": _side(data.train, plan.train),
        "validation": _side(data.validation, plan.validation),
        "epochs": config.epochs,
        "tokens_all_epochs": plan.tokens,
        "padding_share": round(padding_share(lengths, plan.order, config.batch_size), 4),
    }


def _side(encoded: Encoded, selection: Selection) -> dict[str, Any]:
    return {
        "rows": len(selection.rows),
        "tokens": selection.tokens,
        "trained_tokens": sum(row.trained for row in selection.rows),
        "longest": max(len(row.input_ids) for row in selection.rows),
        "median": _median(selection.rows),
        "by_category": dict(sorted(Counter(row.category for row in selection.rows).items())),
        "rows_at_hand": len(encoded.rows),
        "tokens_at_hand": encoded.tokens,
        "left_out": {**encoded.dropped, **selection.left_out},
    }


def _median(rows: tuple[TokenRow, ...]) -> int:
    lengths = sorted(len(row.input_ids) for row in rows)
    return lengths[len(lengths) // 2]
