"""How many requests are worked on at once, and how many may wait for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from algorand_coder.serve.failures import Refusal
from algorand_coder.serve.metrics import Metrics
from algorand_coder.serve.settings import ServeSettings

_SOON = 5
"""Seconds after which a refused client may try again."""


class Slots:
    """First come, first served."""

    def __init__(self, settings: ServeSettings, metrics: Metrics) -> None:
        self._free = asyncio.Semaphore(settings.max_concurrent)
        self._most, self._patience = settings.max_waiting, settings.wait_seconds
        self._metrics = metrics
        self._waiting = 0
        self.closing = False
        """Set when the server is about to stop: nothing new is begun."""

    @asynccontextmanager
    async def one(self) -> AsyncGenerator[None]:
        """Hold a slot. Raises ``Refusal`` (429, 503) when too many wait, or the wait was too long."""
        if self.closing:
            raise Refusal(503, "the server is stopping", code="stopping", kind="server_error", retry_after=_SOON)
        if self._free.locked():
            await self._wait()
        else:
            await self._free.acquire()
        self._metrics.working.inc()
        try:
            yield
        finally:
            self._metrics.working.dec()
            self._free.release()

    async def _wait(self) -> None:
        if self._waiting >= self._most:
            raise Refusal(
                429, "too many requests: try again soon", code="rate_limited", kind="rate_limit", retry_after=_SOON
            )
        self._waiting += 1
        self._metrics.waiting.set(self._waiting)
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise Refusal(
                503, "no turn came in time: try again", code="overloaded", kind="server_error", retry_after=_SOON
            ) from None
        finally:
            self._waiting -= 1
            self._metrics.waiting.set(self._waiting)
