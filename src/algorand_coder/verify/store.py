"""Verdicts that were reached before: content-addressed, so the same code under the same judge is judged once."""

from __future__ import annotations

import logging
import sqlite3
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_LIMIT = 1 << 30
"""Bytes after which the store starts anew; entries of old toolchains are never asked for again."""
_ASK = 500
_SHORT = 400
_SQUEEZED = b"z"
_PATIENCE = 30.0
"""Seconds to wait for another process that holds the file."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

log = logging.getLogger(__name__)


class Store:
    """Bytes by key in one SQLite file; safe between processes. A damaged file is replaced, never trusted.

    Where there can be no file (write-protected, held by another process for too long) nothing is remembered.
    """

    def __init__(self, path: Path) -> None:
        self._base: sqlite3.Connection | None = None
        try:
            self._base = _opened(path)
        except (sqlite3.Error, OSError) as error:
            log.warning("%s: cannot be used (%s); verdicts are not remembered", path, error)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The entries among ``keys`` that are there."""
        found: dict[str, bytes] = {}
        if self._base is None:
            return found
        # In the order of the file: neighbours share a page, which halves the time.
        ordered = sorted(keys)
        try:
            for start in range(0, len(ordered), _ASK):
                some = ordered[start : start + _ASK]
                marks = ",".join("?" * len(some))
                rows = self._base.execute(f"SELECT key, value FROM entries WHERE key IN ({marks})", some)  # noqa: S608
                found.update(
                    [(key, zlib.decompress(value[1:]) if value[:1] == _SQUEEZED else value[1:]) for key, value in rows]
                )
        except (sqlite3.Error, zlib.error):
            return {}
        return found

    def put(self, entries: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> None:
        """Keep ``entries``; a store that cannot be written only costs time later."""
        if self._base is None:
            return
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        rows = [(key, _pack(value)) for key, value in pairs]
        try:
            with self._base:
                self._base.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", rows)
        except sqlite3.Error:
            return

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            self._base.close()


def _pack(value: bytes) -> bytes:
    # Most verdicts are short; the first byte says whether the rest is compressed.
    return _SQUEEZED + zlib.compress(value, 1) if len(value) > _SHORT else b"p" + value


def _opened(path: Path) -> sqlite3.Connection:
    if path.is_file() and path.stat().st_size > _LIMIT:
        _remove(path)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return _open(path)
        except sqlite3.OperationalError as error:
            # Another process uses the file, or the disk fails: what lies there may be whole.
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(0.1)
        except sqlite3.DatabaseError:
            _remove(path)
            return _open(path)


def _open(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=OFF")
        base.execute("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
    except sqlite3.Error:
        base.close()
        raise
    return base


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
