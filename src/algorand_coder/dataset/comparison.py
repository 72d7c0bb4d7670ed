"""Two data sets side by side: what is new, what is gone, and how alike the rest is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from algorand_coder.dataset.counts import tally
from algorand_coder.dataset.finished import FACETS, DataSet
from algorand_coder.dataset.leakage import nearest_training_rows, quantiles
from algorand_coder.records import Pair

EXAMPLES = 5


def compare(before: DataSet, after: DataSet) -> dict[str, Any]:
    """Counts, skeleton overlap, nearest-neighbour similarity, and what ``after`` has more or less than ``before``.

    Two rows are the same when instruction, input and output are. ``crossed`` counts rows that changed sides: a model
    trained on one set has seen what the other holds back.
    """
    old, new = ({_text(pair): pair for pair in data.pairs} for data in (before, after))
    fresh = [pair for text, pair in new.items() if text not in old]
    gone = [pair for text, pair in old.items() if text not in new]
    shapes, shapes_after = ({pair.skeleton for pair in data.pairs} for data in (before, after))
    union = shapes | shapes_after
    nearest = nearest_training_rows(fresh, before.pairs)
    common = [(old[text], pair) for text, pair in new.items() if text in old]
    return {
        "rows": {"before": len(before.pairs), "after": len(after.pairs)},
        "train": {"before": len(before.side("train")), "after": len(after.side("train"))},
        "validation": {"before": len(before.side("validation")), "after": len(after.side("validation"))},
        **{f"by_{name}": _change(name, before.pairs, after.pairs) for name in FACETS},
        "skeletons": {
            "before": len(shapes),
            "after": len(shapes_after),
            "common": len(shapes & shapes_after),
            "jaccard": round(len(shapes & shapes_after) / len(union), 4) if union else 1.0,
        },
        "same": len(common),
        "crossed": sum(before.sides[one.id] != after.sides[other.id] for one, other in common),
        "new": _described(fresh),
        "gone": _described(gone),
        "new_to_nearest_before": quantiles(nearest),
    }


def _text(pair: Pair) -> tuple[str, str, str]:
    return (pair.instruction, pair.input, pair.output)


def _change(facet: str, before: Sequence[Pair], after: Sequence[Pair]) -> dict[str, dict[str, int]]:
    counts = [tally(pairs, FACETS[facet]) for pairs in (before, after)]
    names = sorted({*counts[0], *counts[1]}, key=lambda name: (-counts[1].get(name, 0), name))
    return {name: {"before": counts[0].get(name, 0), "after": counts[1].get(name, 0)} for name in names}


def _described(pairs: Sequence[Pair]) -> dict[str, Any]:
    examples = sorted(pairs, key=lambda pair: pair.id)[:EXAMPLES]
    return {
        "rows": len(pairs),
        "by_strategy": tally(pairs, lambda pair: pair.strategy),
        "examples": [{"id": pair.id, "instruction": pair.instruction.splitlines()[0][:100]} for pair in examples],
    }
