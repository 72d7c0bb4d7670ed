"""Records in box maps: create, read, change, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import Guard, extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article, listed
from algorand_coder.instruct.patterns.typescript import block, braces, join
from algorand_coder.instruct.patterns.words import THINGS, Thing
from algorand_coder.records import Category

FAMILY = Family("contract_state")
STATE = Category.STATE

KEYS = {
    "number": ("uint64", "id"),
    "consecutive number": ("uint64", "id"),
    "account": ("Account", "owner"),
    "code": ("string", "code"),
}
"""How records are told apart → type and name of the key."""


def record_type(name: str, fields: Sequence[tuple[str, str, str]], dice: Dice) -> str:
    """A type alias for a record, on one line where it is short."""
    one_line = f"type {name} = {{ " + "; ".join(f"{n}: {t}" for n, t, _ in fields) + " }"
    if len(one_line) <= 80 and dice.chance(0.6):
        return one_line
    return block(f"type {name} =", "\n".join(f"{n}: {t}" for n, t, _ in fields))


@dataclass
class Registry:
    """A contract of records in the making."""

    dice: Dice
    thing: Thing
    by: str
    """A key of :data:`KEYS`."""
    access: Guard
    piece: Piece

    @property
    def record(self) -> str:
        """Name of the record's type."""
        return self.thing.one.capitalize()

    @property
    def own(self) -> bool:
        """Whether callers work on the record of their own account."""
        return self.by == "account"

    @property
    def key(self) -> str:
        """Name of the key parameter."""
        return KEYS[self.by][1]

    @property
    def key_parameter(self) -> str:
        """Declaration of the key parameter."""
        return f"{self.key}: {KEYS[self.by][0]}"

    @property
    def entry(self) -> str:
        """The box a changing method works on."""
        return f"this.{self.thing.many}({'Txn.sender' if self.own else self.key})"

    @property
    def looked_up(self) -> str:
        """The box a reading method works on."""
        return f"this.{self.thing.many}({self.key})"

    def parameters(self, *more: str) -> str:
        """Parameters of a changing method: the key, unless it is the caller's account, and ``more``."""
        return ", ".join([*([] if self.own else [self.key_parameter]), *more])

    def mine(self) -> str:
        """``a book`` or ``the caller's book``."""
        return f"the caller's {self.thing.one}" if self.own else article(self.thing.one)


def add_creation(registry: Registry) -> None:
    """The method that stores a record."""
    dice, thing, piece, access = registry.dice, registry.thing, registry.piece, registry.access
    fields = ", ".join(f"{n}: {t}" for n, t, _ in thing.fields)
    literal = braces([n for n, _, _ in thing.fields], width=70)
    if registry.by == "consecutive number":
        piece.state.append("nextId = GlobalState<uint64>({ initialValue: 1 })")
        piece.write(
            dice.pick("add", "create", f"add{registry.record}"),
            f"({fields}): uint64",
            f"stores a new {thing.one} and returns its number{only(access)}",
            access.line,
            "const id = this.nextId.value",
            f"{registry.entry}.value = {literal}",
            "this.nextId.value = id + 1",
            "return id",
        )
        return
    unique = dice.chance(0.6)
    piece.write(
        dice.pick("add", "register", f"put{registry.record}"),
        f"({registry.parameters(fields)}): void",
        f"stores {article(thing.one)}"
        + (" for the caller" if registry.own else "")
        + (" and fails when there is one already" if unique else ", replacing any record before")
        + only(access),
        access.line,
        f"assert(!{registry.entry}.exists, 'there is one already')" if unique else "",
        f"{registry.entry}.value = {literal}",
    )


def add_reading(registry: Registry, verbs: Sequence[str]) -> None:
    """Read-only methods."""
    dice, thing, piece = registry.dice, registry.thing, registry.piece
    signature = f"({registry.key_parameter})"
    if "read" in verbs:
        check = f"assert({registry.looked_up}.exists, 'no such {thing.one}')" if dice.chance(0.6) else ""
        name, says = dice.pick("get", f"get{registry.record}", "read"), f"returns a whole {thing.one}"
        piece.read(name, f"{signature}: {registry.record}", says, check, f"return {registry.looked_up}.value")
    if "field" in verbs:
        n, t, w = dice.one(thing.fields)
        name = f"is{n.capitalize()}" if t == "boolean" else f"{n}Of"
        says = f"tells {w}" if t == "boolean" else f"returns the {w} of {article(thing.one)}"
        piece.read(name, f"{signature}: {t}", says, f"return {registry.looked_up}.value.{n}")
    if "exists" in verbs:
        name, says = dice.pick("has", "exists", "isKnown"), f"tells whether there is such {article(thing.one)}"
        piece.read(name, f"{signature}: boolean", says, f"return {registry.looked_up}.exists")


