"""The indexer service, answered from the chain's own history: always current, nothing is imported.

Paths and fields follow the indexer's: https://dev.algorand.co/reference/rest-api/indexer/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from algorand_coder.ledger import indexer_shapes, shapes
from algorand_coder.ledger.algod import box_name
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, b64, decode_address, encode_address, raw
from algorand_coder.ledger.errors import Unsupported
from algorand_coder.ledger.http import HttpError, Request, Response, Router, reply
from algorand_coder.ledger.indexer_search import account, entries, number, search, span
from algorand_coder.ledger.state import Creatable
from algorand_coder.ledger.transactions import walk

_DEFAULT_LIMIT = 1000
_PAGE = "limit next"
_SPAN = "min-round max-round before-time after-time"
_AMOUNT = "currency-greater-than currency-less-than"
_TRANSACTIONS = f"{_PAGE} {_SPAN} {_AMOUNT} round txid note-prefix tx-type sig-type rekey-to"
_HELD = ("assets", "created-assets", "apps-local-state", "created-apps")
"""What an account's answer can leave out."""


def add_routes(router: Router, chain: Chain) -> None:
    """Serve the history of ``chain``."""
    service = _Indexer(chain)
    roles = "address address-role exclude-close-to"
    for path, handler, known in (
        ("/health", service.health, ""),
        (
            "/v2/accounts",
            service.accounts,
            f"{_PAGE} {_AMOUNT} asset-id application-id auth-addr exclude include-all",
        ),
        ("/v2/accounts/{address}", service.account, "exclude include-all"),
        (
            "/v2/accounts/{address}/created-applications",
            service.created_applications,
            f"{_PAGE} application-id include-all",
        ),
        ("/v2/accounts/{address}/created-assets", service.created_assets, f"{_PAGE} asset-id include-all"),
        ("/v2/accounts/{address}/assets", service.account_assets, f"{_PAGE} asset-id include-all"),
        ("/v2/accounts/{address}/apps-local-state", service.account_apps, f"{_PAGE} application-id include-all"),
        ("/v2/accounts/{address}/transactions", service.account_transactions, f"{_TRANSACTIONS} asset-id"),
        ("/v2/applications", service.applications, f"{_PAGE} application-id creator include-all"),
        ("/v2/applications/{id}", service.application, "include-all"),
        ("/v2/applications/{id}/logs", service.logs, f"{_PAGE} txid min-round max-round sender-address"),
        ("/v2/applications/{id}/boxes", service.boxes, _PAGE),
        ("/v2/applications/{id}/box", service.box, "name"),
        ("/v2/assets", service.assets, f"{_PAGE} asset-id creator name unit include-all"),
        ("/v2/assets/{id}", service.asset, "include-all"),
        ("/v2/assets/{id}/balances", service.balances, f"{_PAGE} {_AMOUNT} include-all"),
        ("/v2/assets/{id}/transactions", service.asset_transactions, f"{_TRANSACTIONS} {roles}"),
        ("/v2/transactions", service.transactions, f"{_TRANSACTIONS} {roles} asset-id application-id group-id"),
        ("/v2/transactions/{txid}", service.transaction, ""),
        ("/v2/blocks/{round}", service.block, "header-only"),
        ("/v2/block-headers", service.headers, f"{_PAGE} {_SPAN}"),
    ):
        router.add("GET", path, handler, known.split())
    router.lack("GET", "/metrics")


_LEAVING = frozenset({2, 3})
"""Calls that end an account's part in an application: close out and clear state."""


