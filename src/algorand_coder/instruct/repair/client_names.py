"""What models get wrong in client code: names of options, methods, classes and packages, old or invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from algorand_coder.instruct.repair.operators import Table
from algorand_coder.instruct.rewriting import Edit, Edits, Source, swap

TABLE = Table(contract=False)

OLD_OPTIONS = {
    "sender": "from",
    "receiver": "to",
    "frozen": "freezeState",
    "freezeTarget": "freezeAccount",
    "clawbackTarget": "revocationTarget",
    "assetSender": "revocationTarget",
    "rekeyTo": "reKeyTo",
    "assetIndex": "assetID",
    "assetId": "assetIndex",
    "firstValid": "firstRound",
    "lastValid": "lastRound",
    "boxReferences": "boxes",
    "args": "methodArgs",
    "appIndex": "appIndexes",
}
"""Option → its name in algosdk 2 and the first AlgoKit Utils."""
INVENTED_OPTIONS = {
    "amount": "value",
    "receiver": "recipient",
    "sender": "account",
    "note": "memo",
    "assetId": "asset",
    "assetName": "name",
    "unitName": "symbol",
    "decimals": "precision",
    "total": "totalSupply",
    "appId": "applicationId",
    "method": "methodName",
    "validityWindow": "validRounds",
    "maxRoundsToWaitForConfirmation": "waitRounds",
    "staticFee": "fee",
    "extraFee": "additionalFee",
    "maxFee": "feeLimit",
    "defaultSender": "defaultAccount",
    "appSpec": "spec",
    "frozen": "isFrozen",
    "account": "target",
    "suggestedParams": "params",
    "lease": "leaseId",
    "skipSignatures": "skipSigning",
    "populateAppCallResources": "populateResources",
    "closeRemainderTo": "closeTo",
    "createParams": "createArgs",
    "approvalProgram": "approval",
    "clearStateProgram": "clearProgram",
}
"""Option → a name that sounds as good and does not exist."""
METHODS = {
    "assetOptIn": "optInToAsset",
    "assetOptOut": "optOutOfAsset",
    "assetTransfer": "transferAsset",
    "assetCreate": "createAsset",
    "assetFreeze": "freezeAsset",
    "assetConfig": "configureAsset",
    "assetDestroy": "destroyAsset",
    "appCall": "callApp",
    "appCreate": "createApp",
    "appUpdate": "updateApp",
    "appCallMethodCall": "methodCall",
    "addPayment": "addPaymentTransaction",
    "addAssetTransfer": "addTransfer",
    "addAssetOptIn": "addOptIn",
    "addAssetCreate": "createAsset",
    "addAssetFreeze": "addFreeze",
    "addAppCallMethodCall": "addAppCallMethod",
    "newGroup": "newTransactionGroup",
    "getInformation": "getAccountInfo",
    "fromEnvironment": "fromEnv",
    "fromMnemonic": "importMnemonic",
    "ensureFunded": "fund",
    "getById": "getAsset",
    "getAccountInformation": "getHolding",
    "getGlobalState": "readGlobalState",
    "getLocalState": "readLocalState",
    "getBoxValue": "readBox",
    "getBoxNames": "listBoxes",
    "getAppFactory": "appFactory",
    "getAppClientById": "getAppClient",
    "defaultLocalNet": "localNet",
    "mainNet": "mainnet",
    "testNet": "testnet",
    "getTransactionParams": "getSuggestedParams",
    "pendingTransactionInformation": "pendingTransactionInfo",
    "sendRawTransaction": "sendTransaction",
    "statusAfterBlock": "waitForBlock",
    "signTransaction": "sign",
    "addTransaction": "add",
    "fromSignature": "fromString",
    "getSelector": "selector",
    "simulate": "dryrun",
    "zeroAddress": "zero",
    "MicroAlgo": "fromMicroAlgo",
    "Algo": "fromAlgo",
    "microAlgo": "microalgos",
    "fundAppAccount": "fund",
    "getMap": "getBoxMap",
    "getMapValue": "getFromMap",
}
"""Method → what models call it."""
CLASSES = {
    "Algodv2": "AlgodClient",
    "Indexer": "IndexerClient",
    "AlgorandClient": "AlgoClient",
    "AppClient": "ApplicationClient",
    "AppFactory": "ApplicationFactory",
    "AlgoAmount": "MicroAlgos",
    "TransactionSignerAccount": "SignerAccount",
    "TransactionComposer": "AtomicComposer",
    "ABIMethod": "AbiMethod",
    "ABIType": "AbiType",
    "LogicError": "ContractError",
    "Address": "AlgorandAddress",
    "Account": "AlgorandAccount",
    "AtomicTransactionComposer": "TransactionGroup",
    "waitForConfirmation": "waitForTransaction",
    "getApplicationAddress": "applicationAddress",
    "assignGroupID": "assignGroupId",
    "isValidAddress": "validateAddress",
    "makeBasicAccountTransactionSigner": "makeAccountSigner",
    "encodeUnsignedTransaction": "encodeTransaction",
    "modelsv2": "models",
}
"""Export → what models import instead."""
PACKAGES = {
    "@algorandfoundation/algokit-utils": ("algosdk", "@algorandfoundation/algokit", "algokit-utils"),
    "algosdk": ("@algorandfoundation/algokit-utils", "@algorand/sdk", "js-algorand-sdk"),
}
"""Package → where models look for its exports."""


def renamed_options(code: Source, names: Mapping[str, str]) -> Iterator[Edits]:
    """One option of one object that is passed to a call, under another name."""
    for node in code.all("pair", "shorthand_property_identifier"):
        holder = node.parent
        if holder is None or holder.type != "object" or not _is_passed(holder):
            continue
        key = node.child_by_field_name("key") if node.type == "pair" else node
        if key is None or (name := code.text(key)) not in names:
            continue
        other = names[name]
        yield swap(key, other if node.type == "pair" else f"{other}: {name}")


def _is_passed(node: Node) -> bool:
    return node.parent is not None and node.parent.type in {"arguments", "pair"}


@TABLE.operator("old-option-name")
def old_option_name(code: Source) -> Iterator[Edits]:
    """``receiver`` → ``to``."""
    yield from renamed_options(code, OLD_OPTIONS)


@TABLE.operator("invented-option-name")
def invented_option_name(code: Source) -> Iterator[Edits]:
    """``assetName`` → ``name``."""
    yield from renamed_options(code, INVENTED_OPTIONS)


@TABLE.operator("invented-method")
def invented_method(code: Source) -> Iterator[Edits]:
    """``send.assetOptIn`` → ``send.optInToAsset``."""
    for node in code.all("property_identifier"):
        if node.parent is not None and node.parent.type == "member_expression" and code.text(node) in METHODS:
            yield swap(node, METHODS[code.text(node)])


@TABLE.operator("flat-client")
def flat_client(code: Source) -> Iterator[Edits]:
    """``algorand.send.payment`` → ``algorand.payment``: a step of the way left out."""
    for node in code.all("member_expression"):
        match = re.fullmatch(
            r"((?:this\.)?\w*(?:[aA]lgorand|[cC]lient))\.(send|account|app|asset|client|createTransaction|state)",
            code.text(node),
        )
        if match and node.parent is not None and node.parent.type == "member_expression":
            yield swap(node, match[1])


@TABLE.operator("old-namespace")
def old_namespace(code: Source) -> Iterator[Edits]:
    """``algorand.createTransaction`` → ``algorand.transactions``, ``client.send.m`` → ``client.call``."""
    for node in code.all("property_identifier"):
        if node.parent is None or node.parent.parent is None or node.parent.parent.type != "member_expression":
            continue
        if code.text(node) in {"createTransaction", "send"}:
            yield swap(node, "transactions")


@TABLE.operator("wrong-send")
def wrong_send(code: Source) -> Iterator[Edits]:
    """A composer is sent by ``send()`` in AlgoKit, by ``execute()`` in algosdk; models say ``submit()``."""
    for node, called, _ in code.calls():
        function = node.child_by_field_name("function")
        name = function.child_by_field_name("property") if function is not None else None
        if name is not None and called.endswith((".send", ".execute")):
            yield swap(name, "submit")


@TABLE.operator("positional-maker")
def positional_maker(code: Source) -> Iterator[Edits]:
    """``make…TxnWithSuggestedParamsFromObject({…})`` → the positional form of algosdk 2.

    Not for applications, whose row of numbers would not tell what each is.
    """
    for node, called, arguments in code.calls():
        function = node.child_by_field_name("function")
        given = arguments.named_children
        if "makeApplication" in called:
            continue
        if not called.endswith("FromObject") or len(given) != 1 or given[0].type != "object" or function is None:
            continue
        old = called.split(".")[-1].removesuffix("FromObject")
        values = [
            code.field(entry, "value") if entry.type == "pair" else code.text(entry)
            for entry in given[0].named_children
            if entry.type in {"pair", "shorthand_property_identifier"}
        ]
        names = [each for each in code.all("identifier") if code.text(each) == called and each != function]
        yield (
            Edit(node.start_byte, node.end_byte, f"{called.removesuffix('FromObject')}({', '.join(values)})"),
            *(Edit(each.start_byte, each.end_byte, old) for each in names if _is_import(each)),
        )


def _is_import(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "import_specifier"


@TABLE.operator("wrong-class")
def wrong_class(code: Source) -> Iterator[Edits]:
    """``Algodv2`` → ``AlgodClient``, wherever it is named."""
    for name, other in CLASSES.items():
        found = [n for n in code.all("identifier", "type_identifier") if code.text(n) == name]
        if any(_is_import(node) for node in found):
            yield tuple(Edit(node.start_byte, node.end_byte, other) for node in found)


@TABLE.operator("wrong-package")
def wrong_package(code: Source) -> Iterator[Edits]:
    """The right name from the wrong package."""
    for node in code.all("string_fragment"):
        if node.parent is None or node.parent.parent is None or node.parent.parent.type != "import_statement":
            continue
        for other in PACKAGES.get(code.text(node), ()):
            yield swap(node, other)


@TABLE.operator("wrong-subpath")
def wrong_subpath(code: Source) -> Iterator[Edits]:
    """``@algorandfoundation/algokit-utils/types/amount`` → the package's root, which does not export it."""
    for node in code.all("string_fragment"):
        match = re.fullmatch(r"(@algorandfoundation/algokit-utils)/types/[\w-]+", code.text(node))
        if match:
            yield swap(node, match[1])


