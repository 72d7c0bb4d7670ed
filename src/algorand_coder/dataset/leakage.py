"""How close the validation rows are to the training rows: the nearest training row of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from algorand_coder.records import Pair
from algorand_coder.similarity import shingles
from algorand_coder.syntax import code_tokens

SHINGLE = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """The training row that is nearest to one validation row."""

    validation: str
    """Id of the validation row."""
    training: str
    """Id of the nearest training row; empty when no training row shares a single shingle."""
    jaccard: float
    """Jaccard similarity of the two outputs over 5-token shingles, exact, 0 to 1."""


def nearest_training_rows(validation: Sequence[Pair], training: Sequence[Pair]) -> list[Leak]:
    """For each validation row its nearest training row; the earlier one where two are equally near."""
    index: defaultdict[int, list[int]] = defaultdict(list)
    sizes = np.zeros(len(training), dtype=np.int64)
    for row, pair in enumerate(training):
        marks = shingles(code_tokens(pair.output), SHINGLE)
        sizes[row] = len(marks)
        for mark in marks:
            index[mark].append(row)
    postings = {mark: np.array(rows, dtype=np.int64) for mark, rows in index.items()}
    return [_nearest(pair, training, postings, sizes) for pair in validation]


def _nearest(pair: Pair, training: Sequence[Pair], postings: dict[int, np.ndarray], sizes: np.ndarray) -> Leak:
    marks = shingles(code_tokens(pair.output), SHINGLE)
    found = [postings[mark] for mark in marks if mark in postings]
    if not found:
        return Leak(pair.id, "", 0.0)
    shared = np.bincount(np.concatenate(found), minlength=len(training))
    scores = shared / (sizes + len(marks) - shared)
    best = int(np.argmax(scores))
    return Leak(pair.id, training[best].id, round(float(scores[best]), 6))


def quantiles(leaks: Sequence[Leak]) -> dict[str, float]:
    """Minimum, median, 90th and 99th percentile, maximum and mean of the nearest-row similarities."""
    if not leaks:
        return {}
    values = np.array([leak.jaccard for leak in leaks])
    named = {"min": 0, "median": 50, "p90": 90, "p99": 99, "max": 100}
    return {name: round(float(np.percentile(values, q)), 4) for name, q in named.items()} | {
        "mean": round(float(values.mean()), 4)
    }
