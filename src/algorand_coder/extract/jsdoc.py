"""JSDoc comments as text: the prose, its tags, and the examples inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from algorand_coder.extract.markdown import Fence, fences

_OPENING = re.compile(r"^/\*\*+")
_CLOSING = re.compile(r"\*+/$")
_MARGIN = re.compile(r"^[ \t]*\*(?: |$|(?=\S))", re.MULTILINE)
_TAG = re.compile(r"^[ \t]*@(\w+)[ \t]*(.*)$")
_EXAMPLE_HEADING = re.compile(r"^\s*#{1,6}\s+Examples?\b.*$", re.IGNORECASE | re.MULTILINE)
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_CODE_MARK = re.compile(r"[;={(]|=>|\bawait\b")


@dataclass(frozen=True, slots=True)
class Example:
    """One example inside a JSDoc comment."""

    title: str
    """What follows ``@example`` on its line, or the sentence before the code; may be empty."""
    code: str
    line: int
    """Lines from the comment's first line to the code's first line."""


@dataclass(frozen=True, slots=True)
class JsDoc:
    """A parsed JSDoc comment."""

    text: str
    """Prose, then tags one a line (``@param name text``), without examples and comment marks."""
    examples: tuple[Example, ...]


def parse_jsdoc(comment: str) -> JsDoc:
    """Parse the text of a ``/** … */`` comment; anything else gives an empty result."""
    if not comment.startswith("/**") or comment == "/**/":
        return JsDoc("", ())
    body = _CLOSING.sub("", _OPENING.sub("", comment))
    lines = _MARGIN.sub("", body).replace("\r\n", "\n").split("\n")
    kept: list[str] = []
    examples: list[Example] = []
    for tag, title, start, block in _sections(lines):
        if tag == "example":
            examples += _tagged_examples(title, start, block)
            continue
        prose, found = _untagged_examples(start, block)
        examples += found
        kept.append(f"@{tag} {_flat(title, prose)}".rstrip() if tag else prose.strip())
    return JsDoc("\n".join(part for part in kept if part).strip(), tuple(examples))


def _sections(lines: list[str]) -> list[tuple[str, str, int, list[str]]]:
    """Split at tags: (tag, rest of the tag's line, number of the first body line, body lines)."""
    sections: list[tuple[str, str, int, list[str]]] = [("", "", 0, [])]
    in_fence = False
    for number, line in enumerate(lines):
        if line.lstrip().startswith("```"):
            in_fence = not in_fence
        match = None if in_fence else _TAG.match(line)
        if match:
            sections.append((match[1], match[2].strip(), number + 1, []))
        else:
            sections[-1][3].append(line)
    return sections


def _tagged_examples(title: str, start: int, block: list[str]) -> list[Example]:
    caption = _CAPTION.search(title)
    if caption:
        title = caption[1].strip()
    fenced = fences("\n".join(block))
    if fenced:
        return [
            Example(title if len(fenced) == 1 else _title_before(block, fence, title), fence.code, start + fence.line)
            for fence in fenced
            if fence.is_typescript
        ]
    # An example without a fence is code as a whole; a title is then told by not looking like code.
    if title and _CODE_MARK.search(title):
        block, title, start = [title, *block], "", start - 1
    code = "\n".join(block).strip("\n")
    return [Example(title, code, start)] if code.strip() else []


def _untagged_examples(start: int, block: list[str]) -> tuple[str, list[Example]]:
    """The prose of ``block`` without its fenced code, and that code."""
    text = "\n".join(block)
    fenced = fences(text)
    if not fenced:
        return text, []
    examples = [Example(_title_before(block, f, ""), f.code, start + f.line) for f in fenced if f.is_typescript]
    prose, position = [], 0
    for fence in fenced:
        prose += block[position : fence.line - 1]
        position = fence.end_line
    prose += block[position:]
    return _EXAMPLE_HEADING.sub("", "\n".join(prose)), examples


def _title_before(block: list[str], fence: Fence, default: str) -> str:
    for line in reversed(block[: fence.line - 1]):
        if line.strip():
            text = line.strip().strip("#*: ").strip()
            return default if text.startswith("```") or text.lower() in {"example", "examples"} else text
    return default


def _flat(title: str, prose: str) -> str:
    return " ".join(f"{title} {prose}".split())
