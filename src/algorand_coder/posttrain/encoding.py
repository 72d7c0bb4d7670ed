"""Preferences as tokens, by the masks of SFT: the same prompt, the same end of the turn, the same refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from algorand_coder.dataset.formats import fenced
from algorand_coder.errors import UserError
from algorand_coder.generate.chat import with_answer
from algorand_coder.posttrain.preferences import Preference
from algorand_coder.train.masks import IGNORED, encode_row, special_texts
from algorand_coder.train.rows import ChatRow


@dataclass(frozen=True, slots=True)
class TokenPair:
    """One preference, ready to train on."""

    id: str
    category: str
    prompt: tuple[int, ...]
    chosen: tuple[int, ...]
    rejected: tuple[int, ...]

    @property
    def length(self) -> int:
        """Tokens of the longer side."""
        return len(self.prompt) + max(len(self.chosen), len(self.rejected))


def encode_preferences(
    tokenizer: Any,
    pairs: Sequence[Preference],
    *,
    max_length: int,
    overlong: Literal["raise", "drop"],
    switches: Mapping[str, Any],
) -> tuple[list[TokenPair], dict[str, int]]:
    """Tokenise ``pairs``; the second value counts those dropped by reason.

    Dropped are texts that hold one of the model's special tokens, sides that come out alike, and, where ``overlong`` is
    ``drop``, long ones; else these raise ``UserError``, as does an answer without a token.
    """
    specials = special_texts(tokenizer)
    honest = [pair for pair in pairs if not any(s in text for text in _texts(pair) for s in specials)]
    encoded = [_encode(tokenizer, pair, switches) for pair in honest]
    different = [pair for pair in encoded if pair.chosen != pair.rejected]
    long = [pair for pair in different if pair.length > max_length]
    if long and overlong == "raise":
        worst = max(long, key=lambda pair: pair.length)
        raise UserError(
            f"{len(long):,} of {len(pairs):,} preferences have more than dpo.max_seq_length={max_length:,} tokens "
            f"(longest {worst.length:,}, {worst.id}): raise dpo.max_seq_length or set dpo.overlong=drop"
        )
    dropped = {
        "overlong": len(long),
        "special_token": len(pairs) - len(honest),
        "alike": len(encoded) - len(different),
    }
    return [pair for pair in different if pair.length <= max_length], dropped


def _encode(tokenizer: Any, pair: Preference, switches: Mapping[str, Any]) -> TokenPair:
    prompt, chosen = _side(tokenizer, pair, pair.chosen, switches)
    other, rejected = _side(tokenizer, pair, pair.rejected, switches)
    if prompt != other:
        raise UserError(f"preference {pair.id}: the chat template renders the prompt differently for the two answers")
    return TokenPair(pair.id, pair.category, prompt, chosen, rejected)


def _side(
    tokenizer: Any, pair: Preference, code: str, switches: Mapping[str, Any]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Prompt and answer, the answer up to the token that ends the turn."""
    row = ChatRow(pair.id, pair.category, tuple(with_answer(pair.prompt, fenced(code))))
    found = encode_row(tokenizer, row, switches)
    start = next(index for index, label in enumerate(found.labels) if label != IGNORED)
    return found.input_ids[:start], found.input_ids[start : start + found.trained]


def _texts(pair: Preference) -> list[str]:
    return [pair.chosen, pair.rejected, *(message["content"] for message in pair.prompt)]
