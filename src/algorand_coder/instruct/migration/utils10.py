"""AlgoKit Utils 9 → 10."""

from __future__ import annotations

from algorand_coder.instruct.migration.programs import Direction, Param, Step, same
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import call, chained, grouped, join, quoted
from algorand_coder.instruct.patterns.words import NOTES
from algorand_coder.records import Category

_UTILS = "@algorandfoundation/algokit-utils"
_CLIENT = {"AlgorandClient": _UTILS}
DIRECTION = Direction(
    name="utils-10",
    old="AlgoKit Utils 9",
    new="AlgoKit Utils 10",
    targets=("utils9", "utils10"),
    clients=(("algorand", "AlgorandClient"), ("algorand", "AlgorandClient")),
    imports=(
        {
            **_CLIENT,
            "AlgoAmount": f"{_UTILS}/types/amount",
            "TransactionSignerAccount": f"type {_UTILS}/types/account",
            "Address": "algosdk",
            "ABIMethod": "algosdk",
            "ABIType": "algosdk",
            "OnApplicationComplete": "algosdk",
            "getApplicationAddress": "algosdk",
        },
        {
            **_CLIENT,
            "AlgoAmount": _UTILS,
            "AddressWithTransactionSigner": f"type {_UTILS}/transact",
            "Address": _UTILS,
            "getApplicationAddress": _UTILS,
            "ABIMethod": f"{_UTILS}/abi",
            "ABIType": f"{_UTILS}/abi",
            "OnApplicationComplete": f"{_UTILS}/transact",
        },
    ),
    refused=False,
    notes=(
        ("Nothing may come from algosdk any more.", "'algosdk'"),
        ("Import everything from AlgoKit Utils.", "'algosdk'"),
    ),
)
APP = same("appId", "bigint")
ASSET = same("assetId", "bigint")


def signing(name: str) -> Param:
    """An account that brings its signer."""
    return Param((name, name), ("TransactionSignerAccount", "AddressWithTransactionSigner"))


def _sender(dice: Dice) -> tuple[Param, list[str]]:
    """Who sends: an address object, or an account with its signer."""
    if dice.chance(0.5):
        name = dice.pick("account", "payer", "owner")
        return signing(name), [f"sender: {name}.addr", f"signer: {name}.signer"]
    return same("sender", "Address"), ["sender"]


def _send(end: str, what: str, fields: list[str]) -> str:
    return f"const sent{end} = await {call(f'algorand.send.{what}', fields)}"


def _options(dice: Dice) -> list[str]:
    options = [f"note: {quoted(dice.one(NOTES))}"] if dice.chance(0.4) else []
    if dice.chance(0.3):
        options.append("maxFee: AlgoAmount.MicroAlgo(4_000)")
    if dice.chance(0.3):
        options.append("suppressLog: true")
    return options


def _result(dice: Dice, end: str) -> tuple[tuple[str, str], tuple[str, str]]:
    if dice.chance(0.7):
        return (f"sent{end}.txIds[0]",) * 2, ("string", "string")
    return (f"sent{end}.confirmation.confirmedRound",) * 2, ("bigint | undefined",) * 2


@DIRECTION.step
def payment(dice: Dice, end: str) -> Step:
    """A payment."""
    who, fields = _sender(dice)
    amount = dice.pick("AlgoAmount.Algo(1)", "AlgoAmount.Algo(2.5)", "AlgoAmount.MicroAlgo(amount)")
    line = _send(end, "payment", [*fields, "receiver", f"amount: {amount}", *_options(dice)])
    params = [who, same("receiver", "Address"), *([same("amount", "bigint")] if "amount)" in amount else [])]
    result, returns = _result(dice, end)
    return Step("sendAlgos", "send a payment", Category.TRANSACTIONS, params, (line, line), result, returns)


@DIRECTION.step
def asset_transfer(dice: Dice, end: str) -> Step:
    """Units of an asset to an address object."""
    who, fields = _sender(dice)
    options = [*_options(dice), "staticFee: AlgoAmount.MicroAlgo(1_000)"] if dice.chance(0.6) else _options(dice)
    line = _send(end, "assetTransfer", [*fields, "receiver", "assetId", "amount: units", *options])
    params = [who, same("receiver", "Address"), ASSET, same("units", "bigint")]
    result, returns = _result(dice, end)
    return Step("sendUnits", "transfer units of an asset", Category.ASSETS, params, (line, line), result, returns)


