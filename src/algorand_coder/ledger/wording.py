"""Refusals in the words of a current algod, which clients take apart.

algokit-utils maps a failing ``assert`` to its message only where the error names the application, as nodes do since
go-algorand 3.22; the embedded ledger's node is older and leaves that out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from algorand_coder.ledger.codec import Wire, txid
from algorand_coder.ledger.state import State

_BLAMED = re.compile(r"transaction ([A-Z2-7]{52})")
_BY_POOL = re.compile(r"transaction [A-Z2-7]{52}|transaction already in ledger|transactionGroup|txn dead")
_DETAILS = "Details: pc="


def by_pool(refusal: str) -> str:
    """What algod's transaction pool refuses, rather than its signature check, begins by saying so."""
    return f"TransactionPool.Remember: {refusal}" if _BY_POOL.match(refusal) else refusal


def with_apps(refusal: str, transactions: Sequence[Wire], state: State) -> str:
    """``refusal`` with the application named wherever a program is blamed and it is certain which one ran."""
    match = _BLAMED.search(refusal)
    index = next((i for i, t in enumerate(transactions) if match and txid(t) == match[1]), None)
    if index is None or _DETAILS not in refusal:
        return refusal
    call = transactions[index]
    counter = state.blocks[state.round].get("tc", 0) if state.round in state.blocks else None
    outer = call.get("apid") or (counter + index + 1 if counter is not None else 0)
    others = {app for t in transactions for app in t.get("apfa", [])} - {outer}
    # Every level of inner transactions adds its details behind those of the level below.
    parts = refusal.split(_DETAILS)
    names = [outer]
    if len(parts) == 3 and len(others) == 1:
        names = [*others, outer]
    for place, app in zip(range(len(parts) - len(names), len(parts)), names, strict=True):
        if app:
            parts[place] = f"Details: app={app}, pc={parts[place]}"
        else:
            parts[place] = _DETAILS + parts[place]
    for place in range(1, len(parts) - len(names)):
        parts[place] = _DETAILS + parts[place]
    return "".join(parts)
