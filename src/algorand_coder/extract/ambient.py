"""Free variables that documentation uses without declaring them, and the types they stand for.

Examples in SDK documentation take a client, an account or an id for granted. Where the name tells the
type beyond doubt, the example can be completed; any other undeclared name makes it unusable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from algorand_coder.extract.facts import Import

_UTILS = "@algorandfoundation/algokit-utils"


@dataclass(frozen=True, slots=True)
class Ambient:
    """The type of a free variable, with the imports that the type needs."""

    type: str
    imports: tuple[Import, ...] = ()


def _sdk(type_: str, name: str = "") -> Ambient:
    name = name or re.sub(r"\W", "", type_)
    return Ambient(type_, (Import("algosdk", name, name),))


def _utils(name: str, module: str = "") -> Ambient:
    return Ambient(name, (Import(f"{_UTILS}/types/{module}" if module else _UTILS, name, name),))


_TABLE: tuple[tuple[str, Ambient], ...] = (
    (r"algorand(?:Client)?", _utils("AlgorandClient")),
    (r"algod(?:Client)?|algodV2Client", _sdk("Algodv2")),
    (r"indexer(?:Client)?", _sdk("Indexer")),
    (r"kmd(?:Client)?", _sdk("Kmd")),
    (r"(?:app|application)Client\d?", _utils("AppClient", "app-client")),
    (r"(?:app)?[fF]actory", _utils("AppFactory", "app-factory")),
    (r"(?:transaction)?[cC]omposer|txnGroup", _utils("TransactionComposer", "composer")),
    (r"appManager", _utils("AppManager", "app-manager")),
    (r"(?:app)?[dD]eployer", _utils("AppDeployer", "app-deployer")),
    (r"assetManager", _utils("AssetManager", "asset-manager")),
    (r"accountManager\d?", _utils("AccountManager", "account-manager")),
    (r"kmdAccountManager", _utils("KmdAccountManager", "kmd-account-manager")),
    (r"clientManager", _utils("ClientManager", "client-manager")),
    (r"(?:app|arc56)Spec", _utils("Arc56Contract", "app-arc56")),
    (r"(?:transaction|txn|\w+)?[sS]igner", _sdk("TransactionSigner")),
    (r"suggestedParams|sp", _sdk("SuggestedParams")),
    (r"algodConfig|indexerConfig", _utils("AlgoClientConfig", "network-client")),
    (r"tealProgram|tealTemplate(?:Code)?|tealCode|teal", Ambient("string")),
    (r"atc", _sdk("AtomicTransactionComposer")),
    (r"(?:payment|transaction|tx|txn|my)(?:Txn?|Transaction)?\d?", _sdk("Transaction")),
    (r"(?:txns|transactions|txnGroup)", _sdk("Transaction[]")),
    (r"(?:my)?(?:abi)?[mM]ethod", _sdk("ABIMethod")),
    (r"abiContract|contract", _sdk("ABIContract")),
    (r"lsig|logicSig(?:Account)?", _sdk("LogicSigAccount")),
    (r"(?:multisig|msig)(?:Params|Metadata)", _sdk("MultisigMetadata")),
    (r"\w*(?:[aA]ddress|[aA]ddr)|sender|receiver|creator|manager|from|to", Ambient("string")),
    (r"(?:tx|txn|transaction)I[dD]|txid|mnemonic|token|server|baseServer", Ambient("string")),
    (r"(?:asset|app|application)(?:I[dD]|Index)|(?:min|max)?[rR]ound|lastRound|index", Ambient("bigint")),
    (r"(?:asset|app|application)I[dD]s", Ambient("bigint[]")),
    (r"port|limit|maxResults", Ambient("number")),
    (r"(?:signedT|stx|rawT)(?:ransaction|xn)?s", Ambient("Uint8Array[]")),
    (r"signed(?:Txn|Transaction)|stx|rawTxn|program|bytes|boxName", Ambient("Uint8Array")),
    (r"args", Ambient("Uint8Array[]")),
)
_COMPILED = tuple((re.compile(pattern), ambient) for pattern, ambient in _TABLE)
_ACCOUNT = re.compile(r"(?:\w*[aA]ccount\d?|alice|bob|carol|dispenser|user\d?|creator|sender|receiver|deployer)")


def ambient_of(name: str, code: str) -> Ambient | None:
    """The type that the free variable ``name`` of ``code`` stands for, or ``None`` where it cannot be told."""
    if _ACCOUNT.fullmatch(name) and (members := set(re.findall(rf"\b{name}\.(\w+)", code))):
        if members <= {"addr", "signer"} and "signer" in members:
            return _utils("TransactionSignerAccount", "account")
        if members <= {"addr", "sk"}:
            return _sdk("Account")
    for pattern, ambient in _COMPILED:
        if pattern.fullmatch(name):
            return ambient
    return _sdk("Account") if re.fullmatch(r"account\d?", name) else None
