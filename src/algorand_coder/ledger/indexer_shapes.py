"""Transactions and blocks in the indexer's JSON: https://dev.algorand.co/reference/rest-api/indexer/"""

from __future__ import annotations

from algorand_coder.ledger import shapes
from algorand_coder.ledger.codec import Wire, b64, encode_address
from algorand_coder.ledger.transactions import Confirmed, inner, pending_info

_ON_COMPLETION = ("noop", "optin", "closeout", "clear", "update", "delete")
_COPIED = ("closing-amount", "global-state-delta", "local-state-delta")


def transaction(confirmed: Confirmed) -> Wire:
    """A confirmed transaction with its inner transactions."""
    shape = _transaction(confirmed.effects, confirmed)
    shape["id"] = confirmed.txid
    shape["signature"] = _signature(confirmed.signed)
    if "sgnr" in confirmed.signed:
        shape["auth-addr"] = encode_address(confirmed.signed["sgnr"])
    return shape


def block_header(block: Wire) -> Wire:
    """A block without its transactions."""
    return {
        "round": block["rnd"],
        "timestamp": block["ts"],
        "genesis-id": block["gen"],
        "genesis-hash": b64(block["gh"]),
        "previous-block-hash": b64(block.get("prev")),
        "seed": b64(block.get("seed") or bytes(32)),
        "transactions-root": b64(block.get("txn") or bytes(32)),
        "transactions-root-sha256": b64(block.get("txn256") or bytes(32)),
        "txn-counter": block.get("tc", 0),
    }


def _transaction(entry: Wire, confirmed: Confirmed) -> Wire:
    fields = entry["txn"]
    info = pending_info(entry, {}, confirmed.round)
    shape: Wire = {
        "tx-type": fields["type"],
        "sender": encode_address(fields["snd"]),
        "fee": fields.get("fee", 0),
        "first-valid": fields.get("fv", 0),
        "last-valid": fields.get("lv", 0),
        "confirmed-round": confirmed.round,
        "intra-round-offset": confirmed.offset,
        "round-time": confirmed.timestamp,
        "closing-amount": 0,
        "close-rewards": 0,
        "receiver-rewards": 0,
        "sender-rewards": 0,
        **_body(fields, entry),
    }
    for field, name in (("note", "note"), ("grp", "group"), ("lx", "lease"), ("gh", "genesis-hash")):
        if fields.get(field):
            shape[name] = b64(fields[field])
    if fields.get("gen"):
        shape["genesis-id"] = fields["gen"]
    if fields.get("rekey"):
        shape["rekey-to"] = encode_address(fields["rekey"])
    shape.update({name: info[name] for name in _COPIED if name in info})
    if "asset-index" in info:
        shape["created-asset-index"] = info["asset-index"]
    if "application-index" in info:
        shape["created-application-index"] = info["application-index"]
    if "logs" in info:
        shape["logs"] = [b64(line) for line in info["logs"]]
    below = inner(entry)
    if below:
        shape["inner-txns"] = [_transaction(item, confirmed) for item in below]
    return shape


def _body(fields: Wire, entry: Wire) -> Wire:
    match fields["type"]:
        case "pay":
            return {"payment-transaction": _payment(fields, entry)}
        case "axfer":
            return {"asset-transfer-transaction": _transfer(fields, entry)}
        case "acfg":
            body: Wire = {"asset-id": fields.get("caid", 0)}
            if fields.get("apar"):
                params = {"creator": encode_address(fields["snd"]), **shapes.asset_params(fields["apar"])}
                body["params"] = params
            return {"asset-config-transaction": body}
        case "afrz":
            frozen = {"asset-id": fields.get("faid", 0), "new-freeze-status": fields.get("afrz", False)}
            return {"asset-freeze-transaction": {"address": encode_address(fields["fadd"]), **frozen}}
        case "appl":
            return {"application-transaction": _call(fields)}
        case "keyreg":
            return {"keyreg-transaction": _keyreg(fields)}
    return {}


def _payment(fields: Wire, entry: Wire) -> Wire:
    body: Wire = {"amount": fields.get("amt", 0), "receiver": encode_address(fields.get("rcv", bytes(32)))}
    if fields.get("close"):
        body["close-remainder-to"] = encode_address(fields["close"])
    return {**body, "close-amount": entry.get("ca", 0)}


def _transfer(fields: Wire, entry: Wire) -> Wire:
    body: Wire = {
        "amount": fields.get("aamt", 0),
        "asset-id": fields.get("xaid", 0),
        "receiver": encode_address(fields.get("arcv", bytes(32))),
        "close-amount": entry.get("aca", 0),
    }
    for field, name in (("aclose", "close-to"), ("asnd", "sender")):
        if fields.get(field):
            body[name] = encode_address(fields[field])
    return body


def _call(fields: Wire) -> Wire:
    body: Wire = {
        "application-id": fields.get("apid", 0),
        "on-completion": _ON_COMPLETION[fields.get("apan", 0)],
        "application-args": [b64(a) for a in fields.get("apaa", [])],
        "accounts": [encode_address(a) for a in fields.get("apat", [])],
        "foreign-apps": list(fields.get("apfa", [])),
        "foreign-assets": list(fields.get("apas", [])),
        "global-state-schema": shapes.schema(fields.get("apgs", {})),
        "local-state-schema": shapes.schema(fields.get("apls", {})),
    }
    for field, name in (("apap", "approval-program"), ("apsu", "clear-state-program")):
        if fields.get(field):
            body[name] = b64(fields[field])
    if fields.get("apep"):
        body["extra-program-pages"] = fields["apep"]
    if fields.get("apbx"):
        foreign = [fields.get("apid", 0), *fields.get("apfa", [])]
        body["box-references"] = [{"app": foreign[r.get("i", 0)], "name": b64(r.get("n"))} for r in fields["apbx"]]
    return body


def _keyreg(fields: Wire) -> Wire:
    body: Wire = {"non-participation": bool(fields.get("nonpart"))}
    for field, name in (
        ("votekey", "vote-participation-key"),
        ("selkey", "selection-participation-key"),
        ("sprfkey", "state-proof-key"),
    ):
        if fields.get(field):
            body[name] = b64(fields[field])
    for field, name in (
        ("votefst", "vote-first-valid"),
        ("votelst", "vote-last-valid"),
        ("votekd", "vote-key-dilution"),
    ):
        if fields.get(field):
            body[name] = fields[field]
    return body


def _signature(signed: Wire) -> Wire:
    if "sig" in signed:
        return {"sig": b64(signed["sig"])}
    if "msig" in signed:
        return {"multisig": _multisig(signed["msig"])}
    logic = signed.get("lsig", {})
    shape: Wire = {"logic": b64(logic.get("l")), "args": [b64(a) for a in logic.get("arg", [])]}
    if "sig" in logic:
        shape["signature"] = b64(logic["sig"])
    if "msig" in logic:
        shape["multisig-signature"] = _multisig(logic["msig"])
    return {"logicsig": shape}


def _multisig(signed: Wire) -> Wire:
    subsignatures = []
    for part in signed.get("subsig", []):
        shape = {"public-key": b64(part.get("pk"))}
        subsignatures.append({**shape, "signature": b64(part["s"])} if "s" in part else shape)
    return {"version": signed.get("v", 1), "threshold": signed.get("thr", 0), "subsignature": subsignatures}