@DIRECTION.step
def asset_create(dice: Dice, end: str) -> Step:
    """A new asset with a signer's account."""
    total, decimals = dice.pick((1, 0), (5_000, 0), (1_000_000, 3))
    roles = [f"{role}: issuer.addr" for role in dice.some(["manager", "reserve", "freeze"], 0, 2)]
    fields = [
        "sender: issuer.addr",
        "signer: issuer.signer",
        f"total: {grouped(total)}n",
        f"decimals: {decimals}",
        "assetName: title",
    ]
    line = f"const created{end} = await {call('algorand.send.assetCreate', [*fields, *roles, *_options(dice)])}"
    params = [signing("issuer"), same("title", "string")]
    return Step(
        "issueAsset",
        "create an asset",
        Category.ASSETS,
        params,
        (line, line),
        (f"created{end}.assetId",) * 2,
        ("bigint", "bigint"),
    )


@DIRECTION.step
def opt_in(dice: Dice, end: str) -> Step:
    """An asset is accepted by a wallet's account."""
    fields = ["sender: holder.addr", "signer: holder.signer", "assetId", *_options(dice)]
    line = _send(end, "assetOptIn", fields)
    result, returns = _result(dice, end)
    return Step(
        "acceptUnits", "opt in to an asset", Category.ASSETS, [signing("holder"), ASSET], (line, line), result, returns
    )


@DIRECTION.step
def group(dice: Dice, end: str) -> Step:
    """A group."""
    who, fields = _sender(dice)
    amounts = dice.pick(("Algo(1)", "Algo(2)"), ("MicroAlgo(1_000)", "MicroAlgo(2_000)"))
    steps = [
        call("addPayment", [*fields, f"receiver: {r}", f"amount: AlgoAmount.{a}"])
        for r, a in zip(("first", "second"), amounts, strict=True)
    ]
    line = f"const sent{end} = await algorand\n" + chained("newGroup()", *steps, "send()")
    params = [who, same("first", "Address"), same("second", "Address")]
    return Step(
        "payTwo",
        "pay two receivers in one group",
        Category.TRANSACTIONS,
        params,
        (line, line),
        (f"sent{end}.txIds",) * 2,
        ("string[]",) * 2,
    )


@DIRECTION.step
def simulate(dice: Dice, end: str) -> Step:
    """Try a payment without sending it."""
    line = join(
        f"const trial{end} = await algorand",
        "  .newGroup()",
        f"  .addPayment({{ sender, receiver, amount: AlgoAmount.Algo({dice.pick(1, 10, 100)}) }})",
        "  .simulate({ skipSignatures: true })",
    )
    params = [same("sender", "Address"), same("receiver", "Address")]
    result = f"trial{end}.simulateResponse.txnGroups[0].failureMessage"
    return Step(
        "tryPayment",
        "simulate a payment and return why it would fail",
        Category.ERRORS,
        params,
        (line, line),
        (result, result),
        ("string | undefined",) * 2,
    )


@DIRECTION.step
def rounds(dice: Dice, end: str) -> Step:
    """The current round."""
    line = f"const status{end} = await algorand.client.algod.status()"
    if dice.chance(0.5):
        more = dice.pick(1, 2, 4)
        body = join(
            line, f"const later{end} = await algorand.client.algod.statusAfterBlock(status{end}.lastRound + {more}n)"
        )
        return Step(
            "waitSomeRounds",
            f"wait {more} rounds",
            Category.TRANSACTIONS,
            [],
            (_do(body), body),
            (f"later{end}.lastRound",) * 2,
            ("bigint",) * 2,
        )
    return Step(
        "readCurrentRound",
        "read the current round",
        Category.TRANSACTIONS,
        [],
        (_do(line), line),
        (f"status{end}.lastRound",) * 2,
        ("bigint",) * 2,
    )


def _do(text: str) -> str:
    """Requests of version 9 are sent by ``.do()``."""
    return "\n".join(f"{line}.do()" if "algod." in line or "indexer." in line else line for line in text.split("\n"))


@DIRECTION.step
def pending(dice: Dice, end: str) -> Step:
    """A pending transaction."""
    line = f"const pending{end} = await algorand.client.algod.pendingTransactionInformation(txId)"
    problem = f"pending{end}.poolError"
    message = dice.pick(f"`refused: ${{{problem}}}`", problem)
    check = f"if ({problem}) throw new Error({message})"
    params = [same("txId", "string")]
    return Step(
        "lookAtPending",
        "look at a pending transaction",
        Category.ERRORS,
        params,
        (join(_do(line), check), join(line, check)),
        (f"pending{end}.confirmedRound",) * 2,
        ("bigint | undefined",) * 2,
    )


