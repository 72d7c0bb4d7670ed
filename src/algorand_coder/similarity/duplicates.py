"""Near-duplicates: candidates by MinHash banding, each confirmed by the exact Jaccard similarity.

Pairs at the threshold are missed with a probability of at most 1 in 10,000; nothing is reported that the
exact similarity does not confirm. The hash functions are fixed, so the same input gives the same answer.

A million texts of code take seconds and about 2 GB; texts are read once, so that a caller with many of them can hand
over a generator, or gather :class:`ShingleSets` elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from algorand_coder.similarity.minhash import U32, Banding, band_keys, banding, signatures
from algorand_coder.similarity.sets import I64, ShingleSets
from algorand_coder.similarity.shingles import U64, jaccard_of_arrays, shingle_array

_DEVIATIONS = 5.0
"""Candidates whose estimated similarity lies this many standard deviations below the threshold are not confirmed."""

Texts = Iterable[Sequence[str]] | ShingleSets
"""Texts as tokens, or what is left of them after :func:`shingle_array`."""


def near_duplicates(
    texts: Texts,
    threshold: float = 0.8,
    priority: Sequence[Any] | None = None,
    n: int = 5,
) -> list[int]:
    """Cluster the texts; returns for each the index of its cluster's representative (its own when alone).

    Clusters are the connected components of "Jaccard over ``n``-token shingles ≥ ``threshold``", so they do not
    depend on the order of the input. The representative is the member with the smallest ``priority`` (any
    sortable values; input order where none is given and between equals).
    """
    sets = _sets(texts, n)
    parent = list(range(len(sets)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in _similar(sets, threshold):
        parent[root(left)] = root(right)
    ranks = _ranks(len(sets.set_of), priority)
    roots = [root(item) for item in sets.set_of.tolist()]
    best: dict[int, int] = {}
    for text, cluster in enumerate(roots):
        if cluster not in best or ranks[text] < ranks[best[cluster]]:
            best[cluster] = text
    return [best[cluster] for cluster in roots]


def keep_first(
    texts: Texts,
    threshold: float = 0.8,
    priority: Sequence[Any] | None = None,
    n: int = 5,
) -> list[int]:
    """For each text the index of the kept text that it repeats, or its own index where it is kept.

    Texts are taken by ``priority``, smallest first; one is dropped only when a *kept* text is a near-duplicate of
    it, so a chain A~B~C with A and C unlike keeps both. With distinct priorities the answer does not depend on
    the order of the input.
    """
    sets = _sets(texts, n)
    neighbours: dict[int, list[int]] = {}
    for left, right in _similar(sets, threshold):
        neighbours.setdefault(left, []).append(right)
        neighbours.setdefault(right, []).append(left)
    ranks = _ranks(len(sets.set_of), priority)
    # Texts of equal shingles have equal neighbours: only the first of them can be kept.
    first = [-1] * len(sets)
    for text, item in enumerate(sets.set_of.tolist()):
        if first[item] < 0 or ranks[text] < ranks[first[item]]:
            first[item] = text
    answer = list(first)
    # A set without neighbours is kept; of the others those go that have a kept neighbour.
    kept: set[int] = set()
    for item in sorted(neighbours, key=lambda item: ranks[first[item]]):
        twins = [first[other] for other in neighbours[item] if other in kept]
        if twins:
            answer[item] = min(twins, key=ranks.__getitem__)
        else:
            kept.add(item)
    return [answer[item] for item in sets.set_of.tolist()]


def near_duplicate_pairs(texts: Texts, threshold: float = 0.8, n: int = 5) -> Iterator[tuple[int, int]]:
    """Yield every pair ``(i, j)``, ``i < j``, whose Jaccard similarity is at least ``threshold``.

    Raises ``ValueError`` when ``threshold`` is not in (0, 1].
    """
    sets = _sets(texts, n)
    members = list(sets.texts_of())
    for group in members:
        yield from combinations(group, 2)
    for i, j in _similar(sets, threshold):
        yield from ((min(a, b), max(a, b)) for a in members[i] for b in members[j])


def _sets(texts: Texts, n: int) -> ShingleSets:
    return texts if isinstance(texts, ShingleSets) else ShingleSets.of(shingle_array(tokens, n) for tokens in texts)


def _ranks(count: int, priority: Sequence[Any] | None) -> Sequence[int]:
    """Place of each text in the order of preference, 0 for the most preferred."""
    if priority is None:
        return range(count)
    if len(priority) != count:
        raise ValueError(f"{len(priority)} priorities for {count} texts")
    ranks = [0] * count
    for place, item in enumerate(sorted(range(count), key=priority.__getitem__)):
        ranks[item] = place
    return ranks


def _similar(sets: ShingleSets, threshold: float) -> Iterator[tuple[int, int]]:
    """Confirmed pairs among distinct shingle sets; an empty one is similar to none of the others."""
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, got {threshold}")
    if len(sets) < 2:
        return
    scheme = banding(threshold)
    candidates = _candidates(signatures(sets, scheme.size), scheme, sets.lengths, threshold)
    for code in candidates.tolist():
        i, j = divmod(code, len(sets))
        if jaccard_of_arrays(sets[i], sets[j]) >= threshold:
            yield i, j


def _candidates(matrix: U32, scheme: Banding, lengths: I64, threshold: float) -> I64:
    """Candidate pairs ``i * len(matrix) + j`` with ``i < j``, sorted, after the cheap bounds on their similarity."""
    count = len(matrix)
    slack = _DEVIATIONS * float(np.sqrt(threshold * (1 - threshold) / scheme.size))
    filled = np.flatnonzero(lengths)
    found = np.empty(0, dtype=np.int64)
    for band in range(scheme.bands):
        keys = band_keys(matrix, band, scheme.rows)[filled]
        order = np.argsort(keys, kind="stable")
        fresh = [found]
        for left, right in _bucket_pairs(keys[order], filled[order]):
            # Two sets cannot be more similar than the ratio of their sizes.
            small, large = np.minimum(lengths[left], lengths[right]), np.maximum(lengths[left], lengths[right])
            likely = small >= threshold * large
            left, right = left[likely], right[likely]
            agreement = (matrix[left] == matrix[right]).mean(axis=1)
            likely = agreement >= threshold - slack
            left, right = left[likely], right[likely]
            fresh.append(np.minimum(left, right) * count + np.maximum(left, right))
        # A similar pair agrees on many bands: known ones go at once.
        found = np.unique(np.concatenate(fresh))
    return found


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
