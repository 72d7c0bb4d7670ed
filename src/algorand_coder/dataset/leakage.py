"""How close the validation rows are to the training rows: the nearest training row of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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


class _Rows:
    """Rows by the shingles of their texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        index: defaultdict[int, list[int]] = defaultdict(list)
        self.marks = [shingles(code_tokens(text), SHINGLE) for text in texts]
        self._sizes = np.array([len(marks) for marks in self.marks], dtype=np.int64)
        for row, marks in enumerate(self.marks):
            for mark in marks:
                index[mark].append(row)
        self._postings = {mark: np.array(found, dtype=np.int64) for mark, found in index.items()}

    def nearest(self, marks: frozenset[int], but: int = -1) -> tuple[int, float]:
        """The row nearest to ``marks`` and its similarity; row ``but`` is left out. -1 where none shares a shingle."""
        found = [self._postings[mark] for mark in marks if mark in self._postings]
        if not found:
            return -1, 0.0
        shared = np.bincount(np.concatenate(found), minlength=len(self._sizes))
        scores = shared / (self._sizes + len(marks) - shared)
        if but >= 0:
            scores[but] = 0.0
        best = int(np.argmax(scores))
        return (best, float(scores[best])) if scores[best] > 0 else (-1, 0.0)


def nearest_training_rows(validation: Sequence[Pair], training: Sequence[Pair]) -> list[Leak]:
    """For each validation row its nearest training row; the earlier one where two are equally near."""
    rows = _Rows(pair.output for pair in training)
    leaks = []
    for pair in validation:
        best, score = rows.nearest(shingles(code_tokens(pair.output), SHINGLE))
        leaks.append(Leak(pair.id, training[best].id if best >= 0 else "", round(score, 6)))
    return leaks


def mean_similarity_to_others(texts: Iterable[str]) -> float:
    """Mean over the texts of the similarity of each to the nearest other one, 0 to 1."""
    rows = _Rows(texts)
    scores = [rows.nearest(marks, but=row)[1] for row, marks in enumerate(rows.marks)]
    return float(np.mean(scores)) if scores else 0.0


def quantiles(leaks: Sequence[Leak]) -> dict[str, float]:
    """Minimum, median, 90th and 99th percentile, maximum and mean of the nearest-row similarities."""
    if not leaks:
        return {}
    values = np.array([leak.jaccard for leak in leaks])
    named = {"min": 0, "median": 50, "p90": 90, "p99": 99, "max": 100}
    return {name: round(float(np.percentile(values, q)), 4) for name, q in named.items()} | {
        "mean": round(float(values.mean()), 4)
    }