def add_changes(registry: Registry, verbs: Sequence[str]) -> None:
    """Methods that change or remove a record."""
    dice, thing, piece, access, entry = registry.dice, registry.thing, registry.piece, registry.access, registry.entry
    missing = f"assert({entry}.exists, 'no such {thing.one}')"
    number, number_words = next(((n, w) for n, t, w in thing.fields if t == "uint64"), ("", ""))
    if "change" in verbs:
        n, t, w = dice.one(thing.fields)
        body = dice.pick(
            join(missing if dice.chance(0.5) else "", f"{entry}.value.{n} = {n}"),
            f"const {thing.one} = clone({entry}.value)\n{thing.one}.{n} = {n}\n{entry}.value = clone({thing.one})",
            f"{missing}\nconst current = clone({entry}.value)\n{entry}.value = {{ ...current, {n} }}",
        )
        what = f"{n} flag" if t == "boolean" else w
        says = f"changes the {what} of {registry.mine()}{only(access)}"
        piece.write(f"set{n.capitalize()}", f"({registry.parameters(f'{n}: {t}')}): void", says, access.line, body)
    if "bump" in verbs and number:
        amount, back = dice.chance(0.5), dice.chance(0.5)
        piece.write(
            dice.pick("increase", f"raise{number.capitalize()}"),
            f"({registry.parameters(*(['amount: uint64'] if amount else []))}): {'uint64' if back else 'void'}",
            f"adds {'an amount' if amount else 'one'} to the {number_words}"
            + (" and returns the result" if back else ""),
            missing if dice.chance(0.6) else "",
            f"{entry}.value.{number} += {'amount' if amount else '1'}",
            f"return {entry}.value.{number}" if back else "",
        )
    if "replace" in verbs and registry.by == "number" and number:
        fields = [f"{n}: {t}" for n, t, _ in thing.fields]
        piece.write(
            "replace",
            f"({registry.parameters(*fields)}): uint64",
            f"replaces {article(thing.one)} and returns the {number_words} it had before{only(access)}",
            access.line,
            # Not a clone of the record: puya 5.10 reads a field of one only where it is used, here after the change.
            f"const previous = {entry}.value.{number}",
            f"{entry}.value = {braces([n for n, _, _ in thing.fields], width=70)}",
            "return previous",
        )
    if "remove" in verbs:
        confirm = dice.chance(0.5)
        says = f"removes {registry.mine()}" + (" and fails when there is none" if confirm else "") + only(access)
        check = missing if confirm else ""
        piece.write(
            dice.pick("remove", "drop"),
            f"({registry.parameters()}): void",
            says,
            access.line,
            check,
            f"{entry}.delete()",
        )


@FAMILY.recipe("box-records", share=24)
def box_records(dice: Dice) -> Draft:
    """A box map of records with a drawn set of methods."""
    thing = dice.one(THINGS)
    by = dice.weighted([("number", 34), ("consecutive number", 26), ("account", 22), ("code", 18)])
    record = thing.one.capitalize()
    prefix = dice.pick(thing.one[0], thing.one[:2], thing.many[:1].upper())
    piece = Piece(
        f"keeps {thing.many} in boxes, one record for each {by}, with {listed([w for _, _, w in thing.fields])}",
        [f"{thing.many} = BoxMap<{KEYS[by][0]}, {record}>({{ keyPrefix: '{prefix}' }})"],
        types=[record_type(record, thing.fields, dice)],
    )
    registry = Registry(dice, thing, by, guard(dice, free=22), piece)
    verbs = dice.some(["read", "field", "change", "bump", "remove", "exists", "replace"], 2, 4)
    add_creation(registry)
    add_reading(registry, verbs)
    add_changes(registry, verbs)
    used = any(registry.access.line and registry.access.line in m.body for m in piece.methods)
    names = (thing.place, f"{record}Registry", f"{record}Book", f"{thing.place}Records")
    return contract_draft(dice, names, [piece, *(extras(dice, registry.access) if used else [])], STATE)
