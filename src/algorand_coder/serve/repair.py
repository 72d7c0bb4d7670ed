"""The words that ask for code and for its repair: the same for the gateway and for MCP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from algorand_coder.generate.chat import Message, messages
from algorand_coder.records import Diagnostic

_MOST = 12
"""Diagnostics that a request for repair names; a compiler's later ones mostly follow from its first."""
_LINE = 200


def asking(instruction: str, context: str, files: Mapping[str, str]) -> list[Message]:
    """The conversation that asks for code, with the files it may import."""
    shown = [context] if context.strip() else []
    shown += [f"Given, in `{name}`:\n\n```ts\n{text.strip()}\n```" for name, text in sorted(files.items())]
    return messages(instruction, "\n\n".join(shown))


def repairing(conversation: Sequence[Any], code: str, answer: str, findings: Sequence[Diagnostic]) -> list[Any]:
    """``conversation`` with the failed ``answer`` and what the compilers say about its ``code``."""
    request = f"That does not pass:\n\n{told(findings, code)}\n\nAnswer with the whole corrected code only."
    return [
        *conversation,
        {"role": "assistant", "content": answer or code},
        {"role": "user", "content": request},
    ]


def told(findings: Sequence[Diagnostic], code: str) -> str:
    """``findings`` as a list with the lines of ``code`` that they point at, and hints."""
    more = f"\n… and {len(findings) - _MOST} more" if len(findings) > _MOST else ""
    return "\n".join(_line(found, code) for found in findings[:_MOST]) + more


def _line(found: Diagnostic, code: str) -> str:
    lines = code.splitlines()
    source = lines[found.line - 1].strip()[:_LINE] if 0 < found.line <= len(lines) else ""
    parts = [f"line {found.line}: " if found.line else "", f"{found.message} ({found.code})"]
    parts += [f"\n  code: {source}" if source else "", f"\n  hint: {found.hint}" if found.hint else ""]
    return "- " + "".join(parts)
