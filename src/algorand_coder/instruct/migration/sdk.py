"""algosdk 2 → algosdk 3."""

from __future__ import annotations

from dataclasses import replace

from algorand_coder.instruct.migration.programs import Direction, Param, Step, same
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import call, grouped, join, quoted
from algorand_coder.instruct.patterns.words import NOTES
from algorand_coder.records import Category

_SDK = {"algosdk": "= algosdk"}
DIRECTION = Direction(
    name="algosdk-3",
    old="algosdk 2",
    new="algosdk 3",
    targets=("utils9", "utils9"),
    clients=(("algod", "algosdk.Algodv2"), ("algod", "algosdk.Algodv2")),
    imports=(_SDK, _SDK),
    refused=True,
    notes=(
        ("Numbers from the network may become bigint.", r"Promise<[^>]*number"),
        ("Ids and rounds are bigint in the new version.", r"\b(?:assetId|appId)\b|-index|-round|\bround\b"),
        ("Addresses that come from outside stay strings.", r"\b(?:receivers?|heir|holder|manager|address): string"),
    ),
)
ACCOUNT = same("account", "algosdk.Account")
ASSET = Param(("assetId", "assetId"), ("number", "bigint"))
APP = Param(("appId", "appId"), ("number", "bigint"))
PARAMS = "await algod.getTransactionParams().do()"


def sent(dice: Dice, end: str, step: Step, created: tuple[str, str] = ("", "")) -> Step:
    """A transaction that is built, signed and sent; the body of ``step`` is the expressions that build it.

    ``created`` names what the confirmation tells of something new, in both versions.
    """
    goal, rounds = step.goal, dice.pick(4, 5, 10)
    given = f"{dice.pick('suggestedParams', 'params')}{end}"
    signing = (
        f"const signed{end} = txn{end}.signTxn(account.sk)",
        f"const signed{end} = await algosdk.makeBasicAccountTransactionSigner(account)([txn{end}], [0])",
    )
    ids = (f"txId: id{end}", f"txid: id{end}")
    result = (f"id{end}", f"id{end}")
    returns = ("string", "string")
    waited = f"const result{end} = await algosdk.waitForConfirmation(algod, id{end}, {rounds})"
    if created[0]:
        result = (f"result{end}['{created[0]}']", f"result{end}.{created[1]}")
        returns = ("number", "bigint | undefined")
        goal = f"{goal} and return the new id"
    elif dice.chance(0.5):
        result = (f"result{end}['confirmed-round']", f"result{end}.confirmedRound ?? 0n")
        returns = ("number", "bigint")
        goal = f"{goal} and return the round it was confirmed in"
    else:
        waited = waited.partition(" = ")[2] if dice.chance(0.5) else ""
    body = [
        join(
            f"const {given} = {PARAMS}",
            f"const txn{end} = {build.replace('suggestedParams: $params', _field(given)).replace('$params', given)}",
            signing[side],
            f"const {{ {ids[side]} }} = await algod.sendRawTransaction(signed{end}).do()",
            waited,
        )
        for side, build in enumerate(step.body)
    ]
    return replace(step, goal=goal, body=(body[0], body[1]), result=result, returns=returns)


def _field(name: str) -> str:
    return "suggestedParams" if name == "suggestedParams" else f"suggestedParams: {name}"


def _note(dice: Dice) -> tuple[str, str, str]:
    """Argument, field and words of a note."""
    if dice.chance(0.5):
        return "undefined", "", ""
    text = f"new TextEncoder().encode({quoted(dice.one(NOTES))})"
    return text, f"note: {text}", " with a note"


@DIRECTION.step
def payment(dice: Dice, end: str) -> Step:
    """A payment, positional or by object."""
    note, note_field, words = _note(dice)
    name, goal = dice.pick(("pay", "send a payment"), ("sendAlgo", "send Algo"), ("payOut", "pay a receiver"))
    if dice.chance(0.6):
        old = f"algosdk.makePaymentTxnWithSuggestedParams(account.addr, receiver, amount, undefined, {note}, $params)"
    else:
        fields = ["from: account.addr", "to: receiver", "amount", note_field, "suggestedParams: $params"]
        old = call("algosdk.makePaymentTxnWithSuggestedParamsFromObject", fields)
    new = call(
        "algosdk.makePaymentTxnWithSuggestedParamsFromObject",
        ["sender: account.addr", "receiver", "amount", note_field, "suggestedParams: $params"],
    )
    params = [ACCOUNT, same("receiver", "string"), Param(("amount", "amount"), ("number", "bigint"))]
    return sent(dice, end, Step(name, f"{goal}{words}", Category.TRANSACTIONS, params, (old, new)))


