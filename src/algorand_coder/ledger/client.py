"""A small algod client of our own: the judge talks to a ledger without a network stack and without node."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence

from nacl.signing import SigningKey

from algorand_coder.ledger.codec import Wire, canonical, decode_address, group_id, pack, txid, unpack
from algorand_coder.ledger.errors import LedgerFault, Rejected, Unsupported, unsupported_reason

Transport = Callable[[str, str, bytes], tuple[int, bytes]]
"""Method, path with query, body → status and body. Raises ``LedgerFault`` when nothing answers."""

VALIDITY = 1000
_SETTLE_ROUNDS = 5


class NodeClient:
    """Sends transactions and reads state. Raises ``Rejected``, ``Unsupported`` and ``LedgerFault`` throughout."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, path: str) -> Wire:
        """A JSON answer."""
        answer: Wire = json.loads(self._ask("GET", path))
        return answer

    def header(self, sender: bytes) -> Wire:
        """The fields that every transaction of ``sender`` needs, valid from now on."""
        params = self.get("/v2/transactions/params")
        first = params["last-round"]
        return {
            "snd": sender,
            "fee": params["min-fee"],
            "fv": first,
            "lv": first + VALIDITY,
            "gen": params["genesis-id"],
            "gh": _bytes(params["genesis-hash"]),
        }

    def send(self, transactions: Sequence[Wire], key: SigningKey) -> list[Wire]:
        """Sign all with ``key``, send them as one group, and give what became of each (msgpack field names)."""
        prepared = [canonical(t) for t in transactions]
        if len(prepared) > 1:
            identifier = group_id(prepared)
            prepared = [{**t, "grp": identifier} for t in prepared]
        signed = [{"sig": key.sign(b"TX" + pack(t)).signature, "txn": t} for t in prepared]
        first = json.loads(self._ask("POST", "/v2/transactions", b"".join(pack(s) for s in signed)))["txId"]
        self._await(first)
        return [self._pending(txid(t)) for t in prepared]

    def balance(self, address: str) -> int:
        """Micro-Algos of an account."""
        decode_address(address)
        return int(self.get(f"/v2/accounts/{address}?exclude=all")["amount"])

    def compile(self, teal: str) -> bytes:
        """Assemble TEAL."""
        return _bytes(json.loads(self._ask("POST", "/v2/teal/compile", teal.encode()))["result"])

    def _await(self, identifier: str) -> None:
        for _ in range(_SETTLE_ROUNDS):
            found = self._pending(identifier)
            if found.get("confirmed-round"):
                return
            if found.get("pool-error"):
                raise Rejected(str(found["pool-error"]))
            last = self.get("/v2/status")["last-round"]
            self.get(f"/v2/status/wait-for-block-after/{last}")
        raise LedgerFault(f"transaction {identifier} was not confirmed in {_SETTLE_ROUNDS} rounds")

    def _pending(self, identifier: str) -> Wire:
        answer = unpack(self._ask("GET", f"/v2/transactions/pending/{identifier}?format=msgpack"))
        return answer if isinstance(answer, dict) else {}

    def _ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        status, answer = self._transport(method, path, body)
        if status < 300:
            return answer
        try:
            message = str(json.loads(answer)["message"])
        except (ValueError, KeyError, TypeError):
            message = answer[:200].decode("utf-8", "replace")
        if status == 501 or unsupported_reason(message):
            raise Unsupported(unsupported_reason(message) or message)
        if status >= 500:
            raise LedgerFault(message)
        raise Rejected(message.removeprefix("TransactionPool.Remember: "))


def _bytes(encoded: str) -> bytes:
    return base64.b64decode(encoded)
