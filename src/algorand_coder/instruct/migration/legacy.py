"""The functions of AlgoKit Utils before version 7 → AlgorandClient."""

from __future__ import annotations

from algorand_coder.instruct.migration.programs import Direction, Param, Step, same
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import call, grouped, join, quoted
from algorand_coder.instruct.patterns.words import NOTES
from algorand_coder.records import Category

_UTILS = "@algorandfoundation/algokit-utils"
_SHARED = {"Algodv2": "type algosdk", "Account": "type algosdk", "Indexer": "type algosdk"}
DIRECTION = Direction(
    name="algorand-client",
    old="the old AlgoKit Utils functions",
    new="AlgorandClient",
    targets=("utils9", "utils9"),
    clients=(("algod", "Algodv2"), ("algorand", "AlgorandClient")),
    imports=(
        {"algokit": f"* {_UTILS}", **_SHARED, "AppSpec": f"type {_UTILS}/types/app-spec"},
        {
            "AlgorandClient": _UTILS,
            "microAlgo": _UTILS,
            "algo": _UTILS,
            "AppSpec": f"type {_UTILS}/types/app-spec",
        },
    ),
    refused=False,
    notes=(
        ("The signers of all senders are registered with the client.", r": Account\b"),
        ("Senders become addresses; the client knows who signs for them.", r": Account\b"),
        ("Take addresses in place of account objects.", r": Account\b"),
    ),
)
ASSET = Param(("assetId", "assetId"), ("number", "bigint"))
APP = Param(("appId", "appId"), ("number", "bigint"))


def payer(name: str) -> Param:
    """An account with its key, which becomes an address."""
    return Param((name, name), ("Account", "string"))


def _send(end: str, what: str, fields: list[str]) -> str:
    return f"const result{end} = await {call(f'algorand.send.{what}', fields)}"


def _options(dice: Dice) -> tuple[list[str], list[str], str]:
    """Options of a transaction in both dialects, and words about them."""
    old, new, words = [], [], ""
    if dice.chance(0.4):
        note = quoted(dice.one(NOTES))
        old.append(f"note: {note}")
        new.append(f"note: {note}")
        words = " with a note"
    if dice.chance(0.3):
        old.append("maxFee: algokit.microAlgos(5_000)")
        new.append("maxFee: microAlgo(5_000)")
    if dice.chance(0.3):
        rounds = dice.pick(5, 10)
        old.append(f"maxRoundsToWaitForConfirmation: {rounds}")
        new.append(f"maxRoundsToWaitForConfirmation: {rounds}")
    if dice.chance(0.2):
        old.append("suppressLog: true")
        new.append("suppressLog: true")
    return old, new, words


