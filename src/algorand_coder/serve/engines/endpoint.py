"""An engine behind an OpenAI-compatible endpoint: vLLM, llama.cpp, Ollama, or somebody's cloud."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from algorand_coder.errors import UserError
from algorand_coder.serve.engines.base import Body, Route
from algorand_coder.serve.failures import EngineTrouble, Refusal, scrub

if TYPE_CHECKING:
    # Loaded with the first request: an agent that starts its tools should not wait for it.
    import aiohttp

_LARGEST_EVENT = 4_000_000
_LARGEST_ANSWER = 64_000_000
_LARGEST_ERROR = 100_000
_ALIVE_FOR = 2.0
"""Seconds for which an answer to "are you alive" holds."""
_ASK = 3.0
_CONNECT = 10.0


class EndpointEngine:
    """``base_url`` ends where ``/chat/completions`` is appended, most often in ``/v1``.

    ``model`` is the endpoint's name for the model (its first one when empty), ``api_key`` goes into the
    Authorization header, ``stall`` is the longest silence in seconds on a stream, ``longest`` that of a whole answer.
    """

    def __init__(
        self, base_url: str, *, model: str = "", api_key: str = "", stall: float = 60.0, longest: float = 600.0
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UserError(f"{scrub(base_url)!r} is not an address of an endpoint: give http(s)://HOST[:PORT]/v1")
        self._base = base_url.rstrip("/") + "/"
        self._headers = {"accept-encoding": "identity"}
        if api_key:
            self._headers["authorization"] = f"Bearer {api_key}"
        self._model = model
        self._stall, self._longest = stall, longest
        self._asked, self._alive = -_ALIVE_FOR, False
        self._opened: dict[bool, aiohttp.ClientSession] = {}
        """By whether its connections are kept."""
        self._stopped = False

    def _session(self, *, kept: bool = True) -> aiohttp.ClientSession:
        """Connections that are kept; its parser is in C, which a gateway that passes on every token feels."""
        if self._stopped:
            raise EngineTrouble("the engine is being replaced", status=503)
        if kept not in self._opened:
            import aiohttp

            connector = aiohttp.TCPConnector(limit=0, force_close=not kept)
            self._opened[kept] = aiohttp.ClientSession(
                headers=self._headers, connector=connector, timeout=self._timeout(self._stall)
            )
        return self._opened[kept]

    @staticmethod
    def _timeout(silence: float) -> aiohttp.ClientTimeout:
        import aiohttp

        return aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, sock_read=silence)

    async def start(self) -> None:
        """The endpoint runs by itself; connections are made when they are needed."""
        self._stopped = False

    async def stop(self) -> None:
        """Close the connections."""
        # Whoever asks while it closes must not get hold of what is being closed.
        self._stopped, opened, self._opened = True, self._opened, {}
        for session in opened.values():
            await session.close()

    async def alive(self) -> bool:
        """Whether it lists its models."""
        if time.monotonic() - self._asked >= _ALIVE_FOR:
            try:
                await self._list()
                self._alive = True
            except (EngineTrouble, Refusal):
                self._alive = False
            self._asked = time.monotonic()
        return self._alive

    async def complete(self, route: Route, body: Body) -> Body:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        payload = await self._payload({**body, "stream": False})
        with _told():
            async with await self._post(route, payload, self._longest) as answer:
                content = await _at_most(answer, _LARGEST_ANSWER)
        _expect_ok(answer.status, content)
        return _answer(content)

    async def stream(self, route: Route, body: Body) -> AsyncGenerator[Body]:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        payload = await self._payload({**body, "stream": True})
        with _told():
            # Left before its end, a response closes its connection, and the engine stops.
            async with await self._post(route, payload, self._stall) as answer:
                if answer.status != _OK:
                    _expect_ok(answer.status, await _at_most(answer, _LARGEST_ERROR))
                finished = False
                async for data in events(answer.content.iter_any()):
                    if data == b"[DONE]":
                        return
                    chunk = _answer(data)
                    finished = finished or any(choice.get("finish_reason") for choice in chunk["choices"])
                    yield chunk
                if not finished:
                    raise EngineTrouble("the engine ended in the middle of its answer")

    async def _post(self, route: Route, payload: bytes, silence: float) -> aiohttp.ClientResponse:
        import aiohttp

        async def send(*, kept: bool) -> aiohttp.ClientResponse:
            return await self._session(kept=kept).post(
                self._base + route, data=payload, headers=_JSON, timeout=self._timeout(silence), allow_redirects=False
            )

        try:
            return await send(kept=True)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
            if isinstance(error, aiohttp.ClientConnectorError):
                raise
            # A kept connection may have been closed at the other end just now, and the others with it: take a new one.
            return await send(kept=False)

    async def _payload(self, body: Body) -> bytes:
        if not self._model:
            self._model = await self._list()
        try:
            return json.dumps({**body, "model": self._model}, allow_nan=False).encode()
        except ValueError:
            raise Refusal(400, "NaN and Infinity are not JSON", code="invalid_json") from None

    async def _list(self) -> str:
        with _told():
            timeout = self._timeout(_ASK)
            async with self._session().get(f"{self._base}models", timeout=timeout, allow_redirects=False) as answer:
                content = await _at_most(answer, _LARGEST_ANSWER)
        _expect_ok(answer.status, content)
        models = _object(content).get("data")
        if not isinstance(models, list) or not models or not isinstance(models[0], dict) or "id" not in models[0]:
            raise EngineTrouble("the engine lists no models")
        return str(models[0]["id"])


_OK = 200
_JSON = {"content-type": "application/json"}


async def events(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The data of each server-sent event (WHATWG HTML, 9.2); comments, names and ids are left out."""
    rest, data = b"", list[bytes]()
    async for piece in pieces:
        rest += piece
        if len(rest) > _LARGEST_EVENT:
            raise EngineTrouble("the engine sent an event without end")
        *lines, rest = rest.split(b"\n")
        for line in lines:
            line = line.rstrip(b"\r")
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" "))
            elif not line and data:
                yield b"\n".join(data)
                data = []


