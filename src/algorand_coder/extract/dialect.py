"""Which dialect code is written in: what it is (client, contract, TEALScript) and which versions it targets."""

from __future__ import annotations

import re

from algorand_coder.records import DEFAULT_TARGET, Kind

UTILS = "@algorandfoundation/algokit-utils"
_UTILS_10_MODULES = re.compile(
    rf"{UTILS}/(?:transact|abi|algod-client|indexer-client|kmd-client|common|crypto|algo25|composer|amount)\b"
)
_UTILS_10_ROOT = re.compile(rf"import\s[^;'\"]*\bAlgoAmount\b[^;'\"]*from\s+['\"]{UTILS}['\"]")
_OLD_ALGOSDK = re.compile(
    r"\bmake\w+Txn\w*SuggestedParams\("
    r"|\bsetIntDecoding\b|\bdecodeAddress\([^)]*\)\.publicKey"
    r"|\[['\"]confirmed-round['\"]\]|\bfreezeState\b|\brevocationTarget\b|\breKeyTo\b|\bmakeTransactionSigner\b"
    r"|\bappArgs\b[^\n]*\bencodeUint64\([^\n]*\bfrom:"
)
_LOGIC_SIG = re.compile(r"\bextends\s+(?:\w+\.)?LogicSig\b")
_CONTRACT = re.compile(r"\bextends\s+(?:[\w.]*\.)?(?:Contract|BaseContract)\b|\bextends\s+classes\s*\(")


def kind_of(code: str, imports: str = "", source: str = "") -> Kind:
    """What ``code`` is, judged by the class it extends and the package that class comes from.

    ``source`` names the package or repository, for examples that leave their imports out.
    """
    logic_sig, contract = _LOGIC_SIG.search(code), _CONTRACT.search(code)
    if not (logic_sig or contract):
        return Kind.CLIENT
    text = f"{imports}\n{code}"
    if "@algorandfoundation/tealscript" in text or (
        "algorand-typescript" not in text and "tealscript" in source.lower()
    ):
        return Kind.TEALSCRIPT
    if "@algorandfoundation/algorand-typescript" in text:
        return Kind.LOGICSIG if logic_sig and not contract else Kind.CONTRACT
    return Kind.CLIENT


def target_of(code: str, imports: str = "", revision: str = "") -> str:
    """The versions ``code`` is written for: ``utils9`` (the default), ``utils10`` or ``algosdk2`` (1.x and 2.x)."""
    text = f"{imports}\n{code}"
    if _UTILS_10_MODULES.search(text) or _UTILS_10_ROOT.search(text):
        return "utils10"
    if revision.startswith(f"{UTILS}@10") and UTILS in text:
        return "utils10"
    if "algosdk" in text and _OLD_ALGOSDK.search(code):
        return "algosdk2"
    return DEFAULT_TARGET
