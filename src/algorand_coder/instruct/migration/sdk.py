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
        "Numbers from the network may become bigint.",
        "Ids and rounds are bigint in the new version.",
        "Addresses that come from outside stay strings.",
    ),
)
ACCOUNT = same("account", "algosdk.Account")
ASSET = Param(("assetId", "assetId"), ("number", "bigint"))
APP = Param(("appId", "appId"), ("number", "bigint"))
_PARAMS = "await algod.getTransactionParams().do()"


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
            f"const {given} = {_PARAMS}",
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
                f"const suggestedParams = {_PARAMS}",
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


@DIRECTION.step
def balance(dice: Dice, end: str) -> Step:
    """What an account has, or can spend."""
    line = f"const info{end} = await algod.accountInformation(address).do()"
    name, goal, old, new = dice.pick(
        ("getBalance", "look up a balance", f"info{end}.amount", f"info{end}.amount"),
        ("getMinBalance", "look up a minimum balance", f"info{end}['min-balance']", f"info{end}.minBalance"),
        (
            "getSpendable",
            "find out what an account can spend",
            f"info{end}.amount - info{end}['min-balance']",
            f"info{end}.amount - info{end}.minBalance",
        ),
        (
            "countApps",
            "count the applications an account created",
            f"info{end}['created-apps'].length",
            f"info{end}.createdApps?.length ?? 0",
        ),
        (
            "countAssets",
            "count the assets an account holds",
            f"info{end}['total-assets-opted-in']",
            f"info{end}.totalAssetsOptedIn",
        ),
    )
    kind = "number" if name.startswith("count") else "bigint"
    if name == "getBalance":
        # A plain name did not change; what tells the versions apart is how integers were asked for.
        line_old = f"algod.setIntEncoding(algosdk.IntDecoding.BIGINT)\n{line}"
        return Step(
            name,
            goal,
            Category.TRANSACTIONS,
            [same("address", "string")],
            (line_old, line),
            (old, new),
            ("bigint", kind),
        )
    return Step(
        name, goal, Category.TRANSACTIONS, [same("address", "string")], (line, line), (old, new), ("number", kind)
    )


@DIRECTION.step
def holding(dice: Dice, end: str) -> Step:
    """How much of an asset an account holds."""
    line = f"const info{end} = await algod.accountInformation(address).do()"
    old = f"const holding{end} = info{end}.assets.find((asset) => asset['asset-id'] === assetId)"
    new = f"const holding{end} = info{end}.assets?.find((asset) => asset.assetId === assetId)"
    return Step(
        "getHolding",
        "read an asset holding",
        Category.ASSETS,
        [same("address", "string"), ASSET],
        (join(line, old), join(line, new)),
        (f"holding{end}?.amount ?? 0", f"holding{end}?.amount ?? 0n"),
        ("number", "bigint"),
    )


@DIRECTION.step
def asset_facts(dice: Dice, end: str) -> Step:
    """A parameter of an asset."""
    line = f"const asset{end} = await algod.getAssetByID(assetId).do()"
    name, goal, old, new = dice.pick(
        ("getUnitName", "read an asset's unit name", "unit-name", "unitName"),
        ("getUrl", "read the URL of an asset", "url", "url"),
        ("isFrozenAtFirst", "find out whether an asset is frozen by default", "default-frozen", "defaultFrozen"),
    )
    kind = "boolean | undefined" if "rozen" in name else "string | undefined"
    return Step(
        name,
        goal,
        Category.ASSETS,
        [ASSET],
        (line, line),
        (f"asset{end}.params['{old}']", f"asset{end}.params?.{new}"),
        (kind, kind),
    )


@DIRECTION.step
def global_state(dice: Dice, end: str) -> Step:
    """A number in an application's global state."""
    line = f"const app{end} = await algod.getApplicationByID(appId).do()"
    old = join(
        f"const entry{end} = app{end}.params['global-state'].find(",
        "  (each) => Buffer.from(each.key, 'base64').toString() === key,\n)",
    )
    new = join(
        f"const entry{end} = app{end}.params?.globalState?.find(",
        "  (each) => new TextDecoder().decode(each.key) === key,\n)",
    )
    return Step(
        "readGlobal",
        "read a number from an application's global state",
        Category.STATE,
        [APP, same("key", "string")],
        (join(line, old), join(line, new)),
        (f"entry{end}?.value.uint ?? 0", f"entry{end}?.value.uint ?? 0n"),
        ("number", "bigint"),
    )