@DIRECTION.step
def account(dice: Dice, end: str) -> Step:
    """What algod says of an account."""
    line = f"const info{end} = await algorand.client.algod.accountInformation(address)"
    name, goal, result, kind = dice.pick(
        ("findSpendable", "find out what an account can spend", f"info{end}.amount - info{end}.minBalance", "bigint"),
        ("countHoldings", "count the assets of an account", f"info{end}.totalAssetsOptedIn", "number"),
        ("readAccountStatus", "read the participation status of an account", f"info{end}.status", "string"),
    )
    return Step(
        name,
        goal,
        Category.TRANSACTIONS,
        [same("address", "string")],
        (_do(line), line),
        (result, result),
        (kind, kind),
    )


@DIRECTION.step
def app_account(dice: Dice, end: str) -> Step:
    """Fund an application."""
    who, fields = _sender(dice)
    line = join(
        f"const address{end} = getApplicationAddress(appId)",
        _send(
            end,
            "payment",
            [*fields, f"receiver: address{end}", f"amount: AlgoAmount.Algo({dice.pick(0.1, 0.5, 1)})", *_options(dice)],
        ),
    )
    result, returns = _result(dice, end)
    return Step(
        "fundApp", "fund an application's account", Category.CONTRACTS, [who, APP], (line, line), result, returns
    )


@DIRECTION.step
def method_call(dice: Dice, end: str) -> Step:
    """An ABI call with a signature."""
    who, fields = _sender(dice)
    signature, name = dice.pick(
        ("register(string)void", "register"), ("greet(string)string", "greet"), ("setMotto(string)void", "setMotto")
    )
    inside = [*fields, "appId", f"method: ABIMethod.fromSignature('{signature}')", "args: [text]", *_options(dice)]
    line = _send(end, "appCallMethodCall", inside)
    result, returns = _result(dice, end)
    return Step(
        f"call{name[0].upper()}{name[1:]}",
        f"call the method `{signature}`",
        Category.CONTRACTS,
        [who, APP, same("text", "string")],
        (line, line),
        result,
        returns,
    )


@DIRECTION.step
def app_call(dice: Dice, end: str) -> Step:
    """A bare call with another action."""
    who, fields = _sender(dice)
    old, new, name, goal = dice.pick(
        ("OptInOC", "OptIn", "optInToApp", "opt in to an application"),
        ("CloseOutOC", "CloseOut", "closeOutOfApp", "close out of an application"),
    )
    lines = [
        _send(end, "appCall", [*fields, "appId", f"onComplete: OnApplicationComplete.{each}", *options])
        for options in [_options(dice)]
        for each in (old, new)
    ]
    result, returns = _result(dice, end)
    return Step(name, goal, Category.CONTRACTS, [who, APP], (lines[0], lines[1]), result, returns)


@DIRECTION.step
def decoded_box(dice: Dice, end: str) -> Step:
    """A box with an ABI type."""
    kind = dice.pick("uint64", "string", "(uint64,address)", "(string,bool)")
    lines = join(
        f"const raw{end} = await algorand.app.getBoxValue(appId, boxName)",
        f"const value{end} = ABIType.from('{kind}').decode(raw{end})",
    )
    return Step(
        "decodeBox",
        f"read a box that holds an ABI value of type `{kind}`",
        Category.STATE,
        [APP, same("boxName", "string")],
        (lines, lines),
        (f"String(value{end})",) * 2,
        ("string",) * 2,
    )


@DIRECTION.step
def balance(dice: Dice, end: str) -> Step:
    """Refuse when there is too little."""
    least = dice.pick(1, 5, 20)
    message = dice.pick("too little", "top the account up", "balance too low")
    line = join(
        f"const info{end} = await algorand.account.getInformation(address)",
        f"const least{end} = AlgoAmount.Algo({least})",
        f"if (info{end}.balance.microAlgo < least{end}.microAlgo) throw new Error('{message}')",
    )
    return Step(
        "requireBalance",
        f"refuse accounts with less than {least} Algo",
        Category.ERRORS,
        [same("address", "Address")],
        (line, line),
        (f"info{end}.balance.algo",) * 2,
        ("number",) * 2,
    )


@DIRECTION.step
def network_facts(dice: Dice, end: str) -> Step:
    """Facts about the network."""
    line = f"const params{end} = await algorand.getSuggestedParams()"
    network = f"const supply{end} = await algorand.client.algod.supply()"
    return Step(
        "readNetworkFacts",
        "read the genesis id and the Algo in circulation",
        Category.TRANSACTIONS,
        [],
        (join(line, _do(network)), join(line, network)),
        (
            f"`${{params{end}.genesisID}}: ${{supply{end}.totalMoney}}`",
            f"`${{params{end}.genesisId}}: ${{supply{end}.totalMoney}}`",
        ),
        ("string",) * 2,
    )
