"""MinHash signatures and the banding that turns them into candidate pairs.

Method: Broder (1997), "On the resemblance and containment of documents"; banding after Leskovec, Rajaraman
and Ullman, "Mining of Massive Datasets", chapter 3. The hash family is multiply-shift over shingles that are
well-mixed 64-bit hashes already.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from algorand_coder.pipeline.engine import available_cores
from algorand_coder.similarity.sets import ShingleSets
from algorand_coder.similarity.shingles import U64, mix

U32 = NDArray[np.uint32]

_CHUNK = 1 << 16
"""Shingles hashed at a time: the working set stays inside the processor's cache."""


@dataclass(frozen=True)
class Banding:
    """``bands`` bands of ``rows`` rows: a pair is a candidate when it agrees on all rows of one band."""

    bands: int
    rows: int

    @property
    def size(self) -> int:
        """Hash functions in a signature."""
        return self.bands * self.rows

    def recall(self, similarity: float) -> float:
        """Probability that a pair of this Jaccard similarity becomes a candidate."""
        return float(1.0 - (1.0 - similarity**self.rows) ** self.bands)


@lru_cache
def banding(threshold: float, recall: float = 0.9999, limit: int = 128) -> Banding:
    """The most selective banding (most rows) with at most ``limit`` hashes that reaches ``recall`` at ``threshold``."""
    best = Banding(1, 1)
    for rows in range(1, limit + 1):
        hit = threshold**rows
        bands = 1 if hit >= 1 else math.ceil(math.log(1 - recall) / math.log(1 - hit))
        if bands * rows > limit:
            break
        best = Banding(bands, rows)
    return best


def signatures(sets: ShingleSets, size: int) -> U32:
    """MinHash signatures, shape ``(len(sets), size)``; the row of an empty set means nothing."""
    multipliers = mix(np.arange(1, size + 1, dtype=np.uint64)) | np.uint64(1)
    result = np.zeros((len(sets), size), dtype=np.uint32)

    def fill(run: tuple[int, int]) -> None:
        start, stop = run
        filled = np.arange(start, stop)[sets.lengths[start:stop] > 0]
        values = sets.values[sets.offsets[start] : sets.offsets[stop]]
        if not len(values):
            return
        offsets = sets.offsets[filled] - sets.offsets[start]
        hashed = np.empty_like(values)
        columns = np.empty((size, len(filled)), dtype=np.uint32)
        for column, multiplier in zip(columns, multipliers, strict=True):
            np.multiply(values, multiplier, out=hashed)
            # The upper half of the least product is the least upper half: one shift a set, not one a shingle.
            column[:] = np.minimum.reduceat(hashed, offsets) >> np.uint64(32)
        result[filled] = columns.T

    # numpy lets other threads run while it counts; each run fills rows of its own.
    with ThreadPoolExecutor(available_cores()) as pool:
        for _ in pool.map(fill, sets.runs(_CHUNK)):
            pass
    return result


def band_keys(matrix: U32, band: int, rows: int) -> U64:
    """One 64-bit key a document for ``band``; equal keys mean agreement on all of its rows."""
    keys = np.zeros(len(matrix), dtype=np.uint64)
    for column in range(band * rows, (band + 1) * rows):
        keys = mix(keys * np.uint64(0x9E3779B97F4A7C15) + matrix[:, column].astype(np.uint64) + np.uint64(1))
    return keys
