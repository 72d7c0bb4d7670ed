"""Passes connections on: from listening sockets of a sandbox's network to the LocalNet outside."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial

from algorand_coder.ledger.accept import Acceptor

MAX_CONNECTIONS = 256
"""As many as a sandboxed program may have open files."""
_CHUNK = 1 << 16
_CONNECT_SECONDS = 5.0


@contextmanager
def forwarded(listening: Mapping[int, socket.socket], targets: Mapping[int, tuple[str, int]]) -> Iterator[None]:
    """Pass every connection to ``listening[p]`` on to ``targets[p]``; closes everything on exit."""
    forwarder = _Forwarder()
    acceptors = [Acceptor(item, partial(forwarder.take, targets[port])) for port, item in listening.items()]
    try:
        yield
    finally:
        for acceptor in acceptors:
            acceptor.close()
        forwarder.cut()


class _Forwarder:
    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def take(self, target: tuple[str, int], inside: socket.socket) -> None:
        if len(self._open) >= 2 * MAX_CONNECTIONS:
            inside.close()
            return
        try:
            outside = socket.create_connection(target, timeout=_CONNECT_SECONDS)
        except OSError:
            inside.close()
            return
        outside.settimeout(None)
        with self._guard:
            self._open |= {inside, outside}
        for source, sink in ((inside, outside), (outside, inside)):
            threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                sink.sendall(data)
        with self._guard:
            self._open.discard(source)
        for item in (source, sink):
            with suppress(OSError):
                item.shutdown(socket.SHUT_RD if item is source else socket.SHUT_WR)

    def cut(self) -> None:
        with self._guard:
            remaining, self._open = self._open, set()
        for item in remaining:
            _end(item)


def _end(item: socket.socket) -> None:
    with suppress(OSError):
        item.shutdown(socket.SHUT_RDWR)
    item.close()