def _sent(dice: Dice, end: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What a program gives back of a sent transaction."""
    if dice.chance(0.6):
        return (f"result{end}.transaction.txID()", f"result{end}.txIds[0]"), ("string", "string")
    if dice.chance(0.5):
        return (f"result{end}.confirmation?.confirmedRound", f"result{end}.confirmation.confirmedRound"), (
            "bigint | undefined",
            "bigint | undefined",
        )
    return (f"result{end}.transaction.fee", f"result{end}.transaction.fee"), ("bigint", "bigint")


@DIRECTION.step
def payment(dice: Dice, end: str) -> Step:
    """Algo from one account to another."""
    old, new, words = _options(dice)
    who = dice.pick("sender", "payer", "treasury")
    fixed = dice.chance(0.5)
    amount = dice.pick(1, 2, 5) if fixed else 0
    money = (
        (f"algokit.algos({amount})", f"algo({amount})")
        if fixed
        else ("algokit.microAlgos(amount)", "microAlgo(amount)")
    )
    options = call("algokit.transferAlgos", [f"from: {who}", "to: receiver", f"amount: {money[0]}", *old])
    lines = (
        f"const result{end} = await {options.removesuffix(')')}, algod)",
        _send(
            end, "payment", [f"sender: {who}" if who != "sender" else "sender", "receiver", f"amount: {money[1]}", *new]
        ),
    )
    result, returns = _sent(dice, end)
    params = [payer(who), same("receiver", "string"), *([] if fixed else [same("amount", "bigint")])]
    name, goal = dice.pick(
        ("payReceiver", "send Algo"), ("sendPayment", "make a payment"), ("transferFunds", "transfer Algo")
    )
    return Step(name, f"{goal}{words}", Category.TRANSACTIONS, params, lines, result, returns)


@DIRECTION.step
def asset_transfer(dice: Dice, end: str) -> Step:
    """Units of an asset."""
    old, new, words = _options(dice)
    who = dice.pick("sender", "holder", "shop")
    options = call("algokit.transferAsset", [f"from: {who}", "to: receiver", "assetId", "amount: units", *old])
    sender = "sender" if who == "sender" else f"sender: {who}"
    lines = (
        f"const result{end} = await {options.removesuffix(')')}, algod)",
        _send(end, "assetTransfer", [sender, "receiver", "assetId", "amount: units", *new]),
    )
    result, returns = _sent(dice, end)
    params = [payer(who), same("receiver", "string"), ASSET, same("units", "bigint")]
    return Step(
        dice.pick("sendTokens", "transferToken"),
        f"transfer an asset{words}",
        Category.ASSETS,
        params,
        lines,
        result,
        returns,
    )


@DIRECTION.step
def asset_create(dice: Dice, end: str) -> Step:
    """A new asset."""
    old, new, _ = _options(dice)
    total, decimals = dice.pick((1, 0), (1_000, 0), (1_000_000, 2), (50_000_000, 6))
    roles = dice.some([("manager", "manager"), ("reserveAccount", "reserve"), ("freezeAccount", "freeze")], 0, 3)
    fields = [f"total: {grouped(total)}n", f"decimals: {decimals}"]
    url = ["url: 'https://example.com'"] if dice.chance(0.4) else []
    options = call(
        "algokit.createAsset",
        ["creator", *fields, "name: title", "unit", *url, *(f"{role}: creator" for role, _ in roles), *old],
    )
    fresh = call(
        "algorand.send.assetCreate",
        [
            "sender: creator",
            *fields,
            "assetName: title",
            "unitName: unit",
            *url,
            *(f"{role}: creator" for _, role in roles),
            *new,
        ],
    )
    lines = (f"const created{end} = await {options.removesuffix(')')}, algod)", f"const created{end} = await {fresh}")
    params = [payer("creator"), same("title", "string"), same("unit", "string")]
    result = (f"created{end}.confirmation?.assetIndex", f"created{end}.assetId")
    return Step(
        dice.pick("issueToken", "createToken"),
        "create an asset and return its id",
        Category.ASSETS,
        params,
        lines,
        result,
        ("bigint | undefined", "bigint"),
    )


@DIRECTION.step
def asset_opt_in(dice: Dice, end: str) -> Step:
    """One asset is accepted."""
    old, new, words = _options(dice)
    options = call("algokit.assetOptIn", ["account", "assetId", *old])
    lines = (
        f"const result{end} = await {options.removesuffix(')')}, algod)",
        _send(end, "assetOptIn", ["sender: account", "assetId", *new]),
    )
    result, returns = _sent(dice, end)
    return Step(
        "optInToToken", f"opt in to an asset{words}", Category.ASSETS, [payer("account"), ASSET], lines, result, returns
    )


@DIRECTION.step
def bulk_opt_in(dice: Dice, end: str) -> Step:
    """Several assets are accepted."""
    suppress = dice.chance(0.5)
    options = call("algokit.assetBulkOptIn", ["account", "assetIds", "suppressLog: true" if suppress else ""])
    extra = ", { suppressLog: true }" if suppress else ""
    lines = (
        f"const ids{end} = await {options.removesuffix(')')}, algod)",
        f"const results{end} = await algorand.asset.bulkOptIn(account, assetIds{extra})",
    )
    params = [payer("account"), Param(("assetIds", "assetIds"), ("number[]", "bigint[]"))]
    result = (f"Object.values(ids{end})", f"results{end}.map((each) => each.transactionId)")
    return Step(
        "optInToAll", "opt in to several assets", Category.ASSETS, params, lines, result, ("string[]", "string[]")
    )


@DIRECTION.step
def ensure_funded(dice: Dice, end: str) -> Step:
    """An account gets what it needs."""
    least = dice.pick(1, 2, 10)
    more = dice.chance(0.5)
    fields = [f"minSpendingBalance: algokit.algos({least})", "minFundingIncrement: algokit.algos(1)" if more else ""]
    options = call("algokit.ensureFunded", ["accountToFund: account", "fundingSource: funder", *fields])
    extra = ", { minFundingIncrement: algo(1) }" if more else ""
    lines = (
        f"const funded{end} = await {options.removesuffix(')')}, algod)",
        f"const funded{end} = await algorand.account.ensureFunded(account, funder, algo({least}){extra})",
    )
    params = [payer("funder"), same("account", "string")]
    return Step(
        "topUp",
        "make sure that an account has enough to spend",
        Category.TRANSACTIONS,
        params,
        lines,
        (f"funded{end}?.transactionId", f"funded{end}?.transactionId"),
        ("string | undefined", "string | undefined"),
    )


@DIRECTION.step
def dispenser(dice: Dice, end: str) -> Step:
    """A LocalNet account that can pay."""
    lines = (
        f"const faucet{end} = await algokit.getLocalNetDispenserAccount(algod)",
        f"const faucet{end} = await algorand.account.localNetDispenser()",
    )
    result = (f"faucet{end}.addr.toString()", f"faucet{end}.addr.toString()")
    return Step(
        "findDispenser",
        "find LocalNet's dispenser account",
        Category.TRANSACTIONS,
        [],
        lines,
        result,
        ("string", "string"),
    )


@DIRECTION.step
def named_account(dice: Dice, end: str) -> Step:
    """An account from the environment."""
    name = dice.pick("DEPLOYER", "BUYER", "OPERATOR", "TREASURY")
    amount = dice.pick(5, 10)
    money = f"algokit.algos({amount})"
    lines = (
        f"const account{end} = await algokit.getAccount({{ name: '{name}', fundWith: {money} }}, algod)",
        f"const account{end} = await algorand.account.fromEnvironment('{name}', algo({amount}))",
    )
    result = (f"algokit.getSenderAddress(account{end})", f"account{end}.addr.toString()")
    return Step(
        f"load{name.capitalize()}",
        "load an account from the environment",
        Category.TRANSACTIONS,
        [],
        lines,
        result,
        ("string", "string"),
    )


@DIRECTION.step
def random_account(dice: Dice, end: str) -> Step:
    """A fresh account with some Algo."""
    amount = dice.pick(1, 3)
    lines = (
        join(
            f"const fresh{end} = algokit.randomAccount()",
            f"const address{end} = fresh{end}.addr.toString()",
            f"const money{end} = algokit.algos({amount})",
            f"await algokit.transferAlgos({{ from: funder, to: address{end}, amount: money{end} }}, algod)",
        ),
        join(
            f"const fresh{end} = algorand.account.random()",
            f"await algorand.send.payment({{ sender: funder, receiver: fresh{end}.addr, amount: algo({amount}) }})",
        ),
    )
    result = (f"fresh{end}.addr.toString()", f"fresh{end}.addr.toString()")
    return Step(
        "newFundedAccount",
        "create an account and fund it",
        Category.TRANSACTIONS,
        [payer("funder")],
        lines,
        result,
        ("string", "string"),
    )


@DIRECTION.step
def information(dice: Dice, end: str) -> Step:
    """What is known of an account."""
    name, goal, what = dice.pick(
        ("readBalance", "read a balance in microAlgos", ("amount", "balance.microAlgo")),
        ("readMinimum", "read a minimum balance in microAlgos", ("minBalance", "minBalance.microAlgo")),
    )
    lines = (
        f"const info{end} = await algokit.getAccountInformation(address, algod)",
        f"const info{end} = await algorand.account.getInformation(address)",
    )
    result = (f"info{end}.{what[0]}", f"info{end}.{what[1]}")
    return Step(name, goal, Category.TRANSACTIONS, [same("address", "string")], lines, result, ("number", "bigint"))
