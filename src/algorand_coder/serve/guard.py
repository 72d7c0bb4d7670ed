"""What every request passes first: who asks, for which host, how much is sent, and one log line at the end.

Written as plain ASGI, because Starlette's middleware classes buffer what should stream.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from starlette.requests import ClientDisconnect

from algorand_coder.serve.failures import Refusal
from algorand_coder.serve.metrics import Metrics
from algorand_coder.serve.settings import ServeSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OPEN = frozenset({"/", "/healthz", "/readyz", "/openapi.json", "/v1/info"})
"""Paths that need no key: they say nothing about anybody's work."""
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

log = logging.getLogger("algorand_coder.serve")


class Gone(Exception):
    """The client has left; nobody reads what would be answered."""


class Keys:
    """API keys, kept as hashes. Without any, everybody may ask."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._hashes = [_hash(key) for key in keys]

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def allows(self, key: str) -> bool:
        """Whether ``key`` is one of them; takes the same time whichever it is, and if it is none."""
        found = _hash(key)
        matches = [compare_digest(found, each) for each in self._hashes]
        return any(matches)


def _hash(key: str) -> bytes:
    return sha256(key.encode("utf-8", "replace")).digest()


class Guard:
    """``hosts`` are the values of the Host header that are answered; empty: any."""

    def __init__(
        self, app: App, *, settings: ServeSettings, keys: Keys, metrics: Metrics, hosts: Sequence[str] = _LOOPBACK
    ) -> None:
        self._app, self._settings, self._keys, self._metrics = app, settings, keys, metrics
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        identity = uuid.uuid4().hex
        scope.setdefault("state", {})["request"] = identity
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", identity.encode()), *_SAFE]
            await send(message)

        try:
            self._admit(scope)
            await self._app(scope, self._bounded(receive), answer)
        except Refusal as refusal:
            self._metrics.refused.labels(refusal.code).inc()
            if not status:
                await refuse(refusal, answer)
        except (ClientDisconnect, Gone):
            status = _GONE
        except asyncio.CancelledError:
            status = status or _GONE
            raise
        except Exception:
            log.exception("a request failed", extra={"data": {"request": identity}})
            if status:
                raise
            await refuse(Refusal(500, "internal error", code="internal_error", kind="server_error"), answer)
        finally:
            self._account(scope, status or _GONE, time.perf_counter() - started, identity)

    def _admit(self, scope: Scope) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._hosts and (host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host) not in self._hosts:
            # A page elsewhere can give its own name this machine's address (DNS rebinding).
            raise Refusal(421, "this server does not answer for that host name", code="wrong_host")
        names = [name for name, _ in scope["headers"]]
        if (b"transfer-encoding" in headers and b"content-length" in headers) or names.count(b"content-length") > 1:
            raise Refusal(400, "a request has one length, not two", code="ambiguous_length")
        if self._keys and scope["path"] not in OPEN and not self._keys.allows(_bearer(headers)):
            raise Refusal(401, "give a valid API key: Authorization: Bearer KEY", code="invalid_api_key")
        if headers.get(b"content-length", b"0").isdigit() and self._too_long(int(headers.get(b"content-length", b"0"))):
            raise self._large()

    def _bounded(self, receive: Receive) -> Receive:
        """``receive`` that counts, and does not wait for ever for a client that never ends its request."""
        until = asyncio.get_running_loop().time() + self._settings.body_seconds
        read, complete = 0, False

        async def bounded() -> Message:
            nonlocal read, complete
            if complete:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise Refusal(408, "the request did not arrive in time", code="request_timeout") from None
            read += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if self._too_long(read):
                raise self._large()
            return message

        return bounded

    def _too_long(self, size: int) -> bool:
        return size > self._settings.max_body_bytes

    def _large(self) -> Refusal:
        return Refusal(413, f"a request has at most {self._settings.max_body_bytes:,} bytes", code="request_too_large")

    def _account(self, scope: Scope, status: int, seconds: float, identity: str) -> None:
        route = scope["state"].get("route", "other")
        self._metrics.requests.labels(route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        if status == _GONE:
            self._metrics.gone.inc()
        data = {"request": identity, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        asked_often = status == _OK and route in _WATCHED
        log.log(
            logging.DEBUG if asked_often else logging.INFO,
            "request",
            extra={"data": {**data, **scope["state"].get("log", {})}},
        )


_OK, _GONE = 200, 499
_WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
"""Routes that machines ask every few seconds."""
_SAFE = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"))


async def refuse(refusal: Refusal, send: Send) -> None:
    """Send ``refusal`` as a JSON response."""
    body = json.dumps(refusal.body()).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    headers += [(name.encode(), value.encode()) for name, value in refusal.headers().items()]
    if refusal.status in {401}:
        headers.append((b"www-authenticate", b"Bearer"))
    if refusal.status in {408, 413} or refusal.code == "ambiguous_length":
        # What is left of the request must not be read as the next one.
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _bearer(headers: dict[bytes, bytes]) -> str:
    kind, _, key = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return key.strip() if kind.lower() == "bearer" else headers.get(b"x-api-key", b"").decode("latin-1")
