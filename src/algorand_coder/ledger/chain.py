"""One chain: how a group of transactions makes the next block, and how the state that follows is read.

Every accepted group makes a block, as on a LocalNet in development mode. State is never computed here: it is what
the node reports. The node reports the accounts that the top-level transactions name; accounts that changed by inner
transactions alone are stale until somebody reads them, and are then asked for by a block of zero payments to them
on a copy of the ledger.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Self

from algorand_coder.ledger import binary, proxy, snapshot
from algorand_coder.ledger.attempt import Attempt
from algorand_coder.ledger.codec import Wire, raw, txid
from algorand_coder.ledger.errors import LedgerFault
from algorand_coder.ledger.state import State
from algorand_coder.ledger.transactions import Confirmed, expect_one_group

_FRESH_SECONDS = 1.0
"""A block is dated when its process starts; one that waited longer for its transactions is started again."""

_ASK_AGAIN_SECONDS = 0.2
_PROGRAMS_KEPT = 256


@dataclass(frozen=True, slots=True)
class Saved:
    """A point of a chain to come back to."""

    folder: Path
    state: State


class Chain:
    """A private chain in a folder of its own. All methods may be called from any thread."""

    def __init__(self, *, start_ahead: bool = True) -> None:
        """A fresh chain.

        ``start_ahead`` keeps the next block's process waiting: less latency where a core is idle, for some memory, and
        for the work of a process that nobody needs in the end.
        """
        self.lock = threading.RLock()
        self.timestamp_offset: int | None = None
        """Seconds from block to block, when not by the clock."""
        self._jig = binary.Jig()
        self._home = snapshot.scratch()
        # Clients compile the same programs again and again; what comes of them depends on nothing else.
        self._assemble = lru_cache(_PROGRAMS_KEPT)(partial(binary.assemble, self._jig, self._home))
        self._start_ahead = start_ahead and self._jig.ahead
        self._next: Attempt | None = None
        self._serial = 0
        self._advanced = threading.Condition(self.lock)
        self._settled = self._new_folder()
        self.state = State.genesis(snapshot.fresh(self._settled))
        self._prepare_next()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End what waits and remove the chain's folders."""
        with self.lock:
            self._drop_next()
            self._jig.close()
            shutil.rmtree(self._home, ignore_errors=True)

    def reset(self, *, start_ahead: bool = True) -> None:
        """Start over with a fresh chain; the funded accounts stay the same."""
        self._start_ahead = start_ahead and self._jig.ahead
        folder = self._new_folder()
        self._become(folder, State.genesis(snapshot.fresh(folder)))

    def save(self) -> Saved:
        """Remember this point. It lasts until the chain is closed."""
        with self.lock:
            folder = self._new_folder()
            snapshot.copy(self._settled, folder)
            return Saved(folder, self.state.fork())

    def restore(self, saved: Saved) -> None:
        """Go back to a remembered point."""
        folder = self._new_folder()
        snapshot.copy(saved.folder, folder)
        self._become(folder, saved.state.fork())

    def _become(self, folder: Path, state: State) -> None:
        with self.lock:
            self._drop_next()
            shutil.rmtree(self._settled, ignore_errors=True)
            self._settled, self.state = folder, state
            self.timestamp_offset = None
            self._prepare_next()

    # Blocks

    def submit(self, signed: Sequence[Wire], wanted: Callable[[], bool] = lambda: True) -> list[Confirmed]:
        """Confirm one group as the next block. Raises ``Rejected``, then nothing has changed, or ``LedgerFault``.

        ``wanted`` is asked once it is this group's turn: somebody may have left who waited for it.
        """
        with self.lock:
            if not wanted():
                raise LedgerFault("nobody waits for this transaction any more")
            expect_one_group(signed)
            attempt, self._next = self._next, None
            if attempt is not None and attempt.seconds_waiting > _FRESH_SECONDS:
                attempt.discard()
                attempt = None
            ahead = attempt is not None
            attempt = attempt or self._attempt()
            try:
                result = attempt.evaluate(signed)
            except LedgerFault:
                attempt.discard()
                if not ahead:
                    raise
                # The waiting process may have been killed while it idled: that says nothing about this group.
                attempt = self._attempt()
                result = self._evaluate_or_discard(attempt, signed)
            except BaseException:
                attempt.discard()
                self._prepare_next()
                raise
            confirmed = self._settle(attempt, signed, result)
            self._prepare_next()
            return confirmed

    def _evaluate_or_discard(self, attempt: Attempt, signed: Sequence[Wire]) -> binary.Evaluated:
        try:
            return attempt.evaluate(signed)
        except BaseException:
            attempt.discard()
            raise

    def _settle(self, attempt: Attempt, signed: Sequence[Wire], result: binary.Evaluated) -> list[Confirmed]:
        block = result.block
        if self.timestamp_offset is not None:
            before = self.state.blocks[self.state.round]["ts"]
            block["ts"] = before + self.timestamp_offset
            snapshot.edit_block(attempt.folder, block["rnd"], lambda stored: stored.update(ts=block["ts"]))
        old, self._settled = self._settled, attempt.folder
        shutil.rmtree(old, ignore_errors=True)
        confirmed = [
            Confirmed(txid(item["txn"]), dict(item), {**entry, "txn": item["txn"]}, block["rnd"], place, block["ts"])
            for place, (item, entry) in enumerate(zip(signed, block.get("txns", []), strict=True))
        ]
        self.state.advance(block, confirmed, result.accounts, result.boxes)
        self._advanced.notify_all()
        return confirmed

    def wait_for(self, round_number: int, seconds: float, wanted: Callable[[], bool] = lambda: True) -> None:
        """Return once the chain has reached ``round_number``, after ``seconds``, or when no longer ``wanted``."""
        deadline = time.monotonic() + seconds
        with self.lock:
            while self.state.round < round_number and wanted() and time.monotonic() < deadline:
                self._advanced.wait(_ASK_AGAIN_SECONDS)

    # State

    def account(self, address: bytes) -> Wire:
        """The record of ``address`` in the node's short names; empty for an account that holds nothing."""
        with self.lock:
            if address in self.state.stale:
                self._observe()
            return self.state.accounts.get(address, {})

    def known_accounts(self) -> dict[bytes, Wire]:
        """Every account that took part in this chain."""
        with self.lock:
            if self.state.stale:
                self._observe()
            return dict(self.state.accounts)

    def find(self, kind: str, number: int) -> tuple[Wire, bytes] | None:
        """Parameters and creator of an existing ``app`` or ``asset``."""
        with self.lock:
            known = self.state.creatables.get((kind, number))
            if known is None:
                return None
            held = self.account(known.creator).get("appp" if kind == "app" else "apar", {})
            return (held[number], known.creator) if number in held else None

    def app_boxes(self, app: int) -> dict[bytes, bytes]:
        """Names and contents of the boxes of application ``app``."""
        prefix = b"bx:" + app.to_bytes(8, "big")
        with self.lock:
            return {k[len(prefix) :]: v for k, v in sorted(self.state.boxes.items()) if k.startswith(prefix)}

    def _observe(self) -> None:
        wanted = sorted(self.state.stale)
        payer = self.richest()
        with self.attempt() as attempt:
            attempt.rekey([payer])
            payments = [proxy.payment(self.state.round, payer, to, number) for number, to in enumerate(wanted)]
            result = attempt.evaluate([proxy.sign(p) for p in payments])
        reported = {raw(address): record for address, record in result.accounts.items()}
        exact = {address: reported.get(address, {}) for address in wanted if address != payer}
        sink = snapshot.base().fee_sink
        if sink in exact:
            exact[sink] = {**exact[sink], "algo": exact[sink]["algo"] - proxy.MIN_FEE * len(wanted)}
        self.state.refresh(exact)
        self.state.stale.clear()

    def richest(self) -> bytes:
        """An account that can pay for what is tried on copies."""
        with self.lock:
            base = snapshot.base()
            amounts = {a: r.get("algo", 0) for a, r in self.state.accounts.items()}
            payers = amounts.keys() - {base.fee_sink, base.rewards_pool}
            return max(payers - self.state.stale or payers, key=lambda a: (amounts[a], a))

    # Attempts

    @contextmanager
    def attempt(self) -> Iterator[Attempt]:
        """A copy of the ledger as it is now, to try things on; removed afterwards."""
        with self.lock:
            attempt = self._attempt()
        try:
            yield attempt
        finally:
            attempt.discard()

    def _attempt(self) -> Attempt:
        return Attempt(self._jig, self._settled, self._new_folder(), self.state.round)

    def _prepare_next(self) -> None:
        if self._start_ahead and self._next is None:
            self._next = self._attempt()
            self._next.start()

    def _drop_next(self) -> None:
        attempt, self._next = self._next, None
        if attempt is not None:
            attempt.discard()

    def _new_folder(self) -> Path:
        with self.lock:
            self._serial += 1
            return self._home / str(self._serial)

    def compile(self, source: bytes) -> tuple[bytes, Wire]:
        """Assemble TEAL; gives the program and its source map. Raises ``Rejected`` with the assembler's words."""
        return self._assemble(source)
