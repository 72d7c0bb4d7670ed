"""The patterns strategy: draws from every recipe in turn until each has its share of different programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from algorand_coder.instruct.patterns.base import Draft, Family, Recipe, Unfit, reserved_families
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.spread import first_of_each, spread
from algorand_coder.records import DEFAULT_TARGET, Pair, Provenance, Unit, digest
from algorand_coder.similarity import jaccard, shingles
from algorand_coder.syntax import skeleton

VERSION = "patterns-1"
"""Bumped when generators change; the revision in every pair's provenance."""

CLIENTS = (
    "payments",
    "payouts",
    "funding",
    "asset_creation",
    "asset_moves",
    "asset_facts",
    "asset_roles",
    "asset_delivery",
    "deployment",
    "deployment_teal",
    "deployment_lookup",
    "calls",
    "call_variety",
    "state_global",
    "state_accounts",
    "state_boxes",
    "groups",
    "groups_dynamic",
    "groups_by_hand",
    "simulation",
    "simulation_calls",
    "errors_typed",
    "errors_logic",
    "errors_pure",
    "errors_network",
)
CONTRACTS = (
    "tallies",
    "settings",
    "local_profiles",
    "box_records",
    "box_values",
    "savings",
    "promises",
    "selling",
    "payouts",
    "asset_issue",
    "asset_holding",
    "asset_control",
    "kits",
    "structs",
    "ballots",
    "state_machines",
    "group_rules",
    "refusals",
    "logicsigs",
)
"""Modules of ``clients`` and ``contracts`` that define ``FAMILY``; a family may be spread over several."""

MISSES = 14
"""Draws in a row without a new program after which a recipe is exhausted."""
NEAR = 0.9
"""Word-shingle Jaccard above which two instructions of one recipe say the same."""
SPARE = 2
"""Programs drawn for each one wanted, of which those are kept that are least alike."""
FEW = 4
"""Programs that every recipe may have, close to others or not: a task that has one form only is taught as well."""


def families() -> list[Family]:
    """All families, in a fixed order."""
    names = [*(f"clients.{name}" for name in CLIENTS), *(f"contracts.{name}" for name in CONTRACTS)]
    return [import_module(f"{__package__}.{name}").FAMILY for name in names]


class PatternsStrategy:
    """Parameterised generators for the plan's eight families and for contracts."""

    name = "patterns"

    def generate(self, units: Sequence[Unit], config: Any, seed: int) -> Iterator[Pair]:
        """Pairs whose outputs share a skeleton at most ``config.max_per_skeleton`` times, and are not alike."""
        recipes = [recipe for family in families() for recipe in family.recipes]
        drawn = draw(recipes, seed, SPARE * config.max_pairs, config.max_per_skeleton)
        few = first_of_each((pair.lineage for pair in drawn), FEW)
        yield from (drawn[place] for place in spread([pair.output for pair in drawn], config.max_pairs, few))


def draw(recipes: Sequence[Recipe], seed: int, max_pairs: int, max_per_skeleton: int) -> list[Pair]:
    """Draw until every recipe has its share of ``max_pairs`` or no longer finds a new program.

    Recipes take turns, so that a program shape both could fill is not all taken by the first.
    """
    wishes = sum(recipe.share for recipe in recipes)
    quota = {recipe.lineage: -(-recipe.share * max_pairs // wishes) for recipe in recipes}
    shapes: Counter[str] = Counter()
    seen: set[str] = set()
    drawn: dict[str, list[Pair]] = {recipe.lineage: [] for recipe in recipes}
    words: dict[str, list[frozenset[int]]] = {recipe.lineage: [] for recipe in recipes}
    tries: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    active = list(recipes)
    while active:
        for recipe in active:
            line = recipe.lineage
            draft = attempt(recipe, Dice(seed, line, tries[line]))
            tries[line] += 1
            if draft is None:
                misses[line] += 1
                continue
            shape = skeleton(draft.output)
            request = request_shingles(draft)
            if (
                shapes[shape] >= max_per_skeleton
                or draft.output in seen
                or touched(draft.output)
                or draft.instruction + draft.input in seen
                or any(jaccard(request, other) >= NEAR for other in words[line])
            ):
                misses[line] += 1
                continue
            misses[line] = 0
            shapes[shape] += 1
            seen.update((draft.output, draft.instruction + draft.input))
            words[line].append(request)
            drawn[line].append(as_pair(draft, recipe, shape))
        active = [r for r in active if len(drawn[r.lineage]) < quota[r.lineage] and misses[r.lineage] < MISSES]
    pairs = [pair for recipe in recipes for pair in drawn[recipe.lineage]]
    return thinned(pairs, max_pairs)


def attempt(recipe: Recipe, dice: Dice) -> Draft | None:
    """A draft, or ``None`` where the draws do not fit together."""
    try:
        return recipe.make(dice)
    except Unfit:
        return None


def thinned(pairs: list[Pair], count: int) -> list[Pair]:
    """At most ``count`` of ``pairs``, dropped evenly so that no recipe loses its whole tail."""
    if len(pairs) <= count:
        return pairs
    return [pairs[index * len(pairs) // count] for index in range(count)]


def request_shingles(draft: Draft) -> frozenset[int]:
    """What of a request decides whether another one says the same."""
    return shingles(re.findall(r"\w+", f"{draft.instruction} {draft.input}".lower()), 3)


def touched(output: str) -> list[str]:
    """Ids of the reserved task families that ``output`` works on."""
    return [family.id for family in reserved_families() if all(re.search(mark, output) for mark in family.marks)]


def as_pair(draft: Draft, recipe: Recipe, shape: str) -> Pair:
    """The record of a draft."""
    return Pair(
        id=digest(["patterns", draft.instruction, draft.input, draft.output])[:32],
        instruction=draft.instruction,
        input=draft.input,
        output=draft.output,
        strategy="patterns",
        category=draft.category,
        kind=draft.kind,
        target=DEFAULT_TARGET,
        skeleton=shape,
        lineage=recipe.lineage,
        mined=False,
        provenance=(
            Provenance(
                source="generated",
                revision=VERSION,
                path=recipe.make.__module__.removeprefix("algorand_coder.").replace(".", "/") + ".py",
                licence="MIT",
                tier="generated",
            ),
        ),
    )
