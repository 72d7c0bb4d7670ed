"""The ledgers that levels deploy and behave are judged on: opened when first needed, warm until the end.

A LocalNet is the user's: it is used as it is, one question at a time, and never reset.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from algorand_coder import ledger
from algorand_coder.errors import UserError
from algorand_coder.ledger import LedgerFault, Session
from algorand_coder.verify.judge import Done, Judgement

_T = TypeVar("_T")


class Ledgers:
    """A pool: ``size`` embedded ledgers side by side, or the one LocalNet. Safe to share between threads."""

    def __init__(self, choice: ledger.Choice = "auto", size: int = 1) -> None:
        self._choice: ledger.Choice = choice
        self._size = size
        self._described: ledger.Description | None = None
        self._free: queue.LifoQueue[Session | None] | None = None

    def describe(self) -> str:
        """Which ledger this is; empty where there is none. Decides a verdict, so it belongs to a verdict's key."""
        try:
            return str(self._description())
        except (UserError, LedgerFault):
            return ""

    def ask(self, question: Callable[[Session], _T], *, fresh: bool = True) -> _T:
        """``question`` put to a ledger, and once more to another one when the ledger breaks.

        Raises whatever ``question`` does, ``LedgerFault`` when both broke, and ``MissingTool`` where there is none.
        """
        try:
            with self._taken(fresh=fresh) as session:
                return question(session)
        except LedgerFault:
            with self._taken(fresh=fresh) as session:
                return question(session)

    @contextmanager
    def _taken(self, *, fresh: bool) -> Iterator[Session]:
        """A ledger of one's own; one that breaks is dropped, and ``LedgerFault`` says so if nothing else did."""
        pool = self._pool()
        session = pool.get()
        try:
            if session is None:
                session = ledger.open_session(self._choice)
            elif fresh:
                session.reset()
            yield session
            if session.faults:
                raise LedgerFault(session.faults[0])
        except LedgerFault:
            if session is not None:
                session.close()
                session = None
            raise
        finally:
            pool.put(session)

    def side_by_side(self, work: Callable[[int], Judgement], count: int, done: Done) -> list[Judgement]:
        """``work`` for every index below ``count``, on as many threads as there are ledgers; results in order."""

        def settle(index: int) -> Judgement:
            judgement = work(index)
            done(index, judgement)
            return judgement

        with ThreadPoolExecutor(self._size) as pool:
            try:
                return list(pool.map(settle, range(count)))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def close(self) -> None:
        """End all ledgers."""
        pool, self._free = self._free, None
        while pool is not None and not pool.empty():
            if (session := pool.get_nowait()) is not None:
                session.close()

    def _pool(self) -> queue.LifoQueue[Session | None]:
        if self._free is None:
            self._free = queue.LifoQueue()
            for _ in range(1 if self._description().kind == "localnet" else self._size):
                self._free.put(None)
        return self._free

    def _description(self) -> ledger.Description:
        if self._described is None:
            self._described = ledger.describe(self._choice)
        return self._described
