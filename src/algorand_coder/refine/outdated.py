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
    words: tuple[str, ...] = ()
    """Text of which one piece must be there for the pattern to match: cheaper to look for than the pattern."""
    contracts: bool = False
    """Whether the form is one of contract code, or of client code."""


def _old(name: str, pattern: str, now: str, *, words: tuple[str, ...] = (), contracts: bool = False) -> Old:
    return Old(name, re.compile(pattern), now, words, contracts)


_UTILS = "@algorandfoundation/algokit-utils"
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
    _old(
        "positional-transaction",
        r"\bmake\w*Txn\w*WithSuggestedParams\s*\(|\balgosdk\.make\w*Txn(?!\w*FromObject)\w*\s*\(",
        "make…FromObject({…}) (algosdk 3)",
        words=("Txn",),
    ),
    _old(
        "from-to",
        r"\bmake\w*Txn\w*FromObject\s*\(\s*\{(?:[^{}]|\{[^{}]*\})*?\b(?:from|to)\s*[:,}]"
        r"|\b(?:revocationTarget|reKeyTo|freezeState)\s*:",
        "sender, receiver, assetSender, rekeyTo, frozen (algosdk 3)",
        words=("FromObject", "revocationTarget", "reKeyTo", "freezeState"),
    ),
    _old(
        "raw-response-keys",
        rf"\[\s*['\"](?:{_RESPONSE_KEYS})['\"]\s*\]",
        "camelCase fields of typed responses (algosdk 3)",
        words=("['", '["', "[ "),
    ),
    _old(
        "txId-of-send",
        r"\{\s*txId\b[^}]*\}\s*=\s*await\s[^;]*?sendRawTransaction|sendRawTransaction\([^;]*?\)\s*\)?\.txId\b",
        "txid (algosdk 3)",
        words=("sendRawTransaction",),
    ),
    _old(
        "int-decoding", r"\.setIntDecoding\s*\(", "typed responses with bigint (algosdk 3)", words=("setIntDecoding",)
    ),
    _old(
        "object-encoding",
        r"\balgosdk\.(?:encodeObj|decodeObj)\s*\(",
        "msgpackRawEncode, encodeMsgpack (algosdk 3)",
        words=("codeObj",),
    ),
    _old(
        "dryrun",
        r"\b(?:createDryrun|DryrunResult)\b|\.dryrun\s*\(",
        "simulate (algokit-utils 8)",
        words=("ryrun",),
    ),
    _old(
        "utils-namespace",
        rf"import\s+\*\s+as\s+\w+\s+from\s+['\"]{_UTILS}['\"]|\balgokit\.(?:{_UTILS_V6})\s*\(",
        "AlgorandClient (algokit-utils 7)",
        words=("* as", "algokit."),
    ),
    _old(
        "utils-functions",
        rf"import\s[^;'\"]*\b(?:{_UTILS_V6})\b[^;'\"]*from\s+['\"]{_UTILS}(?:/[^'\"]*)?['\"]",
        "AlgorandClient, AppFactory, AppClient, TransactionComposer (algokit-utils 7)",
        words=(_UTILS,),
    ),
    _old(
        "transactions-property",
        r"\balgorand(?:Client)?\.transactions\.",
        "createTransaction (algokit-utils 7)",
        words=(".transactions.",),
    ),
    _old("composer-execute", r"\.newGroup\(\)[^;]*?\.execute\s*\(", "send() (algokit-utils 9)", words=("newGroup",)),
    _old(
        "composer-add-method-call",
        r"\.newGroup\(\)[^;]*?\.addMethodCall\s*\(",
        "addAppCallMethodCall (algokit-utils 7)",
        words=("newGroup",),
    ),
    _old(
        "information-amount",
        r"\.getInformation\([^)]*\)\s*\)?\.amount\b",
        "balance (algokit-utils 7)",
        words=("getInformation",),
    ),
    _old(
        "fixture-before-each",
        r"\bbeforeEach\(\s*\w+\.beforeEach\b",
        "newScope (algokit-utils 9)",
        words=(".beforeEach",),
    ),
    _old(
        "new-state",
        r"\bnew\s+(?:Box|BoxMap|GlobalState|LocalState)\s*[<(]",
        "BoxMap<K, V>({ keyPrefix }) without new (puya-ts)",
        contracts=True,
    ),
    _old("box-ref", r"\bBoxRef\b", "Box<bytes> (puya-ts 1.0)", contracts=True),
    _old("mutable-array", r"\bMutableArray\b", "ReferenceArray (puya-ts 1.0)", contracts=True),
    _old("uint-n", r"\bU[Ii]ntN(?:\d+)?\b", "Uint<N>, Uint64 (puya-ts 1.0)", contracts=True),
    _old("interpret-as-arc4", r"\binterpretAsArc4\b", "convertBytes (puya-ts 1.0)", contracts=True),
    # The parameters of an inner transaction have a copy() to this day.
    _old(
        "array-copy",
        r"(?:[^\w.]|^)(?!\w*(?:[Tt]xn|[Pp]arams)\w*\.copy\(\))[\w.]*[\])}]*\.copy\(\)",
        "clone(…) (puya-ts 1.0)",
        words=(".copy()",),
        contracts=True,
    ),
    _old(
        "itxn-class",
        r"\bitxn\.(?:Payment|AssetTransfer|AssetConfig|AssetFreeze|ApplicationCall|KeyRegistration)\s*\(",
        "itxn.payment({…}).submit() (puya-ts)",
        contracts=True,
    ),
)


def old_api(code: str, kind: Kind) -> str:
    """The first old form in comment-free ``code`` with what it became, or an empty string.

    TEALScript is another language: its contracts are not judged by the forms of Algorand TypeScript.
    """
    contract = kind in {Kind.CONTRACT, Kind.LOGICSIG}
    for form in OLD_FORMS:
        if form.contracts != contract or (form.words and not any(word in code for word in form.words)):
            continue
        if form.pattern.search(code):
            return f"{form.name}: now {form.now}"
    return ""
