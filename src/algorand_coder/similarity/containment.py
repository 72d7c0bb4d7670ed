"""n-gram containment: how much of a text is found in a set of reference texts (decontamination)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from algorand_coder.similarity.shingles import shingle_array, shingles


def containment(part: Sequence[str], whole: Sequence[str], n: int = 10) -> float:
    """Share of the distinct ``n``-grams of ``part`` that occur in ``whole``, 0 to 1; 0 for an empty ``part``."""
    grams = shingles(part, n)
    return len(grams & shingles(whole, n)) / len(grams) if grams else 0.0


class NgramIndex:
    """Named reference texts, asked which of them a text shares most ``n``-grams with.

    References shorter than ``n`` tokens are left out: a single short window says nothing about copying.
    """

    def __init__(self, references: Iterable[tuple[str, Sequence[str]]], n: int = 10) -> None:
        self.n = n
        self._names: list[str] = []
        self._sizes: list[int] = []
        self._owners: dict[int, list[int]] = {}
        for name, tokens in references:
            if len(tokens) < n:
                continue
            grams = shingle_array(tokens, n)
            for gram in grams.tolist():
                self._owners.setdefault(gram, []).append(len(self._names))
            self._names.append(name)
            self._sizes.append(len(grams))

    def __len__(self) -> int:
        return len(self._names)

    def closest(self, tokens: Sequence[str], *, of_reference: bool = False) -> tuple[str, float]:
        """The reference most of which is contained in ``tokens`` and that share, or ``("", 0.0)``.

        The share is that of the smaller of the two n-gram sets, so that a reference inside a long text and a
        fragment of a long reference both count; with ``of_reference`` that of the reference's set alone.
        """
        if len(tokens) < self.n or not self._names:
            return "", 0.0
        grams = shingle_array(tokens, self.n)
        hits = np.zeros(len(self._names), dtype=np.int64)
        for gram in grams.tolist():
            for owner in self._owners.get(gram, ()):
                hits[owner] += 1
        sizes = np.array(self._sizes)
        shares = hits / (sizes if of_reference else np.minimum(sizes, len(grams)))
        best = int(np.argmax(shares))
        return (self._names[best], float(shares[best])) if hits[best] else ("", 0.0)