@DIRECTION.step
def close_account(dice: Dice, end: str) -> Step:
    """Everything that an account holds goes to another one."""
    old = "algosdk.makePaymentTxnWithSuggestedParams(account.addr, heir, 0, heir, undefined, $params)"
    new = call(
        "algosdk.makePaymentTxnWithSuggestedParamsFromObject",
        ["sender: account.addr", "receiver: heir", "amount: 0", "closeRemainderTo: heir", "suggestedParams: $params"],
    )
    return sent(
        dice,
        end,
        Step("emptyAccount", "close an account", Category.TRANSACTIONS, [ACCOUNT, same("heir", "string")], (old, new)),
    )


@DIRECTION.step
def asset_transfer(dice: Dice, end: str) -> Step:
    """Units of an asset."""
    note, note_field, words = _note(dice)
    name, goal = dice.pick(("sendAsset", "transfer an asset"), ("giveTokens", "send tokens"))
    old = (
        "algosdk.makeAssetTransferTxnWithSuggestedParams("
        f"account.addr, receiver, undefined, undefined, units, {note}, assetId, $params)"
    )
    if dice.chance(0.4):
        fields = ["from: account.addr", "to: receiver", "amount: units", "assetIndex: assetId", note_field]
        old = call("algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject", [*fields, "suggestedParams: $params"])
    fields = ["sender: account.addr", "receiver", "amount: units", "assetIndex: assetId", note_field]
    new = call("algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject", [*fields, "suggestedParams: $params"])
    params = [ACCOUNT, same("receiver", "string"), ASSET, Param(("units", "units"), ("number", "bigint"))]
    return sent(dice, end, Step(name, f"{goal}{words}", Category.ASSETS, params, (old, new)))


@DIRECTION.step
def asset_opt_in(dice: Dice, end: str) -> Step:
    """An account accepts an asset."""
    name, goal = dice.pick(("optIn", "opt an account in to an asset"), ("acceptAsset", "accept an asset"))
    old = (
        "algosdk.makeAssetTransferTxnWithSuggestedParams("
        "account.addr, account.addr, undefined, undefined, 0, undefined, assetId, $params)"
    )
    fields = ["sender: account.addr", "receiver: account.addr", "amount: 0", "assetIndex: assetId"]
    new = call("algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject", [*fields, "suggestedParams: $params"])
    return sent(dice, end, Step(name, goal, Category.ASSETS, [ACCOUNT, ASSET], (old, new)))


@DIRECTION.step
def asset_create(dice: Dice, end: str) -> Step:
    """A new asset."""
    decimals, total = dice.pick((0, 1), (0, 500), (2, 1_000_000), (6, 10_000_000))
    fields = [
        f"total: {grouped(total)}",
        f"decimals: {decimals}",
        "defaultFrozen: false",
        "assetName: title",
        "unitName: unit",
    ]
    roles = [f"{role}: account.addr" for role in dice.some(["manager", "reserve", "freeze"], 0, 3)]
    url = ["assetURL: 'https://example.com/token'"] if dice.chance(0.4) else []
    rest = [*fields, *roles, *url, "suggestedParams: $params"]
    maker = "algosdk.makeAssetCreateTxnWithSuggestedParamsFromObject"
    old, new = call(maker, ["from: account.addr", *rest]), call(maker, ["sender: account.addr", *rest])
    params = [ACCOUNT, same("title", "string"), same("unit", "string")]
    name = dice.pick("createAsset", "mintToken", "issueAsset")
    return sent(
        dice, end, Step(name, "create an asset", Category.ASSETS, params, (old, new)), ("asset-index", "assetIndex")
    )


@DIRECTION.step
def asset_freeze(dice: Dice, end: str) -> Step:
    """A holding is frozen or released."""
    frozen = dice.pick("true", "false")
    word = "freeze" if frozen == "true" else "unfreeze"
    maker = "algosdk.makeAssetFreezeTxnWithSuggestedParamsFromObject"
    rest = ["assetIndex: assetId", "freezeTarget: holder", "suggestedParams: $params"]
    old = call(maker, ["from: account.addr", f"freezeState: {frozen}", *rest])
    new = call(maker, ["sender: account.addr", f"frozen: {frozen}", *rest])
    params = [ACCOUNT, ASSET, same("holder", "string")]
    return sent(dice, end, Step(f"{word}Holding", f"{word} a holding", Category.ASSETS, params, (old, new)))


