"""Which confirmed transactions an indexer query means."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    last: Confirmed | None = None
    for found, _ in entries(transactions, query):
        if found is not last:
            yield found
        last = found


def entries(transactions: Iterable[Confirmed], query: Mapping[str, str]) -> Iterator[tuple[Confirmed, Wire]]:
    """Every entry, inner ones included, that matches, with its transaction. Raises ``HttpError`` 400."""
    limits = {name: number(query, name) for name in _NUMERIC}
    in_range = span(query)
    prefix = _base64(query, "note-prefix")
    address = account(query, "address")
    if query.get("sig-type", "").lower() not in {"", *_SIGNATURES}:
        raise HttpError(400, f"unknown sig-type: {query['sig-type']!r}")
    for found in transactions:
        if in_range(found.round, found.timestamp) and query.get("txid", found.txid) == found.txid:
            for item in walk(found.effects):
                if _matches(item, query, limits, prefix, address):
                    yield found, item


_SIGNATURES = ("sig", "msig", "lsig")
_NUMERIC = (
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


def span(query: Mapping[str, str]) -> Callable[[int, int], bool]:
    """Whether a round with its time is among those that the query means. Raises ``HttpError`` 400."""
    exact, low, high = (number(query, name) for name in ("round", "min-round", "max-round"))
    before, after = (_time(query[name]) if query.get(name) else None for name in ("before-time", "after-time"))

    def holds(round_number: int, timestamp: int) -> bool:
        return (
            (exact is None or round_number == exact)
            and (low is None or round_number >= low)
            and (high is None or round_number <= high)
            and (before is None or timestamp < before)
            and (after is None or timestamp > after)
        )

    return holds


def _matches(
    item: Wire, query: Mapping[str, str], limits: Mapping[str, int | None], prefix: bytes, address: bytes | None
) -> bool:
    fields = item["txn"]
    app, asset = limits["application-id"], limits["asset-id"]
    low, high = limits["currency-greater-than"], limits["currency-less-than"]
    amount = fields.get("aamt", 0) if asset is not None else fields.get("amt", 0)
    return (
        query.get("tx-type", fields["type"]) == fields["type"]
        # An inner transaction has no signature.
        and (not query.get("sig-type") or query["sig-type"].lower() in item)
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


def account(query: Mapping[str, str], name: str) -> bytes | None:
    """An address of the query, ``None`` where it is absent. Raises ``HttpError`` 400."""
    if not query.get(name):
        return None
    try:
        return decode_address(query[name])
    except ValueError as error:
        raise HttpError(400, f"unable to parse {name}: {error}") from error


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
