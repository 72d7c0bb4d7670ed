"""The part of Go's text/template that our Modelfiles use, rendered as Ollama would: it proves them before they ship.

Actions: ``{{ .System }}``, ``{{ .Content }}``, ``{{ range .Messages }}``, ``{{ if .System }}``,
``{{ if eq .Role "user" }}``, ``{{ else }}``, ``{{ else if … }}``, ``{{ end }}``; no trim markers. Ollama gives
``.System`` all system messages, ``.Messages`` every message (template.go, ``Execute`` and ``collate``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_ACTION = re.compile(r"\{\{ (.*?) \}\}")
_ROLE = re.compile(r'eq \.Role "(\w+)"')


def render(template: str, messages: Sequence[dict[str, str]]) -> str:
    """The text that Ollama puts before the model for ``messages``. Raises ``ValueError`` for any other action."""
    system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
    parts = iter(_ACTION.split(template))
    values = {"System": system, "Messages": list(messages)}
    text, ended = _block(parts, values, live=True)
    if ended:
        raise ValueError(f"unexpected {ended!r}")
    return text


def _block(parts: Iterator[str], values: dict[str, Any], *, live: bool) -> tuple[str, str]:
    """Text up to the action that ends this block, and that action (empty at the end of the template)."""
    out = ""
    while True:
        out += next(parts)
        action = next(parts, None)
        if action is None:
            return out, ""
        if action == "end" or action.startswith("else"):
            return out, action
        if action == "range .Messages":
            out += _range(parts, values, live=live)
        elif action.startswith("if "):
            out += _if(action.removeprefix("if "), parts, values, live=live)
        elif action in {".System", ".Content"}:
            out += str(values[action[1:]]) if live else ""
        else:
            raise ValueError(f"unknown action {action!r}")


def _if(condition: str, parts: Iterator[str], values: dict[str, Any], *, live: bool) -> str:
    chosen, taken = "", False
    while True:
        holds = live and not taken and (condition == "" or _true(condition, values))
        text, ended = _block(parts, values, live=holds)
        if holds:
            chosen, taken = text, True
        if ended == "end":
            return chosen
        condition = ended.removeprefix("else").strip().removeprefix("if ").strip()


def _range(parts: Iterator[str], values: dict[str, Any], *, live: bool) -> str:
    inner = _until_end(parts)
    if not live:
        return ""
    return "".join(
        _block(iter([*inner, "end"]), {**values, "Role": item["role"], "Content": item["content"]}, live=True)[0]
        for item in values["Messages"]
    )


def _until_end(parts: Iterator[str]) -> list[str]:
    """Everything up to the ``end`` of this block, inner blocks whole."""
    found, depth = [next(parts)], 0
    for action in parts:
        if action == "end" and depth == 0:
            return found
        depth += action.startswith(("if ", "range ")) - (action == "end")
        found += [action, next(parts)]
    raise ValueError("a block has no end")


def _true(condition: str, values: dict[str, Any]) -> bool:
    if condition == ".System":
        return bool(values["System"])
    role = _ROLE.fullmatch(condition)
    if role is None:
        raise ValueError(f"unknown condition {condition!r}")
    return bool(values["Role"] == role[1])