@DIRECTION.step
def asset_destroy(dice: Dice, end: str) -> Step:
    """An asset is deleted."""
    old = "algosdk.makeAssetDestroyTxnWithSuggestedParams(account.addr, undefined, assetId, $params)"
    new = call(
        "algosdk.makeAssetDestroyTxnWithSuggestedParamsFromObject",
        ["sender: account.addr", "assetIndex: assetId", "suggestedParams: $params"],
    )
    return sent(dice, end, Step("destroyAsset", "destroy an asset", Category.ASSETS, [ACCOUNT, ASSET], (old, new)))


@DIRECTION.step
def asset_config(dice: Dice, end: str) -> Step:
    """An asset gets a new manager."""
    maker = "algosdk.makeAssetConfigTxnWithSuggestedParamsFromObject"
    rest = [
        "assetIndex: assetId",
        "manager",
        "reserve: manager",
        "strictEmptyAddressChecking: false",
        "suggestedParams: $params",
    ]
    old, new = call(maker, ["from: account.addr", *rest]), call(maker, ["sender: account.addr", *rest])
    params = [ACCOUNT, ASSET, same("manager", "string")]
    return sent(dice, end, Step("changeManager", "hand an asset to a new manager", Category.ASSETS, params, (old, new)))


@DIRECTION.step
def app_call(dice: Dice, end: str) -> Step:
    """A bare application call."""
    action, name, goal = dice.pick(
        ("NoOp", "callApp", "call an application"),
        ("OptIn", "joinApp", "opt in to an application"),
        ("CloseOut", "leaveApp", "close out of an application"),
        ("Delete", "deleteApp", "delete an application"),
        ("ClearState", "clearApp", "clear an account's local state"),
    )
    args = action == "NoOp" or dice.chance(0.3)
    given = "[new TextEncoder().encode(command)]"
    params = [ACCOUNT, APP, *([same("command", "string")] if args else [])]
    old = f"algosdk.makeApplication{action}Txn(account.addr, $params, appId{f', {given}' if args else ''})"
    fields = [
        "sender: account.addr",
        "appIndex: appId",
        f"appArgs: {given}" if args else "",
        "suggestedParams: $params",
    ]
    return sent(
        dice,
        end,
        Step(
            name, goal, Category.CONTRACTS, params, (old, call(f"algosdk.makeApplication{action}TxnFromObject", fields))
        ),
    )


@DIRECTION.step
def app_create(dice: Dice, end: str) -> Step:
    """An application from compiled programs."""
    ints, texts = dice.pick((0, 0), (1, 0), (1, 1), (4, 2))
    old = (
        "algosdk.makeApplicationCreateTxn(account.addr, $params, algosdk.OnApplicationComplete.NoOpOC, "
        f"approval, clear, 0, 0, {ints}, {texts})"
    )
    fields = [
        "sender: account.addr",
        "approvalProgram: approval",
        "clearProgram: clear",
        "numLocalInts: 0",
        "numLocalByteSlices: 0",
        f"numGlobalInts: {ints}",
        f"numGlobalByteSlices: {texts}",
        "onComplete: algosdk.OnApplicationComplete.NoOpOC",
        "suggestedParams: $params",
    ]
    new = call("algosdk.makeApplicationCreateTxnFromObject", fields)
    params = [ACCOUNT, same("approval", "Uint8Array"), same("clear", "Uint8Array")]
    created = ("application-index", "applicationIndex")
    return sent(dice, end, Step("createApp", "create an application", Category.CONTRACTS, params, (old, new)), created)


@DIRECTION.step
def grouped_payments(dice: Dice, end: str) -> Step:
    """Several payments in one group."""
    signing = (
        f"const signed{end} = txns{end}.map((txn) => txn.signTxn(account.sk))",
        join(
            f"const signer{end} = algosdk.makeBasicAccountTransactionSigner(account)",
            f"const signed{end} = await signer{end}(txns{end}, [...txns{end}.keys()])",
        ),
    )
    body = []
    for side, (receiver, sender) in enumerate((("to: receiver", "from"), ("receiver", "sender"))):
        fields = [f"{sender}: account.addr", receiver, "amount", "suggestedParams"]
        made = call("algosdk.makePaymentTxnWithSuggestedParamsFromObject", fields).replace("\n", "\n  ")
        body.append(
            join(
                f"const suggestedParams = {PARAMS}",
                f"const txns{end} = receivers.map((receiver) =>\n  {made},\n)",
                f"algosdk.assignGroupID(txns{end})",
                signing[side],
                f"const {{ {('txId', 'txid')[side]} }} = await algod.sendRawTransaction(signed{end}).do()",
            )
        )
    params = [ACCOUNT, same("receivers", "string[]"), Param(("amount", "amount"), ("number", "bigint"))]
    return Step(
        "payAll",
        "pay several receivers in one group",
        Category.TRANSACTIONS,
        params,
        (body[0], body[1]),
        ("txId", "txid"),
        ("string", "string"),
    )
