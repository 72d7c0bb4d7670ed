"""Transactions: what may be sent together, and what confirmed ones created, touched and look like to algod."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from algorand_coder.ledger.codec import Wire, app_address, b64, encode_address, raw
from algorand_coder.ledger.errors import Rejected

SIGNATURE_FIELDS = ("sig", "msig", "lsig", "sgnr")
_ADDRESS_FIELDS = ("snd", "rcv", "close", "arcv", "aclose", "asnd", "fadd")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One top-level transaction of a block."""

    txid: str
    signed: Wire
    """As it was submitted: ``txn`` with its signature."""
    effects: Wire
    """The block's entry: ``caid``, ``apid``, ``ca``, ``aca``, ``dt``."""
    round: int
    offset: int
    """Position in its block."""
    timestamp: int
    """Unix time of its block."""


@dataclass(frozen=True, slots=True)
class Creation:
    """An application or asset that a block created."""

    kind: str
    """``app`` or ``asset``."""
    id: int
    creator: bytes


def inner(entry: Wire) -> list[Wire]:
    """The inner transactions of a block entry, each a block entry itself."""
    found = entry.get("dt", {}).get("itx")
    return found if isinstance(found, list) else []


def walk(entry: Wire) -> Iterator[Wire]:
    """``entry`` and all inner transactions below it, outer first."""
    yield entry
    for below in inner(entry):
        yield from walk(below)


def creations(entry: Wire) -> Iterator[Creation]:
    """Everything that ``entry`` or its inner transactions created."""
    for item in walk(entry):
        transaction = item["txn"]
        if item.get("caid") and not transaction.get("caid"):
            yield Creation("asset", item["caid"], transaction["snd"])
        if item.get("apid") and not transaction.get("apid"):
            yield Creation("app", item["apid"], transaction["snd"])


def deletions(entry: Wire) -> Iterator[tuple[str, int]]:
    """Kind and identifier of every application or asset that ``entry`` or its inner transactions removed."""
    for item in walk(entry):
        transaction = item["txn"]
        if transaction["type"] == "acfg" and transaction.get("caid") and "apar" not in transaction:
            yield "asset", transaction["caid"]
        if transaction["type"] == "appl" and transaction.get("apan") == 5:
            yield "app", transaction.get("apid") or item.get("apid", 0)


def executed_apps(entry: Wire) -> set[int]:
    """Every application that ran in ``entry``, inner calls included."""
    called = (i["txn"].get("apid") or i.get("apid", 0) for i in walk(entry) if i["txn"]["type"] == "appl")
    return {app for app in called if app}


def touched(entry: Wire) -> set[bytes]:
    """Accounts whose record may have changed, less the creators of the applications that ran."""
    found = {app_address(app) for app in executed_apps(entry)}
    for item in walk(entry):
        transaction = item["txn"]
        found.update(transaction[f] for f in _ADDRESS_FIELDS if f in transaction)
        found.update(transaction.get("apat", ()))
        found.update(item.get("dt", {}).get("sa", ()))
    return found


def pending_info(entry: Wire, signed: Wire, round_number: int | None) -> Wire:
    """The body of ``GET /v2/transactions/pending/{txid}``; ``round_number`` is ``None`` in a simulation."""
    info: Wire = {"pool-error": "", "txn": signed}
    if round_number is not None:
        info["confirmed-round"] = round_number
    for field, name in (("caid", "asset-index"), ("apid", "application-index")):
        if entry.get(field) and not entry["txn"].get(field):
            info[name] = entry[field]
    for field, name in (("ca", "closing-amount"), ("aca", "asset-closing-amount")):
        if entry.get(field):
            info[name] = entry[field]
    changes = entry.get("dt", {})
    if changes.get("lg"):
        info["logs"] = [raw(line) for line in changes["lg"]]
    if changes.get("gd"):
        info["global-state-delta"] = _state_delta(changes["gd"])
    if changes.get("ld"):
        accounts = [entry["txn"]["snd"], *entry["txn"].get("apat", []), *changes.get("sa", [])]
        info["local-state-delta"] = [
            {"address": encode_address(accounts[index]), "delta": _state_delta(delta)}
            for index, delta in sorted(changes["ld"].items())
        ]
    below = inner(entry)
    if below:
        info["inner-txns"] = [pending_info(item, {"txn": item["txn"]}, round_number) for item in below]
    return info


def _state_delta(delta: Wire) -> list[Wire]:
    changes = []
    for key, change in delta.items():
        value: Wire = {"action": change.get("at", 0)}
        if change.get("bs"):
            value["bytes"] = b64(change["bs"])
        if change.get("ui"):
            value["uint"] = change["ui"]
        changes.append({"key": b64(key), "value": value})
    return changes


def expect_one_group(signed: Sequence[Wire]) -> None:
    """What is sent together is one group: a node insists on it, the executable would take it for a block of groups.

    Raises ``Rejected`` in the node's words.
    """
    groups = [item["txn"].get("grp", b"") for item in signed]
    if len(groups) == 1:
        return
    for place, group in enumerate(groups):
        if group != groups[0]:
            shown = [base64.b32encode(value or bytes(32)).decode().rstrip("=") for value in (group, groups[0])]
            raise Rejected(f"transactionGroup: inconsistent group values: {shown[0]} != {shown[1]}")
        if not group:
            raise Rejected(f"transactionGroup: [{place}] had zero Group but was submitted in a group of {len(groups)}")
