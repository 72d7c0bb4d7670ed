"""Small changes to code, found on its syntax tree: what repair breaks and edit adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from algorand_coder.syntax import parse


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


Edits = tuple[Edit, ...]
"""One change; its edits do not overlap."""


class Source:
    """Code with its syntax tree."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.raw = code.encode()
        self.root = parse(code).root_node

    @cached_property
    def _by_type(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            found.setdefault(node.type, []).append(node)
            waiting += reversed(node.children)
        return found

    def all(self, *types: str) -> list[Node]:
        """Every node of the given types, in the order of the code."""
        found = [node for kind in types for node in self._by_type.get(kind, ())]
        return sorted(found, key=lambda node: node.start_byte) if len(types) > 1 else found

    def text(self, node: Node) -> str:
        """The code of ``node``."""
        return self.raw[node.start_byte : node.end_byte].decode()

    def field(self, node: Node, name: str) -> str:
        """The code of a field of ``node``; empty where it has none."""
        found = node.child_by_field_name(name)
        return self.text(found) if found is not None else ""

    def apply(self, edits: Sequence[Edit]) -> str:
        """The code after ``edits``."""
        raw = self.raw
        for edit in sorted(edits, key=lambda edit: -edit.start):
            raw = raw[: edit.start] + edit.text.encode() + raw[edit.end :]
        return raw.decode()

    def calls(self) -> Iterator[tuple[Node, str, Node]]:
        """Every call with the code of its function and its argument list."""
        for node in self.all("call_expression"):
            arguments = node.child_by_field_name("arguments")
            if arguments is not None and arguments.type == "arguments":
                yield node, self.field(node, "function"), arguments


def swap(node: Node, text: str) -> Edits:
    """``node`` becomes ``text``."""
    return (Edit(node.start_byte, node.end_byte, text),)


def only_argument(arguments: Node) -> Node | None:
    """The argument of a call that has exactly one."""
    given = arguments.named_children
    return given[0] if len(given) == 1 else None
