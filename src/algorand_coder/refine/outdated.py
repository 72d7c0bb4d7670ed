"""Old APIs: code that was right once and is wrong today, by the name of what replaced it.

Patterns match code with its comments taken out. They name real old forms, so that current code that merely looks
alike (``makePaymentTxnWithSuggestedParamsFromObject``, algosdk's own ``AtomicTransactionComposer``) passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from algorand_coder.records import Kind


@dataclass(frozen=True)
class Old:
    """One old form and what it became."""

    name: str
    pattern: re.Pattern[str]
    now: str
    contracts: bool | None = False
    """Whether the form is one of contract code, of client code, or (``None``) of both."""


def _old(name: str, pattern: str, now: str, contracts: bool | None = False) -> Old:
    return Old(name, re.compile(pattern, re.DOTALL), now, contracts)


_RESPONSE_KEYS = (
    "confirmed-round|application-index|asset-index|pool-error|inner-txns|global-state-delta|local-state-delta"
    "|created-apps|created-assets|apps-local-state|min-balance|last-round|key-value|global-state"
)
_UTILS_V6 = (
    "transferAlgos|getAlgoClient|getAlgoIndexerClient|getAlgoKmdClient|getDefaultLocalNetConfig"
    "|mnemonicAccountFromEnvironment|mnemonicAccount|getOrCreateKmdWalletAccount|getKmdWalletAccount"
    "|getLocalNetDispenserAccount|getDispenserAccount|ensureFunded|transferAsset|assetOptIn|assetOptOut"
    "|deployApp|createApp|updateApp|callApp|getAppClient|getAppClientById|getAppClientByCreatorAndName"
    "|sendTransaction|sendGroupOfTransactions|ApplicationClient|AlgokitComposer|encodeTransactionNote"
)

OLD_FORMS = (
    _old("positional-transaction", r"\bmake\w*Txn\w*WithSuggestedParams\s*\(", "make…FromObject({…}) (algosdk 3)"),
    _old(
        "positional-transaction", r"\balgosdk\.make\w*Txn(?!\w*FromObject)\w*\s*\(", "make…FromObject({…}) (algosdk 3)"
    ),
    _old(
        "from-to",
        r"\bmake\w*Txn\w*FromObject\s*\(\s*\{(?:[^{}]|\{[^{}]*\})*?\b(?:from|to|freezeState|revocationTarget|reKeyTo)\s*[:,}]",
        "sender, receiver, frozen, assetSender, rekeyTo (algosdk 3)",
    ),
    _old("from-to", r"\b(?:revocationTarget|reKeyTo|freezeState)\s*:", "assetSender, rekeyTo, frozen (algosdk 3)"),
    _old(
        "raw-response-keys",
        rf"\[\s*['\"](?:{_RESPONSE_KEYS})['\"]\s*\]",
        "camelCase fields of typed responses (algosdk 3)",
    ),
    _old(
        "txId-of-send",
        r"\{\s*txId\b[^}]*\}\s*=\s*await\s[^;]*?sendRawTransaction|sendRawTransaction\([^;]*?\)\s*\)?\.txId\b",
        "txid (algosdk 3)",
    ),
    _old("int-decoding", r"\.setIntDecoding\s*\(", "typed responses with bigint (algosdk 3)"),
    _old("object-encoding", r"\balgosdk\.(?:encodeObj|decodeObj)\s*\(", "msgpackRawEncode, encodeMsgpack (algosdk 3)"),
    _old("account-string-address", r"\.addr\s*\.\s*publicKey\s*\.\s*publicKey\b", "Address (algosdk 3)"),
    _old("dryrun", r"\b(?:createDryrun|DryrunResult)\b|\.dryrun\s*\(", "simulate (algokit-utils 8)"),
    _old(
        "utils-namespace",
        r"import\s+\*\s+as\s+\w+\s+from\s+['\"]@algorandfoundation/algokit-utils['\"]",
        "AlgorandClient (algokit-utils 7)",
    ),
    _old(
        "utils-functions",
        rf"import\s[^;'\"]*\b(?:{_UTILS_V6})\b[^;'\"]*from\s+['\"]@algorandfoundation/algokit-utils(?:/[^'\"]*)?['\"]",
        "AlgorandClient, AppFactory, AppClient, TransactionComposer (algokit-utils 7)",
    ),
    _old("utils-namespace", r"\balgokit\.(?:" + _UTILS_V6 + r")\s*\(", "AlgorandClient (algokit-utils 7)"),
    _old("transactions-property", r"\balgorand(?:Client)?\.transactions\.", "createTransaction (algokit-utils 7)"),
    _old("composer-execute", r"\.newGroup\(\)(?:[^;]*?)\.execute\s*\(", "send() (algokit-utils 9)"),
    _old(
        "composer-add-method-call",
        r"\.newGroup\(\)(?:[^;]*?)\.addMethodCall\s*\(",
        "addAppCallMethodCall (algokit-utils 7)",
    ),
    _old("information-amount", r"\.getInformation\([^)]*\)\s*\)?\.amount\b", "balance (algokit-utils 7)"),
    _old("fixture-before-each", r"\bbeforeEach\(\s*\w+\.beforeEach\b", "newScope (algokit-utils 9)"),
    _old(
        "teal-box-map",
        r"\bnew\s+(?:Box|BoxMap|GlobalState|LocalState)\s*[<(]",
        "BoxMap<K, V>({ keyPrefix }) without new",
        True,
    ),
    _old("box-ref", r"\bBoxRef\b", "Box<bytes> (puya-ts 1.0)", True),
    _old("mutable-array", r"\bMutableArray\b", "ReferenceArray (puya-ts 1.0)", True),
    _old("uint-n", r"\bU[Ii]ntN(?:\d+)?\b", "Uint<N>, Uint64 (puya-ts 1.0)", True),
    _old("interpret-as-arc4", r"\binterpretAsArc4\b", "convertBytes (puya-ts 1.0)", True),
    _old("array-copy", r"\.copy\(\)", "clone(…) (puya-ts 1.0)", True),
    _old(
        "itxn-class",
        r"\bitxn\.(?:Payment|AssetTransfer|AssetConfig|AssetFreeze|ApplicationCall|KeyRegistration)\s*\(",
        "itxn.payment(…)",
        True,
    ),
)


def old_api(code: str, kind: Kind) -> str:
    """The first old form in comment-free ``code`` with what it became, or an empty string.

    TEALScript is another language: its contracts are not judged by the forms of Algorand TypeScript.
    """
    contract = kind in {Kind.CONTRACT, Kind.LOGICSIG}
    for form in OLD_FORMS:
        if form.contracts is not None and form.contracts != contract:
            continue
        if form.pattern.search(code):
            return f"{form.name}: now {form.now}"
    return ""
