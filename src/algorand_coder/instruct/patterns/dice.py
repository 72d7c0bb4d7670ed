"""Choices that depend on nothing but a key: the same key gives the same choices on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices derived from SHA-256 of its key.

    ``random.Random`` is avoided because the algorithms behind ``choice`` and ``sample`` are not promised to stay
    the same between Python versions, and generated text must.
    """

    def __init__(self, *key: object) -> None:
        self._key = "\x1f".join(str(part) for part in key).encode()
        self._block = 0
        self._pool = b""

    def _word(self) -> int:
        if len(self._pool) < 4:
            self._pool = sha256(self._key + self._block.to_bytes(4, "big")).digest()
            self._block += 1
        word, self._pool = int.from_bytes(self._pool[:4], "big"), self._pool[4:]
        return word

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self._word() % (high - low + 1)

    def chance(self, probability: float) -> bool:
        """True with ``probability`` (0 to 1)."""
        return self._word() < probability * 2**32

    def pick(self, *options: T) -> T:
        """One of ``options``."""
        return options[self._word() % len(options)]

    def one(self, options: Sequence[T]) -> T:
        """One item of ``options``."""
        return options[self._word() % len(options)]

    def weighted(self, options: Sequence[tuple[T, int]]) -> T:
        """One item, each with its whole-number weight."""
        mark = self._word() % sum(weight for _, weight in options)
        for item, weight in options:
            mark -= weight
            if mark < 0:
                return item
        raise AssertionError("weights add up to the total")

    def shuffled(self, options: Iterable[T]) -> list[T]:
        """All of ``options`` in a drawn order (Fisher-Yates)."""
        items = list(options)
        for last in range(len(items) - 1, 0, -1):
            other = self._word() % (last + 1)
            items[last], items[other] = items[other], items[last]
        return items

    def some(self, options: Sequence[T], low: int, high: int) -> list[T]:
        """Between ``low`` and ``high`` different items, in the order of ``options``."""
        count = min(self.number(low, high), len(options))
        chosen = sorted(self.shuffled(range(len(options)))[:count])
        return [options[index] for index in chosen]
