"""Opting in, transferring, and handing assets to many holders."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import ending, fixed_algo, possessive, refuse, send_options, signer, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID, UNITS
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, chained, code, join
from algorand_coder.instruct.patterns.words import HOLDERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("assets")
ASSETS = Category.ASSETS


@FAMILY.recipe("opt-in", share=20)
def opt_in(dice: Dice) -> Draft:
    """Opting in: plain, only when needed, for many assets, with funding first."""
    role = dice.one(HOLDERS)
    holder = signer(dice, role)
    form = dice.weighted([("plain", 20), ("needed", 35), ("bulk", 25), ("funded", 20)])
    opt = call("algorand.send.assetOptIn", [*holder.fields, "assetId"])
    details: list[str] = []
    if form == "plain":
        options = send_options(dice, 0, 2)
        end = ending(dice, call("algorand.send.assetOptIn", [*holder.fields, "assetId", *(o.field for o in options)]))
        args = [holder.arg, ASSET_ID, *(o.arg for o in options if o.arg)]
        goals: tuple[str, ...] = (
            f"opt {role.noun} in to an asset",
            f"let {possessive(role)} account receive an ASA",
            "opt an account in to an Algorand standard asset",
        )
        return client_draft(
            dice,
            Task(
                goals,
                ("optIn", "optInToAsset", "acceptAsset"),
                args,
                end.body,
                end.result,
                end.returns,
                end.returning,
                [o.says for o in options],
            ),
            ASSETS,
        )
    if form == "needed":
        goals = (
            f"opt {role.noun} in to an asset only when that has not happened yet",
            "opt an account in to an asset unless it already holds it",
            "make an asset opt-in idempotent",
        )
        look = dice.pick("holding", "list", "catch")
        if look == "holding":
            body = code(f"""
                const info = await algorand.account.getInformation({holder.address})
                const isOptedIn = info.assets?.some((holding) => holding.assetId === assetId) ?? false
            """)
        elif look == "list":
            body = code(f"""
                const {{ assets = [] }} = await algorand.account.getInformation({holder.address})
                const isOptedIn = assets.some((holding) => holding.assetId === assetId)
            """)
        else:
            body = code(f"""
                const isOptedIn = await algorand.asset
                  .getAccountInformation({holder.address}, assetId)
                  .then(() => true)
                  .catch(() => false)
            """)
        early = dice.chance(0.5)
        tail = (
            join("if (isOptedIn) {\n  return false\n}", f"await {opt}")
            if early
            else block("if (!isOptedIn)", f"await {opt}")
        )
        return client_draft(
            dice,
            Task(
                goals,
                ("ensureOptedIn", "optInOnce", "optInIfNeeded"),
                [holder.arg, ASSET_ID],
                join(body, tail),
                "true" if early else "!isOptedIn",
                "boolean",
                ("true when an opt-in was sent, false when it was not needed",),
                scriptable=not early,
            ),
            ASSETS,
        )
    if form == "bulk":
        ids = Arg("assetIds", "bigint[]", "the asset ids", "[1001n, 1002n, 1003n]")
        way = dice.pick("bulk", "missing", "group")
        if way == "bulk":
            body = f"const results = await algorand.asset.bulkOptIn({holder.address}, assetIds)"
            result, returns, what = dice.pick(
                ("results.map((entry) => entry.transactionId)", "string[]", "the transaction ids"),
                (
                    "new Map(results.map((entry) => [entry.assetId, entry.transactionId]))",
                    "Map<bigint, string>",
                    "a map from asset id to transaction id",
                ),
                ("results.length", "number", "how many assets were opted in to"),
            )
            goals = (f"opt {role.noun} in to many assets at once", "opt an account in to a whole list of assets")
        elif way == "missing":
            body = code(f"""
                const info = await algorand.account.getInformation({holder.address})
                const held = new Set(info.assets?.map((holding) => holding.assetId))
                const missing = assetIds.filter((assetId) => !held.has(assetId))
            """)
            body = join(
                body, block("if (missing.length > 0)", f"await algorand.asset.bulkOptIn({holder.address}, missing)")
            )
            result, returns, what = "missing", "bigint[]", "the ids that were missing before"
            goals = (
                f"opt {role.noun} in to those assets of a list that are still missing",
                "bring an account's asset opt-ins up to date with a list",
            )
        else:
            body = join(
                "const group = algorand.newGroup()",
                block("for (const assetId of assetIds)", call("group.addAssetOptIn", [*holder.fields, "assetId"])),
                "const { groupId } = await group.send()",
            )
            result, returns, what = "groupId", "string", "the group id as base64"
            goals = (f"opt {role.noun} in to up to 16 assets in one atomic group",)
            if dice.chance(0.6):
                body = join(
                    refuse(
                        "assetIds.length > 16", "`a group holds 16 transactions, got ${assetIds.length}`", "RangeError"
                    ),
                    body,
                )
                details.append("More than 16 assets are a RangeError.")
        needs_plain = way != "group" and holder.arg.type == "TransactionSignerAccount"
        if needs_plain:
            body = body.replace(
                f"bulkOptIn({holder.address}, {'missing' if way == 'missing' else 'assetIds'})",
                f"bulkOptIn({holder.address}, {'missing' if way == 'missing' else 'assetIds'}, {{ signer:"
                f" {role.name}.signer }})",
            )
        return client_draft(
            dice,
            Task(
                goals,
                ("optInToAll", "optInMany", "acceptAssets"),
                [holder.arg, ids],
                body,
                result,
                returns,
                (what,),
                details,
            ),
            ASSETS,
        )
    funder = dice.one(TOKEN_ADMINS)
    payer = signer(dice, funder)
    money = fixed_algo(dice, dice.pick(201_000, 202_000, 250_000))
    pay = call("addPayment", [*payer.fields, f"receiver: {holder.address}", f"amount: {money.expression}"])
    body = join(
        "const { txIds } = await algorand",
        chained("newGroup()", pay, call("addAssetOptIn", [*holder.fields, "assetId"]), "send()"),
    )
    result, returns, what = dice.pick(
        ("txIds", "string[]", "both transaction ids"), ("txIds[1]", "string", "the id of the opt-in transaction")
    )
    return client_draft(
        dice,
        Task(
            (
                (
                    f"let {funder.noun} pay for {possessive(role)} asset opt-in: fund {role.noun} with {money.says} and"
                    " opt in, atomically"
                ),
                f"fund a new account with {money.says} and opt it in to an asset in the same group",
            ),
            ("sponsorOptIn", "fundAndOptIn"),
            [payer.arg, holder.arg, ASSET_ID],
            body,
            result,
            returns,
            (what,),
        ),
        ASSETS,
    )


@FAMILY.recipe("moved-units", share=24)
def asset_transfer(dice: Dice) -> Draft:
    """Moving units: plain, in whole units, with checks."""
    giver, taker = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
    source, destination = signer(dice, giver), target(dice, taker)
    scaled = dice.chance(0.35)
    options = send_options(dice, 0, 2)
    before, details = [], [option.says for option in options]
    args = [source.arg, destination.arg, ASSET_ID]
    if scaled:
        args.append(Arg("units", "bigint", "the number of whole units", "5n"))
        before.append(
            "const { decimals } = await algorand.asset.getById(assetId)\nconst amount = units * 10n ** BigInt(decimals)"
        )
        details.insert(0, "The amount is given in whole units and scaled by the asset's decimals.")
    else:
        args.append(UNITS)
    checks = {
        "optedIn": (
            code(f"""
                const {{ assets = [] }} = await algorand.account.getInformation({destination.address})
                if (!assets.some((holding) => holding.assetId === assetId)) {{
                  throw new Error(`${{{destination.address}}} has not opted in to asset ${{assetId}}`)
                }}
            """),
            "Throw a clear error when the receiver has not opted in.",
        ),
        "funds": (
            code(f"""
                const {{ balance }} = await algorand.asset.getAccountInformation({source.address}, assetId)
                if (balance < amount) {{
                  throw new Error(`only ${{balance}} base units are available`)
                }}
            """),
            "Check the sender's asset balance first.",
        ),
        "frozen": (
            code(f"""
                const holding = await algorand.asset.getAccountInformation({source.address}, assetId)
                if (holding.frozen) {{
                  throw new Error(`asset ${{assetId}} is frozen for the sender`)
                }}
            """),
            "Refuse when the sender's holding is frozen.",
        ),
    }
    for key in dice.some(list(checks), 0, 2):
        before.append(checks[key][0])
        details.append(checks[key][1])
    end = ending(
        dice,
        call(
            "algorand.send.assetTransfer",
            [*source.fields, *destination.fields, "assetId", "amount", *(o.field for o in options)],
        ),
    )
    return client_draft(
        dice,
        Task(
            goals=(
                f"transfer units of an asset from {giver.noun} to {taker.noun}",
                f"send {taker.noun} some of an ASA that {giver.noun} holds",
                f"move an Algorand standard asset from {giver.noun} to {taker.noun}",
            ),
            names=("transferAsset", "sendAsset", "moveAsset", "giveUnits"),
            args=[*args, *(o.arg for o in options if o.arg)],
            body=join(*before, end.body),
            result=end.result,
            returns=end.returns,
            returning=end.returning,
            details=details,
        ),
        ASSETS,
    )


@FAMILY.recipe("airdrop", share=16)
def airdrop(dice: Dice) -> Draft:
    """Handing units to many holders: in groups, skipping who is not opted in, by snapshot."""
    giver = dice.one(TOKEN_ADMINS)
    source = signer(dice, giver)
    form = dice.weighted([("chunks", 35), ("skip", 35), ("weights", 30)])
    details: list[str] = []
    if form == "chunks":
        size = dice.pick(16, 8, 10)
        add = call("group.addAssetTransfer", [*source.fields, "receiver", "assetId", "amount"])
        loop = join(
            "const group = algorand.newGroup()",
            block(f"for (const receiver of receivers.slice(start, start + {size}))", add),
            "const sent = await group.send()",
            "txIds.push(...sent.txIds)",
        )
        body = join(
            "const txIds: string[] = []", block(f"for (let start = 0; start < receivers.length; start += {size})", loop)
        )
        task = Task(
            (
                f"airdrop the same amount of an asset to many holders in groups of {size}",
                f"distribute an asset to a long list of addresses, {size} transfers a group",
            ),
            ("airdrop", "distributeAsset"),
            [source.arg, Arg("receivers", "string[]", "the receivers"), ASSET_ID, UNITS],
            body,
            "txIds",
            "string[]",
            ("all transaction ids",),
        )
    elif form == "skip":
        keep = dice.chance(0.5)
        look = code("""
            const { assets = [] } = await algorand.account.getInformation(receiver)
            const holds = assets.some((holding) => holding.assetId === assetId)
        """)
        skip = block("if (!holds)", "skipped.push(receiver)\ncontinue")
        sent = call("algorand.send.assetTransfer", [*source.fields, "receiver", "assetId", "amount"])
        tail = f"const {{ txIds }} = await {sent}\nsent.set(receiver, txIds[0])" if keep else f"await {sent}"
        body = join(
            "const skipped: string[] = []",
            "const sent = new Map<string, string>()" if keep else "",
            block("for (const receiver of receivers)", join(look, skip, tail)),
        )
        task = Task(
            (
                f"send an asset to every address of a list that has opted in to it, from {giver.noun}",
                "airdrop an asset and skip accounts that cannot receive it",
            ),
            ("airdropToHolders", "sendWherePossible"),
            [source.arg, Arg("receivers", "string[]", "the receivers"), ASSET_ID, UNITS],
            body,
            "{ sent, skipped }" if keep else "skipped",
            "{ sent: Map<string, string>; skipped: string[] }" if keep else "string[]",
            (
                ("the transaction ids by address and the skipped addresses",)
                if keep
                else ("the addresses that were skipped",)
            ),
        )
    else:
        total = Arg("total", "bigint", "the amount to hand out in base units")
        holders = Arg("weights", "Map<string, bigint>", "a map from address to weight")
        lines = code("""
            const sum = [...weights.values()].reduce((all, weight) => all + weight, 0n)
            const group = algorand.newGroup()
        """)
        add = call("group.addAssetTransfer", [*source.fields, "receiver", "assetId", "amount"])
        only = dice.chance(0.5)
        inside = join("const amount = (total * weight) / sum", "if (amount === 0n) continue" if only else "", add)
        if only:
            details.append("Leave out receivers whose part rounds to zero.")
        task = Task(
            (
                "distribute an asset in proportion to weights, in one atomic group",
                f"let {giver.noun} hand out a total of an asset pro rata",
            ),
            ("distributeProRata", "shareAsset"),
            [source.arg, ASSET_ID, total, holders],
            join(
                lines,
                block("for (const [receiver, weight] of weights)", inside),
                "const { groupId, txIds } = await group.send()",
            ),
            "{ groupId, txIds }",
            "{ groupId: string; txIds: string[] }",
            ("group id and transaction ids",),
            ["Parts are rounded down.", *details],
        )
    return client_draft(dice, task, ASSETS)
