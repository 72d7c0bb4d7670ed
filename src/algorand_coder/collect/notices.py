"""Copyright lines: what the licences ask to be kept with every copy, read off the texts that came with a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from algorand_coder.collect.licence import read_manifest
from algorand_coder.collect.tree import is_licence, is_notice

_MARK = r"(?:copyright|\(c\)|©|&copy;)"
_LINE = re.compile(rf"^[\s/*#>|-]*((?:portions\s+)?{_MARK}(?=[\s:,]|\d).*)$", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:19|20)\d\d|^(?:portions\s+)?copyright\s*(?:\(c\)|©)|^(?:©|&copy;)|^copyright:?\s+[A-Z@](?-i:[A-Za-z@])",
    re.IGNORECASE,
)
_OF_THE_LICENCE = re.compile(
    r"free software foundation|\[(?:yyyy|year|name of|fullname)|<(?:year|name|copyright)|\{yyyy\}|\byyyy\b"
    r"|^copyright (?:notice|owner|holder|licen[cs]e|law|statement|interest|and|or|in|disclaimer)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*[<(](?:[^<>()\s]+@[^<>()\s]+|https?://[^<>()\s]+)[>)]")
_MAX_LINES = 20
_MAX_CHARS = 300


def copyright_lines(text: str) -> list[str]:
    """The lines of ``text`` that name who holds the rights, as they stand; a licence's own placeholders are none."""
    found: list[str] = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None or _OF_THE_LICENCE.search(match[1]) or not _HOLDER.search(match[1]):
            continue
        words = " ".join(match[1].split())[:_MAX_CHARS]
        if words not in found:
            found.append(words)
    return found[:_MAX_LINES]


def notices(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """``{path, copyright}`` of every licence and notice file of a tree that names a holder, by path.

    Where none does, the authors that the manifest at the root names stand in (without their addresses).
    """
    found = []
    for path in sorted(files, key=lambda path: (path.count("/"), path)):
        if is_licence(path) or is_notice(path):
            lines = copyright_lines(files[path].decode("utf-8", "replace"))
            if lines:
                found.append({"path": path, "copyright": lines})
    if not found and "package.json" in files:
        author = _author(read_manifest(files["package.json"]).get("author"))
        if author:
            found.append({"path": "package.json", "copyright": [author]})
    return found


def _author(value: Any) -> str:
    name = value.get("name", "") if isinstance(value, Mapping) else value
    return " ".join(_ADDRESS.sub("", name).split())[:_MAX_CHARS] if isinstance(name, str) else ""
