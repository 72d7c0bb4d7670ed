"""What a pattern is made of: a family registers recipes, a recipe turns dice into a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.records import Category, Kind


class Unfit(Exception):
    """Raised by a recipe whose draws do not fit together; the next draw may."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An instruction pair before it has an id and a verdict."""

    instruction: str
    input: str
    output: str
    category: Category
    kind: Kind = Kind.CLIENT


@dataclass(frozen=True, slots=True)
class Arg:
    """A parameter of a generated function."""

    name: str
    type: str
    says: str = ""
    """Noun phrase for the instruction: ``the address that gets paid``."""
    demo: str = ""
    """Expression that stands for it in a script; empty where a script makes no sense."""
    optional: bool = False

    @property
    def declaration(self) -> str:
        """As written in a parameter list or an interface."""
        return f"{self.name}{'?' if self.optional else ''}: {self.type}"


ALGORAND = Arg("algorand", "AlgorandClient", "the Algorand client")


@dataclass
class Task:
    """What a piece of client code does, independent of the shape (function, class, script) it is put into."""

    goals: tuple[str, ...]
    """Infinitive phrases, each saying the whole task: ``send 2 Algo to the supplier``."""
    names: tuple[str, ...]
    """Function names that fit."""
    args: list[Arg]
    body: str
    """Statements without the final return."""
    result: str = ""
    """Expression that is returned."""
    returns: str = "void"
    """Type of ``result``."""
    returning: tuple[str, ...] = ()
    """Noun phrases for what is returned."""
    details: list[str] = field(default_factory=list)
    """Further sentences that the code honours and the instruction must state."""
    declarations: str = ""
    """Types, constants or helpers that precede the function."""
    context: str = ""
    """Material that the instruction's input may show."""
    needs: str = ""
    """A name of the outside world (method, state key) that the request must mention, in words or by ``context``."""
    client: Arg | None = ALGORAND
    """The first parameter: what the code reaches the network with."""
    sync: bool = False
    scriptable: bool = True
    """False where the body returns early, which a script cannot."""


Maker = Callable[[Dice], Draft]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One variation class of a family."""

    family: str
    name: str
    make: Maker
    share: int
    """How many pairs it should yield relative to other recipes."""

    @property
    def lineage(self) -> str:
        """Identity that a benchmark problem must never share."""
        return f"patterns/{self.family}/{self.name}"


@dataclass
class Family:
    """A named group of recipes; one module each."""

    name: str
    recipes: list[Recipe] = field(default_factory=list)

    def recipe(self, name: str, share: int = 10) -> Callable[[Maker], Maker]:
        """Register a recipe.

        Raises ``ValueError`` when the benchmark has reserved the task.
        """

        def register(make: Maker) -> Maker:
            recipe = Recipe(self.name, name, make, share)
            refuse_reserved(recipe.lineage)
            self.recipes.append(recipe)
            return make

        return register


@dataclass(frozen=True, slots=True)
class Reserved:
    """A task family that belongs to the benchmark alone."""

    id: str
    about: str
    marks: tuple[str, ...]
    """Regular expressions; code that matches all of them works on this task."""


@cache
def reserved_families() -> tuple[Reserved, ...]:
    """The families that no generator may touch, from ``data/config/reserved_families.yaml``."""
    text = (resources.files("algorand_coder") / "data/config/reserved_families.yaml").read_text(encoding="utf-8")
    return tuple(
        Reserved(entry["id"], entry["about"], tuple(entry["marks"])) for entry in yaml.safe_load(text)["families"]
    )


def refuse_reserved(lineage: str) -> None:
    """Raise ``ValueError`` when the last part of ``lineage`` names a reserved family."""
    name = lineage.rsplit("/", 1)[-1]
    if name in {family.id for family in reserved_families()}:
        raise ValueError(f"pattern {lineage!r}: the task family {name!r} is reserved for the benchmark")
