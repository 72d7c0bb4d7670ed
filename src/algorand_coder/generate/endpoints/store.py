"""Answers that were bought, attempts whose fate is open, and batches under way: one SQLite file an endpoint.

An answer is committed to disk before anybody sees it. An attempt is written down before it is sent, with the most that
it can cost; it is struck out when its answer is stored or when it is known to be free. What a killed process leaves
behind are therefore exactly the attempts that may have been billed without an answer.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints.exchange import Reply

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, reply TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts (id INTEGER PRIMARY KEY, key TEXT NOT NULL, most REAL NOT NULL);
CREATE TABLE IF NOT EXISTS batches (
  mark TEXT PRIMARY KEY, keys TEXT NOT NULL, created REAL NOT NULL, remote TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class OpenBatch:
    """A batch that was written down before it was handed in; ``remote`` is empty until the provider named it."""

    mark: str
    keys: tuple[str, ...]
    created: float
    """Seconds since the epoch."""
    remote: str


class Store:
    """One process at a time: two that ask the same would pay twice. Raises ``UserError`` when another one works."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = path.with_suffix(".lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise UserError(
                f"another process is asking the same model (its answers are kept in {path}): wait for it to end"
            ) from None
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file and let others in."""
        self._base.close()
        self._lock.close()

    def answers(self, keys: Sequence[str]) -> dict[str, Reply]:
        """The replies among ``keys`` that were bought."""
        found = {}
        for key in keys:
            row = self._base.execute("SELECT reply FROM answers WHERE key = ?", (key,)).fetchone()
            if row is not None:
                found[key] = Reply(**json.loads(row[0]))
        return found

    def begin(self, key: str, most: float) -> int:
        """Write down an attempt that is about to be sent and may cost ``most`` dollars."""
        done = self._base.execute("INSERT INTO attempts (key, most) VALUES (?, ?)", (key, most))
        return int(done.lastrowid or 0)

    def free(self, attempt: int) -> None:
        """The attempt is known to have cost nothing."""
        self._base.execute("DELETE FROM attempts WHERE id = ?", (attempt,))

    def keep(self, key: str, reply: Reply, attempt: int | None = None) -> None:
        """Store ``reply`` and settle the attempt that brought it, both or neither."""
        with self._base:
            self._base.execute("BEGIN IMMEDIATE")
            # Escaped: JSON from an endpoint may hold lone surrogates, which UTF-8 cannot carry.
            text = json.dumps(asdict(reply))
            self._base.execute("INSERT OR IGNORE INTO answers VALUES (?, ?)", (key, text))
            if attempt is not None:
                self._base.execute("DELETE FROM attempts WHERE id = ?", (attempt,))

    def unsettled(self, keys: Sequence[str]) -> float:
        """Dollars that attempts at ``keys`` may have cost without an answer."""
        wanted = set(keys)
        rows = self._base.execute("SELECT key, most FROM attempts")
        return sum(float(most) for key, most in rows if key in wanted)

    def open_batches(self) -> list[OpenBatch]:
        """Batches that were begun and not finished."""
        rows = self._base.execute("SELECT mark, keys, created, remote FROM batches ORDER BY created, mark")
        return [OpenBatch(mark, tuple(json.loads(keys)), created, remote) for mark, keys, created, remote in rows]

    def begin_batch(self, batch: OpenBatch) -> None:
        """Write down a batch, or the name that the provider gave to it."""
        row = (batch.mark, json.dumps(batch.keys), batch.created, batch.remote)
        self._base.execute("INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?)", row)

    def end_batch(self, mark: str) -> None:
        """All that the batch brought is stored."""
        self._base.execute("DELETE FROM batches WHERE mark = ?", (mark,))
