"""Small helpers that write TypeScript: indentation, object literals, calls, and the imports that code needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent, indent

UTILS = "@algorandfoundation/algokit-utils"
SDK = "algosdk"
ALGO_TS = "@algorandfoundation/algorand-typescript"

CLIENT_VALUES = {
    **dict.fromkeys(("AlgorandClient", "algo", "microAlgo", "Config"), UTILS),
    **dict.fromkeys(("AlgoAmount",), f"{UTILS}/types/amount"),
    **dict.fromkeys(("LogicError",), f"{UTILS}/types/logic-error"),
    **dict.fromkeys(("TransactionComposer",), f"{UTILS}/types/composer"),
    **dict.fromkeys(("AppManager",), f"{UTILS}/types/app-manager"),
    **dict.fromkeys(("getABIDecodedValue",), f"{UTILS}/types/app-arc56"),
    **dict.fromkeys(
        [
            "ABIMethod",
            "ABIType",
            "ABITupleType",
            "Address",
            "AtomicTransactionComposer",
            "OnApplicationComplete",
            "Algodv2",
            "Indexer",
            "assignGroupID",
            "base64ToBytes",
            "bytesToBase64",
            "bytesToBigInt",
            "bytesToHex",
            "bytesToString",
            "coerceToBytes",
            "decodeSignedTransaction",
            "decodeUnsignedTransaction",
            "decodeUint64",
            "encodeUint64",
            "encodeUnsignedTransaction",
            "generateAccount",
            "getApplicationAddress",
            "hexToBytes",
            "isValidAddress",
            "secretKeyToMnemonic",
            "mnemonicToSecretKey",
            "makeAssetTransferTxnWithSuggestedParamsFromObject",
            "makeAssetCreateTxnWithSuggestedParamsFromObject",
            "makeApplicationNoOpTxnFromObject",
            "makeApplicationOptInTxnFromObject",
            "makeApplicationCreateTxnFromObject",
            "makeBasicAccountTransactionSigner",
            "makeEmptyTransactionSigner",
            "makePaymentTxnWithSuggestedParamsFromObject",
            "waitForConfirmation",
            "computeGroupID",
            "TransactionType",
            "modelsv2",
            "encodeUnsignedSimulateTransaction",
            "ABIStringType",
            "ABIAddressType",
            "ABIUintType",
            "signBytes",
            "verifyBytes",
        ],
        SDK,
    ),
    **dict.fromkeys(("readFile", "writeFile"), "node:fs/promises"),
    **dict.fromkeys(("readFileSync",), "node:fs"),
    **dict.fromkeys(("createHash",), "node:crypto"),
}
"""Names that client code imports as values → module."""

CLIENT_TYPES = {
    **dict.fromkeys(("TransactionSignerAccount", "AccountInformation"), f"{UTILS}/types/account"),
    **dict.fromkeys(("AppClient",), f"{UTILS}/types/app-client"),
    **dict.fromkeys(("AppFactory",), f"{UTILS}/types/app-factory"),
    **dict.fromkeys(("Arc56Contract", "ABIStruct"), f"{UTILS}/types/app-arc56"),
    **dict.fromkeys(("AssetInformation",), f"{UTILS}/types/asset-manager"),
    **dict.fromkeys(("PaymentParams", "AssetTransferParams", "AssetCreateParams"), f"{UTILS}/types/composer"),
    **dict.fromkeys(("SendParams",), f"{UTILS}/types/transaction"),
    **dict.fromkeys(("BoxIdentifier",), f"{UTILS}/types/app-manager"),
    **dict.fromkeys(("Transaction", "TransactionSigner", "ABIValue", "SuggestedParams", "Account"), SDK),
}
"""Names that client code imports as types only → module."""

CONTRACT_NAMES = frozenset(
    [
        "Account",
        "Application",
        "Asset",
        "BigUint",
        "Box",
        "BoxMap",
        "Bytes",
        "Contract",
        "FixedArray",
        "Global",
        "GlobalMap",
        "GlobalState",
        "LocalMap",
        "LocalState",
        "LogicSig",
        "OpUpFeeSource",
        "ReferenceArray",
        "TemplateVar",
        "Txn",
        "TransactionType",
        "Uint64",
        "abimethod",
        "arc4",
        "assert",
        "assertMatch",
        "baremethod",
        "biguint",
        "bytes",
        "clone",
        "contract",
        "emit",
        "ensureBudget",
        "err",
        "gtxn",
        "itxn",
        "itxnCompose",
        "log",
        "logicsig",
        "match",
        "op",
        "readonly",
        "uint64",
        "urange",
    ]
)
"""Names exported by algorand-typescript that contracts use."""

WIDTH = 110
"""Columns beyond which an object argument is spread over several lines."""
_OBJECT_ARGUMENT = re.compile(r"(.*?\(|.*?, |.*? = |\s*return |\s*)\{ (.*) \}((?:[),\]].*)?)")
_NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_TEMPLATE_TEXT = re.compile(r"`[^`]*`")
_WORD = re.compile(r"(?<![\w.#$])(@?)([A-Za-z_]\w*)(?=(\s*\??:(?!:))?)")


def code(text: str) -> str:
    """``text`` without its common indentation and outer blank lines."""
    return dedent(text).strip("\n")


def join(*parts: str, gap: int = 1) -> str:
    """Non-empty ``parts`` with ``gap`` newlines between them."""
    return ("\n" * gap).join(part for part in parts if part)


def inner(text: str, levels: int = 1) -> str:
    """``text`` moved ``levels`` steps to the right."""
    return indent(text, "  " * levels)


def braces(fields: Iterable[str], *, width: int = 76) -> str:
    """An object literal: on one line where it is short, else one field a line."""
    items = [field for field in fields if field]
    if not items:
        return "{}"
    one_line = "{ " + ", ".join(items) + " }"
    if len(one_line) <= width and "\n" not in one_line and len(items) <= 3:
        return one_line
    return "{\n" + inner(",\n".join(items) + ",") + "\n}"


def call(function: str, fields: Iterable[str]) -> str:
    """``function({ …fields })``."""
    return f"{function}({braces(fields)})"


def block(head: str, body: str, tail: str = "") -> str:
    """``head { body } tail`` over several lines."""
    return f"{head} {{\n{inner(body)}\n}}{tail}"


def chained(*calls: str) -> str:
    """Method calls chained one a line."""
    return "\n".join("  ." + item.replace("\n", "\n  ") for item in calls)


def quoted(text: str) -> str:
    """A string literal in single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def grouped(number: int) -> str:
    """Digits with ``_`` between thousands, as TypeScript writes them."""
    return f"{number:_}"


