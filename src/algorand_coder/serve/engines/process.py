"""An engine in a process of its own: started on a free loopback port, watched, started again, ended with us."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import secrets
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

from algorand_coder.errors import UserError
from algorand_coder.serve.engines.base import Body, Route
from algorand_coder.serve.engines.endpoint import EndpointEngine
from algorand_coder.serve.failures import EngineTrouble, scrub

_BACKOFF = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each further start; the last one holds for all later ones."""
_STEADY = 60.0
"""A process that lived this long in seconds starts over with the first of them."""
_GRACE = 10.0
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

log = logging.getLogger(__name__)


class ProcessEngine:
    """Runs ``command(port)`` and talks to it as to any endpoint.

    ``key_variable`` is the environment variable in which the program takes an API key: a fresh one each time, so
    that nobody else on the machine can use the engine, and none on a command line, where everybody could read it.
    """

    def __init__(
        self,
        label: str,
        command: Callable[[int], Sequence[str]],
        *,
        key_variable: str,
        environment: Mapping[str, str] | None = None,
        model: str = "",
        stall: float = 60.0,
        longest: float = 600.0,
    ) -> None:
        self._label, self._command, self._key_variable = label, command, key_variable
        self._environment = dict(environment or {})
        self._model, self._stall, self._longest = model, stall, longest
        self._endpoint: EndpointEngine | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._said: deque[str] = deque(maxlen=20)

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def start(self) -> None:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        await self._launch()
        self._watch = asyncio.create_task(self._keep_running())

    async def stop(self) -> None:
        """End the process and everything it started."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self._end()
        if self._endpoint is not None:
            await self._endpoint.stop()

    async def alive(self) -> bool:
        """Whether the process runs and lists its models."""
        return self.pid is not None and self._endpoint is not None and await self._endpoint.alive()

    async def complete(self, route: Route, body: Body) -> Body:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        return await self._ready().complete(route, body)

    async def stream(self, route: Route, body: Body) -> AsyncGenerator[Body]:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        async for chunk in self._ready().stream(route, body):
            yield chunk

    def _ready(self) -> EndpointEngine:
        if self.pid is None or self._endpoint is None:
            raise EngineTrouble(f"{self._label} is not running", status=503)
        return self._endpoint

    async def _launch(self) -> None:
        port, key = free_port(), secrets.token_urlsafe(32)
        command = list(self._command(port))
        environment = {**os.environ, **self._environment, self._key_variable: key}
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        except OSError as error:
            raise UserError(f"{self._label} cannot be started: {error.strerror}; see algorand-coder doctor") from None
        if self._endpoint is not None:
            await self._endpoint.stop()
        self._endpoint = EndpointEngine(
            f"http://127.0.0.1:{port}/v1", model=self._model, api_key=key, stall=self._stall, longest=self._longest
        )
        log.info("engine started", extra={"data": {"engine": self._label, "pid": self._process.pid}})

    async def _keep_running(self) -> None:
        failures = 0
        while True:
            started = time.monotonic()
            code = await self._listen()
            await self._end()
            failures = 0 if time.monotonic() - started > _STEADY else failures + 1
            last = scrub(self._said[-1]) if self._said else ""
            log.error("engine ended", extra={"data": {"engine": self._label, "code": code, "last": last}})
            while True:
                await asyncio.sleep(_BACKOFF[min(failures, len(_BACKOFF) - 1)])
                try:
                    await self._launch()
                    break
                except UserError:
                    failures += 1

    async def _listen(self) -> int | None:
        """Keep its last lines, for the one line that says why it ended; returns its exit code."""
        process = self._process
        if process is None or process.stdout is None:
            return None
        while piece := await process.stdout.read(1 << 16):
            for line in piece.decode("utf-8", "replace").splitlines():
                if line.strip():
                    self._said.append(line.strip()[:500])
                    log.debug("engine says", extra={"data": {"line": line.strip()[:500]}})
        return await process.wait()

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        for number, grace in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, _GRACE)):
            try:
                # The whole group: engines have children that outlive them.
                os.killpg(process.pid, number)
            except (ProcessLookupError, PermissionError):
                break
            try:
                await asyncio.wait_for(process.wait(), grace)
            except TimeoutError:
                continue
        await process.wait()


def free_port() -> int:
    """A port of the loopback interface that nobody uses just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _die_with_parent() -> None:
    """A gateway that is killed cannot end its engine; the kernel does it then."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
