"""Banding keeps its promise on paper and on random sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.similarity import Banding, ShingleSets, banding, jaccard, near_duplicate_pairs
from algorand_coder.similarity.minhash import band_keys, signatures
from algorand_coder.similarity.shingles import mix


def test_recall_at_the_threshold() -> None:
    scheme = banding(0.8)
    assert scheme.recall(0.8) >= 0.999
    assert scheme.recall(0.3) < 0.1


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.9, 1.0])
def test_every_threshold_has_a_banding_with_recall(threshold: float) -> None:
    assert banding(threshold).recall(threshold) >= 0.999


def test_measured_recall_at_the_threshold() -> None:
    """4,000 random pairs of Jaccard 0.8: 100 elements each, 800/9 ≈ 89 shared."""
    rng = np.random.default_rng(7)
    scheme, pairs = banding(0.8), 4_000
    documents = []
    for _ in range(pairs):
        values = mix(rng.integers(0, 2**63, size=110, dtype=np.uint64))
        documents += [values[:99], np.concatenate((values[:88], values[99:]))]
    assert jaccard(set(documents[0].tolist()), set(documents[1].tolist())) == pytest.approx(0.8)
    matrix = signatures(ShingleSets.of(np.unique(document) for document in documents), scheme.size)
    hit = np.zeros(pairs, dtype=bool)
    for band in range(scheme.bands):
        keys = band_keys(matrix, band, scheme.rows)
        hit |= keys[0::2] == keys[1::2]
    assert hit.mean() >= 0.999


def test_signatures_estimate_the_similarity() -> None:
    rng = np.random.default_rng(3)
    values = mix(rng.integers(0, 2**63, size=3_000, dtype=np.uint64))
    matrix = signatures(ShingleSets.of(np.sort(part) for part in (values[:2_000], values[1_000:])), 512)
    assert (matrix[0] == matrix[1]).mean() == pytest.approx(1 / 3, abs=0.08)


def test_signatures_do_not_depend_on_chunking() -> None:
    rng = np.random.default_rng(5)
    documents = [mix(rng.integers(0, 2**63, size=int(s), dtype=np.uint64)) for s in rng.integers(1, 90_000, size=12)]
    together = signatures(ShingleSets.of(documents), 8)
    alone = np.concatenate([signatures(ShingleSets.of([document]), 8) for document in documents])
    assert (together == alone).all()


@given(st.integers(1, 64), st.integers(1, 20))
def test_recall_is_the_arithmetic_of_banding(bands: int, rows: int) -> None:
    """A band is missed with 1 - s^rows, all of them with the product: no more than that stands behind the figure."""
    missed = 1.0
    for _ in range(bands):
        missed *= 1 - 0.8**rows
    assert Banding(bands, rows).recall(0.8) == pytest.approx(1 - missed)


def test_pairs_at_the_threshold_are_found_by_the_whole_way() -> None:
    """3,000 pairs of Jaccard exactly 0.8 and of many sizes, through banding, estimate and confirmation."""
    rng = np.random.default_rng(11)
    arrays, expected = [], set()
    for number in range(3_000):
        shared = 4 * int(rng.integers(1, 60))
        own = shared // 8
        values = mix(rng.integers(0, 2**63, size=shared + shared // 4, dtype=np.uint64))
        left, right = values[: shared + own], np.concatenate((values[:shared], values[shared + own :]))
        assert jaccard(set(left.tolist()), set(right.tolist())) == 0.8
        arrays += [np.sort(left), np.sort(right)]
        expected.add((2 * number, 2 * number + 1))
    found = set(near_duplicate_pairs(ShingleSets.of(arrays)))
    assert found <= expected
    assert len(found) >= 0.999 * len(expected)


def test_pairs_just_below_the_threshold_are_not_reported() -> None:
    rng = np.random.default_rng(12)
    values = mix(rng.integers(0, 2**63, size=1_000, dtype=np.uint64))
    left, right = np.sort(values[:899]), np.sort(values[100:])
    assert 0.79 < jaccard(set(left.tolist()), set(right.tolist())) < 0.8
    assert list(near_duplicate_pairs(ShingleSets.of([left, right]))) == []
