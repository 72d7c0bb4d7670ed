"""Errors as an OpenAI client expects them, and nothing in them that a stranger should not read."""

from __future__ import annotations

import re
from typing import Any

_SECRET = re.compile(r"(?i)\b(?:bearer\s+|sk-|key[=:]\s*)[\w.~+/=-]{6,}")
_CREDENTIALS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w.])(?:~|[A-Za-z]:)?(?:[/\\][\w.@+~-]+){2,}")
_LONGEST = 300


class Refusal(Exception):
    """A request that gets no answer. ``str(refusal)`` is the message for the client."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str,
        kind: str = "invalid_request_error",
        param: str | None = None,
        retry_after: int | None = None,
        allow: str = "",
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.kind, self.param, self.retry_after = status, code, kind, param, retry_after
        self.allow = allow

    def body(self) -> dict[str, Any]:
        """The JSON object of the error."""
        return {"error": {"message": str(self), "type": self.kind, "param": self.param, "code": self.code}}

    def headers(self) -> dict[str, str]:
        """Headers that go with it."""
        found = {"retry-after": str(self.retry_after) if self.retry_after is not None else "", "allow": self.allow}
        return {name: value for name, value in found.items() if value}


class EngineTrouble(Refusal):
    """The engine could not answer: not reachable, died, stalled, or spoke nonsense. Another engine may do."""

    def __init__(self, message: str, *, status: int = 502, code: str = "engine_unavailable") -> None:
        super().__init__(status, message, code=code, kind="server_error")


def scrub(text: str) -> str:
    """``text`` in one line of bounded length, without paths, addresses and keys."""
    plain = " ".join(text.split())
    for pattern in (_CREDENTIALS, _SECRET, _PATH):
        plain = pattern.sub("…", plain)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