def used_words(source: str) -> set[str]:
    """Names that ``source`` refers to: no property accesses, object keys, strings or comments."""

    def keep_holes(match: re.Match[str]) -> str:
        return " ".join(re.findall(r"\$\{([^}]*)\}", match.group(0)))

    bare = _TEMPLATE_TEXT.sub(keep_holes, _NOT_CODE.sub(" ", source))
    return {match.group(2) for match in _WORD.finditer(bare) if not match.group(3) or _is_ternary(bare, match)}


def _is_ternary(text: str, match: re.Match[str]) -> bool:
    """``a ? name : b`` looks like a key followed by a colon; a question mark before it on the line tells."""
    line_start = text.rfind("\n", 0, match.start()) + 1
    return " ? " in text[line_start : match.start()]


def client_module(source: str) -> str:
    """``source`` with the import statements it needs, values before types, packages in a fixed order."""
    words = used_words(source)
    declared = set(re.findall(r"\b(?:const|let|function|class|interface|type)\s+(\w+)", source))
    modules: dict[tuple[str, bool], set[str]] = {}
    for names, is_type in ((CLIENT_VALUES, False), (CLIENT_TYPES, True)):
        for name in words & names.keys() - declared:
            modules.setdefault((names[name], is_type), set()).add(name)
    lines = []
    if "algosdk" in words:
        lines.append("import algosdk from 'algosdk'")
    for (module, is_type), chosen in modules.items():
        keyword = "import type" if is_type else "import"
        lines.append(_import(keyword, chosen, module))
    lines.sort(key=lambda line: (_module_rank(line), line.startswith("import type"), line))
    return wrapped(join("\n".join(lines), source.strip("\n"), gap=2)) + "\n"


def wrapped(source: str) -> str:
    """``source`` with the object argument of overlong lines spread over several lines."""
    return "\n".join(_wrapped_line(line) if len(line) > WIDTH else line for line in source.split("\n"))


def _wrapped_line(line: str) -> str:
    match = _OBJECT_ARGUMENT.fullmatch(line)
    if match is None or line.lstrip().startswith(("import", "type", "export", "async")):
        return line
    start, fields, end = match.groups()
    if not _balanced(fields):
        return line
    margin = line[: len(line) - len(line.lstrip())]
    spread = [f"{margin}  {item}," for item in _top_level_items(fields)]
    return "\n".join([f"{start}{{", *spread, f"{margin}}}{end}"])


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return False
    return depth == 0


def _top_level_items(fields: str) -> list[str]:
    """Split at commas that stand in no bracket and no string."""
    items, depth, quote, start = [], 0, "", 0
    for position, char in enumerate(fields):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            items.append(fields[start:position].strip())
            start = position + 1
    return [*items, fields[start:].strip()]


def contract_module(source: str) -> str:
    """``source`` with one import from algorand-typescript that names all it uses."""
    names = used_words(source) & CONTRACT_NAMES
    return wrapped(join(_import("import", names, ALGO_TS), source.strip("\n"), gap=2)) + "\n"


def _import(keyword: str, names: Iterable[str], module: str) -> str:
    ordered = sorted(names, key=_import_order)
    one_line = f"{keyword} {{ {', '.join(ordered)} }} from '{module}'"
    if len(one_line) <= 120:
        return one_line
    return f"{keyword} {{\n" + inner(",\n".join(ordered) + ",") + f"\n}} from '{module}'"


def _import_order(name: str) -> tuple[str, str]:
    return name.lower(), name


def _module_rank(line: str) -> int:
    for rank, mark in enumerate((f"'{UTILS}'", f"'{UTILS}/", f"'{SDK}'", "'node:")):
        if mark in line:
            return rank
    return 9
