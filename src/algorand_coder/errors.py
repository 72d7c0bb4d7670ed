"""Errors that a user can mend: one line that says what, where and how; exit code 2, no traceback."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """Bad input or a missing prerequisite. ``str(error)`` is the one line a person reads."""

    exit_code = 2


class MissingTool(UserError):
    """A tool that a level or stage needs is not there; the line carries the command that mends it."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A ``; did you mean …?`` suffix naming the closest of ``known``, or an empty string."""
    match = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean {match[0]!r}?" if match else ""
