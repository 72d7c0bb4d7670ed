"""Takes connections from a listening socket until told to stop, without waiting and without hurting the socket."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable


class Acceptor:
    """A thread that hands each connection to ``take``.

    The socket may be a copy of one that will be served again (a sandboxed program that is asked twice), so it is never
    shut down, only closed.
    """

    def __init__(self, listening: socket.socket, take: Callable[[socket.socket], None]) -> None:
        self._listening = listening
        self._take = take
        self._awake, self._wake = socket.socketpair()
        listening.setblocking(False)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._listening, selectors.EVENT_READ)
            ready.register(self._awake, selectors.EVENT_READ)
            while True:
                if any(key.fileobj is self._awake for key, _ in ready.select()):
                    return
                try:
                    connection, _ = self._listening.accept()
                except OSError:
                    continue
                self._take(connection)

    def close(self) -> None:
        """Take nothing more; returns at once."""
        self._wake.close()
        self._thread.join()
        self._awake.close()
        self._listening.close()
