"""The table of changes that somebody may ask for; the modules beside this one fill it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from algorand_coder.instruct.edit.contract import Change, Contract
from algorand_coder.instruct.patterns.dice import Dice

Maker = Callable[[Contract, Dice], Change]
MODULES = ("access", "additions", "limits", "refactoring")


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of change. ``make`` raises ``Unfit`` for contracts that it means nothing for."""

    name: str
    make: Maker


class Table:
    """Operators of one module."""

    def __init__(self) -> None:
        self.operators: list[Operator] = []

    def operator(self, name: str) -> Callable[[Maker], Maker]:
        """Register a change under its short, stable ``name``."""

        def register(make: Maker) -> Maker:
            self.operators.append(Operator(name, make))
            return make

        return register


@cache
def operators() -> tuple[Operator, ...]:
    """All operators, in a fixed order."""
    return tuple(each for name in MODULES for each in import_module(f"{__package__}.{name}").TABLE.operators)
