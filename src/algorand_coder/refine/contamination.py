"""What of a unit is compared with the evaluation sets."""

from __future__ import annotations

from collections.abc import Sequence

from algorand_coder.records import Unit
from algorand_coder.similarity.evaluation_sets import Trace, evaluation_sets

NO_TRACE = Trace()
"""Of what shares nothing with any task."""


def trace(unit: Unit, tokens: Sequence[str], language: str = "ts") -> Trace:
    """The task that a unit is nearest to, by its code and its comments; ``tokens`` are those of the code."""
    return evaluation_sets().closest(unit.code, tokens, f"{unit.doc}\n{unit.code}", language)