class _Indexer:
    def __init__(self, chain: Chain) -> None:
        self.chain = chain

    def _page(self, request: Request, name: str, items: Sequence[Any], **more: Any) -> Response:
        limit = number(request.query, "limit") or _DEFAULT_LIMIT
        start = number(request.query, "next") or 0
        body: Wire = {**more, "current-round": self.chain.state.round, name: list(items[start : start + limit])}
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
        ruler = account(request.query, "auth-addr")
        self._expect_nothing_closed(request)
        found = []
        for address, record in sorted(self.chain.known_accounts().items()):
            holding = record.get("asset", {}).get(asset) if asset else {"a": record.get("algo", 0)}
            kept = holding is not None and record and (not app or app in record.get("appl", {}))
            kept = kept and (ruler is None or raw(record.get("spend")) == ruler)
            amount = holding.get("a", 0) if holding else 0
            if kept and (low is None or amount > low) and (high is None or amount < high):
                found.append(self._account(request, address, record))
        return self._page(request, "accounts", found)

    def account(self, request: Request) -> Response:
        address = self._address(request)
        self._expect_nothing_closed(request)
        record = self.chain.account(address)
        if not record:
            raise HttpError(404, f"no accounts found for address: {request.parameters['address']}")
        return self._one("account", {**self._account(request, address, record), "deleted": False})

    def _account(self, request: Request, address: bytes, record: Wire) -> Wire:
        excluded = set(request.query.get("exclude", "").split(",")) - {"", "none"}
        if not excluded <= {"all", *_HELD}:
            raise HttpError(400, f"invalid exclude: {request.query['exclude']!r}")
        shape = shapes.account(address, record, self.chain.state.round)
        return {k: v for k, v in shape.items() if not (k in _HELD and excluded & {k, "all"})}

    def _expect_nothing_closed(self, request: Request) -> None:
        """What was closed is gone from the node's records: ``include-all`` is exact only as long as nothing was."""
        if request.query.get("include-all") == "true":
            sent = (item["txn"] for found in self._history() for item in walk(found.effects))
            closed = any("close" in t or "aclose" in t or t.get("apan") in _LEAVING for t in sent)
            if closed or any(known.deleted_round for known in self.chain.state.creatables.values()):
                raise Unsupported("indexer: closed accounts, holdings and local states")

    def created_applications(self, request: Request) -> Response:
        return self._page(request, "applications", self._created("app", request, self._address(request)))

    def created_assets(self, request: Request) -> Response:
        return self._page(request, "assets", self._created("asset", request, self._address(request)))

    def account_assets(self, request: Request) -> Response:
        self._expect_nothing_closed(request)
        held = self.chain.account(self._address(request)).get("asset", {})
        wanted = number(request.query, "asset-id")
        items = [{**shapes.holding(n, held[n]), "deleted": False} for n in sorted(held) if wanted in {None, n}]
        return self._page(request, "assets", items)

    def account_apps(self, request: Request) -> Response:
        self._expect_nothing_closed(request)
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
        return self._page(request, "applications", self._created("app", request, account(request.query, "creator")))

    def application(self, request: Request) -> Response:
        return self._one("application", self._find("app", request))

    def assets(self, request: Request) -> Response:
        found = self._created("asset", request, account(request.query, "creator"))
        for name, field in (("name", "name"), ("unit", "unit-name")):
            if request.query.get(name):
                found = [a for a in found if request.query[name].lower() in a["params"].get(field, "").lower()]
        return self._page(request, "assets", found)

    def asset(self, request: Request) -> Response:
        return self._one("asset", self._find("asset", request))

    def balances(self, request: Request) -> Response:
        identifier = request.number("id")
        self._expect_nothing_closed(request)
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
        return self._page(request, "boxes", names, **{"application-id": identifier})

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
        query = {**request.query, "application-id": str(identifier), "tx-type": "appl"}
        query |= {"address": request.query.get("sender-address", ""), "address-role": "sender"}
        data = []
        for found, entry in entries(self._history(), query):
            logs = entry.get("dt", {}).get("lg", [])
            if logs and identifier in {entry["txn"].get("apid"), entry.get("apid")}:
                data.append({"txid": found.txid, "logs": [b64(line) for line in logs]})
        return self._page(request, "log-data", data, **{"application-id": identifier})

    def block(self, request: Request) -> Response:
        round_number = request.number("round")
        block = self.chain.state.blocks.get(round_number)
        if block is None:
            raise HttpError(404, f"error while looking up block for round '{round_number}'")
        header = indexer_shapes.block_header(block)
        if request.query.get("header-only") == "true":
            return reply(header)
        confirmed = self.chain.state.by_round.get(round_number, ())
        return reply({**header, "transactions": [indexer_shapes.transaction(c) for c in confirmed]})

    def headers(self, request: Request) -> Response:
        in_range = span(request.query)
        blocks = [block for _, block in sorted(self.chain.state.blocks.items())]
        found = [indexer_shapes.block_header(block) for block in blocks if in_range(block["rnd"], block["ts"])]
        return self._page(request, "blocks", found)
