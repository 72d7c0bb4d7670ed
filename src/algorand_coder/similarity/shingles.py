"""Shingles: the set of n-token windows of a text, as 64-bit hashes that are the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

import numpy as np
import xxhash
from numpy.typing import NDArray

U64 = NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=1 << 18)
def _token_hash(token: str) -> int:
    return xxhash.xxh3_64_intdigest(token.encode("utf-8", "surrogatepass"))


def mix(values: U64) -> U64:
    """The finaliser of SplitMix64 (Steele et al., 2014): spreads every input bit over the whole word."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def window_hashes(tokens: Sequence[str], n: int = 5) -> U64:
    """Hashes of the ``len(tokens) - n + 1`` windows in order; one window where there are fewer than ``n`` tokens."""
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_token_hash, tokens), dtype=np.uint64, count=len(tokens))
    size = min(n, len(hashes))
    windows = len(hashes) - size + 1
    # A rolling polynomial over 64-bit hashes: overflow is the modulus.
    rolled = hashes[:windows].copy()
    for offset in range(1, size):
        rolled = rolled * _BASE + hashes[offset : offset + windows]
    return mix(rolled + np.uint64(size))


def shingle_array(tokens: Sequence[str], n: int = 5) -> U64:
    """Distinct shingles of ``tokens``, sorted: the form that numpy code works on."""
    return np.unique(window_hashes(tokens, n))


def shingles(tokens: Sequence[str], n: int = 5) -> frozenset[int]:
    """Distinct ``n``-token shingles of ``tokens`` as 64-bit hashes; empty for no tokens."""
    return frozenset(window_hashes(tokens, n).tolist())


def jaccard(a: AbstractSet[int], b: AbstractSet[int]) -> float:
    """Size of the intersection over size of the union, 0 to 1; two empty sets are equal (1)."""
    if not a and not b:
        return 1.0
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def jaccard_of_arrays(a: U64, b: U64) -> float:
    """As :func:`jaccard`, of arrays that :func:`shingle_array` gave."""
    if not len(a) and not len(b):
        return 1.0
    both = np.concatenate((a, b))
    both.sort()
    shared = int(np.count_nonzero(both[1:] == both[:-1]))
    return shared / (len(both) - shared)
