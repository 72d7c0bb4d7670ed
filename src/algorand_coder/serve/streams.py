"""Answers on the wire: JSON, server-sent events, and the end of both when the client has gone."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from starlette.responses import Response

from algorand_coder.serve.failures import EngineTrouble, Refusal
from algorand_coder.serve.guard import Gone, Receive, Scope, Send

T = TypeVar("T")

_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]


def dumps(value: Any) -> bytes:
    """Compact JSON in ASCII: whatever a model wrote, it can be sent."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def reply(value: Any, status: int = 200) -> Response:
    """A JSON response."""
    return Response(dumps(value), status, media_type="application/json")


def data(value: Any, event: str = "") -> bytes:
    """One server-sent event (WHATWG HTML, 9.2)."""
    name = f"event: {event}\n".encode() if event else b""
    return name + b"data: " + dumps(value) + b"\n\n"


def comment(value: Any) -> bytes:
    """A line that clients skip: they all know comments, and not all of them know named events."""
    return b": " + dumps(value) + b"\n\n"


class EventStream(Response):
    """Sends what ``pieces`` yields until it ends, the time is up, or the client has gone; then closes it.

    A ``Refusal`` before the first piece becomes an ordinary error response, one after it an event.
    """

    def __init__(self, pieces: AsyncGenerator[bytes], *, seconds: float, heartbeat: float, event: str = "") -> None:
        self._pieces, self._seconds, self._heartbeat, self._event = pieces, seconds, heartbeat, event
        self._last = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await unless_gone(self._run(send), receive)

    async def _run(self, send: Send) -> None:
        started = False
        beating: asyncio.Task[None] | None = None
        try:
            async with aclosing(self._pieces) as pieces, asyncio.timeout(self._seconds):
                async for piece in pieces:
                    if not started:
                        started = True
                        await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
                        beating = asyncio.create_task(self._beat(send))
                    self._last = time.monotonic()
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        except (Refusal, TimeoutError) as error:
            refusal = error if isinstance(error, Refusal) else out_of_time(self._seconds)
            if not started:
                raise refusal from None
            ending = data(refusal.body(), self._event)
            await send({"type": "http.response.body", "body": ending, "more_body": True})
        finally:
            if beating is not None:
                beating.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _beat(self, send: Send) -> None:
        while True:
            await asyncio.sleep(self._heartbeat)
            if time.monotonic() - self._last >= self._heartbeat:
                await send({"type": "http.response.body", "body": b": waiting\n\n", "more_body": True})


def out_of_time(seconds: float) -> Refusal:
    """The error of a request that took longer than it may."""
    return EngineTrouble(f"no answer within {seconds:.0f} s", status=504, code="timeout")


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``; raises ``Refusal`` when it takes longer than ``seconds``."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        raise out_of_time(seconds) from None


async def unless_gone(work: Coroutine[Any, Any, T], receive: Receive) -> T:
    """The result of ``work``, which is cancelled as soon as the client disconnects; raises ``Gone`` then."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Gone
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()
        # Cancelling takes a moment: connections are closed and slots given back.
        await asyncio.wait({working, leaving})
        if working.done() and not working.cancelled():
            working.exception()  # looked at, so that nobody complains that it was not


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
