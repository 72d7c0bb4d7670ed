"""A contract as an editor sees it: its state, its methods, who may do what, and where new code goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tree_sitter import Node

from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import ALGO_TS, code, contract_module, inner
from algorand_coder.instruct.rewriting import Edit, Source

_CONVENTIONAL = re.compile(r"(?:create|update|delete|optInTo|closeOutOf|clearState)Application$|clearState$")
_OFFICE = re.compile(r"assert\(Txn\.sender === this\.(owner|admin|manager|operator|keeper)\.value, '[^']+'\)")
_CREATOR = re.compile(r"assert\(Txn\.sender === Global\.creatorAddress, '[^']+'\)")


@dataclass(frozen=True, slots=True)
class State:
    """A state field."""

    name: str
    store: str
    """``GlobalState``, ``BoxMap``, …"""
    types: tuple[str, ...]
    node: Node


@dataclass(frozen=True, slots=True)
class Method:
    """A method with a body."""

    name: str
    params: tuple[tuple[str, str], ...]
    returns: str
    decorators: str
    private: bool
    node: Node
    body: Node

    @property
    def readonly(self) -> bool:
        """Whether it promises to change nothing."""
        return "readonly" in self.decorators

    @property
    def ordinary(self) -> bool:
        """A public method that anybody calls in the life of the application and that may change state."""
        special = "onCreate" in self.decorators or "allowActions" in self.decorators or "bare" in self.decorators
        return not (self.private or self.readonly or special or _CONVENTIONAL.match(self.name))

    def uints(self) -> list[str]:
        """Names of the parameters that are plain numbers."""
        return [name for name, kind in self.params if kind == "uint64"]


@dataclass
class Change:
    """What is asked for, and the edits that do it."""

    goals: tuple[str, ...]
    """Infinitive phrases that say the change without naming anything in the code."""
    details: list[str] = field(default_factory=list)
    """Sentences with the names that the answer must use."""
    edits: list[Edit] = field(default_factory=list)


class Contract:
    """The one class of a contract file. Raises ``Unfit`` for files of another shape."""

    def __init__(self, text: str) -> None:
        self.source = Source(text)
        imports = [self.source.text(node) for node in self.source.all("import_statement")]
        classes = self.source.all("class_declaration")
        if len(classes) != 1 or len(imports) != 1 or f"'{ALGO_TS}'" not in imports[0]:
            raise Unfit
        body = classes[0].child_by_field_name("body")
        if body is None or "extends Contract" not in self.source.text(classes[0]):
            raise Unfit
        self.node, self.body = classes[0], body
        self.name = self.source.field(classes[0], "name")
        self.explicit = "@abimethod()" in text
        self.readonly_mark = "@readonly" if "@readonly" in text else "@abimethod({ readonly: true })"

    @cached_property
    def states(self) -> list[State]:
        """All state fields, in order."""
        found = []
        for node in self.body.named_children:
            match = re.search(r"^(\w+) = (\w+)<(.+?)>\(", self.source.text(node))
            if node.type == "public_field_definition" and match:
                types = tuple(part.strip() for part in match[3].split(", ", 1))
                found.append(State(match[1], match[2], types, node))
        return found

    @cached_property
    def methods(self) -> list[Method]:
        """All methods, in order."""
        found, decorators = [], ""
        for node in self.body.named_children:
            if node.type == "decorator":
                decorators += self.source.text(node)
                continue
            body = node.child_by_field_name("body")
            if node.type == "method_definition" and body is not None:
                given = node.child_by_field_name("parameters")
                params = tuple(
                    (self.source.field(each, "pattern"), self.source.field(each, "type").removeprefix(": "))
                    for each in (given.named_children if given is not None else [])
                    if each.type == "required_parameter"
                )
                private = self.source.text(node).startswith(("private", "protected"))
                returns = self.source.field(node, "return_type").removeprefix(": ")
                name = self.source.field(node, "name")
                found.append(Method(name, params, returns, decorators, private, node, body))
            decorators = ""
        return found

    def one(self, dice: Dice, fits: Callable[[Method], bool] = lambda method: True) -> Method:
        """An ordinary method that ``fits``. Raises ``Unfit`` where there is none."""
        found = [method for method in self.methods if method.ordinary and fits(method)]
        if not found:
            raise Unfit
        return dice.one(found)

    def globals_of(self, *types: str) -> list[State]:
        """Global state fields of one of ``types``."""
        return [state for state in self.states if state.store == "GlobalState" and state.types[0] in types]

    def fresh(self, *names: str) -> None:
        """Raise ``Unfit`` where one of ``names`` is in use anywhere in the file."""
        if any(re.search(rf"\b{name}\b", self.source.code) for name in names):
            raise Unfit

    def prefix(self, *options: str) -> str:
        """The first of ``options`` under which no box of this contract lies. Raises ``Unfit`` where all are taken."""
        taken = re.findall(r"(?:keyPrefix|key): '([^']*)'", self.source.code)
        for option in options:
            if not any(each.startswith(option) or option.startswith(each) for each in taken):
                return option
        raise Unfit

    @cached_property
    def guard(self) -> tuple[str, str]:
        """The statement that lets only the one in charge pass, as this contract writes it, and who that is."""
        for method in self.methods:
            match = re.fullmatch(r"only([A-Z]\w+)", method.name)
            if method.private and match and not method.params:
                return f"this.{method.name}()", f"the {match[1][0].lower()}{match[1][1:]}"
        if match := re.search(r"^function (\w*Creator)\(\): void", self.source.code, re.MULTILINE):
            return f"{match[1]}()", "the creator"
        if match := _OFFICE.search(self.source.code):
            return match[0], f"the {match[1]}"
        if match := _CREATOR.search(self.source.code):
            return match[0], "the creator"
        return "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')", "the creator"

    def add_state(self, *lines: str) -> Edit:
        """New state after the last field."""
        if self.states:
            first, place = self.states[0].node.start_byte, self.states[-1].node.end_byte
            gap = "\n\n  " if b"\n\n" in self.source.raw[first:place] else "\n  "
            return Edit(place, place, "".join(f"{gap}{line}" for line in lines))
        place = self.body.start_byte + 1
        return Edit(place, place, "".join(f"\n  {line}" for line in lines) + "\n")

    def add_methods(self, *methods: str) -> Edit:
        """New methods at the end of the class."""
        place = self.body.end_byte - 1
        while self.source.raw[place - 1 : place].isspace():
            place -= 1
        return Edit(place, place, "".join(f"\n\n{inner(method)}" for method in methods))

    def add_above(self, text: str) -> Edit:
        """A type, constant or function before the class."""
        outer = self.node.parent
        exported = outer is not None and outer.type == "export_statement"
        place = outer.start_byte if exported and outer is not None else self.node.start_byte
        return Edit(place, place, f"{text}\n\n")

    def first(self, method: Method, *statements: str) -> Edit:
        """``statements`` before everything else in ``method``."""
        place = method.body.start_byte + 1
        text = "".join(f"\n    {statement}" for statement in statements)
        return Edit(place, place, text if method.body.named_children else f"{text}\n  ")

    def last(self, method: Method, *statements: str) -> Edit:
        """``statements`` at the end of ``method``, before its result. Raises ``Unfit`` for early returns."""
        returns = [node for node in self.source.all("return_statement") if _inside(node, method.body)]
        children = method.body.named_children
        if not children or len(returns) > 1 or (returns and children[-1] != returns[0]):
            raise Unfit
        if returns:
            return Edit(returns[0].start_byte, returns[0].start_byte, "".join(f"{s}\n    " for s in statements))
        place = children[-1].end_byte
        return Edit(place, place, "".join(f"\n    {statement}" for statement in statements))

    def method(self, head: str, *lines: str, readonly: bool = False, decorator: str = "") -> str:
        """A public method in this contract's style."""
        mark = decorator or (self.readonly_mark if readonly else "@abimethod()" if self.explicit else "")
        body = "\n".join(f"  {line}" if line else "" for line in code("\n".join(lines)).split("\n"))
        return (f"{mark}\n" if mark else "") + f"{head} {{\n{body}\n}}"

    def rename(self, old: str, new: str) -> list[Edit]:
        """``old`` becomes ``new`` wherever it names a member of this class."""
        self.fresh(new)
        found = [
            node
            for node in self.source.all("property_identifier")
            if self.source.text(node) == old and self._is_member(node)
        ]
        return [Edit(node.start_byte, node.end_byte, new) for node in found]

    def _is_member(self, node: Node) -> bool:
        holder = node.parent
        if holder is None:
            return False
        if holder.type in {"public_field_definition", "method_definition"}:
            return True
        return holder.type == "member_expression" and self.source.field(holder, "object") == "this"

    def changed(self, edits: Sequence[Edit]) -> str:
        """The file after ``edits``, with the imports that it needs now."""
        after = Source(self.source.apply(edits))
        statement = after.all("import_statement")[0]
        return contract_module(after.apply([Edit(statement.start_byte, statement.end_byte, "")]))


def _inside(node: Node, outer: Node) -> bool:
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte
