"""The ledgers that levels deploy and behave are judged on: opened when first needed, warm until the end.

A LocalNet is the user's: it is used as it is, one question at a time, and never reset.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
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
        self._start_ahead = True
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
                session = ledger.open_session(self._choice, start_ahead=self._start_ahead)
            elif fresh:
                session.reset(start_ahead=self._start_ahead)
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

    def side_by_side(
        self,
        work: Callable[[int], Judgement],
        count: int,
        done: Done,
        alike: Sequence[str] = (),
        stop: Callable[[], None] = lambda: None,
    ) -> list[Judgement]:
        """``work`` for every index below ``count``, on as many threads as there are ledgers; results in order.

        ``alike`` gives a label to each: a thread stays with the label it has, and else takes one nobody is at.
        ``stop`` ends what threads are at when the caller is interrupted or one of them fails.
        """
        # With every core at work, a process that waits for the next block only takes time from the others.
        self._start_ahead = count < self._size
        results: dict[int, Judgement] = {}
        turns = _Turns(alike or [str(index) for index in range(count)])

        def go_on() -> None:
            for index in turns:
                results[index] = work(index)
                done(index, results[index])

        with ThreadPoolExecutor(self._size) as pool:
            threads = [pool.submit(go_on) for _ in range(self._size)]
            try:
                for thread in as_completed(threads):
                    thread.result()
            except BaseException:
                turns.stop()
                stop()
                raise
        return [results[index] for index in range(count)]

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


class _Turns:
    """Who does what next. Each thread iterates over the one object."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self._waiting = list(range(len(labels)))
        self._at_work: dict[int, str] = {}
        self._guard = threading.Lock()

    def __iter__(self) -> Iterator[int]:
        me = threading.get_ident()
        while True:
            with self._guard:
                last = self._at_work.pop(me, None)
                taken = set(self._at_work.values())
                if not self._waiting:
                    return
                index = min(self._waiting, key=lambda i: (self._labels[i] != last, self._labels[i] in taken, i))
                self._waiting.remove(index)
                self._at_work[me] = self._labels[index]
            yield index

    def stop(self) -> None:
        """Nothing more is to be done."""
        with self._guard:
            self._waiting.clear()
