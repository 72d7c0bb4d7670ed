"""Skeletons: what stays of code when names, literals, comments and formatting are taken away.

Two pieces of code with the same skeleton are the same program shape with other words in it. The token
sequence is that of the leaves of the syntax tree, which determines the tree.
"""

from __future__ import annotations

import re
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
    table = _tokens_by_kind(language)
    tokens: list[str] = []
    cursor = node.walk()
    while (current := cursor.node) is not None:
        # Kind 65535 is ERROR, outside the table.
        token = table[current.kind_id] if current.kind_id < len(table) else _DESCEND
        if token == _DESCEND:
            if cursor.goto_first_child():
                continue
            if current.start_byte < current.end_byte:
                tokens.append(current.type)
        elif token != _SKIP or _separates_for_clauses(current):
            _append(tokens, ";" if token == _SKIP else token)
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return tuple(tokens)
    return tuple(tokens)


def _separates_for_clauses(node: Node) -> bool:
    return node.type == ";" and node.parent is not None and node.parent.type == "for_statement"


def _append(tokens: list[str], token: str) -> None:
    if tokens:
        if token in _CLOSERS and tokens[-1] == ",":
            tokens.pop()
        elif token == "str" and tokens[-1] == "str":  # noqa: S105
            return
    tokens.append(token)


def skeleton(code: str, language: str = "ts") -> str:
    """Hash (32 hex digits) of :func:`skeleton_tokens`; equal for programs that differ in words only."""
    return skeleton_of(parse(code, language).root_node, language)


def skeleton_of(node: Node, language: str = "ts") -> str:
    """As :func:`skeleton`, of a node at hand."""
    return sha256("\x00".join(tokens_of(node, language)).encode()).hexdigest()[:32]


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