@DIRECTION.step
def local_state(dice: Dice, end: str) -> Step:
    """A number in an account's local state."""
    line = f"const info{end} = await algod.accountApplicationInformation(address, appId).do()"
    old = join(
        f"const pair{end} = info{end}['app-local-state']['key-value'].find(",
        "  (each) => each.key === Buffer.from(key).toString('base64'),\n)",
    )
    new = join(
        f"const pair{end} = info{end}.appLocalState?.keyValue?.find(",
        "  (each) => new TextDecoder().decode(each.key) === key,\n)",
    )
    return Step(
        "readLocal",
        "read a number from an account's local state",
        Category.STATE,
        [same("address", "string"), APP, same("key", "string")],
        (join(line, old), join(line, new)),
        (f"pair{end}?.value.uint ?? 0", f"pair{end}?.value.uint ?? 0n"),
        ("number", "bigint"),
    )


@DIRECTION.step
def pending(dice: Dice, end: str) -> Step:
    """What became of a transaction."""
    line = f"const pending{end} = await algod.pendingTransactionInformation(txId).do()"
    message = dice.pick("rejected", "the pool refused it", "not accepted")
    old = f"if (pending{end}['pool-error']) throw new Error(`{message}: ${{pending{end}['pool-error']}}`)"
    new = f"if (pending{end}.poolError) throw new Error(`{message}: ${{pending{end}.poolError}}`)"
    return Step(
        "checkPending",
        "look at a pending transaction",
        Category.ERRORS,
        [same("txId", "string")],
        (join(line, old), join(line, new)),
        (f"pending{end}['confirmed-round']", f"pending{end}.confirmedRound"),
        ("number | undefined", "bigint | undefined"),
    )


@DIRECTION.step
def next_round(dice: Dice, end: str) -> Step:
    """Wait for a block."""
    line = f"const status{end} = await algod.status().do()"
    more = dice.pick(1, 2, 5)
    old = f"const later{end} = await algod.statusAfterBlock(status{end}['last-round'] + {more}).do()"
    new = f"const later{end} = await algod.statusAfterBlock(status{end}.lastRound + {more}n).do()"
    return Step(
        "waitForRounds",
        f"wait for {'the next round' if more == 1 else f'{more} more rounds'}",
        Category.TRANSACTIONS,
        [],
        (join(line, old), join(line, new)),
        (f"later{end}['last-round']", f"later{end}.lastRound"),
        ("number", "bigint"),
    )


@DIRECTION.step
def first_valid(dice: Dice, end: str) -> Step:
    """A transaction with a validity window of its own."""
    window = dice.pick(10, 50, 200)
    old = join(
        f"const suggested{end} = {_PARAMS}",
        f"suggested{end}.lastRound = suggested{end}.firstRound + {window}",
        f"suggested{end}.flatFee = true\nsuggested{end}.fee = 2_000",
    )
    new = join(
        f"const suggested{end} = {_PARAMS}",
        f"suggested{end}.lastValid = BigInt(suggested{end}.firstValid) + {window}n",
        f"suggested{end}.flatFee = true\nsuggested{end}.fee = 2_000n",
    )
    return Step(
        "prepareParams",
        f"prepare parameters with a flat fee that are valid for {window} rounds",
        Category.TRANSACTIONS,
        [],
        (old, new),
        (f"suggested{end}", f"suggested{end}"),
        ("algosdk.SuggestedParams", "algosdk.SuggestedParams"),
    )


@DIRECTION.step
def app_address(dice: Dice, end: str) -> Step:
    """The balance of an application's account."""
    old = join(
        f"const address{end} = algosdk.getApplicationAddress(appId)",
        f"const info{end} = await algod.accountInformation(address{end}).do()",
    )
    return Step(
        "readAppBalance",
        "read what an application's account can spare",
        Category.CONTRACTS,
        [APP],
        (old, old),
        (f"info{end}.amount - info{end}['min-balance']", f"info{end}.amount - info{end}.minBalance"),
        ("number", "bigint"),
    )
