"""Conversations → token ids and labels, with loss on the assistant's answers and nothing else.

The prompt's tokens are exactly those the model sees when it is asked, the answer's tokens follow, and the answer is
trained up to and including the token that ends the turn. What cannot be masked correctly is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import encode, render
from algorand_coder.train.rows import ChatRow

IGNORED = -100
"""Label of a token that carries no loss (PyTorch's default ``ignore_index``)."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One row ready to train on; ``labels`` repeats ``input_ids`` where there is loss, else :data:`IGNORED`."""

    id: str
    category: str
    input_ids: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def trained(self) -> int:
        """Tokens that carry loss."""
        return sum(label != IGNORED for label in self.labels)


@dataclass(frozen=True)
class Encoded:
    """Rows that can be trained on, and how many were dropped by reason."""

    rows: tuple[TokenRow, ...]
    dropped: dict[str, int]
    """``overlong``: more than ``max_seq_length`` tokens; ``special_token``: text the model reads as control tokens."""

    @property
    def tokens(self) -> int:
        """All tokens of the rows."""
        return sum(len(row.input_ids) for row in self.rows)

    @property
    def trained_tokens(self) -> int:
        """Tokens that carry loss."""
        return sum(row.trained for row in self.rows)


def encode_rows(
    tokenizer: Any,
    rows: Sequence[ChatRow],
    *,
    max_length: int,
    overlong: Literal["raise", "drop"],
    template_kwargs: Mapping[str, Any] | None = None,
) -> Encoded:
    """Tokenise and mask ``rows``.

    Rows whose text holds one of the model's special tokens are dropped: they would forge the turns of the template.
    Raises ``UserError`` for a row without trainable tokens, for a chat template that cannot be masked, and for rows
    longer than ``max_length`` unless ``overlong`` is ``drop``.
    """
    specials = special_texts(tokenizer)
    honest = [row for row in rows if not any(s in message["content"] for message in row.messages for s in specials)]
    encoded = [encode_row(tokenizer, row, template_kwargs) for row in honest]
    long = [row for row in encoded if len(row.input_ids) > max_length]
    if long and overlong == "raise":
        worst = max(long, key=lambda row: len(row.input_ids))
        raise UserError(
            f"{len(long):,} of {len(rows):,} rows have more than max_seq_length={max_length:,} tokens (longest "
            f"{len(worst.input_ids):,}, row {worst.id}): raise train.max_seq_length or set train.overlong=drop"
        )
    fitting = tuple(row for row in encoded if len(row.input_ids) <= max_length)
    if not fitting:
        raise UserError(
            f"none of {len(rows):,} rows is left: {len(long):,} exceed max_seq_length={max_length:,} tokens"
        )
    return Encoded(fitting, {"overlong": len(long), "special_token": len(rows) - len(honest)})


def encode_row(tokenizer: Any, row: ChatRow, template_kwargs: Mapping[str, Any] | None = None) -> TokenRow:
    """Tokenise and mask one conversation of any number of turns; see :func:`encode_rows` for what it raises."""
    full = render(tokenizer, row.messages, ask=False, **(template_kwargs or {}))
    ids: list[int] = []
    labels: list[int] = []
    position = 0
    for index, message in enumerate(row.messages):
        if message["role"] != "assistant":
            continue
        asked = render(tokenizer, row.messages[:index], ask=True, **(template_kwargs or {}))
        closed = render(tokenizer, row.messages[: index + 1], ask=False, **(template_kwargs or {}))
        if not closed.startswith(asked) or not full.startswith(closed):
            raise UserError(
                f"row {row.id}: the chat template renders the conversation before answer {index} differently once the "
                "answer is there, so the prompt cannot be masked: set train.chat_template_kwargs or another template"
            )
        prompt = encode(tokenizer, full[position : len(asked)])
        answer, trained = _answer(tokenizer, row, message["content"], full[len(asked) : len(closed)])
        ids += prompt + answer
        labels += [IGNORED] * len(prompt) + answer[:trained] + [IGNORED] * (len(answer) - trained)
        position = len(closed)
    tail = encode(tokenizer, full[position:])
    return TokenRow(row.id, row.category, tuple(ids + tail), tuple(labels + [IGNORED] * len(tail)))


def _answer(tokenizer: Any, row: ChatRow, content: str, text: str) -> tuple[list[int], int]:
    """Tokens of one rendered answer, and how many of them to train: up to the one that ends the turn."""
    if content.strip() not in text:
        raise UserError(f"row {row.id}: the chat template alters the assistant's answer, so it cannot be trained on")
    tokens = encode(tokenizer, text)
    if tokenizer.eos_token_id not in tokens:
        raise UserError(
            f"the chat template does not close the assistant's turn with {tokenizer.eos_token!r}, the token that ends "
            "generation: a model trained on it would never stop"
        )
    trained = tokens.index(tokenizer.eos_token_id) + 1
    if trained < 2:
        raise UserError(f"row {row.id} has no trainable token: its answer is empty once rendered")
    return tokens, trained


def special_texts(tokenizer: Any) -> tuple[str, ...]:
    """Texts that the tokenizer turns into control tokens wherever they stand."""
    added = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
    return tuple(sorted({*tokenizer.all_special_tokens, *added}))
