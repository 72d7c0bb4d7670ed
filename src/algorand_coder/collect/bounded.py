"""A stream that stops giving after a number of bytes: what a decompressor may produce is decided here."""

from __future__ import annotations

import io
from typing import Any, Protocol

from algorand_coder.collect.tree import Refused


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes."""


class Bounded(io.RawIOBase):
    """Reads from ``stream`` and raises ``Refused`` once more than ``limit`` bytes have come out of it."""

    def __init__(self, stream: Readable, limit: int) -> None:
        self._stream, self._limit, self._given = stream, limit, 0

    def readable(self) -> bool:
        """Always readable."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill ``buffer`` as far as the limit goes."""
        view = memoryview(buffer).cast("B")
        data = self._stream.read(min(len(view), self._limit - self._given + 1))
        self._given += len(data)
        if self._given > self._limit:
            raise Refused(f"unpacks to more than {self._limit:,} bytes (collect.max_unpacked_bytes)")
        view[: len(data)] = data
        return len(data)
