"""The algod service: sending transactions, asking what became of them, simulating them."""

from __future__ import annotations

from collections.abc import Callable

from algorand_coder.ledger import simulate, wording
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, pack, unpack, unpack_all
from algorand_coder.ledger.errors import Rejected, unsupported_reason
from algorand_coder.ledger.http import HttpError, Request, Response, Router, reply, reply_msgpack
from algorand_coder.ledger.resources import MAX_GROUP
from algorand_coder.ledger.shapes import as_json
from algorand_coder.ledger.transactions import pending_info

_NOT_FOUND = "could not find the transaction in the transaction pool or in the last 1000 confirmed rounds"
_TXID_LENGTH = 52
_NEEDS_NODE = (
    ("GET", "/metrics"),
    ("GET", "/swagger.json"),
    ("GET", "/debug/settings/pprof"),
    ("GET", "/debug/settings/config"),
    ("GET", "/v2/accounts/{address}/applications"),
    ("GET", "/v2/deltas/{round}"),
    ("GET", "/v2/deltas/{round}/txn/group"),
    ("GET", "/v2/deltas/txn/group/{id}"),
    ("GET", "/v2/blocks/{round}/hash"),
    ("GET", "/v2/blocks/{round}/logs"),
    ("GET", "/v2/blocks/{round}/lightheader/proof"),
    ("GET", "/v2/blocks/{round}/transactions/{txid}/proof"),
    ("GET", "/v2/stateproofs/{round}"),
    ("POST", "/v2/teal/dryrun"),
    ("POST", "/v2/teal/disassemble"),
    ("GET", "/v2/participation"),
    ("POST", "/v2/participation"),
    ("POST", "/v2/participation/generate/{address}"),
    ("GET", "/v2/participation/{id}"),
    ("POST", "/v2/participation/{id}"),
    ("DELETE", "/v2/participation/{id}"),
    ("GET", "/v2/node/peers"),
    ("POST", "/v2/node/shutdown"),
    ("POST", "/v2/shutdown"),
    ("POST", "/v2/transactions/async"),
    ("GET", "/v2/ledger/sync"),
    ("DELETE", "/v2/ledger/sync"),
    ("POST", "/v2/ledger/sync/{round}"),
    ("POST", "/v2/catchup/{catchpoint}"),
    ("DELETE", "/v2/catchup/{catchpoint}"),
    ("GET", "/v2/experimental"),
)
"""Paths of algod that this ledger does not have. A path that is neither here nor served is one no node has either.

After ``daemon/algod/api/algod.oas2.json`` of go-algorand, August 2026.
"""


def add_routes(router: Router, chain: Chain, on_unsupported: Callable[[str], None]) -> None:
    """Serve everything about transactions; ``on_unsupported`` hears of refusals that are due to this ledger's age."""
    service = _Transactions(chain, on_unsupported)
    router.add("POST", "/v2/transactions", service.send)
    router.add("POST", "/v2/transactions/simulate", service.simulate)
    router.add("GET", "/v2/transactions/pending", service.pool)
    router.add("GET", "/v2/transactions/pending/{txid}", service.pending)
    router.add("GET", "/v2/accounts/{address}/transactions/pending", service.pool)
    for method, path in _NEEDS_NODE:
        router.lack(method, path)


class _Transactions:
    def __init__(self, chain: Chain, on_unsupported: Callable[[str], None]) -> None:
        self.chain = chain
        self._on_unsupported = on_unsupported

    def send(self, request: Request) -> Response:
        signed = _signed(request.body)
        try:
            confirmed = self.chain.submit(signed, request.wanted)
        except Rejected as error:
            self._note(str(error))
            refusal = wording.with_apps(str(error), [item["txn"] for item in signed], self.chain.state)
            raise HttpError(400, wording.by_pool(refusal)) from error
        return reply({"txId": confirmed[0].txid})

    def simulate(self, request: Request) -> Response:
        try:
            body = unpack(request.body)
        except ValueError as error:
            raise HttpError(400, f"failed to decode object: {error}") from error
        try:
            if not isinstance(body, dict):
                raise simulate.BadRequest("failed to decode object: the request is not a map")
            parsed = simulate.Request.parse(body)
            for item in parsed.signed:
                _check(item)
            answer = simulate.simulate(self.chain, parsed)
        except simulate.BadRequest as error:
            raise HttpError(400, str(error)) from error
        self._note(answer["txn-groups"][0].get("failure-message", ""))
        return reply_msgpack(answer) if request.wants_msgpack else reply(as_json(answer))

    def pending(self, request: Request) -> Response:
        identifier = request.parameters["txid"]
        if len(identifier) != _TXID_LENGTH:
            raise HttpError(400, "no valid transaction ID was specified")
        found = self.chain.state.transactions.get(identifier)
        if found is None:
            raise HttpError(404, _NOT_FOUND)
        info = pending_info(found.effects, found.signed, found.round)
        return reply_msgpack(info) if request.wants_msgpack else reply(as_json(info))

    def pool(self, request: Request) -> Response:
        body: Wire = {"top-transactions": [], "total-transactions": 0}
        return reply_msgpack(body) if request.wants_msgpack else reply(body)

    def _note(self, message: str) -> None:
        reason = unsupported_reason(message)
        if reason:
            self._on_unsupported(reason)


def _signed(body: bytes) -> list[Wire]:
    try:
        signed = unpack_all(body)
    except ValueError as error:
        raise HttpError(400, f"failed to decode object: {error}") from error
    if not signed:
        raise HttpError(400, "empty txgroup")
    if len(signed) > MAX_GROUP:
        raise HttpError(400, f"max group size is {MAX_GROUP}")
    for item in signed:
        _check(item)
    return signed


def _check(item: object) -> None:
    """The node decodes strictly; what it needs before that is checked here, so that its answer can be read."""
    transaction = item.get("txn") if isinstance(item, dict) else None
    if not isinstance(transaction, dict) or not isinstance(transaction.get("type"), str):
        raise HttpError(400, "msgpack decode error: a signed transaction needs a txn with a type")
    for key, value in transaction.items():
        if key in {"snd", "rcv", "close", "arcv", "asnd", "aclose", "fadd", "rekey", "gh", "grp"} and not (
            isinstance(value, bytes) and len(value) == 32
        ):
            raise HttpError(400, f"msgpack decode error: {key} is not 32 bytes")
    try:
        pack(item)
    except (TypeError, AttributeError, ValueError, OverflowError) as error:
        raise HttpError(400, f"msgpack decode error: {error}") from error
    if "snd" not in transaction:
        transaction["snd"] = bytes(32)
