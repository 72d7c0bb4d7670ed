"""Exact and near duplicates: who is kept does not depend on the order of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from algorand_coder.records import DEFAULT_TARGET, Unit
from algorand_coder.similarity import ShingleSets, keep_first, shingle_array
from algorand_coder.similarity.shingles import U64

UNRESOLVED = "// unresolved: "
"""Begins the context of a unit that cannot stand alone."""
_TIERS = {"official": 0, "educational": 1, "community": 2}


def priority(unit: Unit, source_target: str = "") -> tuple[Any, ...]:
    """Sort key, best first: official sources, units that stand alone, the default target; then name and place.

    ``source_target`` is what the source list says a source is written for; the unit's own code says it otherwise.
    """
    place = unit.provenance
    return (
        _TIERS.get(place.tier, len(_TIERS)),
        unit.context.startswith(UNRESOLVED),
        (source_target or unit.target) != DEFAULT_TARGET,
        place.source,
        place.revision,
        place.path,
        place.start_line,
        unit.id,
    )


@dataclass(frozen=True, slots=True)
class Print:
    """What duplicates are found by: code without comments and layout."""

    exact: str
    """Hash of the tokens."""
    shingles: U64
    """Their 5-token shingles."""

    @classmethod
    def of(cls, tokens: Sequence[str]) -> Print:
        """The print of a unit's tokens."""
        return cls(sha256("\x00".join(tokens).encode("utf-8", "surrogatepass")).hexdigest(), shingle_array(tokens))


NOTHING = Print.of(())
"""The print of no code."""


def find_duplicates(
    units: Sequence[Unit], prints: Sequence[Print], threshold: float, targets: Mapping[str, str]
) -> dict[int, tuple[str, int]]:
    """Index of each unit to refuse → ``exact-duplicate`` or ``near-duplicate`` and the index of the unit kept.

    Exact duplicates have equal tokens; near-duplicates a Jaccard similarity of at least ``threshold`` over 5-token
    shingles with a unit that is kept. ``targets`` maps sources to the versions they are written for, where the source
    list says so.
    """
    order = sorted(
        range(len(units)), key=lambda index: priority(units[index], targets.get(units[index].provenance.source, ""))
    )
    first: dict[str, int] = {}
    dropped: dict[int, tuple[str, int]] = {}
    distinct: list[int] = []
    for index in order:
        kept = first.setdefault(prints[index].exact, index)
        if kept == index:
            distinct.append(index)
        else:
            dropped[index] = ("exact-duplicate", kept)
    answer = keep_first(ShingleSets.of(prints[index].shingles for index in distinct), threshold)
    for place, kept in enumerate(answer):
        if kept != place:
            dropped[distinct[place]] = ("near-duplicate", distinct[kept])
    # An exact copy of a near-duplicate points to what is kept, not to what is gone as well.
    return {index: (reason, dropped[kept][1] if kept in dropped else kept) for index, (reason, kept) in dropped.items()}