async def _at_most(answer: aiohttp.ClientResponse, size: int) -> bytes:
    found = b""
    async for piece in answer.content.iter_any():
        found += piece
        if len(found) > size:
            raise EngineTrouble("the engine sent an answer without end")
    return found


def _answer(data: bytes) -> Body:
    """An answer or a chunk of one, in the shape that everybody behind this relies on."""
    found = _object(data)
    if "error" in found:
        raise EngineTrouble(f"the engine broke off: {_said(found)}")
    choices = found.setdefault("choices", [])
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        raise EngineTrouble("the engine sent an answer without choices")
    if not all(isinstance(choice.get(part, {}) or {}, dict) for choice in choices for part in ("delta", "message")):
        raise EngineTrouble("the engine sent a message that is no object")
    return found


def _object(data: bytes) -> Body:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise EngineTrouble("the engine sent something that is not JSON") from None
    if not isinstance(found, dict):
        raise EngineTrouble("the engine sent JSON that is no object")
    return found


def _expect_ok(status: int, content: bytes) -> None:
    """Faults of the request are passed on, everything else is the engine's trouble."""
    if status == _OK:
        return
    try:
        said = _said(json.loads(content))
    except (ValueError, RecursionError):
        said = ""
    if status in {400, 404, 413, 422}:
        raise Refusal(400, said or "the engine refuses this request", code="refused_by_engine")
    if status == 429:
        raise EngineTrouble("the engine is overloaded", status=503, code="engine_overloaded")
    raise EngineTrouble(f"the engine failed ({status})")


def _said(found: Any) -> str:
    """The message in an error of whatever shape."""
    error = found.get("error", found) if isinstance(found, dict) else found
    message = error.get("message", "") if isinstance(error, dict) else error
    return scrub(str(message))


@contextmanager
def _told() -> Iterator[None]:
    """Faults of the connection as the engine's trouble."""
    import aiohttp

    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        raise EngineTrouble("the engine cannot be reached", status=503) from None
    except aiohttp.ServerTimeoutError:
        raise EngineTrouble("the engine stalled", status=504, code="engine_stalled") from None
    except (aiohttp.ClientError, OSError):
        raise EngineTrouble("the engine broke off") from None
