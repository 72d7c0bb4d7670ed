"""GitHub's REST API (version 2022-11-28), as far as finding repositories needs it.

Answers are kept with their ETag: asking again costs no part of the rate limit while nothing has changed there.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from algorand_coder.cache import cache_dir
from algorand_coder.errors import UserError

PER_PAGE = 100
MAX_FOUND = 1000
"""A search gives out no more, however many there are."""
_MAX_WAIT = 90
"""Longest wait in seconds for a rate limit to lift; a search is limited by the minute."""
_RETRIES = 3
_MAX_BYTES = 50_000_000


class NotFound(Exception):
    """GitHub does not know, or does not show, what was asked for."""


@dataclass
class GitHub:
    """One user's access. ``GITHUB_TOKEN`` or ``GH_TOKEN`` raise the limits; ``GITHUB_API_URL`` names another server."""

    url: str = ""
    token: str = ""
    timeout: int = 30
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.url = (self.url or os.environ.get("GITHUB_API_URL") or "https://api.github.com").rstrip("/")
        self.token = self.token or os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or ""
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise UserError(f"GITHUB_API_URL: {self.url!r} is not an http:// or https:// address")

    def search(self, kind: str, query: str) -> Iterator[dict[str, Any]]:
        """Every item that a search of ``repositories`` or ``code`` gives out, best first."""
        for page in range(1, MAX_FOUND // PER_PAGE + 1):
            answer = self.get(f"/search/{kind}", q=query, per_page=PER_PAGE, page=page)
            items = answer.get("items") if isinstance(answer, dict) else None
            if not isinstance(items, list):
                raise UserError(f"{self._host}: the answer to a search holds no items; is GITHUB_API_URL right?")
            yield from (item for item in items if isinstance(item, dict))
            if len(items) < PER_PAGE:
                return

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON that ``path`` gives; from the cache when GitHub says that it has not changed.

        Raises ``NotFound``, and ``UserError`` with one line for everything else that can go wrong.
        """
        query = f"?{urlencode(sorted(parameters.items()))}" if parameters else ""
        address = f"{self.url}{quote(path)}{query}"
        kept = _Kept.of(address)
        for attempt in range(_RETRIES):
            status, headers, body = self._ask(address, kept.etag)
            if status == 200:
                return kept.keep(headers.get("ETag", ""), body, self._host)
            if status == 304:
                return kept.answer
            if status in {404, 409, 410, 451}:
                raise NotFound(path)
            if status == 401:
                raise UserError(f"{self._host} refuses the token in GITHUB_TOKEN or GH_TOKEN: make a new one")
            if status in {403, 429}:
                self._wait(headers, body)
            elif status >= 500 and attempt + 1 < _RETRIES:
                self.sleep(2.0**attempt)
            else:
                raise UserError(f"{self._host} answers {status} to {path}: {_message(body)}")
        raise UserError(f"{self._host} keeps refusing {path}: try again later")

    @property
    def _host(self) -> str:
        return urlsplit(self.url).netloc

    def _ask(self, address: str, etag: str) -> tuple[int, Message[str, str], bytes]:
        request = urllib.request.Request(address)  # noqa: S310 - the scheme was checked
        request.add_header("Accept", "application/vnd.github+json")
        request.add_header("X-GitHub-Api-Version", "2022-11-28")
        request.add_header("User-Agent", "algorand-coder")
        if self.token:
            # Never sent on to where a redirect leads.
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        if etag:
            request.add_header("If-None-Match", etag)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read(_MAX_BYTES)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read(_MAX_BYTES)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            reason = getattr(reason, "strerror", None) or reason
            raise UserError(f"cannot reach {self._host}: {reason}; discovery needs the network") from None

    def _wait(self, headers: Message[str, str], body: bytes) -> None:
        """Wait until the rate limit lifts, if that is soon; raise ``UserError`` if not, or if it is none."""
        if headers.get("Retry-After", "").isdigit():
            seconds = float(headers["Retry-After"])
        elif headers.get("X-RateLimit-Remaining") == "0" and headers.get("X-RateLimit-Reset", "").isdigit():
            seconds = float(headers["X-RateLimit-Reset"]) - self.clock() + 1
        elif "rate limit" in _message(body).lower():
            seconds = 60.0
        else:
            raise UserError(f"{self._host} refuses the request: {_message(body)}")
        if seconds > _MAX_WAIT:
            mend = "try again then" if self.token else "set GITHUB_TOKEN for a higher one, or try again then"
            raise UserError(f"{self._host}: the rate limit is used up for {seconds / 60:.0f} minutes: {mend}")
        self.sleep(max(seconds, 1.0))


@dataclass
class _Kept:
    """The last answer to one address, on disk."""

    path: Path
    etag: str = ""
    answer: Any = None

    @classmethod
    def of(cls, address: str) -> _Kept:
        path = cache_dir("discover") / (sha256(address.encode()).hexdigest()[:32] + ".json")
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, str(data["etag"]), data["answer"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)

    def keep(self, etag: str, body: bytes, host: str) -> Any:
        try:
            answer = json.loads(body)
        except ValueError:
            raise UserError(f"{host} does not answer in JSON: is GITHUB_API_URL right?") from None
        if etag:
            temporary = self.path.with_suffix(f".{os.getpid()}")
            temporary.write_text(json.dumps({"etag": etag, "answer": answer}), encoding="utf-8")
            os.replace(temporary, self.path)
        return answer


def _message(body: bytes) -> str:
    try:
        message = str(json.loads(body)["message"])
    except (ValueError, KeyError, TypeError):
        message = "no reason given"
    return " ".join(message.split())[:200]
