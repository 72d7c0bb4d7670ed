"""The indexer service, answered from the chain's own history: always current, nothing is imported.

Paths and fields follow the indexer's: https://dev.algorand.co/reference/rest-api/indexer/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from algorand_coder.ledger import indexer_shapes, shapes
from algorand_coder.ledger.algod import box_name
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, b64, decode_address, encode_address
from algorand_coder.ledger.http import HttpError, Request, Response, Router, reply
from algorand_coder.ledger.indexer_search import number, search
from algorand_coder.ledger.state import Creatable

_DEFAULT_LIMIT = 1000


def add_routes(router: Router, chain: Chain) -> None:
    """Serve the history of ``chain``."""
    service = _Indexer(chain)
    for path, handler in (
        ("/health", service.health),
        ("/v2/accounts", service.accounts),
        ("/v2/accounts/{address}", service.account),
        ("/v2/accounts/{address}/created-applications", service.created_applications),
        ("/v2/accounts/{address}/created-assets", service.created_assets),
        ("/v2/accounts/{address}/assets", service.account_assets),
        ("/v2/accounts/{address}/apps-local-state", service.account_apps),
        ("/v2/accounts/{address}/transactions", service.account_transactions),
        ("/v2/applications", service.applications),
        ("/v2/applications/{id}", service.application),
        ("/v2/applications/{id}/logs", service.logs),
        ("/v2/applications/{id}/boxes", service.boxes),
        ("/v2/applications/{id}/box", service.box),
        ("/v2/assets", service.assets),
        ("/v2/assets/{id}", service.asset),
        ("/v2/assets/{id}/balances", service.balances),
        ("/v2/assets/{id}/transactions", service.asset_transactions),
        ("/v2/transactions", service.transactions),
        ("/v2/transactions/{txid}", service.transaction),
        ("/v2/blocks/{round}", service.block),
    ):
        router.add("GET", path, handler)


class _Indexer:
    def __init__(self, chain: Chain) -> None:
        self.chain = chain

    def _page(self, request: Request, name: str, items: Sequence[Any]) -> Response:
        limit = number(request.query, "limit") or _DEFAULT_LIMIT
        start = number(request.query, "next") or 0
        body: Wire = {"current-round": self.chain.state.round, name: list(items[start : start + limit])}
        if start + limit < len(items):
            body["next-token"] = str(start + limit)
        return reply(body)

    def _one(self, name: str, item: Any) -> Response:
        return reply({"current-round": self.chain.state.round, name: item})

    def health(self, request: Request) -> Response:
        last = self.chain.state.round
        state = {"db-available": True, "is-migrating": False, "message": str(last), "round": last}
        return reply({**state, "version": "embedded", "data": {"migration-required": False}})

    # Accounts

    def _address(self, request: Request) -> bytes:
        try:
            return decode_address(request.parameters["address"])
        except ValueError as error:
            raise HttpError(400, f"Unable to parse address: {error}") from error

    def accounts(self, request: Request) -> Response:
        low, high = (number(request.query, f"currency-{side}-than") for side in ("greater", "less"))
        asset, app = number(request.query, "asset-id"), number(request.query, "application-id")
        found = []
        for address, record in sorted(self.chain.known_accounts().items()):
            holding = record.get("asset", {}).get(asset) if asset else {"a": record.get("algo", 0)}
            kept = holding is not None and record and (not app or app in record.get("appl", {}))
            amount = holding.get("a", 0) if holding else 0
            if kept and (low is None or amount > low) and (high is None or amount < high):
                found.append(shapes.account(address, record, self.chain.state.round))
        return self._page(request, "accounts", found)

    def account(self, request: Request) -> Response:
        address = self._address(request)
        record = self.chain.account(address)
        if not record:
            raise HttpError(404, f"no accounts found for address: {request.parameters['address']}")
        shape = shapes.account(address, record, self.chain.state.round)
        return self._one("account", {**shape, "deleted": False})

    def created_applications(self, request: Request) -> Response:
        return self._page(request, "applications", self._created("app", request, self._address(request)))

    def created_assets(self, request: Request) -> Response:
        return self._page(request, "assets", self._created("asset", request, self._address(request)))

    def account_assets(self, request: Request) -> Response:
        held = self.chain.account(self._address(request)).get("asset", {})
        wanted = number(request.query, "asset-id")
        items = [{**shapes.holding(n, held[n]), "deleted": False} for n in sorted(held) if wanted in {None, n}]
        return self._page(request, "assets", items)

    def account_apps(self, request: Request) -> Response:
        states = self.chain.account(self._address(request)).get("appl", {})
        wanted = number(request.query, "application-id")
        items = [{**shapes.local_state(n, states[n]), "deleted": False} for n in sorted(states) if wanted in {None, n}]
        return self._page(request, "apps-local-states", items)

    def account_transactions(self, request: Request) -> Response:
        address = encode_address(self._address(request))
        return self._search(request, {**request.query, "address": address})

    # Applications and assets

    def _created(self, kind: str, request: Request, creator: bytes | None = None) -> list[Wire]:
        wanted = number(request.query, "application-id" if kind == "app" else "asset-id")
        everything = request.query.get("include-all") == "true"
        found = []
        for (what, identifier), known in sorted(self.chain.state.creatables.items()):
            kept = everything or not known.deleted_round
            if what == kind and creator in {None, known.creator} and wanted in {None, identifier} and kept:
                found.append(self._creatable(kind, identifier, known))
        return found

    def _creatable(self, kind: str, identifier: int, known: Creatable) -> Wire:
        current = self.chain.find(kind, identifier)
        shaper = shapes.application if kind == "app" else shapes.asset
        shape = shaper(identifier, current[0] if current else {}, known.creator)
        shape["created-at-round"] = known.created_round
        shape["deleted"] = bool(known.deleted_round)
        if known.deleted_round:
            shape["deleted-at-round" if kind == "app" else "destroyed-at-round"] = known.deleted_round
        return shape

    def _find(self, kind: str, request: Request) -> Wire:
        identifier = request.number("id")
        known = self.chain.state.creatables.get((kind, identifier))
        if known is None or (known.deleted_round and request.query.get("include-all") != "true"):
            what = "application" if kind == "app" else "assets"
            raise HttpError(404, f"no {what} found for {kind}-id: {identifier}")
        return self._creatable(kind, identifier, known)

    def applications(self, request: Request) -> Response:
        creator = request.query.get("creator")
        return self._page(request, "applications", self._created("app", request, _maybe_address(creator)))

    def application(self, request: Request) -> Response:
        return self._one("application", self._find("app", request))

    def assets(self, request: Request) -> Response:
        found = self._created("asset", request, _maybe_address(request.query.get("creator")))
        for name, field in (("name", "name"), ("unit", "unit-name")):
            if request.query.get(name):
                found = [a for a in found if request.query[name].lower() in a["params"].get(field, "").lower()]
        return self._page(request, "assets", found)

    def asset(self, request: Request) -> Response:
        return self._one("asset", self._find("asset", request))

    def balances(self, request: Request) -> Response:
        identifier = request.number("id")
        low, high = (number(request.query, f"currency-{side}-than") for side in ("greater", "less"))
        found = []
        for address, record in sorted(self.chain.known_accounts().items()):
            held = record.get("asset", {}).get(identifier)
            if held is None:
                continue
            amount = held.get("a", 0)
            if (low is None or amount > low) and (high is None or amount < high):
                shape = {"address": encode_address(address), "amount": amount, "is-frozen": held.get("f", False)}
                found.append({**shape, "deleted": False})
        return self._page(request, "balances", found)

    def boxes(self, request: Request) -> Response:
        identifier = request.number("id")
        names = [{"name": b64(name)} for name in self.chain.app_boxes(identifier)]
        return reply({"application-id": identifier, "boxes": names})

    def box(self, request: Request) -> Response:
        name = box_name(request.query.get("name", ""))
        content = self.chain.app_boxes(request.number("id")).get(name)
        if content is None:
            raise HttpError(404, "no application boxes found")
        return reply({"round": self.chain.state.round, "name": b64(name), "value": b64(content)})

    # Transactions

    def _history(self) -> list[Any]:
        with self.chain.lock:
            return [c for number_ in sorted(self.chain.state.by_round) for c in self.chain.state.by_round[number_]]

    def _search(self, request: Request, query: Any) -> Response:
        found = list(search(self._history(), query))
        if "address" in request.parameters or query.get("address"):
            found.reverse()
        return self._page(request, "transactions", [indexer_shapes.transaction(c) for c in found])

    def transactions(self, request: Request) -> Response:
        return self._search(request, dict(request.query))

    def asset_transactions(self, request: Request) -> Response:
        return self._search(request, {**request.query, "asset-id": str(request.number("id"))})

    def transaction(self, request: Request) -> Response:
        found = self.chain.state.transactions.get(request.parameters["txid"])
        if found is None:
            raise HttpError(404, f"no transaction found for transaction id: {request.parameters['txid']}")
        return self._one("transaction", indexer_shapes.transaction(found))

    def logs(self, request: Request) -> Response:
        identifier = request.number("id")
        data = []
        for found in search(self._history(), {**request.query, "application-id": str(identifier), "tx-type": "appl"}):
            shape = indexer_shapes.transaction(found)
            if shape.get("logs"):
                data.append({"txid": found.txid, "logs": shape["logs"]})
        return reply({"application-id": identifier, "current-round": self.chain.state.round, "log-data": data})

    def block(self, request: Request) -> Response:
        round_number = request.number("round")
        block = self.chain.state.blocks.get(round_number)
        if block is None:
            raise HttpError(404, f"error while looking up block for round '{round_number}'")
        confirmed = self.chain.state.by_round.get(round_number, ())
        return reply(
            {
                "round": round_number,
                "timestamp": block["ts"],
                "genesis-id": block["gen"],
                "genesis-hash": b64(block["gh"]),
                "previous-block-hash": b64(block.get("prev")),
                "seed": b64(block.get("seed") or bytes(32)),
                "transactions-root": b64(block.get("txn") or bytes(32)),
                "transactions-root-sha256": b64(block.get("txn256") or bytes(32)),
                "txn-counter": block.get("tc", 0),
                "transactions": [indexer_shapes.transaction(c) for c in confirmed],
            }
        )


def _maybe_address(value: str | None) -> bytes | None:
    if not value:
        return None
    try:
        return decode_address(value)
    except ValueError as error:
        raise HttpError(400, f"unable to parse creator: {error}") from error
