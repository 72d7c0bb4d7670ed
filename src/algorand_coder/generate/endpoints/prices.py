"""What tokens cost: a table with dates and sources, because prices change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field

from algorand_coder.errors import UserError, nearest
from algorand_coder.generate.endpoints.exchange import Request
from algorand_coder.pipeline.config import Section, parse

PRICES = Path(__file__).parents[2] / "data" / "config" / "prices.yaml"
MILLION = 1_000_000


class PriceRow(Section):
    """One model in ``prices.yaml``; dollars a million tokens."""

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)
    batch_share: float = Field(default=1.0, gt=0, le=1)
    """Price in a batch as a share of the price at once."""
    date: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    """When the price was read."""
    source: str = Field(min_length=3)


@dataclass(frozen=True)
class Price:
    """Dollars a token."""

    prompt: float = 0.0
    completion: float = 0.0
    note: str = "costs nothing"
    """Where the price is from and of when."""

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Dollars for one answer."""
        return prompt_tokens * self.prompt + completion_tokens * self.completion

    def most(self, request: Request, completion_tokens: int) -> float:
        """Dollars that ``request`` cannot exceed with at most ``completion_tokens`` coming back."""
        return self.of(request.most_prompt_tokens, completion_tokens)


def price_of(row: str, *, batch: bool = False) -> Price:
    """The price called ``row``, nothing for an empty name; raises ``UserError`` for an unknown one."""
    if not row:
        return Price()
    table = _table()
    if row not in table:
        raise UserError(f"no price {row!r} in prices.yaml{nearest(row, table)}: add it, with its date and source")
    found = table[row]
    share = found.batch_share if batch else 1.0
    return Price(found.prompt * share / MILLION, found.completion * share / MILLION, f"{found.source}, {found.date}")


@cache
def _table() -> dict[str, PriceRow]:
    data = yaml.safe_load(PRICES.read_text(encoding="utf-8"))["prices"]
    return {name: parse(PriceRow, row, f"prices.yaml, {name!r}") for name, row in data.items()}
