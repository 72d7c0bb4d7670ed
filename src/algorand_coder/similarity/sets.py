"""Many shingle sets in one array: a million texts fit into memory and numpy works on all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import xxhash
from numpy.typing import NDArray

from algorand_coder.similarity.shingles import U64

I64 = NDArray[np.int64]

_CHUNK = 1 << 20
"""Shingles gathered as single arrays before they are joined: an array of its own costs 112 bytes a text."""


@dataclass(frozen=True)
class ShingleSets:
    """The distinct shingle sets of a collection of texts, and which set each text has."""

    values: U64
    """All sets, one after the other; each sorted and without repetition."""
    offsets: I64
    """Where each set begins in ``values``, and at the end the length of ``values``."""
    set_of: I64
    """For each text the index of its set. Texts of equal shingles share one, so copies cost nothing further on."""

    @classmethod
    def of(cls, arrays: Iterable[U64]) -> ShingleSets:
        """Gather sorted arrays of distinct shingles, one a text, as :func:`shingle_array` gives them."""
        known: dict[bytes, int] = {}
        joined: list[U64] = []
        gathered: list[U64] = []
        held = 0
        lengths: list[int] = []
        set_of: list[int] = []
        for array in arrays:
            at = known.setdefault(xxhash.xxh3_128_digest(array.tobytes()), len(known))
            set_of.append(at)
            if at < len(lengths):
                continue
            lengths.append(len(array))
            gathered.append(array)
            held += len(array)
            if held >= _CHUNK:
                joined.append(np.concatenate(gathered))
                gathered, held = [], 0
        return cls(
            values=np.concatenate([np.empty(0, dtype=np.uint64), *joined, *gathered]),
            offsets=np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64),
            set_of=np.array(set_of, dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> U64:
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    @property
    def lengths(self) -> I64:
        """Size of each set."""
        return np.diff(self.offsets)

    def texts_of(self) -> Iterator[list[int]]:
        """For each set the texts that have it, in order."""
        order = np.argsort(self.set_of, kind="stable")
        bounds = np.searchsorted(self.set_of[order], np.arange(len(self) + 1))
        for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            yield order[start:stop].tolist()

    def runs(self, size: int) -> Iterator[tuple[int, int]]:
        """Ranges ``(start, stop)`` of neighbouring sets that hold about ``size`` shingles together."""
        start = 0
        while start < len(self):
            stop = int(np.searchsorted(self.offsets, self.offsets[start] + size, side="right")) - 1
            stop = max(stop, start + 1)
            yield start, stop
            start = stop
