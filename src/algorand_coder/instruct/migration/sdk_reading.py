"""What algosdk 2 reads from the network → algosdk 3."""

from __future__ import annotations

from algorand_coder.instruct.migration.programs import Step, same
from algorand_coder.instruct.migration.sdk import APP, ASSET, DIRECTION, PARAMS
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import join
from algorand_coder.records import Category


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
        f"const suggested{end} = {PARAMS}",
        f"suggested{end}.lastRound = suggested{end}.firstRound + {window}",
        f"suggested{end}.flatFee = true\nsuggested{end}.fee = 2_000",
    )
    new = join(
        f"const suggested{end} = {PARAMS}",
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
