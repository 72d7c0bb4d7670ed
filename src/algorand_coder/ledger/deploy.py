"""Creates an application from its ARC-56 specification, with its real schema, pages and create call.

Specification: https://dev.algorand.co/arc-standards/arc-0056/
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.ledger.codec import Wire, app_address, encode_address, sha512_256
from algorand_coder.ledger.errors import Rejected, Unsupported
from algorand_coder.ledger.session import Session

PAGE_BYTES = 2048
_ON_COMPLETE = {"NoOp": 0, "OptIn": 1, "CloseOut": 2, "UpdateApplication": 4, "DeleteApplication": 5}
_MAX_ARGUMENTS = 15
_REFERENCES = frozenset({"account", "asset", "application"})


@dataclass(frozen=True, slots=True)
class CreateCall:
    """How an application is created."""

    on_complete: int
    arguments: tuple[bytes, ...]
    invented: bool
    """Whether the arguments are zero values because nobody gave any; a refusal may then be due to them."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """An application that exists."""

    app_id: int
    address: str
    creator: str


class NeedsArguments(Unsupported):
    """The create method refused invented arguments: it takes somebody who knows what it wants."""


def create_call(specification: Wire) -> CreateCall:
    """The create call of an ARC-56 specification: bare where there is one, else the method with the fewest arguments.

    Raises ``Rejected`` when the contract cannot be created at all.
    """
    bare = specification.get("bareActions", {}).get("create", [])
    if bare:
        return CreateCall(_on_complete(bare), (), invented=False)
    methods = [m for m in specification.get("methods", []) if m.get("actions", {}).get("create")]
    if not methods:
        raise Rejected("the contract has no way to be created: neither a bare create call nor a create method")
    method = min(methods, key=lambda m: len(m["args"]))
    types = [argument["type"] for argument in method["args"]]
    signature = f"{method['name']}({','.join(types)}){method['returns']['type']}"
    arguments = (sha512_256(signature.encode())[:4], *zero_arguments(types))
    return CreateCall(_on_complete(method["actions"]["create"]), arguments, invented=bool(types))


def deploy(
    session: Session,
    specification: str,
    approval: bytes,
    clear: bytes,
    *,
    arguments: Sequence[bytes] | None = None,
    fund_microalgo: int = 0,
) -> Deployment:
    """Create the application described by ``specification`` (ARC-56 JSON) from the session's funded account.

    ``arguments`` replace invented ones (method selector first); ``fund_microalgo`` goes to the application's account.
    Raises ``Rejected`` when the chain refuses, ``NeedsArguments`` or ``Unsupported`` when this cannot be judged here,
    ``LedgerFault`` when the ledger breaks.
    """
    described = json.loads(specification)
    call = create_call(described)
    schema = described.get("state", {}).get("schema", {})
    node, key = session.node(), session.funded_key()
    sender = bytes(key.verify_key)
    creation: Wire = {
        **node.header(sender),
        "type": "appl",
        "apan": call.on_complete,
        "apap": approval,
        "apsu": clear,
        "apgs": _schema(schema.get("global", {})),
        "apls": _schema(schema.get("local", {})),
        "apep": max(0, (len(approval) + len(clear) - 1) // PAGE_BYTES),
        "apaa": list(call.arguments if arguments is None else arguments),
    }
    try:
        created = node.send([creation], key)[0]
    except Rejected as refusal:
        if call.invented and arguments is None:
            raise NeedsArguments(f"the create method refused zero values as arguments: {refusal}") from refusal
        raise
    app = int(created["application-index"])
    if fund_microalgo:
        funding = {**node.header(sender), "type": "pay", "rcv": app_address(app), "amt": fund_microalgo}
        node.send([funding], key)
    return Deployment(app, encode_address(app_address(app)), encode_address(sender))


def zero_arguments(types: Sequence[str]) -> list[bytes]:
    """ABI encodings of each type's zero value. Raises ``Unsupported`` for what has none."""
    if len(types) > _MAX_ARGUMENTS:
        raise Unsupported(f"a create method with more than {_MAX_ARGUMENTS} arguments")
    return [_zero(name) for name in types]


def _zero(name: str) -> bytes:
    if name in {"pay", "axfer", "acfg", "afrz", "appl", "keyreg", "txn"}:
        raise NeedsArguments(f"the create method takes a {name} transaction")
    if name in _REFERENCES:
        return b"\x00"
    from algosdk import abi

    try:
        kind = abi.ABIType.from_string(name)
        encoded: bytes = kind.encode(_zero_value(kind, abi))
    except Exception as error:  # the library raises its own and builtin errors alike
        raise Unsupported(f"an argument of ABI type {name}: {error}") from error
    return encoded


def _zero_value(kind: Any, abi: Any) -> Any:
    match kind:
        case abi.StringType():
            return ""
        case abi.AddressType():
            return bytes(32)
        case abi.BoolType():
            return False
        case abi.TupleType():
            return [_zero_value(child, abi) for child in kind.child_types]
        case abi.ArrayStaticType():
            return [_zero_value(kind.child_type, abi)] * kind.static_length
        case abi.ArrayDynamicType():
            return []
    return 0


def _on_complete(actions: Sequence[str]) -> int:
    wanted = "NoOp" if "NoOp" in actions else actions[0]
    return _ON_COMPLETE[wanted]


def _schema(declared: Wire) -> Wire:
    return {"nui": declared.get("ints", 0), "nbs": declared.get("bytes", 0)}
