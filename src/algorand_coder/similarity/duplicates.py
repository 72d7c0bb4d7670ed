"""Near-duplicates: candidates by MinHash banding, each confirmed by the exact Jaccard similarity.

Pairs at the threshold are missed with a probability of at most 1 in 10,000; nothing is reported that the
exact similarity does not confirm. The hash functions are fixed, so the same input gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

from algorand_coder.similarity.minhash import U32, Banding, band_keys, banding, signatures
from algorand_coder.similarity.shingles import U64, jaccard, shingle_array

I64 = NDArray[np.int64]

_DEVIATIONS = 5.0
"""Candidates whose estimated similarity lies this many standard deviations below the threshold are not confirmed."""


def near_duplicates(
    token_lists: Sequence[Sequence[str]],
    threshold: float = 0.8,
    priority: Sequence[Any] | None = None,
    n: int = 5,
) -> list[int]:
    """Cluster the texts; returns for each the index of its cluster's representative (its own when alone).

    Clusters are the connected components of "Jaccard over ``n``-token shingles ≥ ``threshold``", so they do not
    depend on the order of the input. The representative is the member with the smallest ``priority`` (any
    sortable values; input order where none is given and between equals).
    """
    arrays, members = _distinct(token_lists, n)
    parent = list(range(len(arrays)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in _similar(arrays, threshold):
        parent[root(left)] = root(right)
    rank = _ranks(len(token_lists), priority)
    answer = [0] * len(token_lists)
    clusters: dict[int, list[int]] = {}
    for item, group in enumerate(members):
        clusters.setdefault(root(item), []).extend(group)
    for cluster in clusters.values():
        best = min(cluster, key=rank.__getitem__)
        for member in cluster:
            answer[member] = best
    return answer


def keep_first(
    token_lists: Sequence[Sequence[str]],
    threshold: float = 0.8,
    priority: Sequence[Any] | None = None,
    n: int = 5,
) -> list[int]:
    """For each text the index of the kept text that it repeats, or its own index where it is kept.

    Texts are taken by ``priority``, smallest first; one is dropped only when a *kept* text is a near-duplicate of
    it, so a chain A~B~C with A and C unlike keeps both. With distinct priorities the answer does not depend on
    the order of the input.
    """
    arrays, members = _distinct(token_lists, n)
    neighbours: dict[int, list[int]] = {}
    for left, right in _similar(arrays, threshold):
        neighbours.setdefault(left, []).append(right)
        neighbours.setdefault(right, []).append(left)
    rank = _ranks(len(token_lists), priority)
    # Texts of equal shingles have equal neighbours: only the first of them can be kept.
    first = [min(group, key=rank.__getitem__) for group in members]
    kept: set[int] = set()
    answer = [0] * len(token_lists)
    for item in sorted(range(len(arrays)), key=lambda item: rank[first[item]]):
        twins = [first[other] for other in neighbours.get(item, ()) if other in kept]
        if not twins:
            kept.add(item)
        for member in members[item]:
            answer[member] = min(twins, key=rank.__getitem__) if twins else first[item]
    return answer


def near_duplicate_pairs(
    token_lists: Sequence[Sequence[str]], threshold: float = 0.8, n: int = 5
) -> Iterator[tuple[int, int]]:
    """Yield every pair ``(i, j)``, ``i < j``, whose Jaccard similarity is at least ``threshold``.

    Raises ``ValueError`` when ``threshold`` is not in (0, 1].
    """
    arrays, members = _distinct(token_lists, n)
    for group in members:
        yield from combinations(group, 2)
    for i, j in _similar(arrays, threshold):
        yield from ((min(a, b), max(a, b)) for a in members[i] for b in members[j])


def _distinct(token_lists: Sequence[Sequence[str]], n: int) -> tuple[list[U64], list[list[int]]]:
    """The distinct shingle sets and, for each, the texts that have it."""
    place: dict[bytes, int] = {}
    arrays: list[U64] = []
    members: list[list[int]] = []
    for index, tokens in enumerate(token_lists):
        array = shingle_array(tokens, n)
        at = place.setdefault(xxhash.xxh3_128_digest(array.tobytes()), len(arrays))
        if at == len(arrays):
            arrays.append(array)
            members.append([])
        members[at].append(index)
    return arrays, members


def _ranks(count: int, priority: Sequence[Any] | None) -> list[int]:
    """Place of each text in the order of preference, 0 for the most preferred."""
    if priority is None:
        return list(range(count))
    if len(priority) != count:
        raise ValueError(f"{len(priority)} priorities for {count} texts")
    ranks = [0] * count
    for place, item in enumerate(sorted(range(count), key=priority.__getitem__)):
        ranks[item] = place
    return ranks


def _similar(arrays: list[U64], threshold: float) -> Iterator[tuple[int, int]]:
    """Confirmed pairs among distinct shingle arrays; an empty one is similar to none of the others."""
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, got {threshold}")
    names = [index for index, array in enumerate(arrays) if len(array)]
    arrays = [arrays[index] for index in names]
    if len(arrays) < 2:
        return
    scheme = banding(threshold)
    matrix = signatures(arrays, scheme.size)
    candidates = _candidates(matrix, scheme, np.array([len(array) for array in arrays]), threshold)
    sets: dict[int, frozenset[int]] = {}
    for code in candidates.tolist():
        i, j = divmod(code, len(arrays))
        for index in (i, j):
            if index not in sets:
                sets[index] = frozenset(arrays[index].tolist())
        if jaccard(sets[i], sets[j]) >= threshold:
            yield names[i], names[j]


def _candidates(matrix: U32, scheme: Banding, lengths: I64, threshold: float) -> I64:
    """Candidate pairs ``i * len(matrix) + j`` with ``i < j``, sorted, after the cheap bounds on their similarity."""
    count = len(matrix)
    slack = _DEVIATIONS * float(np.sqrt(threshold * (1 - threshold) / scheme.size))
    found = [np.empty(0, dtype=np.int64)]
    for band in range(scheme.bands):
        keys = band_keys(matrix, band, scheme.rows)
        order = np.argsort(keys, kind="stable")
        for left, right in _bucket_pairs(keys[order], order):
            # Two sets cannot be more similar than the ratio of their sizes.
            small, large = np.minimum(lengths[left], lengths[right]), np.maximum(lengths[left], lengths[right])
            likely = small >= threshold * large
            left, right = left[likely], right[likely]
            agreement = (matrix[left] == matrix[right]).mean(axis=1)
            likely = agreement >= threshold - slack
            left, right = left[likely], right[likely]
            found.append(np.minimum(left, right) * count + np.maximum(left, right))
    return np.unique(np.concatenate(found))


def _bucket_pairs(keys: U64, order: I64, batch: int = 1 << 16) -> Iterator[tuple[I64, I64]]:
    """All pairs inside runs of equal ``keys``, as index arrays of bounded length.

    Pairs are laid out by distance: first all neighbours in the sorted order, then all next-but-one, and so on, so
    that each step is one array operation however many buckets there are.
    """
    starts = np.flatnonzero(keys[1:] == keys[:-1])
    distance = 1
    while len(starts):
        for begin in range(0, len(starts), batch):
            part = starts[begin : begin + batch]
            yield order[part], order[part + distance]
        distance += 1
        starts = starts[starts + distance < len(keys)]
        starts = starts[keys[starts + distance] == keys[starts]]
