"""Applications that client programs talk to (``apps.yaml``): their methods and state in ABI and TypeScript terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from algorand_coder.instruct.patterns.base import Arg
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.words import read_yaml

TS_TYPES = {
    "uint64": "bigint",
    "uint8": "number",
    "string": "string",
    "address": "string",
    "bool": "boolean",
    "byte[]": "Uint8Array",
    "uint64[]": "bigint[]",
    "string[]": "string[]",
    "void": "void",
    "(string,uint64)": "[string, bigint]",
    "(uint64,uint64)": "[bigint, bigint]",
    "(string,bool)": "[string, boolean]",
}
"""What algokit-utils takes and gives for an ABI type."""


@dataclass(frozen=True, slots=True)
class Param:
    """An ABI argument."""

    name: str
    abi: str
    says: str
    demo: str

    @property
    def arg(self) -> Arg:
        """As a parameter of generated code."""
        return Arg(self.name, TS_TYPES[self.abi], self.says, self.demo)


@dataclass(frozen=True, slots=True)
class AbiMethod:
    """An ABI method of an application."""

    name: str
    params: tuple[Param, ...]
    returns: str
    goal: str
    """Infinitive phrase without the method's name."""
    returning: str = ""
    pays: bool = False
    """True when its first argument is a payment to the application."""
    inner: int = 0
    """Inner transactions it makes, whose fees the caller covers."""

    @property
    def signature(self) -> str:
        """ABI signature: ``name(args)returns``."""
        types = (["pay"] if self.pays else []) + [param.abi for param in self.params]
        return f"{self.name}({','.join(types)}){self.returns}"

    @property
    def shown(self) -> str:
        """How a contract's source would show it."""
        parts = (["payment: pay"] if self.pays else []) + [f"{p.name}: {p.abi}" for p in self.params]
        return f"{self.name}({', '.join(parts)}): {self.returns}"


@dataclass(frozen=True, slots=True)
class Key:
    """A state key or a map of an application."""

    name: str
    type: str
    """TypeScript type after decoding."""
    says: str
    key_type: str = ""
    """For a map: the TypeScript type of its key."""
    abi: str = ""
    """ABI type of the value."""


@dataclass(frozen=True, slots=True)
class App:
    """An application of a story."""

    name: str
    noun: str
    methods: tuple[AbiMethod, ...]
    globals: tuple[Key, ...]
    locals: tuple[Key, ...]
    boxes: tuple[Key, ...]


def _app(entry: dict[str, Any]) -> App:
    methods = [
        {**each, "params": tuple(Param(*param) for param in each.get("params", ()))} for each in entry["methods"]
    ]
    keys = {place: tuple(Key(*row) for row in entry[place]) for place in ("globals", "locals", "boxes")}
    return App(entry["name"], entry["noun"], tuple(AbiMethod(**method) for method in methods), **keys)


APPS = tuple(_app(entry) for entry in read_yaml("apps.yaml"))


def app_and_method(
    dice: Dice, *, pays: bool | None = None, inner: bool | None = None, returns: bool | None = None
) -> tuple[App, AbiMethod]:
    """An application and one of its methods with the wanted traits."""
    found = [
        (app, method)
        for app in APPS
        for method in app.methods
        if (pays is None or method.pays == pays)
        and (inner is None or bool(method.inner) == inner)
        and (returns is None or (method.returns != "void") == returns)
    ]
    return dice.one(found)
