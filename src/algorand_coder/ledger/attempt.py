"""An attempt: one evaluation over a copy of a settled ledger.

A settled ledger folder is never opened again. Whatever happens next, a block, a simulation, a look at an account,
happens on a copy: a refused or crashed attempt is thrown away, an accepted block's copy becomes the settled ledger.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from algorand_coder.ledger import binary, proxy, snapshot
from algorand_coder.ledger.codec import Wire, pack


class Attempt:
    """A ledger that may be spoilt. A refused block leaves it as it was; an accepted one advances it by a round."""

    def __init__(self, jig: binary.Jig, settled: Path, folder: Path, round_number: int) -> None:
        """Copy ``settled``, whose last block is ``round_number``, to the new ``folder``."""
        snapshot.copy(settled, folder)
        self._jig = jig
        self.folder = folder
        self._round = round_number
        self._process: binary.Evaluation | None = None

    def start(self) -> None:
        """Begin evaluation before the transactions are known."""
        self._process = self._jig.start(self.folder)

    @property
    def seconds_waiting(self) -> float:
        """How long the process has been waiting for its transactions; 0 when none was started."""
        return time.monotonic() - self._process.started if self._process else 0.0

    def rekey(self, senders: Iterable[bytes]) -> None:
        """Hand the authority over ``senders`` to the proxy, by payments to themselves in the last block."""
        added = [{"txn": proxy.rekey(sender)} for sender in sorted(set(senders))]

        def append(block: Wire) -> None:
            block["txns"] = [*block.get("txns", []), *added]

        snapshot.edit_block(self.folder, self._round, append)

    def evaluate(self, signed: Sequence[Wire]) -> binary.Evaluated:
        """Evaluate as the next block. Raises ``Rejected`` or ``LedgerFault``."""
        message = b"".join(pack(item) for item in signed)
        process, self._process = self._process, None
        return process.finish(message) if process else self._jig.evaluate(self.folder, message)

    def discard(self) -> None:
        """End what runs and remove the folder."""
        process, self._process = self._process, None
        if process:
            process.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)
