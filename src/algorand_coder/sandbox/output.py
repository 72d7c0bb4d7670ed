"""Reads a program's two output streams side by side and stops when together they exceed a limit."""

from __future__ import annotations

import os
import selectors
import subprocess
import time

_CHUNK = 1 << 16
_DRAIN_SECONDS = 2.0


class Reader:
    """A context manager over the pipes of ``process``."""

    def __init__(self, process: subprocess.Popen[bytes], limit: int) -> None:
        """``limit`` is in bytes, for both streams together."""
        self._streams = [stream for stream in (process.stdout, process.stderr) if stream is not None]
        self._kept: dict[int, bytearray] = {stream.fileno(): bytearray() for stream in self._streams}
        self._limit = self._room = limit
        self.overflowed = False
        self._selector = selectors.DefaultSelector()
        for stream in self._streams:
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream, selectors.EVENT_READ)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for stream in self._streams:
            stream.close()

    @property
    def finished(self) -> bool:
        """Whether both streams have ended."""
        return not self._selector.get_map()

    @property
    def stdout(self) -> bytes:
        """What was kept of standard output."""
        return bytes(next(iter(self._kept.values())))

    @property
    def stderr(self) -> bytes:
        """What was kept of standard error."""
        return bytes(list(self._kept.values())[1])

    def read(self, seconds: float) -> None:
        """Read what is there, waiting at most ``seconds`` for something to come."""
        for key, _ in self._selector.select(seconds):
            try:
                data = os.read(key.fd, _CHUNK)
            except BlockingIOError:
                continue
            if not data:
                self._selector.unregister(key.fileobj)
                continue
            self._kept[key.fd] += data[: self._room]
            self.overflowed = self.overflowed or len(data) > self._room
            self._room -= min(len(data), self._room)

    def take(self) -> tuple[bytes, bytes]:
        """What was kept of both streams; what comes from now on is another answer, with a limit of its own."""
        taken = self.stdout, self.stderr
        for kept in self._kept.values():
            kept.clear()
        self._room = self._limit
        return taken

    def drain(self) -> None:
        """After the end: what is still in the pipes, as far as there is room. Something that left the sandbox's reach
        (possible only without isolation) may hold them open; it is not waited for."""
        deadline = time.monotonic() + _DRAIN_SECONDS
        while not self.finished and not self.overflowed and time.monotonic() < deadline:
            self.read(0.05)
