"""The split: what could leak from one side to the other stays together, and both sides look alike.

Rows are joined into groups by source file (mined) or variation class (built), by near-duplicate cluster
of their outputs, and by AST skeleton; a group goes to one side as a whole. Groups are then dealt so that
both sides fill evenly over category, kind and strategy (after iterative stratification, Sechidis et al.
2011, with groups in place of rows), and single groups change sides while that brings the shares closer
to the wanted ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.records import Pair, digest
from algorand_coder.similarity import near_duplicates
from algorand_coder.syntax import code_tokens

Stratum = tuple[str, str]
ALL: Stratum = ("all", "")
_WEIGHT = {"all": 4.0, "category": 2.0, "kind": 1.0, "strategy": 1.0}
_ROUNDS = 20


@dataclass(frozen=True)
class Group:
    """Rows that must stay on one side."""

    members: tuple[int, ...]
    strata: Counter[Stratum]
    order: str
    """Hash that breaks ties, the same on every machine."""


def split_rows(pairs: Sequence[Pair], config: DatasetConfig, seed: int) -> tuple[list[str], int]:
    """The side (``train`` or ``validation``) of every row, and the number of groups dealt.

    With a single group everything is training data: there is nothing independent to validate on.
    """
    groups = make_groups(pairs, config, seed)
    chosen = deal(groups, config.validation_share)
    sides = ["train"] * len(pairs)
    for index in chosen:
        for member in groups[index].members:
            sides[member] = "validation"
    return sides, len(groups)


def make_groups(pairs: Sequence[Pair], config: DatasetConfig, seed: int) -> list[Group]:
    """Join rows by source, near-duplicate cluster and skeleton; groups come in the order of their first row."""
    clusters = near_duplicates([code_tokens(pair.output) for pair in pairs], config.split_similarity)
    parents = list(range(len(pairs)))

    def find(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    first: dict[str, int] = {}
    for index, (pair, cluster) in enumerate(zip(pairs, clusters, strict=True)):
        for key in (*keys(pair, config), f"cluster:{cluster}", f"skeleton:{pair.skeleton}"):
            left, right = find(first.setdefault(key, index)), find(index)
            parents[max(left, right)] = min(left, right)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(pairs)):
        members[find(index)].append(index)
    return [_group(pairs, rows, seed) for rows in members.values()]


def keys(pair: Pair, config: DatasetConfig) -> list[str]:
    """What ties a row to others by origin: its variation class or unit, and each file its code comes from."""
    origins = [p for p in pair.provenance if p.source != "generated"]
    files = [f"source:{p.source}" + (f"/{p.path}" if config.mined_group == "file" else "") for p in origins]
    return [f"lineage:{pair.lineage}", *files]


def deal(groups: Sequence[Group], share: float) -> set[int]:
    """Indices of the groups that form the validation side, ``share`` of all rows as near as groups allow."""
    if len(groups) < 2:
        return set()
    total = _sum(groups)
    filled = {"train": Counter[Stratum](), "validation": Counter[Stratum]()}
    wanted = {"train": 1 - share, "validation": share}
    chosen: set[int] = set()
    largest_first = sorted(range(len(groups)), key=lambda i: (-len(groups[i].members), groups[i].order))
    for index in largest_first:
        strata = groups[index].strata

        def fullness(side: str, strata: Counter[Stratum] = strata) -> float:
            return sum(
                _WEIGHT[s[0]] * n * (filled[side][s] + n / 2) / (wanted[side] * total[s]) for s, n in strata.items()
            )

        side = "validation" if fullness("validation") < fullness("train") else "train"
        filled[side].update(strata)
        if side == "validation":
            chosen.add(index)
    _polish(groups, chosen, filled["validation"], total, share)
    return chosen


def _polish(
    groups: Sequence[Group], chosen: set[int], filled: Counter[Stratum], total: Counter[Stratum], share: float
) -> None:
    """Let groups change sides: first so that no category is missing on a side, then towards the wanted shares."""

    def cost(counts: Counter[Stratum]) -> float:
        return sum(_WEIGHT[s[0]] * (counts[s] - share * n) ** 2 / n for s, n in total.items())

    def after(index: int) -> Counter[Stratum]:
        moved = Counter(filled)
        (moved.subtract if index in chosen else moved.update)(groups[index].strata)
        return moved

    def flip(index: int) -> None:
        (filled.subtract if index in chosen else filled.update)(groups[index].strata)
        chosen.symmetric_difference_update({index})

    order = sorted(range(len(groups)), key=lambda i: groups[i].order)
    categories = sorted(s for s in total if s[0] in {"all", "category"})
    for stratum in categories:
        holders = [i for i in order if groups[i].strata[stratum]]
        if len(holders) >= 2 and not 0 < filled[stratum] < total[stratum]:
            flip(min(holders, key=lambda i: (_missing(after(i), total, categories), cost(after(i)))))
    current = cost(filled)
    for _ in range(_ROUNDS):
        changed = False
        for index in order:
            moved = after(index)
            better = cost(moved)
            loses = _missing(moved, total, categories) > _missing(filled, total, categories)
            if better < current - 1e-9 and not loses:
                flip(index)
                current, changed = better, True
        if not changed:
            return


def _missing(counts: Counter[Stratum], total: Counter[Stratum], strata: Iterable[Stratum]) -> int:
    """How many of ``strata`` are wholly on one side."""
    return sum(not 0 < counts[s] < total[s] for s in strata)


def _group(pairs: Sequence[Pair], rows: Sequence[int], seed: int) -> Group:
    strata: Counter[Stratum] = Counter()
    naming: tuple[Callable[[Pair], Stratum], ...] = (
        lambda pair: ALL,
        lambda pair: ("category", pair.category),
        lambda pair: ("kind", pair.kind),
        lambda pair: ("strategy", pair.strategy),
    )
    for row in rows:
        strata.update(name(pairs[row]) for name in naming)
    return Group(tuple(rows), strata, digest([seed, min(pairs[row].id for row in rows)]))


def _sum(groups: Sequence[Group]) -> Counter[Stratum]:
    total: Counter[Stratum] = Counter()
    for group in groups:
        total.update(group.strata)
    return total
