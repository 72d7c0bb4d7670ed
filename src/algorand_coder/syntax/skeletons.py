"""Skeletons: what stays of code when names, literals, comments and formatting are taken away.

Two pieces of code with the same skeleton are the same program shape with other words in it. The token
sequence is that of the leaves of the syntax tree, which determines the tree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Final

from tree_sitter import Node

from algorand_coder.syntax.parsing import comment_spans, grammar, parse

_DESCEND: Final = ""
_SKIP: Final = "skip"

_LITERALS = {
    "string": "str",
    "number": "num",
    "regex": "re",
    "true": "bool",
    "false": "bool",
    "jsx_text": "text",
    "html_character_reference": "text",
    "string_fragment": "str",
    "escape_sequence": "str",
}
_IDENTIFIERS = {
    "identifier",
    "property_identifier",
    "private_property_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
    "statement_identifier",
    "type_identifier",
}
# A semicolon may be left out at the end of a line, so it is formatting; in `for (;;)` it is not.
_DROPPED = {"comment", "html_comment", ";", "hash_bang_line"}
_CLOSERS = frozenset(")]}>")
_WORDS = re.compile(r"\w+|[^\w\s]")


@cache
def _tokens_by_kind(language: str) -> tuple[str, ...]:
    """Token of each node kind: a word for a leaf, ``_DESCEND`` for inner nodes, ``_SKIP`` for what is dropped."""
    known = grammar(language)
    table = []
    for kind in range(known.node_kind_count):
        name = known.node_kind_for_id(kind) or ""
        if name in _DROPPED:
            table.append(_SKIP)
        elif name in _LITERALS and known.node_kind_is_named(kind):
            table.append(_LITERALS[name])
        elif name in _IDENTIFIERS:
            table.append("id")
        elif known.node_kind_is_named(kind):
            table.append(_DESCEND)
        else:
            table.append(name)
    return tuple(table)


def skeleton_tokens(code: str, language: str = "ts") -> tuple[str, ...]:
    """The normalised tokens of ``code``: ``id`` for names, ``str num bool re text`` for literals.

    Keywords, operators and the built-in type names stay. Comments, semicolons that end a statement and
    trailing commas are dropped. Consecutive pieces of one template literal count as one.
    """
    return tokens_of(parse(code, language).root_node, language)


def tokens_of(node: Node, language: str = "ts") -> tuple[str, ...]:
    """As :func:`skeleton_tokens`, of a node at hand."""
    return tuple(_normalised(_leaves(node, language)[1]))


class Leaves:
    """The leaves below one node, read once: skeletons of nodes inside it cost a slice each."""

    def __init__(self, node: Node, language: str = "ts") -> None:
        self._starts, self._tokens = _leaves(node, language)
        self._span = node.start_byte, node.end_byte

    def __contains__(self, node: Node) -> bool:
        return self._span[0] <= node.start_byte and node.end_byte <= self._span[1]

    def skeleton_of(self, node: Node) -> str:
        """As :func:`skeleton_of`, of a node that this contains."""
        first, last = bisect_left(self._starts, node.start_byte), bisect_left(self._starts, node.end_byte)
        return _hash(_normalised(self._tokens[first:last]))


def _leaves(node: Node, language: str) -> tuple[list[int], list[str]]:
    """Start bytes and tokens of the leaves below ``node`` that count."""
    table = _tokens_by_kind(language)
    known = len(table)
    starts: list[int] = []
    tokens: list[str] = []
    cursor = node.walk()
    down, along, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent
    while (current := cursor.node) is not None:
        # Kind 65535 is ERROR, outside the table.
        kind = current.kind_id
        token = table[kind] if kind < known else _DESCEND
        if token == _DESCEND:
            if down():
                continue
            token = current.type if current.start_byte < current.end_byte else _SKIP
        elif token == _SKIP and _separates_for_clauses(current):
            token = ";"  # noqa: S105
        if token != _SKIP:
            starts.append(current.start_byte)
            tokens.append(token)
        while not along():
            if not up():
                return starts, tokens
    return starts, tokens


def _separates_for_clauses(node: Node) -> bool:
    return node.type == ";" and node.parent is not None and node.parent.type == "for_statement"


def _normalised(leaves: Iterable[str]) -> list[str]:
    """Tokens without trailing commas, pieces of one template literal joined."""
    tokens: list[str] = []
    last = ""
    for token in leaves:
        if token == "str" and last == "str":  # noqa: S105
            continue
        if last == "," and token in _CLOSERS:
            tokens.pop()
        tokens.append(token)
        last = token
    return tokens


def skeleton(code: str, language: str = "ts") -> str:
    """Hash (32 hex digits) of :func:`skeleton_tokens`; equal for programs that differ in words only."""
    return skeleton_of(parse(code, language).root_node, language)


def skeleton_of(node: Node, language: str = "ts") -> str:
    """As :func:`skeleton`, of a node at hand."""
    return _hash(tokens_of(node, language))


def _hash(tokens: Iterable[str]) -> str:
    return sha256("\x00".join(tokens).encode()).hexdigest()[:32]


def strip_comments(code: str, language: str = "ts") -> str:
    """``code`` with each comment replaced by a space."""
    spans = comment_spans(code, language)
    if not spans:
        return code
    raw = code.encode("utf-8", "replace")
    kept, position = [], 0
    for start, end in spans:
        kept.append(raw[position:start])
        position = max(position, end)
    kept.append(raw[position:])
    return b" ".join(kept).decode("utf-8", "replace")


def code_tokens(code: str, language: str = "ts") -> list[str]:
    """Words and punctuation marks of ``code`` without its comments: what near-duplicate detection compares."""
    return _WORDS.findall(strip_comments(code, language))
