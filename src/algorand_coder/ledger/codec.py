"""Algorand's wire formats: canonical msgpack, addresses, transaction and group identifiers.

Transactions travel as plain ``dict`` objects with the wire's short field names (``snd``, ``amt``, …) because
that is the form that is hashed and signed. The node writes Go strings that may hold any bytes (log lines,
state keys), so text is decoded with ``surrogateescape`` and ``raw`` gives the bytes back unchanged.

Encoding rules: https://dev.algorand.co/concepts/transactions/signing/ (sorted keys, no zero values, ``bin`` for bytes).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, TypeAlias

import msgpack

Wire: TypeAlias = dict[str, Any]
"""A msgpack map as it travels: short names to numbers, bytes, text, lists and maps."""

ADDRESS_LENGTH = 58
_CHECKSUM_BYTES = 4
_MAX_MESSAGE = 2**30


def unpack_all(data: bytes) -> list[Any]:
    """Every msgpack value in ``data``, one after the other. Raises ``ValueError`` on anything malformed."""
    unpacker = msgpack.Unpacker(
        BytesIO(data),
        raw=False,
        unicode_errors="surrogateescape",
        strict_map_key=False,
        max_buffer_size=_MAX_MESSAGE,
    )
    try:
        values = list(unpacker)
    except (msgpack.UnpackException, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"not valid msgpack: {error}") from error
    if unpacker.tell() != len(data):
        raise ValueError("not valid msgpack: the data ends inside a value")
    return values


def unpack(data: bytes) -> Any:
    """The single msgpack value in ``data``. Raises ``ValueError`` when there is not exactly one."""
    values = unpack_all(data)
    if len(values) != 1:
        raise ValueError(f"not valid msgpack: expected one value, found {len(values)}")
    return values[0]


def pack(value: Any) -> bytes:
    """``value`` in canonical form: map keys sorted, bytes as ``bin``, Go strings byte for byte."""
    packed: bytes = msgpack.packb(_sorted(value), use_bin_type=True, unicode_errors="surrogateescape")
    return packed


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _sorted(value[k]) for k in sorted(value, key=_sort_key)}
    if isinstance(value, list | tuple):
        return [_sorted(v) for v in value]
    return value


def _sort_key(key: Any) -> tuple[int, Any]:
    return (0, key) if isinstance(key, int) else (1, raw(key))


def raw(value: str | bytes | None) -> bytes:
    """The bytes behind a Go string or a byte string; empty for ``None``."""
    if value is None:
        return b""
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def text(value: str | bytes | None) -> str:
    """A Go string as text, with U+FFFD for what is not UTF-8."""
    return raw(value).decode("utf-8", "replace")


def b64(value: str | bytes | None) -> str:
    """Standard base64 of a Go string or byte string."""
    return base64.b64encode(raw(value)).decode("ascii")


def sha512_256(*parts: bytes) -> bytes:
    """Algorand's hash (SHA-512/256) over the concatenated parts."""
    return hashlib.new("sha512_256", b"".join(parts)).digest()


def encode_address(public_key: bytes) -> str:
    """The 58-character form of a 32-byte address."""
    checksum = sha512_256(public_key)[-_CHECKSUM_BYTES:]
    return base64.b32encode(public_key + checksum).decode("ascii").rstrip("=")


def decode_address(address: str) -> bytes:
    """The 32 bytes behind a 58-character address. Raises ``ValueError`` with algod's own words."""
    if len(address) != ADDRESS_LENGTH:
        raise ValueError(f"address {address} is malformed: expected {ADDRESS_LENGTH} characters, got {len(address)}")
    try:
        data = base64.b32decode(address + "======")
    except ValueError as error:
        raise ValueError(f"failed to decode address {address} to base 32") from error
    key, checksum = data[:32], data[32:]
    if sha512_256(key)[-_CHECKSUM_BYTES:] != checksum or encode_address(key) != address:
        raise ValueError(f"address {address} is malformed, checksum verification failed")
    return key


def app_address(app_id: int) -> bytes:
    """The account of application ``app_id``."""
    return sha512_256(b"appID", app_id.to_bytes(8, "big"))


def program_address(program: bytes) -> bytes:
    """The contract account of a logic signature's ``program``."""
    return sha512_256(b"Program", program)


_FIXED_SIZE = frozenset({"snd", "rcv", "close", "gh", "grp", "lx", "rekey", "arcv", "asnd", "aclose", "fadd"})


def canonical(value: Wire) -> Wire:
    """``value`` without the zero values that the node's encoding leaves out, so that hashes agree with the node's."""
    kept: Wire = {}
    for key, item in value.items():
        item = canonical(item) if isinstance(item, dict) else item
        blank = key in _FIXED_SIZE and isinstance(item, bytes) and not any(item)
        if not blank and item not in (0, False, b"", "", [], {}, None):
            kept[key] = item
    return kept


def raw_txid(transaction: Wire) -> bytes:
    """The 32-byte identifier of an unsigned transaction."""
    return sha512_256(b"TX", pack(canonical(transaction)))


def txid(transaction: Wire) -> str:
    """The 52-character identifier of an unsigned transaction."""
    return base64.b32encode(raw_txid(transaction)).decode("ascii").rstrip("=")


def group_id(transactions: Iterable[Wire]) -> bytes:
    """The ``grp`` field for transactions that carry none yet."""
    return sha512_256(b"TG", pack({"txlist": [raw_txid(t) for t in transactions]}))
