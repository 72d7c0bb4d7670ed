"""Parsing with tree-sitter, and what can be read off a tree by one query in C."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import PurePosixPath

import tree_sitter_typescript
from tree_sitter import Language, Parser, Query, QueryCursor, Tree

LANGUAGES = ("ts", "tsx")
"""Languages this room parses; both are TypeScript, ``tsx`` with JSX in place of ``<T>value`` casts."""

_local = threading.local()


@cache
def grammar(language: str) -> Language:
    """The tree-sitter grammar for ``ts`` or ``tsx``. Raises ``ValueError`` for any other name."""
    if language == "ts":
        return Language(tree_sitter_typescript.language_typescript())
    if language == "tsx":
        return Language(tree_sitter_typescript.language_tsx())
    raise ValueError(f"no grammar for language {language!r}; known: {', '.join(LANGUAGES)}")


@cache
def query(language: str, pattern: str) -> Query:
    """A compiled query, kept: compiling costs more than running one over a file."""
    return Query(grammar(language), pattern)


def language_of(path: str) -> str | None:
    """``ts`` or ``tsx`` by the suffix of a POSIX path, ``None`` for anything else."""
    return {".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx"}.get(PurePosixPath(path).suffix.lower())


def parse_bytes(source: bytes, language: str = "ts") -> Tree:
    """The syntax tree of UTF-8 ``source``; node offsets are byte offsets into it."""
    # A Parser keeps state between calls and must not be shared between threads.
    parsers: dict[str, Parser] = _local.__dict__.setdefault("parsers", {})
    if language not in parsers:
        parsers[language] = Parser(grammar(language))
    return parsers[language].parse(source)


def parse(code: str, language: str = "ts") -> Tree:
    """The syntax tree of ``code``. Never fails: what cannot be parsed becomes ERROR nodes.

    Offsets are bytes of ``code.encode()``; lone surrogates are replaced.
    """
    return parse_bytes(code.encode("utf-8", "replace"), language)


def has_error(code: str, language: str = "ts") -> bool:
    """Whether ``code`` has a syntax error (an ERROR or MISSING node)."""
    return parse(code, language).root_node.has_error


def error_count(code: str, language: str = "ts") -> int:
    """Number of ERROR and MISSING nodes."""
    root = parse(code, language).root_node
    if not root.has_error:
        return 0
    found = QueryCursor(query(language, "[(ERROR) (MISSING)] @error")).captures(root)
    return len(found.get("error", []))


def comment_spans(code: str, language: str = "ts") -> list[tuple[int, int]]:
    """Byte spans ``(start, end)`` of all comments in ``code.encode()``, in order; JSDoc included."""
    return comment_spans_of(parse(code, language), language)


def comment_spans_of(tree: Tree, language: str = "ts") -> list[tuple[int, int]]:
    """As :func:`comment_spans`, of a tree at hand."""
    found = QueryCursor(query(language, "[(comment) (html_comment)] @comment")).captures(tree.root_node)
    return sorted((node.start_byte, node.end_byte) for node in found.get("comment", []))
