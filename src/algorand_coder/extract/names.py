"""Which names code uses, binds and leaves free, read off a syntax tree by one query in C.

A name counts as bound in a span when anything inside the span binds it: scopes inside are not told apart.
That is enough to find what a declaration needs from outside, and costs two binary searches a declaration.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor

from algorand_coder.syntax.parsing import query

_BINDINGS = """
(variable_declarator name: (identifier) @bind)
(shorthand_property_identifier_pattern) @bind
(array_pattern (identifier) @bind)
(pair_pattern value: (identifier) @bind)
(rest_pattern (identifier) @bind)
(assignment_pattern left: (identifier) @bind)
(required_parameter pattern: (identifier) @bind)
(optional_parameter pattern: (identifier) @bind)
(arrow_function parameter: (identifier) @bind)
(catch_clause parameter: (identifier) @bind)
(for_in_statement kind: _ left: (identifier) @bind)
(index_signature name: (identifier) @bind)
(function_declaration name: (identifier) @bind)
(generator_function_declaration name: (identifier) @bind)
(function_signature name: (identifier) @bind)
(function_expression name: (identifier) @bind)
(class_declaration name: (type_identifier) @bind)
(abstract_class_declaration name: (type_identifier) @bind)
(class name: (type_identifier) @bind)
(interface_declaration name: (type_identifier) @bind)
(type_alias_declaration name: (type_identifier) @bind)
(enum_declaration name: (identifier) @bind)
(internal_module name: (identifier) @bind)
(type_parameter name: (type_identifier) @bind)
(mapped_type_clause name: (type_identifier) @bind)
(infer_type (type_identifier) @bind)
(import_clause (identifier) @bind)
(import_specifier !alias name: (identifier) @bind)
(import_specifier alias: (identifier) @bind)
(namespace_import (identifier) @bind)
(import_specifier name: (identifier) @skip)
(nested_type_identifier name: (type_identifier) @skip)
(export_specifier alias: (identifier) @skip)
"""
_REFERENCES = "[(identifier) (type_identifier) (shorthand_property_identifier)] @use"
_MEASURES = """
[(if_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (switch_case)
 (catch_clause) (ternary_expression)] @branch
(binary_expression operator: ["&&" "||" "??"]) @branch
(comment) @comment
"""
_PATTERN = _BINDINGS + _REFERENCES + _MEASURES


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Positions (bytes) of names, branches and comments of one tree, sorted."""

    used: list[tuple[int, str]]
    bound: list[tuple[int, str]]
    branches: list[int]
    comments: list[tuple[int, int]]

    def free(self, start: int, end: int) -> set[str]:
        """Names used and not bound between byte ``start`` and byte ``end``."""
        return self._between(self.used, start, end) - self._between(self.bound, start, end)

    def complexity(self, start: int, end: int) -> int:
        """Cyclomatic complexity after McCabe (1976): decision points + 1."""
        return bisect_left(self.branches, end) - bisect_left(self.branches, start) + 1

    def comments_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Byte spans of the comments that begin in the span."""
        return self.comments[bisect_left(self.comments, (start, 0)) : bisect_left(self.comments, (end, 0))]

    @staticmethod
    def _between(names: list[tuple[int, str]], start: int, end: int) -> set[str]:
        return {name for _, name in names[bisect_left(names, (start, "")) : bisect_left(names, (end, ""))]}


def index_names(root: Node, language: str = "ts") -> NameIndex:
    """The name index of the tree under ``root``."""
    found = QueryCursor(query(language, _PATTERN)).captures(root)
    bound = [(node.start_byte, _text(node)) for node in found.get("bind", [])]
    skipped = {node.start_byte for node in found.get("skip", [])}
    skipped.update(position for position, _ in bound)
    used = [(node.start_byte, _text(node)) for node in found.get("use", []) if node.start_byte not in skipped]
    return NameIndex(
        used=sorted(used),
        bound=sorted(bound),
        branches=sorted(node.start_byte for node in found.get("branch", [])),
        comments=sorted((node.start_byte, node.end_byte) for node in found.get("comment", [])),
    )


def _text(node: Node) -> str:
    raw = node.text
    return raw.decode("utf-8", "replace") if raw else ""
