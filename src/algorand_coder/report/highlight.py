"""TypeScript to HTML with CSS classes. Everything is escaped: the code may be a model's and hostile."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markupsafe import Markup, escape

MAX_LINES = 80
MAX_WIDTH = 400
"""Characters of a line that are shown; a model may repeat itself without ever breaking a line."""
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BACKTICKS = re.compile(r"`([^`\n]+)`")


def typescript(code: str, limit: int = MAX_LINES) -> Markup:
    """``code`` as highlighted, escaped HTML; lines beyond ``limit`` are cut and said to be."""
    from pygments import highlight

    lexer, formatter = _tools()
    lines = code.strip("\n").splitlines()
    shown = "\n".join(line[:MAX_WIDTH] for line in lines[:limit])
    # Pygments' HTML formatter escapes &, <, >, " and '.
    return Markup(highlight(shown, lexer, formatter)) + _cut(len(lines) - limit)  # noqa: S704


def plain(text: str, limit: int = MAX_LINES) -> Markup:
    """``text`` escaped, cut like code."""
    lines = text.strip("\n").splitlines()
    return escape("\n".join(line[:MAX_WIDTH] for line in lines[:limit])) + _cut(len(lines) - limit)


def markdown(text: str) -> Markup:
    """``text`` with its fenced blocks as highlighted code and the rest as paragraphs of prose."""
    pieces = _FENCED.split(text)
    block, paragraph = Markup('<pre class="given" tabindex="0">{}</pre>'), Markup('<p class="prompt">{}</p>')
    return Markup("").join(
        block.format(typescript(piece)) if index % 2 else paragraph.format(prose(piece.strip()))
        for index, piece in enumerate(pieces)
        if piece.strip()
    )


def prose(text: str) -> Markup:
    """``text`` escaped, with what stands in backticks as ``<code>``."""
    pieces = _BACKTICKS.split(text)
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces))


def _cut(lines: int) -> Markup:
    return Markup('<span class="cut">… {} more lines</span>').format(lines) if lines > 0 else Markup("")


@cache
def _tools() -> tuple[Any, Any]:
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TypeScriptLexer

    return TypeScriptLexer(stripnl=False), HtmlFormatter(nowrap=True)
