"""A stream that stops giving after a number of bytes: what a decompressor may produce is decided here."""

from __future__ import annotations

import io
from typing import IO

from algorand_coder.collect.tree import Refused


class Bounded(io.RawIOBase):
    """Reads from ``stream`` and raises ``Refused`` once more than ``limit`` bytes have come out of it."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._limit, self._given = stream, limit, 0

    def readable(self) -> bool:
        """Always readable."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, never many more than the limit."""
        left = self._limit - self._given + 1
        data = self._stream.read(left if size < 0 else min(size, left))
        self._given += len(data)
        if self._given > self._limit:
            raise Refused(f"unpacks to more than {self._limit:,} bytes (collect.max_unpacked_bytes)")
        return data
