"""Simulation on the real executable: what is found is what a call needs, and the chain stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from algorand_coder.ledger import Rejected, Unsupported
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, app_address, decode_address, encode_address, txid
from algorand_coder.ledger.simulate import BadRequest, Request, simulate

from .conftest import Actor, grouped

FREE = {"allow-empty-signatures": True, "allow-unnamed-resources": True}


def ask(chain: Chain, signed: Sequence[Wire], **options: Any) -> Wire:
    request = Request.parse({"txn-groups": [{"txns": list(signed)}], **options})
    answer: Wire = simulate(chain, request)["txn-groups"][0]
    return answer


def unsigned(*transactions: Wire) -> list[Wire]:
    return [{"txn": t} for t in transactions]


def test_a_signed_payment_is_tried_and_not_made(chain: Chain, alice: Actor, bob: Actor) -> None:
    before = chain.state.fork()
    answer = ask(chain, [alice.sign(alice.txn("pay", rcv=bob.address, amt=5))])
    assert "failure-message" not in answer
    assert answer["txn-results"][0]["txn-result"]["pool-error"] == ""
    assert chain.state == before


def test_without_permission_a_missing_signature_fails(chain: Chain, alice: Actor) -> None:
    answer = ask(chain, unsigned(alice.txn("pay", rcv=alice.address)))
    assert "no sig" in answer["failure-message"]
    assert answer["failed-at"] == [0]


def test_wrong_signatures_fail_even_where_missing_ones_may(chain: Chain, alice: Actor, bob: Actor) -> None:
    answer = ask(chain, [bob.sign(alice.txn("pay", rcv=bob.address))], **FREE)
    assert "signature" in answer["failure-message"]


def test_unsigned_by_accounts_old_new_and_rekeyed(chain: Chain, alice: Actor, bob: Actor) -> None:
    """The last blocks are replayed when the node opens its ledger; the proxy must hold whatever they did."""
    alice.pay(alice.address, 0, rekey=bob.address)
    answer = ask(chain, unsigned(alice.txn("pay", rcv=bob.address, amt=7)), **FREE)
    assert "failure-message" not in answer
    for _ in range(6):
        bob.pay(bob.address, 0)
    assert "failure-message" not in ask(chain, unsigned(alice.txn("pay", rcv=bob.address, amt=8)), **FREE)


def test_transactions_without_a_group_are_no_group(chain: Chain, alice: Actor, bob: Actor) -> None:
    pair = unsigned(alice.txn("pay", rcv=bob.address), bob.txn("pay", rcv=alice.address))
    assert "had zero Group but was submitted in a group of 2" in ask(chain, pair, **FREE)["failure-message"]


def test_the_failing_transaction_of_a_group_is_named(chain: Chain, alice: Actor, bob: Actor) -> None:
    pair = grouped([alice.txn("pay", rcv=bob.address), bob.txn("pay", rcv=alice.address, amt=10**15)])
    answer = ask(chain, unsigned(*pair), **FREE)
    assert answer["failed-at"] == [1]
    assert answer["failure-message"].startswith(f"transaction {txid(pair[1])}: overspend")


def test_a_failing_assert_names_the_application(chain: Chain, alice: Actor) -> None:
    app = alice.create("#pragma version 10\ntxn ApplicationID\nbz ok\nint 0\nassert\nok:\nint 1")
    answer = ask(chain, unsigned(alice.txn("appl", apid=app)), **FREE)
    assert "assert failed pc=" in answer["failure-message"]
    assert f"Details: app={app}, pc=" in answer["failure-message"]


READS = {
    "account": ("txna ApplicationArgs 0\nbalance\nlog_it", {"accounts"}),
    "asset": ("txna ApplicationArgs 1\nbtoi\nasset_params_get AssetTotal\nassert\nlog_it", {"assets"}),
    "app": ('txna ApplicationArgs 2\nbtoi\nbyte "k"\napp_global_get_ex\npop\npop\nint 7\nlog_it', {"apps"}),
    "holding": (
        "txna ApplicationArgs 0\ntxna ApplicationArgs 1\nbtoi\nasset_holding_get AssetBalance\nassert\nlog_it",
        {"asset-holdings"},
    ),
    "local": ("txna ApplicationArgs 0\ntxna ApplicationArgs 2\nbtoi\napp_opted_in\nlog_it", {"app-locals"}),
    "box": ('byte "name"\nbox_get\nassert\nlen\nlog_it', {"boxes"}),
}


@pytest.mark.parametrize("kind", READS)
def test_resources_of_every_kind_are_found(kind: str, chain: Chain, alice: Actor, bob: Actor) -> None:
    body, expected = READS[kind]
    header = "#pragma version 10\ntxn NumAppArgs\nbz setup\n"
    setup = '\nint 1\nreturn\nsetup:\ntxn ApplicationID\nbz done\nbyte "name"\nbyte "value"\nbox_put\ndone:\nint 1'
    app = alice.create(header + body.replace("log_it", "itob\nlog") + setup)
    other = bob.create("#pragma version 10\nint 1")
    token = bob.send("acfg", apar={"t": 40}).effects["caid"]
    alice.fund(app, 1_000_000)
    alice.send("appl", apid=app, apbx=[{"n": b"name"}])
    arguments = [bob.address, token.to_bytes(8, "big"), other.to_bytes(8, "big")]
    transaction = alice.txn("appl", apid=app, apaa=arguments)
    with pytest.raises(Rejected, match=r"unavailable|invalid (Box|Account) reference"):
        chain.submit([alice.sign(transaction)])

    answer = ask(chain, unsigned(transaction), **FREE)

    assert "failure-message" not in answer
    found = answer["unnamed-resources-accessed"]
    assert set(found) == expected
    assert "unnamed-resources-accessed" not in answer["txn-results"][0]
    # With exactly what was found named, the call succeeds for real.
    named = alice.txn("appl", apid=app, apaa=arguments, **references(found))
    sent = chain.submit([alice.sign(named)])[0]
    assert [sent.effects["dt"]["lg"][0].encode("utf-8", "surrogateescape")] == (
        answer["txn-results"][0]["txn-result"]["logs"]
    )


def references(found: Wire) -> Wire:
    pairs = [*found.get("asset-holdings", []), *found.get("app-locals", [])]
    accounts = [*found.get("accounts", []), *(p["account"] for p in pairs)]
    return {
        "apat": [decode_address(a) for a in accounts],
        "apas": [*found.get("assets", []), *(p["asset"] for p in pairs if "asset" in p)],
        "apfa": [*found.get("apps", []), *(p["app"] for p in pairs if "app" in p)],
        "apbx": [{"n": b["name"]} for b in found.get("boxes", [])] + [{}] * found.get("extra-box-refs", 0),
    }


def test_programs_before_sharing_get_their_own(chain: Chain, alice: Actor, bob: Actor) -> None:
    app = alice.create("#pragma version 8\ntxn NumAppArgs\nbz ok\ntxna ApplicationArgs 0\nbalance\npop\nok:\nint 1")
    answer = ask(chain, unsigned(alice.txn("appl", apid=app, apaa=[bob.address])), **FREE)
    assert "unnamed-resources-accessed" not in answer
    assert answer["txn-results"][0]["unnamed-resources-accessed"] == {"accounts": [encode_address(bob.address)]}


def test_large_boxes_get_room_to_be_written(chain: Chain, alice: Actor) -> None:
    app = alice.create('#pragma version 10\ntxn NumAppArgs\nbz ok\nbyte "b"\nint 3000\nbzero\nbox_put\nok:\nint 1')
    alice.fund(app, 2_000_000)
    found = ask(chain, unsigned(alice.txn("appl", apid=app, apaa=[b"x"])), **FREE)["unnamed-resources-accessed"]
    assert found == {"boxes": [{"app": app, "name": b"b"}], "extra-box-refs": 2}
    alice.send("appl", apid=app, apaa=[b"x"], **references(found))
    assert len(chain.app_boxes(app)[b"b"]) == 3000


def test_the_box_of_an_inner_call_is_that_applications(chain: Chain, alice: Actor) -> None:
    callee = alice.create('#pragma version 10\ntxn NumAppArgs\nbz ok\nbyte "b"\nbyte "v"\nbox_put\nok:\nint 1')
    caller = alice.create(
        "#pragma version 10\ntxn NumAppArgs\nbz ok\nitxn_begin\nint appl\nitxn_field TypeEnum\n"
        'txna ApplicationArgs 0\nbtoi\nitxn_field ApplicationID\nbyte "x"\nitxn_field ApplicationArgs\n'
        "int 0\nitxn_field Fee\nitxn_submit\nok:\nint 1"
    )
    alice.fund(callee, 1_000_000)
    alice.fund(caller, 1_000_000)
    arguments = [callee.to_bytes(8, "big")]
    found = ask(chain, unsigned(alice.txn("appl", apid=caller, apaa=arguments, fee=2000)), **FREE)
    assert found["unnamed-resources-accessed"] == {"apps": [callee], "boxes": [{"app": callee, "name": b"b"}]}
    assert found["app-budget-added"] == 1400


def test_more_references_than_one_transaction_holds(chain: Chain, alice: Actor) -> None:
    reads = "\n".join(f'byte "box{n}"\nbox_len\npop\npop' for n in range(11))
    app = alice.create(f"#pragma version 10\ntxn NumAppArgs\nbz ok\n{reads}\nok:\nint 1")
    found = ask(chain, unsigned(alice.txn("appl", apid=app, apaa=[b"x"])), **FREE)["unnamed-resources-accessed"]
    assert len(found["boxes"]) == 11


SPIN = "#pragma version 10\ntxn NumAppArgs\nbz ok\nint {}\nloop:\nint 1\n-\ndup\nbnz loop\npop\nok:\nint 1"


def test_extra_budget_as_far_as_the_group_has_room(chain: Chain, alice: Actor) -> None:
    app = alice.create(SPIN.format(1000))
    transaction = alice.txn("appl", apid=app, apaa=[b"x"])
    assert "budget exceeded" in ask(chain, unsigned(transaction), **FREE)["failure-message"]
    answer = ask(chain, unsigned(transaction), **FREE, **{"extra-opcode-budget": 320_000})
    assert "failure-message" not in answer and len(answer["txn-results"]) == 1
    greedy = alice.create(SPIN.format(10_000))
    with pytest.raises(Unsupported, match="extra opcode budget"):
        call = unsigned(alice.txn("appl", apid=greedy, apaa=[b"x"]))
        ask(chain, call, **FREE, **{"extra-opcode-budget": 320_000})


def test_more_logging_than_the_protocol_has_is_not_supported_here(chain: Chain, alice: Actor) -> None:
    app = alice.create(SPIN.format(40).replace("loop:", 'loop:\nbyte "x"\nlog'))
    call = unsigned(alice.txn("appl", apid=app, apaa=[b"x"]))
    assert "too many log calls" in ask(chain, call, **FREE)["failure-message"]
    with pytest.raises(Unsupported, match="logging"):
        ask(chain, call, **FREE, **{"allow-more-logging": True})


def test_creation_is_reported_with_its_identifier(chain: Chain, alice: Actor) -> None:
    program, _ = chain.compile(b"#pragma version 10\nint 1")
    creation = alice.txn("appl", apap=program, apsu=program)
    expected = ask(chain, unsigned(creation), **FREE)["txn-results"][0]["txn-result"]["application-index"]
    assert alice.create("#pragma version 10\nint 1") == expected
    assert chain.find("app", expected) is not None
    assert chain.account(app_address(expected)) == {}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "expected 1 transaction group, got 0"),
        ({"txn-groups": [{"txns": []}]}, "empty txgroup"),
        ({"txn-groups": 5}, "failed to decode object"),
        ({"txn-groups": [5]}, "failed to decode object"),
        ({"txn-groups": [{"txns": 5}]}, "failed to decode object"),
        ({"txn-groups": [{"txns": [{}]}], "extra-opcode-budget": "x"}, "failed to decode object"),
        ({"txn-groups": [{"txns": [{}] * 17}]}, "group size 17 exceeds protocol max 16"),
    ],
)
def test_requests_that_are_wrong_are_refused_in_algods_words(body: Wire, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        Request.parse(body)


def test_only_the_latest_round_can_be_tried() -> None:
    with pytest.raises(Unsupported, match="earlier round"):
        Request.parse({"txn-groups": [{"txns": [{}]}], "round": 5})
