"""A small HTTP/1.1 server for the ledger's three services, on the standard library.

The chain behind it works one request at a time in its own processes, so a thread a connection is all it needs; what
counts is that listening sockets may come from elsewhere (a sandbox's network namespace) and that start and stop cost
nothing. The peer may be hostile: bodies, connections and waiting times are bounded.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from algorand_coder.ledger.accept import Acceptor
from algorand_coder.ledger.codec import pack
from algorand_coder.ledger.errors import LedgerFault, Unsupported

MAX_BODY = 8 * 2**20
MAX_CONNECTIONS = 128
"""Connections of one service at a time; whoever comes then waits for a place. A client that asks a hundred things at
once opens a hundred connections."""
_LOOK_AGAIN_SECONDS = 0.1
IDLE_SECONDS = 120.0
_END_SECONDS = 30.0
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "*",
}
_FORMATS = frozenset({"format", "pretty"})
"""Parameters that clients may add to any request."""
_NEUTRAL = frozenset({"", "0", "false", "none"})
"""Values that ask for nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its path parameters taken apart."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""
    parameters: Mapping[str, str] = field(default_factory=dict)
    wanted: Callable[[], bool] = lambda: True
    """False once the listener that took the request is closing: then nothing may happen any more on its behalf."""

    def number(self, name: str) -> int:
        """A path parameter as an unsigned 64-bit number. Raises ``HttpError`` 400."""
        value = self.parameters[name]
        if not value.isdecimal() or int(value) >= 2**64:
            raise HttpError(400, f"Invalid format for parameter {name}: error binding string parameter: {value!r}")
        return int(value)

    @property
    def wants_msgpack(self) -> bool:
        """Whether the query asks for msgpack. Raises ``HttpError`` 400 for an unknown format."""
        wanted = self.query.get("format", "json").lower()
        if wanted not in {"json", "msgpack", "msgp"}:
            raise HttpError(400, "failed to parse the format option")
        return wanted != "json"


@dataclass(frozen=True, slots=True)
class Response:
    """Status, body and type of an answer."""

    status: int
    body: bytes
    content_type: str = "application/json"


