"""Which of many candidates to keep, so that what is kept is as different as it can be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from algorand_coder.similarity import shingles
from algorand_coder.syntax import code_tokens


def spread(texts: Sequence[str], count: int, first: Collection[int] = ()) -> list[int]:
    """Places of ``count`` of ``texts``, in order: those at the places ``first``, then always the one least like its
    nearest among the chosen.

    Similarity is that of windows of five code tokens (Jaccard). Farthest-first selection comes within a factor of two
    of the best spread there is (Gonzalez, 1985). Earlier texts go first where two are equally far.
    """
    if len(texts) <= count:
        return list(range(len(texts)))
    marks = [shingles(code_tokens(text)) for text in texts]
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for place, found in enumerate(marks):
        for mark in found:
            postings[mark].append(place)
    # A mark of one text alone says nothing of how alike two are.
    shared = {mark: np.array(places, dtype=np.int64) for mark, places in postings.items() if len(places) > 1}
    sizes = np.array([len(found) for found in marks], dtype=np.int64)
    nearest = np.zeros(len(texts))
    chosen: list[int] = []
    queue = sorted(first)[:count]
    while len(chosen) < count:
        place = queue.pop(0) if queue else int(np.argmin(nearest))
        chosen.append(place)
        found_in = [shared[mark] for mark in marks[place] if mark in shared]
        common = np.bincount(np.concatenate(found_in), minlength=len(texts)) if found_in else np.zeros(len(texts))
        nearest = np.maximum(nearest, common / np.maximum(sizes + sizes[place] - common, 1))
        nearest[place] = np.inf
    return sorted(chosen)


def first_of_each(groups: Iterable[str], few: int) -> list[int]:
    """Places of the first ``few`` members of each group, so that a task that has one form only is taught as well."""
    seen: Counter[str] = Counter()
    places = []
    for place, group in enumerate(groups):
        seen[group] += 1
        if seen[group] <= few:
            places.append(place)
    return places
