"""Wire formats, against the Python SDK and against themselves."""

from __future__ import annotations

import base64

import pytest
from algosdk import encoding, logic
from algosdk import transaction as sdk
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.ledger import codec

GENESIS = base64.b64encode(bytes(range(32))).decode()
ADDRESS = codec.encode_address(bytes(range(32)))

VALUES = st.recursive(
    st.integers(0, 2**64 - 1) | st.binary(max_size=40) | st.booleans() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_packed_unpacks_to_the_same(value: object) -> None:
    assert codec.unpack(codec.pack(value)) == value


@given(st.binary(max_size=20))
def test_any_bytes_survive_in_a_go_string(data: bytes) -> None:
    packed = b"\xd9" + bytes([len(data)]) + data
    value = codec.unpack(packed)
    assert isinstance(value, str)
    assert codec.raw(value) == data
    assert codec.unpack(codec.pack(value)) == value


@given(st.binary(max_size=60))
def test_rubbish_is_refused_with_one_error(data: bytes) -> None:
    try:
        codec.unpack_all(data)
    except ValueError:
        return


@pytest.mark.parametrize("data", [b"", b"\x01\x02", b"\x82\x01", b"\xc4\xff"])
def test_not_exactly_one_value_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="msgpack"):
        codec.unpack(data)


@given(st.binary(min_size=32, max_size=32))
def test_addresses_agree_with_the_sdk(key: bytes) -> None:
    address = codec.encode_address(key)
    assert address == encoding.encode_address(key)
    assert codec.decode_address(address) == key


@pytest.mark.parametrize("address", ["", "A" * 58, ADDRESS[:-1], ADDRESS + "A", ADDRESS[:-1] + "0", ADDRESS.lower()])
def test_wrong_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        codec.decode_address(address)


@given(st.integers(1, 2**64 - 1))
def test_application_accounts_agree_with_the_sdk(app: int) -> None:
    assert codec.encode_address(codec.app_address(app)) == logic.get_application_address(app)


@given(amount=st.integers(0, 2**64 - 1), note=st.binary(max_size=20), close=st.booleans())
def test_transaction_identifiers_agree_with_the_sdk(amount: int, note: bytes, close: bool) -> None:
    params = sdk.SuggestedParams(fee=1000, first=1, last=9, gh=GENESIS, gen="x", flat_fee=True)
    payment = sdk.PaymentTxn(ADDRESS, params, ADDRESS, amount, ADDRESS if close else None, note)
    wire = codec.unpack(base64.b64decode(encoding.msgpack_encode(payment)))
    assert codec.txid(wire) == payment.get_txid()
    # What a careless client leaves in does not change the identifier either.
    assert codec.txid({**wire, "amt": wire.get("amt", 0), "lx": bytes(32), "apgs": {"nui": 0}}) == payment.get_txid()


def test_group_identifiers_agree_with_the_sdk() -> None:
    params = sdk.SuggestedParams(fee=1000, first=1, last=9, gh=GENESIS, gen="x", flat_fee=True)
    payments = [sdk.PaymentTxn(ADDRESS, params, ADDRESS, amount) for amount in (1, 2, 3)]
    wires = [codec.unpack(base64.b64decode(encoding.msgpack_encode(p))) for p in payments]
    assert codec.group_id(wires) == sdk.calculate_group_id(payments)
