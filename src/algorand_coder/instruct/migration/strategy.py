"""The migration strategy: every pair is one description, written in an old dialect and in the current one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from algorand_coder.instruct.migration import features, legacy, phrasing, programs, sdk, utils10
from algorand_coder.instruct.migration import legacy_apps as _legacy_apps  # noqa: F401  (registers its steps)
from algorand_coder.instruct.migration import sdk_reading as _sdk_reading  # noqa: F401  (registers its steps)
from algorand_coder.instruct.migration.python_dialects import Beaker, PyTeal
from algorand_coder.instruct.migration.typescript_dialects import AlgorandTypeScript, TealScript
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.spread import first_of_each, spread
from algorand_coder.instruct.strategy import Material, Trial, made_by
from algorand_coder.records import DEFAULT_TARGET, Candidate, Category, Kind, Outcome, Pair, digest
from algorand_coder.syntax import skeleton

NAME = "migration"
PER_SKELETON = 2
SPARE = 2.5
"""Programs drawn for each one wanted, of which those are kept that are least alike."""
CLIENT_PURPOSES = ("It is there to {}.", "Its purpose: {}.", "The code has to {}.", "What it does: {}.")
CONTRACT_PURPOSES = ("The contract {}.", "In short, it {}.", "It {}.", "For context: the contract {}.")
MISSES = 60
"""Draws in a row without a new program after which a direction is exhausted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Both sides of one migration."""

    old: Candidate | None
    """``None`` where no tool here judges the old language."""
    shown: str
    purposes: tuple[str, ...]
    """Sentences that say what the code does."""
    output: str
    kind: Kind
    target: str
    category: Category
    must: tuple[str, ...] = ()
    """Sentences that every request carries: what callers would notice."""


@dataclass(frozen=True, slots=True)
class Route:
    """From one language or API to another."""

    name: str
    old: str
    new: str
    language: str
    notes: tuple[programs.Note, ...]
    share: int
    make: Callable[[Dice, int], Draft]
    wanted: Outcome = Outcome.PASSED
    """What the verifier says of the old side."""


def _client(direction: programs.Direction, share: int) -> Route:
    def make(dice: Dice, number: int) -> Draft:
        drawn = programs.draw(direction, dice, number)
        old, new = drawn.code
        candidate = Candidate.single(old, Kind.CLIENT, direction.targets[0])
        purposes = tuple(frame.format(drawn.goal) for frame in CLIENT_PURPOSES)
        return Draft(candidate, old, purposes, new, Kind.CLIENT, direction.targets[1], drawn.category)

    wanted = Outcome.FAILED if direction.refused else Outcome.PASSED
    return Route(direction.name, direction.old, direction.new, "ts", direction.notes, share, make, wanted)


def _contract(dialect: type[TealScript | PyTeal], language: str, share: int, *notes: programs.Note) -> Route:
    def make(dice: Dice, number: int) -> Draft:
        model = features.draw(dice, boxes=language == "ts")
        output = AlgorandTypeScript(explicit=dice.chance(0.5)).write(model)
        shown = dialect().write(model)
        candidate = Candidate.single(shown, Kind.TEALSCRIPT) if language == "ts" else None
        purposes = tuple(frame.format(listed(model.about)) for frame in CONTRACT_PURPOSES)
        category = Category.STATE if model.maps else Category.CONTRACTS
        return Draft(candidate, shown, purposes, output, Kind.CONTRACT, DEFAULT_TARGET, category, moved(shown, output))

    return Route(dialect.__name__.lower(), dialect.title, "Algorand TypeScript", language, notes, share, make)


def moved(shown: str, output: str) -> tuple[str, ...]:
    """What changes for callers between two contracts that do the same: calls of the life cycle."""
    if "createApplication" in shown and "createApplication" not in output:
        return ("State gets its initial values where it is declared, so that creation needs no method.",)
    names = ("optInToApplication", "deleteApplication")
    cycle = [f"`{name}`" for name in names if name in output and name not in shown]
    return (f"Bare actions become the method{'s' * (len(cycle) > 1)} {listed(cycle)}.",) if cycle else ()


_CAMEL = (
    ("Names become camel case.", r"[a-z]_[a-z]"),
    ("Use camel case for all names.", r"[a-z]_[a-z]"),
    ("Local state stays local state.", r"[Ll]ocal(?:_?[Ss]tate|Put|Get)"),
)
ROUTES = (
    _client(sdk.DIRECTION, 20),
    _client(legacy.DIRECTION, 20),
    _client(utils10.DIRECTION, 18),
    _contract(TealScript, "ts", 18),
    _contract(PyTeal, "python", 12, *_CAMEL),
    _contract(Beaker, "python", 12, *_CAMEL),
)


class MigrationStrategy:
    """Old code → the same in the current API or language."""

    name = NAME

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """At most ``config.max_pairs`` trials that are least alike, half of them in equal shares for all routes.

        Programs of accepted shapes are left out.
        """
        shapes = Counter(pair.skeleton for pair in material.accepted)
        wishes = sum(route.share for route in ROUTES)
        drafts: list[tuple[Route, int, Draft]] = []
        for route in ROUTES:
            drafts += draw(route, seed, int(SPARE * route.share * config.max_pairs) // wishes, shapes)
        few = first_of_each((route.name for route, _, _ in drafts), config.max_pairs // (2 * len(ROUTES)))
        for place in spread([draft.output for _, _, draft in drafts], config.max_pairs, few):
            route, number, draft = drafts[place]
            yield trial_of(route, draft, Dice(seed, NAME, route.name, number, "words"))


def draw(route: Route, seed: int, count: int, shapes: Counter[str]) -> list[tuple[Route, int, Draft]]:
    """Up to ``count`` drafts of a route whose outputs differ in shape; counts them in ``shapes``."""
    found: list[tuple[Route, int, Draft]] = []
    seen: set[str] = set()
    number, missed = 0, 0
    while len(found) < count and missed < MISSES:
        number += 1
        missed += 1
        try:
            draft = route.make(Dice(seed, NAME, route.name, number), number)
        except Unfit:
            continue
        shape = skeleton(draft.output)
        if shapes[shape] < PER_SKELETON and draft.output not in seen and not touched(draft.output):
            seen.add(draft.output)
            shapes[shape] += 1
            missed = 0
            found.append((route, number, draft))
    return found


def trial_of(route: Route, draft: Draft, dice: Dice) -> Trial:
    """The trial that asks for the new side, given the old one."""
    notes = tuple(sentence for sentence, mark in route.notes if re.search(mark, draft.shown))
    pair = Pair(
        id=digest([NAME, route.name, draft.shown, draft.output])[:24],
        instruction=phrasing.request(dice, route.old, route.new, draft.purposes, notes, must=draft.must),
        input=phrasing.shown(dice, route.old, draft.shown, route.language),
        output=draft.output,
        strategy=NAME,
        category=draft.category,
        kind=draft.kind,
        target=draft.target,
        skeleton=skeleton(draft.output),
        lineage=f"migration/{route.name}/{skeleton(draft.output)[:8]}",
        mined=False,
        provenance=(made_by(NAME, route.name),),
    )
    return Trial(pair, draft.old, route.wanted)
