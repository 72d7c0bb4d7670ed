"""Unnamed resources: reading which reference a program lacked, and giving it one.

The node stops at the first account, asset, application, holding, local state or box that a transaction group does not
name, and says which. The simulator adds the reference and tries again until nothing is missing, as algod's
``allow-unnamed-resources`` does in one go. Since AVM 9 references are shared by the whole group, except that a holding
or a local state needs its account and its asset or application in one transaction; older programs must find everything
in their own transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from algorand_coder.ledger import proxy, snapshot
from algorand_coder.ledger.codec import Wire, app_address, decode_address, encode_address, group_id

MAX_GROUP = 16
MAX_REFERENCES = 8
MAX_ACCOUNTS = 4
SHARING_VERSION = 9
BUDGET_PER_CALL = 700
_DELETE = 5


@dataclass(frozen=True, slots=True)
class Need:
    """One missing reference. Which fields count depends on ``kind``."""

    kind: str
    """``account``, ``asset``, ``app``, ``holding``, ``local``, ``box`` or ``io`` (room to read or write boxes)."""
    account: bytes = b""
    number: int = 0
    """Asset or application; for a box the application that owns it."""
    name: bytes = b""


_HOLDING = re.compile(r"unavailable Holding ([A-Z2-7]{58}) x (\d+)")
_LOCAL = re.compile(r"unavailable Local State ([A-Z2-7]{58}) x (\d+)")
_PAIR = re.compile(r"unavailable Account ([A-Z2-7]{58}), unavailable (Asset|App) (\d+)")
_ACCOUNT = re.compile(r"(?:unavailable Account|invalid Account reference(?: for mutation)?) ([A-Z2-7]{58})")
_ASSET = re.compile(r"unavailable Asset (\d+)")
_APP = re.compile(r"unavailable App (\d+)")
_BOX = re.compile(r"invalid Box reference 0x([0-9a-f]*)")
_IO = re.compile(r"box read budget \(\d+\) exceeded|write budget \(\d+\) exceeded")


def missing(message: str, apps: Sequence[int]) -> list[Need]:
    """What a refusal asks for. Several entries are alternatives: the node does not say whose box was wanted.

    ``apps`` are the applications that may have been running, likeliest first.
    """
    if match := _HOLDING.search(message):
        return [Need("holding", decode_address(match[1]), int(match[2]))]
    if match := _LOCAL.search(message):
        return [Need("local", decode_address(match[1]), int(match[2]))]
    if match := _PAIR.search(message):
        return [Need("holding" if match[2] == "Asset" else "local", decode_address(match[1]), int(match[3]))]
    if match := _ACCOUNT.search(message):
        return [Need("account", decode_address(match[1]))]
    if match := _ASSET.search(message):
        return [Need("asset", number=int(match[1]))]
    if match := _APP.search(message):
        return [Need("app", number=int(match[1]))]
    if match := _BOX.search(message):
        return [Need("box", number=app, name=bytes.fromhex(match[1])) for app in apps]
    return [Need("io")] if _IO.search(message) else []


def report(needs: Sequence[Need]) -> Wire:
    """The ``unnamed-resources-accessed`` map of algod for ``needs``."""
    found: Wire = {}

    def add(key: str, value: object) -> None:
        found.setdefault(key, []).append(value)

    for need in needs:
        match need.kind:
            case "account":
                add("accounts", encode_address(need.account))
            case "asset":
                add("assets", need.number)
            case "app":
                add("apps", need.number)
            case "holding":
                add("asset-holdings", {"account": encode_address(need.account), "asset": need.number})
            case "local":
                add("app-locals", {"account": encode_address(need.account), "app": need.number})
            case "box":
                add("boxes", {"app": need.number, "name": need.name})
            case _:
                found["extra-box-refs"] = found.get("extra-box-refs", 0) + 1
    return found


@dataclass(slots=True)
class Group:
    """A group under simulation: the caller's transactions, to which references and helper calls may be added."""

    transactions: list[Wire]
    payer: bytes
    """Pays for the helper calls."""
    own: int = field(init=False)
    """How many of the transactions are the caller's; helper calls come after them."""

    def __post_init__(self) -> None:
        self.own = len(self.transactions)

    def give(self, need: Need, index: int, *, shared: bool) -> bool:
        """Add a reference for ``need``, wanted by transaction ``index``; false when there is no room for it."""
        if not shared:
            return self._add(self.transactions[index], need)
        calls = [t for t in self.transactions if t["type"] == "appl"]
        first = self.transactions[index]
        if any(self._add(t, need) for t in sorted(calls, key=lambda t: t is not first)):
            return True
        return self.pad(1) and self._add(self.transactions[-1], need)

    def pad(self, count: int) -> bool:
        """Append ``count`` helper calls: applications that approve and vanish. False when the group is full."""
        if len(self.transactions) + count > MAX_GROUP:
            return False
        head = self.transactions[0]
        for _ in range(count):
            self.transactions.append(
                {
                    "type": "appl",
                    "snd": self.payer,
                    "fee": proxy.MIN_FEE,
                    "fv": head["fv"],
                    "lv": head["lv"],
                    "gen": snapshot.GENESIS_ID,
                    "gh": snapshot.base().genesis_hash,
                    "note": len(self.transactions).to_bytes(4, "big"),
                    "apan": _DELETE,
                    "apap": proxy.PROGRAM,
                    "apsu": proxy.PROGRAM,
                }
            )
        return True

    def seal(self) -> None:
        """Recompute the group identifier after changes."""
        if len(self.transactions) == 1 and "grp" not in self.transactions[0]:
            return
        for transaction in self.transactions:
            transaction.pop("grp", None)
        identifier = group_id(self.transactions)
        for transaction in self.transactions:
            transaction["grp"] = identifier

    def _add(self, call: Wire, need: Need) -> bool:
        if call["type"] != "appl":
            return False
        additions: dict[str, list[object]] = {}
        if need.kind in {"account", "holding", "local"} and need.account not in _accounts(call):
            additions["apat"] = [need.account]
        if need.kind in {"asset", "holding"} and need.number not in call.get("apas", []):
            additions["apas"] = [need.number]
        if need.kind in {"app", "local"} and need.number not in [call.get("apid", 0), *call.get("apfa", [])]:
            additions["apfa"] = [need.number]
        if need.kind == "box":
            foreign = [*call.get("apfa", [])]
            if need.number != call.get("apid", 0) and need.number not in foreign:
                additions["apfa"] = [need.number]
                foreign.append(need.number)
            reference: Wire = {"n": need.name}
            if need.number != call.get("apid", 0):
                reference["i"] = foreign.index(need.number) + 1
            additions["apbx"] = [reference]
        if need.kind == "io":
            additions["apbx"] = [{}]
        if not additions or not _fits(call, additions):
            return False
        for key, values in additions.items():
            call[key] = [*call.get(key, []), *values]
        return True


def _accounts(call: Wire) -> list[bytes]:
    apps = [a for a in (call.get("apid", 0), *call.get("apfa", [])) if a]
    return [call["snd"], *call.get("apat", []), *map(app_address, apps)]


def _fits(call: Wire, additions: dict[str, list[object]]) -> bool:
    held = {key: len(call.get(key, [])) + len(additions.get(key, [])) for key in ("apat", "apas", "apfa", "apbx")}
    return held["apat"] <= MAX_ACCOUNTS and sum(held.values()) <= MAX_REFERENCES
