"""Limits on what one unit, strategy or category may hold of the data set. What goes is chosen the same every time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.finding import Finding
from algorand_coder.records import Pair, digest

REPAIRS = frozenset({"repair", "served-repair"})
"""Strategies whose rows end in code that another row asks for."""


def unit_of(pair: Pair) -> str:
    """The piece of code that a repair ends in: a mined unit, or one program of a generator."""
    return pair.lineage if pair.mined else f"{pair.lineage}/{digest(pair.output)}"


def crowded_units(pairs: Sequence[Pair], config: DatasetConfig) -> dict[str, Finding]:
    """Refuse repairs beyond the number that one unit may have."""
    seen: Counter[str] = Counter()
    found = {}
    for pair in pairs:
        if pair.strategy not in REPAIRS:
            continue
        seen[unit_of(pair)] += 1
        if seen[unit_of(pair)] > config.max_repairs_per_unit:
            found[pair.id] = Finding("repair-cap", f"more than {config.max_repairs_per_unit} repairs of {pair.lineage}")
    return found


def balance(pairs: Sequence[Pair], config: DatasetConfig) -> dict[str, Finding]:
    """Refuse what a strategy or a category has beyond its share of the rows, once there are enough of them."""
    if len(pairs) < config.balance_from:
        return {}
    limits: tuple[tuple[str, Callable[[Pair], str], float], ...] = (
        ("strategy", lambda pair: pair.strategy, config.max_strategy_share),
        ("category", lambda pair: str(pair.category), config.max_category_share),
    )
    found: dict[str, Finding] = {}
    left = list(pairs)
    # What one limit takes away changes the shares that the other sees; rows only ever go, so this ends.
    while True:
        before = len(left)
        for name, key, share in limits:
            for pair in _beyond(left, key, share):
                found[pair.id] = Finding(f"{name}-cap", f"{key(pair)} would hold more than {share:.0%} of the rows")
            left = [pair for pair in left if pair.id not in found]
        if len(left) == before:
            return found


def allowed(counts: Mapping[str, int], share: float) -> dict[str, int]:
    """How many rows each name may keep so that none holds more than ``share`` of what is left.

    Where there are too few names for that (two cannot both stay below 45 %), all is kept.
    """
    if len(counts) * share < 1:
        return dict(counts)
    capped: set[str] = set()
    while True:
        rest = sum(count for name, count in counts.items() if name not in capped)
        # Each capped name holds ``share`` of the whole, the others all the rest of it.
        limit = share * rest / (1 - share * len(capped))
        over = {name for name, count in counts.items() if name not in capped and count > limit + 1e-9}
        if not over or len(capped | over) * share >= 1:
            return {name: int(limit + 1e-9) if name in capped else count for name, count in counts.items()}
        capped |= over


def _beyond(pairs: Sequence[Pair], key: Callable[[Pair], str], share: float) -> list[Pair]:
    """Rows to give up: first those that have most others of their lineage before them, mined ones last."""
    rooms = allowed(Counter(key(pair) for pair in pairs), share)
    ranks: Counter[str] = Counter()
    queues: defaultdict[str, list[tuple[tuple[bool, int, str], Pair]]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: digest(pair.id)):
        ranks[pair.lineage] += 1
        queues[key(pair)].append(((not pair.mined, ranks[pair.lineage], digest(pair.id)), pair))
    return [
        pair
        for name, queue in sorted(queues.items())
        for _, pair in sorted(queue, key=lambda item: item[0])[rooms[name] :]
    ]
