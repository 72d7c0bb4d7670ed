"""The chain: a LocalNet when one runs, otherwise an embedded ledger that any Algorand client can use.

``open_session()`` gives a ``Session``; ``EmbeddedLedger`` is a private chain with algod, KMD and indexer services that
starts in a few milliseconds, is reset in a few more, and runs the node's own code for every transaction.
"""

from algorand_coder.ledger.errors import LedgerError, LedgerFault, Rejected, Unsupported, unsupported_reason
from algorand_coder.ledger.session import (
    TOKEN,
    Choice,
    Description,
    EmbeddedLedger,
    LocalNet,
    Session,
    describe,
    environment,
    open_session,
)

__all__ = [
    "TOKEN",
    "Choice",
    "Description",
    "EmbeddedLedger",
    "LedgerError",
    "LedgerFault",
    "LocalNet",
    "Rejected",
    "Session",
    "Unsupported",
    "describe",
    "environment",
    "open_session",
    "unsupported_reason",
]
