"""A small language for contracts that every dialect can say: state, methods, statements, expressions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression: an operation with its operands. ``kind`` decides what ``name`` and ``of`` mean."""

    kind: str
    name: str = ""
    of: tuple[Expr, ...] = ()


SENDER, CREATOR, ADDRESS = Expr("sender"), Expr("creator"), Expr("address")
ROUND, TIME = Expr("round"), Expr("time")


def number(value: int) -> Expr:
    """A literal."""
    return Expr("number", str(value))


def truth(value: bool) -> Expr:
    """``true`` or ``false``."""
    return Expr("truth", "true" if value else "false")


def param(name: str) -> Expr:
    """A parameter of the method."""
    return Expr("param", name)


def local(name: str) -> Expr:
    """A constant that :class:`Let` made."""
    return Expr("local", name)


def state(name: str) -> Expr:
    """The value of a global field."""
    return Expr("state", name)


def entry(name: str, key: Expr) -> Expr:
    """The value of a map at ``key``, which must exist."""
    return Expr("entry", name, (key,))


def entry_or_zero(name: str, key: Expr) -> Expr:
    """The value of a map at ``key``, or 0."""
    return Expr("entry_or_zero", name, (key,))


def has(name: str, key: Expr) -> Expr:
    """Whether a map has an entry at ``key``."""
    return Expr("has", name, (key,))


def payment(name: str, what: str) -> Expr:
    """``amount``, ``receiver`` or ``sender`` of a payment that is passed as a parameter."""
    return Expr("payment", what, (param(name),))


def op(left: Expr, operator: str, right: Expr) -> Expr:
    """Arithmetic or a comparison, as TypeScript writes the operator."""
    return Expr("op", operator, (left, right))


def no(value: Expr) -> Expr:
    """Logical negation."""
    return Expr("no", "", (value,))


@dataclass(frozen=True, slots=True)
class Check:
    """Fail with ``message`` unless ``condition``."""

    condition: Expr
    message: str


@dataclass(frozen=True, slots=True)
class Let:
    """A constant number."""

    name: str
    value: Expr


@dataclass(frozen=True, slots=True)
class Set:
    """Assign to a global field, or to a map where ``key`` is given."""

    name: str
    value: Expr
    key: Expr | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Delete an entry of a map."""

    name: str
    key: Expr


@dataclass(frozen=True, slots=True)
class Pay:
    """An inner payment, its fee paid by the caller."""

    receiver: Expr
    amount: Expr


@dataclass(frozen=True, slots=True)
class When:
    """Statements that run only when ``condition`` holds."""

    condition: Expr
    body: tuple[Statement, ...]


Statement = Check | Let | Set | Drop | Pay | When


@dataclass(frozen=True, slots=True)
class Field:
    """Global state. ``kind`` is ``uint64``, ``boolean``, ``string`` or ``account``."""

    name: str
    kind: str
    start: Expr | None = None
    """Value at creation."""


@dataclass(frozen=True, slots=True)
class Map:
    """Numbers by account, in boxes, or in local state where ``boxes`` is false."""

    name: str
    prefix: str
    boxes: bool = True


@dataclass(frozen=True, slots=True)
class Method:
    """An ABI method; ``result`` gives ``returns``."""

    name: str
    params: tuple[tuple[str, str], ...]
    """Names with kinds: those of fields, or ``payment``."""
    body: tuple[Statement, ...] = ()
    result: Expr | None = None
    returns: str = ""
    readonly: bool = False


@dataclass
class Model:
    """A contract."""

    name: str
    about: list[str] = field(default_factory=list)
    """What it does, third person, one phrase a feature."""
    fields: list[Field] = field(default_factory=list)
    maps: list[Map] = field(default_factory=list)
    methods: list[Method] = field(default_factory=list)
    deletable: bool = False
    """Whether the creator may delete the application."""

    @property
    def opts_in(self) -> bool:
        """Whether accounts must opt in."""
        return any(not each.boxes for each in self.maps)
