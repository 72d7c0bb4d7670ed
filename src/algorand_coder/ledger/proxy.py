"""The proxy signer: how transactions are tried without their owners' signatures.

On a copy of the ledger the senders are re-keyed to the account of a logic signature that approves everything; what
they send is then authorised by that program. No key of anybody is needed and no executable is changed.
"""

from __future__ import annotations

from algorand_coder.ledger import snapshot
from algorand_coder.ledger.codec import Wire, program_address

PROGRAM = b"\x06\x81\x01"
"""TEAL 6, ``int 1``."""
ADDRESS = program_address(PROGRAM)
MIN_FEE = 1000
VALIDITY = 1000


def sign(transaction: Wire) -> Wire:
    """``transaction`` as the proxy sends it for its sender."""
    return {"txn": transaction, "lsig": {"l": PROGRAM}, "sgnr": ADDRESS}


def rekey(sender: bytes) -> Wire:
    """What hands the authority over ``sender`` to the proxy when the node replays it unverified."""
    return {"type": "pay", "snd": sender, "rcv": sender, "rekey": ADDRESS, "lv": 1}


def payment(round_number: int, sender: bytes, receiver: bytes, number: int) -> Wire:
    """A payment of nothing, distinct from others by ``number``."""
    return {
        "type": "pay",
        "snd": sender,
        "rcv": receiver,
        "fee": MIN_FEE,
        "fv": round_number,
        "lv": round_number + VALIDITY,
        "gen": snapshot.GENESIS_ID,
        "gh": snapshot.base().genesis_hash,
        "note": number.to_bytes(4, "big"),
    }
