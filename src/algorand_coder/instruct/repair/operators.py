"""What a mutation operator is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from algorand_coder.instruct.rewriting import Edits, Source
from algorand_coder.records import CONTRACT_KINDS, Kind

Finder = Callable[[Source], Iterator[Edits]]
MODULES = ("clients", "client_names", "contracts", "contract_names")


@dataclass(frozen=True, slots=True)
class Operator:
    """One mistake that models make. ``find`` yields every single way of making it in a piece of code."""

    name: str
    contract: bool
    """For contracts and logic signatures; otherwise for clients."""
    find: Finder

    def fits(self, kind: Kind) -> bool:
        """Whether the mistake belongs to this kind of code."""
        return self.contract == (kind in CONTRACT_KINDS)


class Table:
    """Operators of one module, registered by :meth:`operator`."""

    def __init__(self, *, contract: bool) -> None:
        self.contract = contract
        self.operators: list[Operator] = []

    def operator(self, name: str) -> Callable[[Finder], Finder]:
        """Register a mistake under its short, stable ``name``."""

        def register(find: Finder) -> Finder:
            self.operators.append(Operator(name, self.contract, find))
            return find

        return register


@cache
def operators() -> tuple[Operator, ...]:
    """All operators, in a fixed order."""
    return tuple(each for name in MODULES for each in import_module(f"{__package__}.{name}").TABLE.operators)