@TABLE.operator("default-import")
def default_import(code: Source) -> Iterator[Edits]:
    """``import { AlgorandClient } from …`` → ``import AlgorandClient from …``."""
    for node in code.all("named_imports"):
        if len(node.named_children) == 1:
            yield swap(node, code.field(node.named_children[0], "name"))


@TABLE.operator("missing-import")
def missing_import(code: Source) -> Iterator[Edits]:
    """A name that is used and not imported."""
    for node in code.all("import_specifier"):
        following = node.next_sibling
        end = following.end_byte if following is not None and following.type == "," else node.end_byte
        if node.parent is not None and len(node.parent.named_children) > 1:
            start = node.start_byte
            while code.raw[start - 1 : start].isspace():
                start -= 1
            yield (Edit(start, end, ""),)
    for node in code.all("named_imports"):
        statement = node.parent.parent if node.parent is not None else None
        if len(node.named_children) == 1 and statement is not None and statement.type == "import_statement":
            yield (Edit(statement.start_byte, min(len(code.raw), statement.end_byte + 1), ""),)


@TABLE.operator("undeclared-name")
def undeclared_name(code: Source) -> Iterator[Edits]:
    """A parameter or variable used under a name that nothing declares."""
    for node in code.all("variable_declarator", "required_parameter"):
        declared = node.child_by_field_name("name") or node.child_by_field_name("pattern")
        if declared is None or declared.type != "identifier":
            continue
        name = code.text(declared)
        uses = [n for n in code.all("identifier") if code.text(n) == name and n.start_byte > declared.end_byte]
        if uses:
            yield swap(uses[-1], f"{name}Value" if not name.endswith("s") else name[:-1])
