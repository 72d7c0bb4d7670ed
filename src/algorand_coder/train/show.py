"""``--show-masks``: the tokens of a few rows, coloured by whether they carry loss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from algorand_coder.train.config import TrainConfig
from algorand_coder.train.masks import IGNORED, TokenRow, encode_row
from algorand_coder.train.rows import read_chat

TRAINED, MASKED = ("bold black on green", "black on bright_green"), ("dim", "dim reverse")
"""Two shades each, in turn, so that token borders can be seen."""


def show_masks(console: Console, tokenizer: Any, rows: Sequence[TokenRow]) -> None:
    """Print each row's tokens: green ones are trained, grey ones are context. ``⏎`` marks a line break."""
    for row in rows:
        head = f"row {row.id}: {row.trained:,} of {len(row.input_ids):,} tokens carry loss"
        console.print(f"[bold]{head}[/]" + (f"  ({row.category})" if row.category else ""), highlight=False)
        console.print(colour(tokenizer, row), soft_wrap=True)
        console.print()


def colour(tokenizer: Any, row: TokenRow) -> Text:
    """The row's text with one style span a token (a character split over tokens shows as U+FFFD)."""
    text = Text()
    for index, (token, label) in enumerate(zip(row.input_ids, row.labels, strict=True)):
        piece = tokenizer.decode([token]).replace("\n", "⏎\n")
        text.append(piece, style=(MASKED if label == IGNORED else TRAINED)[index % 2])
    return text


def show_first_masks(console: Console, config: TrainConfig, dataset: Path, count: int) -> None:
    """Print the masks of the first ``count`` training rows of ``dataset`` under ``config``'s base model."""
    from algorand_coder.generate.base_models import fetch
    from algorand_coder.generate.environment import quiet_transformers

    rows = read_chat(dataset / "train.chat.jsonl")[:count]
    model_dir = fetch(config.base_model, config.base_revision, console.print)
    from transformers import AutoTokenizer

    quiet_transformers()
    tokenizer: Any = AutoTokenizer.from_pretrained(str(model_dir))
    masked = [encode_row(tokenizer, row, config.chat_template_kwargs) for row in rows]
    show_masks(console, tokenizer, masked)
