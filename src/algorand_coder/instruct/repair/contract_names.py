"""What models get wrong in contracts: decorators, imports, options, and the names of older or other dialects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from algorand_coder.instruct.repair.operators import Table
from algorand_coder.instruct.rewriting import Edit, Edits, Source, swap

TABLE = Table(contract=True)

PACKAGES = (
    "@algorandfoundation/tealscript",
    "@algorandfoundation/algorand-typescript/contract",
    "@algorandfoundation/puya",
    "@algorand/typescript",
)
OPTIONS = {
    "initialValue": ("default", "initial", "value"),
    "keyPrefix": ("prefix", "key"),
    "receiver": ("to", "recipient"),
    "amount": ("value",),
    "assetReceiver": ("receiver", "to"),
    "assetAmount": ("amount",),
    "xferAsset": ("asset", "assetId"),
    "onCreate": ("create",),
    "readonly": ("readOnly", "isReadonly"),
    "allowActions": ("allow", "allowAction"),
    "assetName": ("name",),
    "unitName": ("unit", "symbol"),
    "total": ("totalSupply", "supply"),
    "closeRemainderTo": ("closeTo",),
    "freezeAsset": ("asset",),
    "configAsset": ("asset",),
    "greaterThan": ("gt",),
    "greaterThanEq": ("gte", "greaterThanOrEqual"),
    "lessThan": ("lt",),
    "lessThanEq": ("lte", "lessThanOrEqual"),
}
STORES = {
    "GlobalState": ("GlobalStateKey", "State", "StateVar"),
    "LocalState": ("LocalStateKey", "AccountState"),
    "BoxMap": ("Mapping", "BoxRef", "BoxStorage"),
    "Box": ("BoxRef", "BoxKey"),
}
GLOBALS = {
    "Txn": ("Transaction", "txn"),
    "Global": ("Globals", "globals"),
    "urange": ("range",),
    "assertMatch": ("verifyTxn", "matchTxn"),
    "itxn": ("innerTxn",),
    "err": ("revert", "fail"),
    "clone": ("copy", "structuredCopy"),
    "Account": ("Address", "AccountReference"),
    "Asset": ("AssetReference", "ASA"),
    "uint64": ("u64", "UInt64"),
    "biguint": ("uint256", "uint512"),
    "bytes": ("byte", "Uint8Array"),
    "Contract": ("SmartContract", "AlgorandContract"),
    "abimethod": ("method", "external"),
    "readonly": ("view", "readOnly"),
    "baremethod": ("bareMethod", "bare"),
}


@TABLE.operator("capital-inner")
def capital_inner(code: Source) -> Iterator[Edits]:
    """``itxn.payment`` → ``itxn.Payment``."""
    for node in code.all("member_expression"):
        name = node.child_by_field_name("property")
        if code.field(node, "object") == "itxn" and name is not None:
            yield swap(name, code.text(name)[0].upper() + code.text(name)[1:])


@TABLE.operator("tealscript-inner")
def tealscript_inner(code: Source) -> Iterator[Edits]:
    """``itxn.payment({…}).submit()`` → ``sendPayment({…})``."""
    old = {"payment": "sendPayment", "assetTransfer": "sendAssetTransfer", "assetConfig": "sendAssetConfig"}
    for node, called, _ in code.calls():
        match = re.fullmatch(r"itxn\s*\.(\w+)\((.*)\)\s*\.submit", called, re.DOTALL)
        if match and match[1] in old:
            yield swap(node, f"{old[match[1]]}({match[2]})")


@TABLE.operator("this-txn")
def this_txn(code: Source) -> Iterator[Edits]:
    """``Txn.sender`` → ``this.txn.sender``."""
    old = {
        "Txn.sender": "this.txn.sender",
        "Global.currentApplicationAddress": "this.app.address",
        "Global.creatorAddress": "this.app.creator",
        "Global.latestTimestamp": "globals.latestTimestamp",
        "Global.round": "globals.round",
    }
    for node in code.all("member_expression"):
        if code.text(node) in old:
            yield swap(node, old[code.text(node)])


@TABLE.operator("solidity-sender")
def solidity_sender(code: Source) -> Iterator[Edits]:
    """``Txn.sender`` → ``msg.sender``."""
    old = {"Txn.sender": "msg.sender", "Global.latestTimestamp": "block.timestamp", "Global.round": "block.number"}
    for node in code.all("member_expression"):
        if code.text(node) in old:
            yield swap(node, old[code.text(node)])


@TABLE.operator("bare-decorator")
def bare_decorator(code: Source) -> Iterator[Edits]:
    """``@abimethod()`` without its parentheses."""
    for node in code.all("decorator"):
        if code.text(node) in {"@abimethod()", "@baremethod()"}:
            yield swap(node, code.text(node)[:-2])


@TABLE.operator("old-decorator")
def old_decorator(code: Source) -> Iterator[Edits]:
    """Decorators of TEALScript."""
    for node in code.all("decorator"):
        text = code.text(node)
        if text in {"@readonly", "@abimethod({ readonly: true })"}:
            yield swap(node, "@abi.readonly")
        elif "onCreate" in text:
            yield swap(node, "@allow.create('NoOp')")
        elif "allowActions" in text:
            yield swap(node, "@allow.call('OptIn')" if "OptIn" in text else "@allow.call('DeleteApplication')")


@TABLE.operator("wrong-option-value")
def wrong_option_value(code: Source) -> Iterator[Edits]:
    """``onCreate: 'require'`` → ``'required'``."""
    other = {"require": "required", "OptIn": "optIn", "DeleteApplication": "Delete", "UpdateApplication": "Update"}
    for node in code.all("string_fragment"):
        inside = node.parent.parent if node.parent is not None else None
        if code.text(node) in other and inside is not None and inside.type in {"pair", "array"}:
            yield swap(node, other[code.text(node)])


@TABLE.operator("wrong-contract-option")
def wrong_contract_option(code: Source) -> Iterator[Edits]:
    """``keyPrefix`` → ``prefix``."""
    for node in code.all("pair", "shorthand_property_identifier"):
        key = node.child_by_field_name("key") if node.type == "pair" else node
        if key is None or (name := code.text(key)) not in OPTIONS:
            continue
        for other in OPTIONS[name]:
            yield swap(key, other if node.type == "pair" else f"{other}: {name}")


@TABLE.operator("wrong-store")
def wrong_store(code: Source) -> Iterator[Edits]:
    """``GlobalState`` → ``GlobalStateKey``, wherever it is named."""
    for name, others in STORES.items():
        found = [node for node in code.all("identifier", "type_identifier") if code.text(node) == name]
        for other in others if found else ():
            yield tuple(Edit(node.start_byte, node.end_byte, other) for node in found)


@TABLE.operator("wrong-store-kind")
def wrong_store_kind(code: Source) -> Iterator[Edits]:
    """Local state used as if it were global, or the other way round."""
    for node, called, _ in code.calls():
        other = {"GlobalState": "LocalState", "BoxMap": "Box", "LocalState": "GlobalState"}.get(called)
        function = node.child_by_field_name("function")
        imported = [n for n in code.all("import_specifier") if code.text(n) == called]
        if other and function is not None and imported:
            known = any(code.text(n) == other for n in code.all("import_specifier"))
            extra = () if known else (Edit(imported[0].end_byte, imported[0].end_byte, f", {other}"),)
            yield (*swap(function, other), *extra)


@TABLE.operator("wrong-store-type")
def wrong_store_type(code: Source) -> Iterator[Edits]:
    """A store for values of another type."""
    other = {"uint64": "string", "Account": "string", "boolean": "uint64", "string": "uint64", "bytes": "uint64"}
    for node in code.all("type_arguments"):
        if node.parent is None or node.parent.type != "call_expression" or not node.named_children:
            continue
        last = node.named_children[-1]
        if code.text(last) in other:
            yield swap(last, other[code.text(last)])


@TABLE.operator("state-check")
def state_check(code: Source) -> Iterator[Edits]:
    """``.exists`` of a box ↔ ``.hasValue`` of global and local state."""
    for node in code.all("property_identifier"):
        if code.text(node) in {"exists", "hasValue"}:
            yield swap(node, "hasValue" if code.text(node) == "exists" else "exists")


@TABLE.operator("local-without-account")
def local_without_account(code: Source) -> Iterator[Edits]:
    """``this.local(account).value`` → ``this.local.value``."""
    for node in code.all("member_expression"):
        match = re.fullmatch(r"(this\.\w+)\((?:Txn\.sender|\w+)\)\.(value|hasValue|exists)", code.text(node))
        if match:
            yield swap(node, f"{match[1]}.{match[2]}")


@TABLE.operator("group-type")
def group_type(code: Source) -> Iterator[Edits]:
    """``gtxn.PaymentTxn`` → ``PayTxn``."""
    old = {"PaymentTxn": "PayTxn", "AssetTransferTxn": "AssetTransferTxn"}
    for node in code.all("nested_type_identifier"):
        name = code.text(node).removeprefix("gtxn.")
        if name in old:
            yield swap(node, old[name])


@TABLE.operator("group-index")
def group_index(code: Source) -> Iterator[Edits]:
    """``gtxn.PaymentTxn(0)`` → ``gtxn[0]``."""
    for node, called, arguments in code.calls():
        if called.startswith("gtxn."):
            yield swap(node, f"gtxn[{code.text(arguments)[1:-1]}]")


@TABLE.operator("arc4-old-name")
def arc4_old_name(code: Source) -> Iterator[Edits]:
    """``arc4.Uint64`` → ``arc4.UintN64``, ``.asUint64()`` → ``.native``."""
    for node in code.all("property_identifier", "type_identifier"):
        if re.fullmatch(r"Uint\d+", code.text(node)) and code.raw[: node.start_byte].endswith(b"arc4."):
            yield swap(node, code.text(node).replace("Uint", "UintN"))
    for node, called, arguments in code.calls():
        if called.endswith((".asUint64", ".asBigUint")) and not arguments.named_children:
            yield swap(node, f"{called.rpartition('.')[0]}.native")


@TABLE.operator("event-form")
def event_form(code: Source) -> Iterator[Edits]:
    """``emit<Event>({…})`` with a name as well."""
    for node, called, arguments in code.calls():
        kind = next((child for child in node.children if child.type == "type_arguments"), None)
        if called == "emit" and kind is not None:
            place = arguments.start_byte + 1
            yield (Edit(place, place, f"'{code.text(kind)[1:-1]}', "),)


@TABLE.operator("bare-op")
def bare_op(code: Source) -> Iterator[Edits]:
    """``op.sha256`` → ``sha256``."""
    for node in code.all("member_expression"):
        if code.field(node, "object") == "op":
            yield swap(node, code.field(node, "property"))


@TABLE.operator("invented-global")
def invented_global(code: Source) -> Iterator[Edits]:
    """A name of another language or library, wherever it is used: ``assertMatch`` → ``verifyTxn``."""
    for name, others in GLOBALS.items():
        found = [node for node in code.all("identifier", "type_identifier") if code.text(node) == name]
        for other in others if found else ():
            yield tuple(Edit(node.start_byte, node.end_byte, other) for node in found)


@TABLE.operator("missing-contract-import")
def missing_import(code: Source) -> Iterator[Edits]:
    """A name that is used and not imported."""
    for node in code.all("import_specifier"):
        if node.parent is None or len(node.parent.named_children) < 2:
            continue
        following = node.next_sibling
        end = following.end_byte if following is not None and following.type == "," else node.end_byte
        start = node.start_byte
        while code.raw[start - 1 : start].isspace():
            start -= 1
        yield (Edit(start, end, ""),)


@TABLE.operator("wrong-contract-package")
def wrong_package(code: Source) -> Iterator[Edits]:
    """The right names from the wrong package."""
    for node in code.all("string_fragment"):
        if code.text(node) == "@algorandfoundation/algorand-typescript":
            yield from (swap(node, other) for other in PACKAGES)


@TABLE.operator("node-import")
def node_import(code: Source) -> Iterator[Edits]:
    """Node's library inside a contract."""
    if any(name in code.code for name in ("op.sha256", "op.keccak256")):
        for node in code.all("member_expression"):
            if code.text(node) in {"op.sha256", "op.keccak256"}:
                name = code.field(node, "property")
                yield (
                    Edit(0, 0, "import { createHash } from 'node:crypto'\n"),
                    *swap(node, f"createHash('{name}').update"),
                )


@TABLE.operator("missing-base-class")
def missing_base_class(code: Source) -> Iterator[Edits]:
    """A contract class without ``extends``."""
    for node in code.all("class_heritage"):
        yield (Edit(node.start_byte - 1, node.end_byte, ""),)


@TABLE.operator("unwrapped-literal")
def unwrapped_literal(code: Source) -> Iterator[Edits]:
    """``Uint64(5)`` → ``5`` where nothing else gives the number its type."""
    for node, called, arguments in code.calls():
        if called in {"Uint64", "BigUint"} and len(arguments.named_children) == 1:
            yield swap(node, code.text(arguments.named_children[0]))
