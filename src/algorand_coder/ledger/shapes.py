"""Accounts, applications, assets and blocks in the JSON that algod and the indexer share.

Field by field after the REST specification of algod: https://dev.algorand.co/reference/rest-api/algod/
"""

from __future__ import annotations

from typing import Any

from algorand_coder.ledger.codec import Wire, b64, encode_address, raw, text

_STATUS = ("Offline", "Online", "NotParticipating")
_MIN_BALANCE = 100_000
_BOX_FLAT, _BOX_BYTE = 2_500, 400
_UINT_ENTRY, _BYTES_ENTRY = 28_500, 50_000


def schema(declared: Wire) -> Wire:
    """A state schema."""
    return {"num-uint": declared.get("nui", 0), "num-byte-slice": declared.get("nbs", 0)}


def key_values(state: Wire) -> list[Wire]:
    """Global or local state, sorted by key."""
    found = []
    for key in sorted(state, key=raw):
        value = state[key]
        shape = {"type": value["tt"], "bytes": b64(value.get("tb")), "uint": value.get("ui", 0)}
        found.append({"key": b64(key), "value": shape})
    return found


def application(number: int, params: Wire, creator: bytes) -> Wire:
    """An application with its programs and global state."""
    shape: Wire = {
        "creator": encode_address(creator),
        "approval-program": b64(params.get("approv")),
        "clear-state-program": b64(params.get("clearp")),
        "global-state-schema": schema(params.get("gsch", {})),
        "local-state-schema": schema(params.get("lsch", {})),
    }
    if params.get("gs"):
        shape["global-state"] = key_values(params["gs"])
    if params.get("epp"):
        shape["extra-program-pages"] = params["epp"]
    return {"id": number, "params": shape}


def asset(number: int, params: Wire, creator: bytes) -> Wire:
    """An asset's parameters."""
    return {"index": number, "params": {"creator": encode_address(creator), **asset_params(params)}}


def asset_params(params: Wire) -> Wire:
    """What ``apar`` says, without the creator."""
    shape: Wire = {
        "total": params.get("t", 0),
        "decimals": params.get("dc", 0),
        "default-frozen": params.get("df", False),
    }
    for field, name in (("un", "unit-name"), ("an", "name"), ("au", "url")):
        if params.get(field):
            shape[name] = text(params[field])
            shape[f"{name}-b64"] = b64(params[field])
    for field, name in (("m", "manager"), ("r", "reserve"), ("f", "freeze"), ("c", "clawback")):
        if params.get(field):
            shape[name] = encode_address(raw(params[field]))
    if params.get("am"):
        shape["metadata-hash"] = b64(params["am"])
    return shape


def local_state(number: int, state: Wire) -> Wire:
    """An account's local state in one application."""
    shape: Wire = {"id": number, "schema": schema(state.get("hsch", {}))}
    if state.get("tkv"):
        shape["key-value"] = key_values(state["tkv"])
    return shape


def holding(number: int, held: Wire) -> Wire:
    """An account's holding of one asset."""
    return {"asset-id": number, "amount": held.get("a", 0), "is-frozen": held.get("f", False)}


def min_balance(record: Wire) -> int:
    """Micro-Algos that the account must keep."""
    total = record.get("tsch", {})
    slots = 1 + sum(len(record.get(kind, {})) for kind in ("asset", "appl", "appp")) + record.get("teap", 0)
    state = _UINT_ENTRY * total.get("nui", 0) + _BYTES_ENTRY * total.get("nbs", 0)
    boxes = _BOX_FLAT * record.get("tbx", 0) + _BOX_BYTE * record.get("tbxb", 0)
    return int(_MIN_BALANCE * slots + state + boxes)


def account(address: bytes, record: Wire, round_number: int, *, brief: bool = False, online: bool = False) -> Wire:
    """An account; ``brief`` leaves out what it holds and made, ``online`` reports it as taking part in consensus."""
    amount = record.get("algo", 0)
    holdings, locals_ = record.get("asset", {}), record.get("appl", {})
    assets, apps = record.get("apar", {}), record.get("appp", {})
    shape: Wire = {
        "address": encode_address(address),
        "amount": amount,
        "amount-without-pending-rewards": amount,
        "apps-total-schema": schema(record.get("tsch", {})),
        "min-balance": min_balance(record),
        "pending-rewards": 0,
        "reward-base": record.get("ebase", 0),
        "rewards": record.get("ern", 0),
        "round": round_number,
        "status": "Online" if online else _STATUS[record.get("onl", 0)],
        "total-apps-opted-in": len(locals_),
        "total-assets-opted-in": len(holdings),
        "total-created-apps": len(apps),
        "total-created-assets": len(assets),
    }
    optional: tuple[tuple[str, Any], ...] = (
        ("apps-total-extra-pages", record.get("teap")),
        ("total-boxes", record.get("tbx")),
        ("total-box-bytes", record.get("tbxb")),
        ("auth-addr", encode_address(record["spend"]) if record.get("spend") else None),
        ("participation", _participation(record) if record.get("vote") else None),
    )
    shape.update({name: value for name, value in optional if value})
    if not brief:
        shape["assets"] = [holding(n, holdings[n]) for n in sorted(holdings)]
        shape["created-assets"] = [asset(n, assets[n], address) for n in sorted(assets)]
        shape["apps-local-state"] = [local_state(n, locals_[n]) for n in sorted(locals_)]
        shape["created-apps"] = [application(n, apps[n], address) for n in sorted(apps)]
    return shape


def _participation(record: Wire) -> Wire:
    shape: Wire = {
        "vote-participation-key": b64(record["vote"]),
        "selection-participation-key": b64(record.get("sel")),
        "vote-first-valid": record.get("voteFst", 0),
        "vote-last-valid": record.get("voteLst", 0),
        "vote-key-dilution": record.get("voteKD", 0),
    }
    return {**shape, "state-proof-key": b64(record["stprf"])} if record.get("stprf") else shape


def as_json(value: Any, key: str = "") -> Any:
    """A wire map as algod's JSON: addresses in base 32, other bytes in base 64."""
    if isinstance(value, dict):
        return {(k if isinstance(k, str) else str(k)): as_json(v, str(k)) for k, v in value.items()}
    if isinstance(value, list):
        return [as_json(item, key) for item in value]
    if isinstance(value, bytes):
        return encode_address(value) if key in _ADDRESSES and len(value) == 32 else b64(value)
    if isinstance(value, str) and not value.isprintable():
        return b64(value)
    return value


_ADDRESSES = frozenset(
    "snd rcv close rekey arcv asnd aclose fadd sgnr apat sa fees rwd prp m r f c".split()  # noqa: SIM905
)
