"""Fenced code in Markdown and MDX, with the headings and the prose around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_TABLE_OR_HTML = re.compile(r"^\s*(?:\||<|import\s.*\sfrom\s|export\s|:::|\[[^\]]+\]:|!\[)")
_TYPESCRIPT = frozenset({"ts", "typescript", "mts", "cts"})


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block. Lines count from 0 at the start of the text."""

    info: str
    code: str
    line: int
    """First line of the code."""
    end_line: int
    """The line after the closing fence."""

    @property
    def is_typescript(self) -> bool:
        """Whether the info string names TypeScript."""
        return re.split(r"[\s{,:]", self.info.lower().strip(), maxsplit=1)[0] in _TYPESCRIPT


@dataclass(frozen=True, slots=True)
class Example:
    """A TypeScript block of a document with what leads up to it."""

    headings: tuple[str, ...]
    """Titles of the sections around it, outermost first."""
    prose: str
    """The paragraph directly before the block; list items and earlier paragraphs are not part of it."""
    code: str
    line: int
    """1-based first line of the code."""
    end_line: int


def fences(text: str) -> list[Fence]:
    """Every closed fenced block of ``text``, indentation of the fence removed from its lines (CommonMark 4.5)."""
    found: list[Fence] = []
    lines = text.split("\n")
    opening: re.Match[str] | None = None
    start = 0
    for number, line in enumerate(lines):
        if opening is None:
            opening = _FENCE.match(line)
            start = number + 1
            continue
        stripped = line.strip()
        if stripped and set(stripped) == {opening["mark"][0]} and len(stripped) >= len(opening["mark"]):
            indent = len(opening["indent"])
            code = "\n".join(_dedent(body, indent) for body in lines[start:number])
            found.append(Fence(opening["info"].strip(), code, start, number + 1))
            opening = None
    return found


def examples(text: str) -> list[Example]:
    """TypeScript blocks of a Markdown or MDX document, in order."""
    lines = text.replace("\r\n", "\n").split("\n")
    blocks = fences("\n".join(lines))
    inside = {n for block in blocks for n in range(block.line - 1, block.end_line)}
    result = []
    for block in blocks:
        if block.is_typescript and block.code.strip():
            before = [n for n in range(block.line - 1) if n not in inside]
            result.append(
                Example(
                    headings=_headings(lines, before),
                    prose=_paragraph_before(lines, block.line - 1, inside),
                    code=block.code,
                    line=block.line + 1,
                    end_line=block.end_line - 1,
                )
            )
    return result


def _headings(lines: list[str], before: list[int]) -> tuple[str, ...]:
    stack: list[tuple[int, str]] = []
    for number in before:
        match = _HEADING.match(lines[number])
        if match:
            level = len(match[1])
            stack = [entry for entry in stack if entry[0] < level] + [(level, match[2])]
    return tuple(title for _, title in stack)


def _paragraph_before(lines: list[str], position: int, inside: set[int]) -> str:
    """The nearest paragraph above ``position``, unless a heading or another block comes first."""
    number = position - 1
    while number >= 0 and not lines[number].strip():
        number -= 1
    paragraph: list[str] = []
    while number >= 0 and number not in inside and lines[number].strip() and not _HEADING.match(lines[number]):
        line = lines[number]
        if _TABLE_OR_HTML.match(line):
            break
        paragraph.insert(0, _LIST_ITEM.sub("", line).strip())
        if _LIST_ITEM.match(line):
            break
        number -= 1
    return " ".join(paragraph)


def _dedent(line: str, indent: int) -> str:
    leading = len(line) - len(line.lstrip(" \t"))
    return line[min(leading, indent) :]
