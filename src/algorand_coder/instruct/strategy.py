"""What a strategy is, and the registry that the stage finds them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from algorand_coder.records import Pair, Unit

STRATEGIES: dict[str, str] = {
    "docs": "algorand_coder.instruct.docs:DocsStrategy",
    "patterns": "algorand_coder.instruct.patterns.strategy:PatternsStrategy",
}
"""Name → ``module:class``, in the order in which candidate pairs are listed; imported when enabled."""


class Strategy(Protocol):
    """Yields candidate pairs; the verifier decides which of them count."""

    name: str

    def generate(self, units: Sequence[Unit], config: Any, seed: int) -> Iterator[Pair]:
        """Candidate pairs in a fixed order; ``config`` is the strategy's own section."""
        ...


def load(name: str) -> Strategy:
    """The strategy called ``name`` in :data:`STRATEGIES`."""
    module, _, attribute = STRATEGIES[name].partition(":")
    return cast(Strategy, getattr(import_module(module), attribute)())
