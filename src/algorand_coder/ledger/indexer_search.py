"""Which confirmed transactions an indexer query means."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from algorand_coder.ledger.codec import Wire, decode_address, raw
from algorand_coder.ledger.http import HttpError
from algorand_coder.ledger.transactions import Confirmed, walk

_SENDER = ("snd", "asnd")
_RECEIVER = ("rcv", "arcv")
_FREEZE = ("fadd",)
_OTHER = ("close", "aclose")
_ASSET = ("caid", "xaid", "faid")


def search(transactions: Iterable[Confirmed], query: Mapping[str, str]) -> Iterator[Confirmed]:
    """Those of ``transactions`` that match, by themselves or by an inner transaction. Raises ``HttpError`` 400."""
    limits = {name: number(query, name) for name in _NUMERIC}
    times = {name: _time(query[name]) for name in ("before-time", "after-time") if query.get(name)}
    prefix = _base64(query, "note-prefix")
    address = _address(query, "address")
    for found in transactions:
        wanted = _in_range(found, limits, times) and query.get("txid", found.txid) == found.txid
        if wanted and any(_matches(item, query, limits, prefix, address) for item in walk(found.effects)):
            yield found


_NUMERIC = (
    "round",
    "min-round",
    "max-round",
    "application-id",
    "asset-id",
    "currency-greater-than",
    "currency-less-than",
)


def number(query: Mapping[str, str], name: str) -> int | None:
    """A whole number of the query, ``None`` where it is absent. Raises ``HttpError`` 400."""
    value = query.get(name, "")
    if value and not value.isdecimal():
        raise HttpError(400, f"unable to parse {name}: {value!r}")
    return int(value) if value else None


def _in_range(found: Confirmed, limits: Mapping[str, int | None], times: Mapping[str, float]) -> bool:
    exact, low, high = limits["round"], limits["min-round"], limits["max-round"]
    return (
        (exact is None or found.round == exact)
        and (low is None or found.round >= low)
        and (high is None or found.round <= high)
        and found.timestamp < times.get("before-time", float("inf"))
        and found.timestamp > times.get("after-time", float("-inf"))
    )


def _matches(
    item: Wire, query: Mapping[str, str], limits: Mapping[str, int | None], prefix: bytes, address: bytes | None
) -> bool:
    fields = item["txn"]
    app, asset = limits["application-id"], limits["asset-id"]
    low, high = limits["currency-greater-than"], limits["currency-less-than"]
    amount = fields.get("aamt", 0) if asset is not None else fields.get("amt", 0)
    return (
        query.get("tx-type", fields["type"]) == fields["type"]
        and raw(fields.get("note")).startswith(prefix)
        and (not app or app in {fields.get("apid", 0), item.get("apid", 0), *fields.get("apfa", [])})
        and (not asset or asset in {*(fields.get(f, 0) for f in _ASSET), item.get("caid", 0)})
        and (low is None or amount > low)
        and (high is None or amount < high)
        and (query.get("rekey-to") != "true" or "rekey" in fields)
        and (not query.get("group-id") or _base64(query, "group-id") == fields.get("grp"))
        and (address is None or _plays(fields, address, query))
    )


def _plays(fields: Wire, address: bytes, query: Mapping[str, str]) -> bool:
    names = {"sender": _SENDER, "receiver": _RECEIVER, "freeze-target": _FREEZE}.get(query.get("address-role", ""))
    if names is None:
        return address in {*(fields.get(f) for f in (*_SENDER, *_RECEIVER, *_FREEZE, *_OTHER)), *fields.get("apat", [])}
    if query.get("exclude-close-to") != "true" and names is _RECEIVER:
        names = (*names, *_OTHER)
    return address in {fields.get(f) for f in names}


def _address(query: Mapping[str, str], name: str) -> bytes | None:
    if not query.get(name):
        return None
    try:
        return decode_address(query[name])
    except ValueError as error:
        raise HttpError(400, f"unable to parse address: {error}") from error


def _base64(query: Mapping[str, str], name: str) -> bytes:
    try:
        return base64.b64decode(query.get(name, "").replace("-", "+").replace("_", "/"))
    except ValueError as error:
        raise HttpError(400, f"unable to parse {name}: {error}") from error


def _time(value: str) -> float:
    try:
        return datetime.fromisoformat(value).timestamp()
    except ValueError as error:
        raise HttpError(400, f"unable to parse time: {value!r}") from error