class HttpError(Exception):
    """Answered as ``{"message": …}`` with ``status``."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def reply(value: Any, status: int = 200) -> Response:
    """``value`` as JSON."""
    return Response(status, json.dumps(value, separators=(",", ":")).encode())


def reply_msgpack(value: Any) -> Response:
    """``value`` as msgpack."""
    return Response(200, pack(value), "application/msgpack")


Handler = Callable[[Request], Response]


class Router:
    """Paths like ``/v2/assets/{id}`` to handlers. One router is one service on one port."""

    def __init__(
        self,
        token_header: str = "",
        token: str = "",
        on_unsupported: Callable[[str], None] = lambda reason: None,
        on_fault: Callable[[str], None] = lambda reason: None,
    ):
        """``token`` is required in ``token_header`` (or as a bearer token) for every path below ``/v``."""
        self._routes: list[tuple[str, re.Pattern[str], Handler, frozenset[str] | None]] = []
        self._token_header = token_header.lower()
        self._token = token
        self._on_unsupported = on_unsupported
        self._on_fault = on_fault

    def add(self, method: str, path: str, handler: Handler, known: Collection[str] | None = None) -> None:
        """Serve ``path`` (``{name}`` stands for one segment) with ``handler``.

        ``known`` are the query parameters that it heeds. Any other is refused as unsupported: an answer that is given
        as if a filter had not been asked for is wrong. ``None`` where the query does not matter.
        """
        pattern = re.sub(r"\\{([\w-]+)\\}", r"(?P<\1>[^/]+)", re.escape(path).replace("\\-", "-"))
        heeded = None if known is None else _FORMATS | frozenset(known)
        self._routes.append((method, re.compile(pattern + "/?"), handler, heeded))

    def lack(self, method: str, path: str) -> None:
        """Answer at ``path``, which the real service has, that this one has not."""
        self.add(method, path, _lacking)

    def dispatch(self, request: Request) -> Response:
        """Answer ``request``; failures of any kind become an answer too."""
        try:
            return self._answer(request)
        except HttpError as error:
            return reply({"message": str(error)}, error.status)
        except Unsupported as error:
            self._on_unsupported(str(error))
            return reply({"message": f"not supported by the embedded ledger: {error}"}, 501)
        except LedgerFault as error:
            if request.wanted():
                self._on_fault(str(error))
            return reply({"message": f"ledger fault: {error}"}, 500)
        except Exception as error:  # a bug of ours must not look like an answer of the chain
            traceback.print_exc()
            self._on_fault(repr(error))
            return reply({"message": f"internal error of the embedded ledger: {error!r}"}, 500)

    def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, b"")
        if self._token and request.path.startswith("/v") and request.path != "/versions":
            given = request.headers.get(self._token_header) or request.headers.get("authorization", "").removeprefix(
                "Bearer "
            )
            if given != self._token:
                raise HttpError(401, "Invalid API Token")
        for method, pattern, handler, known in self._routes:
            match = pattern.fullmatch(request.path)
            if match and method == request.method:
                _expect_known(request, known)
                named = {k: unquote(v) for k, v in match.groupdict().items()}
                fields = (request.method, request.path, request.query, request.headers, request.body)
                return handler(Request(*fields, parameters=named, wanted=request.wanted))
        raise HttpError(404, "Not Found")


def _lacking(request: Request) -> Response:
    raise Unsupported(f"{request.method} {request.path}")


def _expect_known(request: Request, known: frozenset[str] | None) -> None:
    for name, value in request.query.items():
        if known is not None and name not in known and value not in _NEUTRAL:
            raise Unsupported(f"{request.method} {request.path} with {name}")


class Listener:
    """Serves a router on a listening socket until closed."""

    def __init__(self, router: Router, listening: socket.socket) -> None:
        self._server = _Server(router)
        self._acceptor = Acceptor(listening, self._server.take)

    def close(self) -> None:
        """Stop accepting, cut what is connected, and wait until the last request has come to its end."""
        self._server.closing.set()
        self._acceptor.close()
        self._server.cut()
        self._server.wait_idle(_END_SECONDS)


class _Server(BaseServer):
    """What the connections of one listener share."""

    def __init__(self, router: Router) -> None:
        super().__init__(("", 0), _Handler)
        self.router = router
        self._slots = threading.BoundedSemaphore(MAX_CONNECTIONS)
        self._connected: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._idle = threading.Condition(self._guard)
        self._busy = 0
        self.closing = threading.Event()

    def take(self, connection: socket.socket) -> None:
        """Serve ``connection`` in a thread of its own, once there is a place for it.

        Those behind it wait in the socket's backlog: one that is dropped would fail a program that does nothing wrong.
        """
        while not self._slots.acquire(timeout=_LOOK_AGAIN_SECONDS):
            if self.closing.is_set():
                connection.close()
                return
        with self._guard:
            self._connected.add(connection)
        threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        try:
            # A peer that goes away in mid-request is nobody's error.
            with suppress(Exception), connection:
                self.finish_request(connection, ("", 0))
        finally:
            with self._guard:
                self._connected.discard(connection)
            self._slots.release()

    def is_full(self) -> bool:
        with self._guard:
            return len(self._connected) >= MAX_CONNECTIONS

    def is_open(self) -> bool:
        return not self.closing.is_set()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with self._guard:
            self._busy += 1
        try:
            yield
        finally:
            with self._guard:
                self._busy -= 1
                self._idle.notify_all()

    def wait_idle(self, seconds: float) -> None:
        with self._guard:
            self._idle.wait_for(lambda: self._busy == 0, timeout=seconds)

    def cut(self) -> None:
        with self._guard:
            remaining = list(self._connected)
        for connection in remaining:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """The service keeps quiet."""

    def _serve(self) -> None:
        response = self._respond()
        self.send_response(response.status)
        for name, value in _CORS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        if self.server.is_full():
            # Connections that idle for the next request would keep out those that wait.
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(response.body)
        self.wfile.flush()

    do_GET = do_POST = do_DELETE = do_OPTIONS = _serve  # noqa: N815

    def _respond(self) -> Response:
        length = self.headers.get("Content-Length", "0")
        if "chunked" in self.headers.get("Transfer-Encoding", "") or not length.isdecimal() or int(length) > MAX_BODY:
            self.close_connection = True
            return reply({"message": "a request body needs a Content-Length of at most 8 MiB"}, 413)
        body = self.rfile.read(int(length))
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.at_work():
            if not self.server.is_open():
                return reply({"message": "the ledger has closed"}, 503)
            fields = (self.command, parts.path, query, headers, body)
            return self.server.router.dispatch(Request(*fields, wanted=self.server.is_open))


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A listening TCP socket. Raises ``OSError`` when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening
