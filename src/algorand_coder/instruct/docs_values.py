"""Values that an answer fixes and its request does not name: whoever asks could not have got them."""

from __future__ import annotations

import re

from tree_sitter import Node, QueryCursor

from algorand_coder.syntax.parsing import parse_bytes, query

_FREE_NUMBERS = frozenset({0, 1, 2})
"""Small enough to belong to a program's logic rather than to its task."""
_FREE_TEXTS = frozenset({
    "", " ", ",", ", ", ".", "\\n", ":", "/", "0x",
    "bigint", "boolean", "function", "number", "object", "string", "symbol", "undefined",
    "ascii", "base64", "hex", "utf-8", "utf8",
})  # fmt: skip
"""What `typeof` tells, encodings, separators."""
_SAYING = re.compile(r"(?:^|\.)(?:assert\w*|console\.\w+|debug|err|error|info|log|loggedAssert|loggedErr|warn)$|Error$")
"""Functions and constructors whose texts people read."""
_ELSEWHERE = frozenset({"import_statement", "export_clause", "literal_type", "enum_declaration", "throw_statement"})


def unnamed_values(code: str, said: str) -> list[str]:
    """Numbers and texts of ``code``, in order, that ``said`` does not have. Messages for people do not count."""
    words = said.replace("_", "").lower()
    captures = QueryCursor(query("ts", "[(number) (string)] @value")).captures(parse_bytes(code.encode()).root_node)
    found = []
    for node in sorted(captures.get("value", []), key=lambda n: n.start_byte):
        value = (node.text or b"").decode("utf-8", "replace")
        if not (_is_free(value) or _is_said(value, words) or _is_elsewhere(node)):
            found.append(value)
    return found


def _is_free(value: str) -> bool:
    if value[0] in "'\"":
        return value[1:-1] in _FREE_TEXTS
    try:
        return int(value.replace("_", "").removesuffix("n"), 0) in _FREE_NUMBERS
    except ValueError:
        return False


def _is_said(value: str, words: str) -> bool:
    plain = (value[1:-1] if value[0] in "'\"" else value.removesuffix("n")).replace("_", "").lower()
    return (
        re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", words.replace(",", "") if plain.isdigit() else words) is not None
    )


def _is_elsewhere(node: Node) -> bool:
    """Whether a literal is part of a module's name, a type, or a message."""
    child, parent = node, node.parent
    while parent is not None:
        if parent.type in _ELSEWHERE:
            return True
        if parent.type in {"call_expression", "new_expression"}:
            called = parent.child_by_field_name("function") or parent.child_by_field_name("constructor")
            name = (called.text or b"").decode("utf-8", "replace") if called is not None else ""
            if child != called and _SAYING.search(name) and node.type == "string":
                return True
        child, parent = parent, parent.parent
    return False
