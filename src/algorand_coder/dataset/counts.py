"""What the data set holds, in numbers: for the manifest, the card and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from algorand_coder.dataset.caps import REPAIRS, unit_of
from algorand_coder.dataset.leakage import Leak, quantiles
from algorand_coder.dataset.tokens import Tokens, summary
from algorand_coder.records import Pair, Reject


def count(  # noqa: PLR0917
    pairs: Sequence[Pair],
    sides: Mapping[str, str],
    groups: int,
    rejects: Sequence[Reject],
    leaks: Sequence[Leak],
    tokens: Tokens,
) -> dict[str, Any]:
    """All figures of a data set, in a fixed order; ``sides`` maps row ids to ``train`` or ``validation``."""
    return {
        "rows": len(pairs),
        "train": sum(side == "train" for side in sides.values()),
        "validation": sum(side == "validation" for side in sides.values()),
        "mined": sum(pair.mined for pair in pairs),
        "built": sum(not pair.mined for pair in pairs),
        "distinct_skeletons": len({pair.skeleton for pair in pairs}),
        "max_rows_per_skeleton": max(Counter(pair.skeleton for pair in pairs).values(), default=0),
        "split_groups": groups,
        "max_repairs_per_unit": max(
            Counter(unit_of(pair) for pair in pairs if pair.strategy in REPAIRS).values(), default=0
        ),
        "tokens": summary([tokens.of(pair) for pair in pairs], tokens.name),
        "by_strategy": tally(pairs, lambda pair: pair.strategy),
        "by_category": tally(pairs, lambda pair: pair.category),
        "by_kind": tally(pairs, lambda pair: pair.kind),
        "by_target": tally(pairs, lambda pair: pair.target),
        "by_licence": tally(pairs, licence_of),
        "by_source": tally(pairs, source_of),
        "by_strategy_and_category": {
            strategy: tally([p for p in pairs if p.strategy == strategy], lambda pair: pair.category)
            for strategy in sorted({pair.strategy for pair in pairs})
        },
        "validation_by_category": tally([p for p in pairs if sides[p.id] == "validation"], lambda pair: pair.category),
        "private": sum(any(p.private for p in pair.provenance) for pair in pairs),
        "refused": tally(rejects, lambda reject: reject.reason),
        "leakage": quantiles(leaks),
    }


STATS = ("rows", "train", "validation", "by_strategy", "by_category", "by_kind", "by_target", "by_licence", "tokens")
"""The figures that describe a data set to those who use it."""


def tally(rows: Iterable[Any], key: Callable[[Any], str]) -> dict[str, int]:
    """How many rows each value of ``key`` has, most frequent first, then by name."""
    found = Counter(str(key(row)) for row in rows)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def licence_of(pair: Pair) -> str:
    """The licences of everything a row was made from, joined by ``AND``."""
    return " AND ".join(sorted({p.licence for p in pair.provenance})) or "MIT"


def source_of(pair: Pair) -> str:
    """The source of a row's code: the first one where there are several."""
    return pair.provenance[0].source if pair.provenance else "generated"
