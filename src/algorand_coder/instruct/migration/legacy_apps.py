"""The functions of AlgoKit Utils before version 7 that read and call applications → AlgorandClient."""

from __future__ import annotations

from algorand_coder.instruct.migration.legacy import APP, ASSET, DIRECTION, payer
from algorand_coder.instruct.migration.programs import Step, same
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import call, join
from algorand_coder.records import Category


@DIRECTION.step
def holding(dice: Dice, end: str) -> Step:
    """An asset holding."""
    what, kind = dice.pick(("balance", "bigint"), ("frozen", "boolean"))
    lines = (
        f"const holding{end} = await algokit.getAccountAssetInformation(address, assetId, algod)",
        f"const holding{end} = await algorand.asset.getAccountInformation(address, assetId)",
    )
    return Step(
        "lookUpHolding",
        "look at an asset holding",
        Category.ASSETS,
        [same("address", "string"), ASSET],
        lines,
        (f"holding{end}.{what}", f"holding{end}.{what}"),
        (kind, kind),
    )


@DIRECTION.step
def global_state(dice: Dice, end: str) -> Step:
    """Global state."""
    lines = (
        f"const state{end} = await algokit.getAppGlobalState(appId, algod)",
        f"const state{end} = await algorand.app.getGlobalState(appId)",
    )
    result = f"state{end}[key]?.value"
    kind = "string | bigint | number | undefined"
    if dice.chance(0.4):
        result, kind = f"Object.keys(state{end})", "string[]"
        return Step(
            "listKeys",
            "list the keys of an application's global state",
            Category.STATE,
            [APP],
            lines,
            (result, result),
            (kind, kind),
        )
    return Step(
        "readState",
        "read a value of global state",
        Category.STATE,
        [APP, same("key", "string")],
        lines,
        (result, result),
        (kind, kind),
    )


@DIRECTION.step
def local_state(dice: Dice, end: str) -> Step:
    """Local state."""
    lines = (
        f"const local{end} = await algokit.getAppLocalState(appId, address, algod)",
        f"const local{end} = await algorand.app.getLocalState(appId, address)",
    )
    kind = "string | bigint | number | undefined"
    params = [APP, same("address", "string"), same("key", "string")]
    return Step(
        "readLocalState",
        "read a value of local state",
        Category.STATE,
        params,
        lines,
        (f"local{end}[key]?.value",) * 2,
        (kind, kind),
    )


@DIRECTION.step
def boxes(dice: Dice, end: str) -> Step:
    """Boxes."""
    if dice.chance(0.5):
        lines = (
            f"const names{end} = await algokit.getAppBoxNames(appId, algod)",
            f"const names{end} = await algorand.app.getBoxNames(appId)",
        )
        result = f"names{end}.map((each) => each.name)"
        return Step(
            "listBoxes",
            "list the names of an application's boxes",
            Category.STATE,
            [APP],
            lines,
            (result, result),
            ("string[]", "string[]"),
        )
    lines = (
        f"const value{end} = await algokit.getAppBoxValue(appId, boxName, algod)",
        f"const value{end} = await algorand.app.getBoxValue(appId, boxName)",
    )
    params = [APP, same("boxName", "string")]
    return Step(
        "readBox", "read a box", Category.STATE, params, lines, (f"value{end}",) * 2, ("Uint8Array", "Uint8Array")
    )


@DIRECTION.step
def network(dice: Dice, end: str) -> Step:
    """Which network this is."""
    name, words = dice.pick(("isTestNet", "TestNet"), ("isMainNet", "MainNet"), ("isLocalNet", "LocalNet"))
    lines = (f"const found{end} = await algokit.{name}(algod)", f"const found{end} = await algorand.client.{name}()")
    return Step(
        f"check{words}",
        f"find out whether the client is connected to {words}",
        Category.TRANSACTIONS,
        [],
        lines,
        (f"found{end}",) * 2,
        ("boolean", "boolean"),
    )


@DIRECTION.step
def app_creator(dice: Dice, end: str) -> Step:
    """Facts about an application."""
    lines = (
        f"const app{end} = await algokit.getAppById(appId, algod)",
        f"const app{end} = await algorand.app.getById(appId)",
    )
    result = (f"app{end}.params?.creator.toString()", f"app{end}.creator.toString()")
    return Step(
        "findCreator",
        "find the creator of an application",
        Category.CONTRACTS,
        [APP],
        lines,
        result,
        ("string | undefined", "string"),
    )


@DIRECTION.step
def compiled(dice: Dice, end: str) -> Step:
    """TEAL to bytecode."""
    lines = (
        f"const program{end} = await algokit.compileTeal(teal, algod)",
        f"const program{end} = await algorand.app.compileTeal(teal)",
    )
    what, kind = dice.pick(("compiledBase64ToBytes", "Uint8Array"), ("compiledHash", "string"))
    return Step(
        "compileProgram",
        "compile a TEAL program",
        Category.CONTRACTS,
        [same("teal", "string")],
        lines,
        (f"program{end}.{what}",) * 2,
        (kind, kind),
    )


@DIRECTION.step
def app_client(dice: Dice, end: str) -> Step:
    """A method call through an app client."""
    method = dice.pick("greet", "claim", "vote", "register", "total")
    lines = (
        join(
            call(
                f"const client{end} = algokit.getAppClient", ["resolveBy: 'id'", "id: appId", "app: appSpec", "sender"]
            ).removesuffix(")")
            + ", algod)",
            f"const result{end} = await client{end}.call({{ method: '{method}', methodArgs: [argument] }})",
        ),
        join(
            f"const client{end} = algorand.client.getAppClientById({{ appId, appSpec, defaultSender: sender }})",
            f"const result{end} = await client{end}.send.call({{ method: '{method}', args: [argument] }})",
        ),
    )
    params = [payer("sender"), APP, same("appSpec", "AppSpec"), same("argument", "string")]
    result = (f"result{end}.confirmation?.confirmedRound", f"result{end}.confirmation.confirmedRound")
    return Step(
        f"call{method.capitalize()}",
        f"call the ABI method `{method}` of an application",
        Category.CONTRACTS,
        params,
        lines,
        result,
        ("bigint | undefined", "bigint | undefined"),
    )


@DIRECTION.step
def group(dice: Dice, end: str) -> Step:
    """Two transactions that succeed together."""
    amount = dice.pick(1, 3)
    money = f"amount: algokit.algos({amount})"
    first, second = (
        f"await algokit.transferAlgos({{ from: sender, to: {each}, {money}, skipSending: true }}, algod)"
        for each in ("first", "second")
    )
    lines = (
        join(
            f"const payment{end}1 = {first}",
            f"const payment{end}2 = {second}",
            call(
                f"const sent{end} = await algokit.sendGroupOfTransactions",
                [f"transactions: [payment{end}1.transaction, payment{end}2.transaction]", "signer: sender"],
            ).removesuffix(")")
            + ", algod)",
        ),
        join(
            f"const sent{end} = await algorand",
            "  .newGroup()",
            f"  .addPayment({{ sender, receiver: first, amount: algo({amount}) }})",
            f"  .addPayment({{ sender, receiver: second, amount: algo({amount}) }})",
            "  .send()",
        ),
    )
    params = [payer("sender"), same("first", "string"), same("second", "string")]
    return Step(
        "payBoth",
        "make two payments that succeed or fail together",
        Category.TRANSACTIONS,
        params,
        lines,
        (f"sent{end}.txIds",) * 2,
        ("string[]", "string[]"),
    )
