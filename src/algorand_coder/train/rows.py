"""Rows of a chat file, checked one by one before any model is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError

ROLES = ("system", "user", "assistant")


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One conversation that ends with the assistant's answer."""

    id: str
    """The row's own ``id``, else ``line N``."""
    category: str
    """Empty where the file names none."""
    messages: tuple[dict[str, str], ...]
    kind: str = ""
    """``client`` or ``contract``; empty where the file names none."""


def read_chat(path: Path) -> list[ChatRow]:
    """Rows of a ``*.chat.jsonl`` file.

    Raises ``UserError`` naming file, line and field for the first row that cannot be trained on.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path} is missing: run the dataset stage first") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 (byte {error.start:,}): write it again with the dataset stage") from None
    rows = [_row(value, number, where) for number, value, where in _parsed(path, text)]
    if not rows:
        raise UserError(f"{path} holds no rows: look at the dataset stage's rejects")
    return rows


def _parsed(path: Path, text: str) -> Iterator[tuple[int, Any, str]]:
    # str.splitlines would also cut at U+2028, which JSON strings may hold.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            yield number, json.loads(line), where
        except json.JSONDecodeError as error:
            raise UserError(f"{where}: not JSON: {error.msg} at column {error.colno}") from None


def _row(value: Any, number: int, where: str) -> ChatRow:
    messages = value.get("messages") if isinstance(value, dict) else None
    if not isinstance(messages, list) or not messages:
        raise UserError(f"{where}: 'messages' must be a non-empty list")
    clean = tuple(_message(message, index, where) for index, message in enumerate(messages))
    roles = [message["role"] for message in clean]
    turns = roles[1:] if roles[0] == "system" else roles
    expected = ["user", "assistant"] * (len(turns) // 2)
    if not turns or turns != expected:
        raise UserError(
            f"{where}: messages must be an optional system message, then user and assistant in turn, "
            f"ending with assistant; got {', '.join(roles)}"
        )
    return ChatRow(
        str(value.get("id") or f"line {number}"), str(value.get("category") or ""), clean, str(value.get("kind") or "")
    )


def _message(message: Any, index: int, where: str) -> dict[str, str]:
    field = f"messages[{index}]"
    if not isinstance(message, dict) or message.get("role") not in ROLES:
        raise UserError(f"{where}: {field}.role must be one of {', '.join(ROLES)}")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        raise UserError(f"{where}: {field}.content must be text that is not blank")
    return {"role": message["role"], "content": content}
