"""Unnamed resources: reading what a refusal asks for, and giving it within the protocol's limits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.ledger.codec import Wire, app_address, encode_address
from algorand_coder.ledger.resources import MAX_ACCOUNTS, MAX_GROUP, MAX_REFERENCES, Group, Need, missing, report

ONE, TWO = bytes([1]) * 32, bytes([2]) * 32
A1 = encode_address(ONE)


@pytest.mark.parametrize(
    ("message", "need"),
    [
        (f"unavailable Account {A1}", Need("account", ONE)),
        (f"invalid Account reference {A1}", Need("account", ONE)),
        (f"invalid Account reference for mutation {A1}", Need("account", ONE)),
        ("unavailable Asset 300", Need("asset", number=300)),
        ("unavailable App 300", Need("app", number=300)),
        (f"unavailable Holding {A1} x 300", Need("holding", ONE, 300)),
        (f"axfer Sender: unavailable Holding {A1} x 300 would be accessible", Need("holding", ONE, 300)),
        (f"unavailable Local State {A1} x 300", Need("local", ONE, 300)),
        (f"unavailable Account {A1}, unavailable Asset 300", Need("holding", ONE, 300)),
        (f"unavailable Account {A1}, unavailable App 300", Need("local", ONE, 300)),
        ("invalid Box reference 0x6162", Need("box", number=7, name=b"ab")),
        ("invalid Box reference 0x", Need("box", number=7)),
        ("box read budget (1024) exceeded", Need("io")),
        ("write budget (1024) exceeded 3000", Need("io")),
    ],
)
def test_each_refusal_is_understood(message: str, need: Need) -> None:
    assert missing(f"transaction X: logic eval error: {message}. Details: pc=5, opcodes=x", [7]) == [need]


def test_a_box_may_belong_to_any_application_that_ran() -> None:
    assert missing("invalid Box reference 0x61", [7, 8]) == [
        Need("box", number=7, name=b"a"),
        Need("box", number=8, name=b"a"),
    ]


def test_other_refusals_ask_for_nothing() -> None:
    assert missing("logic eval error: assert failed pc=5", [7]) == []


def test_the_report_has_algods_names() -> None:
    needs = [Need("account", ONE), Need("asset", number=3), Need("app", number=4), Need("holding", ONE, 3)]
    needs += [Need("local", ONE, 4), Need("box", number=4, name=b"n"), Need("io"), Need("io")]
    assert report(needs) == {
        "accounts": [A1],
        "assets": [3],
        "apps": [4],
        "asset-holdings": [{"account": A1, "asset": 3}],
        "app-locals": [{"account": A1, "app": 4}],
        "boxes": [{"app": 4, "name": b"n"}],
        "extra-box-refs": 2,
    }


def call(**fields: Any) -> Wire:
    return {"type": "appl", "snd": TWO, "fv": 1, "lv": 9, "apid": 500, **fields}


def grants(transaction: Wire, need: Need) -> bool:
    """Whether one transaction makes ``need`` available, by the protocol's rules."""
    apps = [transaction.get("apid", 0), *transaction.get("apfa", [])]
    accounts = [transaction["snd"], *transaction.get("apat", []), *(app_address(a) for a in apps if a)]
    match need.kind:
        case "account":
            return need.account in accounts
        case "asset":
            return need.number in transaction.get("apas", [])
        case "app":
            return need.number in apps
        case "holding":
            return need.account in accounts and need.number in transaction.get("apas", [])
        case "local":
            return need.account in accounts and need.number in apps
        case "box":
            boxes = [(apps[b.get("i", 0)], b.get("n", b"")) for b in transaction.get("apbx", [])]
            return (need.number, need.name) in boxes
    return True


NEEDS = st.builds(
    Need,
    kind=st.sampled_from(["account", "asset", "app", "holding", "local", "box"]),
    account=st.integers(3, 40).map(lambda n: bytes([n]) * 32),
    number=st.integers(300, 340),
    name=st.binary(min_size=1, max_size=3),
)


@given(st.lists(NEEDS, max_size=60, unique=True), st.integers(1, 4))
def test_whatever_is_given_is_there_and_within_limits(needs: list[Need], calls: int) -> None:
    group = Group([call() for _ in range(calls)], payer=ONE)
    for need in needs:
        already = any(grants(t, need) for t in group.transactions)
        if group.give(need, 0, shared=True):
            assert any(grants(t, need) for t in group.transactions)
        else:
            assert already or len(group.transactions) == MAX_GROUP
    for transaction in group.transactions:
        held = {key: len(transaction.get(key, [])) for key in ("apat", "apas", "apfa", "apbx")}
        assert held["apat"] <= MAX_ACCOUNTS
        assert sum(held.values()) <= MAX_REFERENCES
    group.seal()
    assert len({t.get("grp") for t in group.transactions}) == 1


@given(st.lists(NEEDS, max_size=20, unique=True))
def test_programs_that_do_not_share_get_it_in_their_own_transaction(needs: list[Need]) -> None:
    group = Group([call(), call(snd=ONE)], payer=ONE)
    for need in needs:
        if group.give(need, 1, shared=False):
            assert grants(group.transactions[1], need)
    assert group.transactions[0] == call()
    assert len(group.transactions) == 2
