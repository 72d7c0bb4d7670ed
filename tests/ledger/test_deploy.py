"""Creating applications from their specification, and what a refusal means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from algosdk import abi

from algorand_coder.ledger import EmbeddedLedger, LedgerFault, Rejected, Unsupported
from algorand_coder.ledger.client import NodeClient
from algorand_coder.ledger.codec import Wire
from algorand_coder.ledger.deploy import NeedsArguments, create_call, deploy, zero_arguments


@pytest.fixture(scope="module")
def ledger(jig: str) -> Iterator[EmbeddedLedger]:
    with EmbeddedLedger() as ledger:
        yield ledger


def specification(**fields: Any) -> str:
    schema = {"global": {"ints": 1, "bytes": 0}, "local": {"ints": 0, "bytes": 2}}
    bare = {"create": ["NoOp"], "call": []}
    return json.dumps({"name": "X", "methods": [], "bareActions": bare, "state": {"schema": schema}, **fields})


def method(name: str, *types: str, create: list[str]) -> Wire:
    return {
        "name": name,
        "args": [{"type": t} for t in types],
        "returns": {"type": "void"},
        "actions": {"create": create, "call": []},
    }


def assembled(ledger: EmbeddedLedger, body: str = "int 1") -> tuple[bytes, bytes]:
    node = ledger.node()
    return node.compile(f"#pragma version 10\n{body}"), node.compile("#pragma version 10\nint 1")


def test_schema_pages_and_funding_are_real(ledger: EmbeddedLedger) -> None:
    approval, clear = assembled(ledger, "int 1\nreturn\n" + f'byte "{"x" * 2500}"\npop')
    made = deploy(ledger, specification(), approval, clear, fund_microalgo=200_000)
    params = ledger.node().get(f"/v2/applications/{made.app_id}")["params"]
    assert params["global-state-schema"] == {"num-uint": 1, "num-byte-slice": 0}
    assert params["local-state-schema"] == {"num-uint": 0, "num-byte-slice": 2}
    assert params["extra-program-pages"] == 1
    assert params["creator"] == made.creator
    assert ledger.node().balance(made.address) == 200_000


def test_a_schema_that_is_too_small_fails_on_the_chain(ledger: EmbeddedLedger) -> None:
    """The silent trap: state with computed keys compiles with schema 0 and fails when it is written."""
    approval, clear = assembled(ledger, 'byte "a"\nint 1\napp_global_put\nbyte "b"\nint 1\napp_global_put\nint 1')
    with pytest.raises(Rejected, match="store integer count 2 exceeds schema integer count 1"):
        deploy(ledger, specification(), approval, clear)


def test_a_create_method_is_called_with_zero_values(ledger: EmbeddedLedger) -> None:
    described = specification(
        bareActions={"create": [], "call": []},
        methods=[method("long", "uint64", "uint64", create=["NoOp"]), method("make", "string", create=["OptIn"])],
    )
    call = create_call(json.loads(described))
    assert call.on_complete == 1 and call.invented
    assert call.arguments == (abi.Method.from_signature("make(string)void").get_selector(), b"\0\0")
    approval, clear = assembled(ledger, "txn NumAppArgs\nint 2\n==")
    assert deploy(ledger, described, approval, clear).app_id


def test_a_refusal_of_invented_arguments_is_no_verdict(ledger: EmbeddedLedger) -> None:
    described = specification(bareActions={}, methods=[method("make", "uint64", create=["NoOp"])])
    approval, clear = assembled(ledger, "txna ApplicationArgs 1\nbtoi")
    with pytest.raises(NeedsArguments, match="zero values"):
        deploy(ledger, described, approval, clear)
    selector = create_call(json.loads(described)).arguments[0]
    assert deploy(ledger, described, approval, clear, arguments=[selector, (1).to_bytes(8, "big")]).app_id
    with pytest.raises(Rejected):
        deploy(ledger, described, approval, clear, arguments=[selector, bytes(8)])


def test_a_contract_that_nobody_can_create_is_refused(ledger: EmbeddedLedger) -> None:
    with pytest.raises(Rejected, match="no way to be created"):
        deploy(ledger, specification(bareActions={}), b"x", b"x")


def test_a_later_avm_is_not_the_codes_fault(ledger: EmbeddedLedger) -> None:
    with pytest.raises(Unsupported, match="AVM 12"):
        deploy(ledger, specification(), b"\x0c\x81\x01", b"\x0c\x81\x01")


@pytest.mark.parametrize(
    "name", ["uint64", "bool", "string", "address", "byte[]", "uint8[3]", "(uint64,string,bool[])", "ufixed64x2"]
)
def test_zero_values_are_valid(name: str) -> None:
    kind = abi.ABIType.from_string(name)
    [encoded] = zero_arguments([name])
    assert kind.encode(kind.decode(encoded)) == encoded


def test_what_has_no_zero_value() -> None:
    assert zero_arguments(["account", "asset"]) == [b"\0", b"\0"]
    for types in (["pay"], ["nonsense"], ["uint64"] * 16):
        with pytest.raises(Unsupported):
            zero_arguments(types)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b'{"message":"TransactionPool.Remember: no"}', Rejected),
        (501, b'{"message":"not here"}', Unsupported),
        (500, b'{"message":"broken"}', LedgerFault),
        (502, b"<html>", LedgerFault),
    ],
)
def test_answers_of_a_node_are_told_apart(status: int, body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        NodeClient(lambda *_: (status, body)).get("/v2/status")
