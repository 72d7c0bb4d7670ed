"""Assets in their everyday life: create, opt in, hand out, look up."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import (
    ending,
    fixed_algo,
    note_option,
    possessive,
    refuse,
    send_options,
    signer,
    target,
)
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, call, code, grouped, join, quoted
from algorand_coder.instruct.patterns.words import COLLECTIBLES, HOLDERS, TOKEN_ADMINS, TOKENS, Token
from algorand_coder.records import Category

FAMILY = Family("assets")
ASSETS = Category.ASSETS

ASSET_ID = Arg("assetId", "bigint", "the asset id", "BigInt(process.env.ASSET_ID ?? 0)")
UNITS = Arg("amount", "bigint", "the amount in base units", "10n")


def roles(dice: Dice, address: str) -> tuple[list[str], list[str]]:
    """Role fields of a new asset, all held by one account, and the sentence that asks for them."""
    library = {"manager": "manager", "reserve": "reserve", "freeze": "freeze", "clawback": "clawback"}
    chosen = dice.some(list(library)[:3], 0, 3)
    fields = [f"{role}: {address}" if role != address else role for role in chosen]
    if not chosen:
        return [], [
            dice.pick("Set no role addresses, so that it can never be changed.", "Leave every role address empty.")
        ]
    return fields, [f"The creating account is also {listed(chosen)} address."]


@FAMILY.recipe("create-fungible", share=26)
def create_fungible(dice: Dice) -> Draft:
    """A divisible token with literal or passed parameters."""
    token, role = dice.one(TOKENS), dice.one(TOKEN_ADMINS)
    admin = signer(dice, role)
    form = dice.weighted([("literal", 45), ("params", 35), ("computed", 20)])
    role_fields, details = roles(dice, admin.address)
    args = [admin.arg]
    before = ""
    if form == "literal":
        fields = [
            f"total: {grouped(token.supply * 10**token.decimals)}n",
            f"decimals: {token.decimals}",
            f"assetName: {quoted(token.name)}",
            f"unitName: {quoted(token.unit)}",
        ]
        details.insert(0, literal_words(dice, token))
    elif form == "params":
        fields = ["total", "decimals", "assetName", "unitName"]
        args += [
            Arg("assetName", "string", "the asset's name", quoted(token.name)),
            Arg("unitName", "string", "its ticker", quoted(token.unit)),
            Arg("total", "bigint", "the total in base units", f"{grouped(token.supply)}n"),
            Arg("decimals", "number", "the number of decimals", str(token.decimals)),
        ]
        details.insert(0, "Name, ticker, total in base units and decimals are passed in.")
    else:
        before = f"const decimals = {token.decimals}\nconst total = supply * 10n ** BigInt(decimals)"
        fields = ["total", "decimals", f"assetName: {quoted(token.name)}", f"unitName: {quoted(token.unit)}"]
        args.append(Arg("supply", "bigint", "the supply in whole units", f"{grouped(token.supply)}n"))
        details.insert(
            0,
            f"Name {token.name}, ticker {token.unit}, {token.decimals} decimals; the supply comes in whole units and is"
            " scaled.",
        )
    if dice.chance(0.4):
        fields.append(f"url: 'https://{token.site}'")
        details.append(f"The asset URL is https://{token.site}.")
    if dice.chance(0.15):
        fields.append("defaultFrozen: false")
    options = dice.some([note_option(dice), *send_options(dice, 1, 1)], 0, 1)
    fields += [option.field for option in options]
    args += [option.arg for option in options if option.arg]
    details += [option.says for option in options]
    sent = call(
        "algorand.send.assetCreate",
        [*admin.fields, *role_fields, *fields] if dice.chance(0.3) else [*admin.fields, *fields, *role_fields],
    )
    names, result, returns, what = dice.pick(
        ("assetId", "assetId", "bigint", "the new asset's id"),
        (
            "assetId, txIds",
            "{ assetId, txId: txIds[0] }",
            "{ assetId: bigint; txId: string }",
            "asset id and transaction id",
        ),
        (
            "assetId, confirmation",
            "{ assetId, round: confirmation.confirmedRound }",
            "{ assetId: bigint; round: bigint | undefined }",
            "the asset id and the round",
        ),
        ("", "created.assetId", "bigint", "the id of the created asset"),
    )
    return client_draft(
        dice,
        Task(
            goals=(
                f"create {token.story} as an Algorand standard asset",
                f"issue {token.story} from {possessive(role)} account",
                f"mint a fungible token, {token.story}",
                f"launch an ASA that stands for {token.story}",
            ),
            names=("createToken", "issueAsset", "mintToken", f"create{token.name.replace(' ', '')}", "launchAsset"),
            args=args,
            body=join(before, f"const {'{ ' + names + ' }' if names else 'created'} = await {sent}"),
            result=result,
            returns=returns,
            returning=(what,),
            details=details,
        ),
        ASSETS,
    )


def literal_words(dice: Dice, token: Token) -> str:
    """A token's parameters in words."""
    decimals = f"{token.decimals} decimals" if token.decimals else "no decimals"
    return dice.pick(
        f'It is called "{token.name}", ticker {token.unit}, with {decimals} and {token.supply:,} whole units.',
        f"Name: {token.name}. Unit: {token.unit}. Supply: {token.supply:,} whole units, {decimals}.",
        f"{token.supply:,} units of {token.name} ({token.unit}), {decimals}.",
    )


@FAMILY.recipe("create-collectible", share=18)
def create_collectible(dice: Dice) -> Draft:
    """One of a kind: ARC-3, ARC-19 and ARC-69 flavours."""
    (title, unit), role = dice.one(COLLECTIBLES), dice.one(TOKEN_ADMINS)
    admin = signer(dice, role)
    form = dice.weighted([("arc3", 40), ("arc69", 30), ("plain", 15), ("series", 15)])
    base = [*admin.fields, "total: 1n", "decimals: 0"]
    details: list[str] = []
    before, args = "", [admin.arg]
    if form == "arc3":
        hashed = dice.chance(0.55)
        args.append(Arg("metadataUrl", "string", "the URL of the metadata JSON", "'ipfs://bafkreicollectible'"))
        fields = [f"assetName: {quoted(title)}", f"unitName: {quoted(unit)}", "url: `${metadataUrl}#arc3`"]
        if hashed:
            args.append(
                Arg("metadata", "string", "the exact text of the metadata file", "JSON.stringify({ name: 'Example' })")
            )
            before = "const metadataHash = new Uint8Array(createHash('sha256').update(metadata).digest())"
            fields.append("metadataHash")
            details.append("The metadata hash is the SHA-256 of the metadata file's text.")
        details.insert(0, f'Name "{title}", unit {unit}; the URL ends in #arc3 as ARC-3 asks.')
        goals = (
            f"mint an ARC-3 NFT of {title}",
            "create a one-of-one NFT that follows ARC-3",
            f"mint a unique {title} with ARC-3 metadata",
        )
    elif form == "arc69":
        args.append(Arg("mediaUrl", "string", "the URL of the media", "'ipfs://bafkreimedia'"))
        body_fields = dice.pick(
            "{ standard: 'arc69', description }", "{ standard: 'arc69', description, mime_type: 'image/png' }"
        )
        args.append(Arg("description", "string", "a description", quoted(f"A {title.lower()}")))
        before = f"const note = JSON.stringify({body_fields})"
        manager = "manager" if admin.address == "manager" else f"manager: {admin.address}"
        fields = [f"assetName: {quoted(title)}", f"unitName: {quoted(unit)}", "url: mediaUrl", manager, "note"]
        details.append(
            f'Call it "{title}" ({unit}) and keep the ARC-69 metadata in the note; the creator stays manager so that it'
            " can be updated."
        )
        goals = ("mint an NFT with ARC-69 metadata", f"create an ARC-69 NFT for a {title.lower()}")
    elif form == "plain":
        fields = ["assetName", "unitName", "url"]
        args += [
            Arg("assetName", "string", "its name", quoted(title)),
            Arg("unitName", "string", "its unit name", quoted(unit)),
            Arg("url", "string", "its URL", "'https://art.example/1'"),
        ]
        if dice.chance(0.5):
            before = refuse(
                "new TextEncoder().encode(assetName).length > 32", "'an asset name has at most 32 bytes'", "RangeError"
            )
            details.append("Refuse names longer than the 32 bytes an asset name may have.")
        goals = ("create a pure NFT with total 1 and no decimals", f"mint a unique {title.lower()} token")
    else:
        args.append(Arg("editions", "number", "the number of editions", "5"))
        fields = [f"assetName: `{title} #${{edition}}`", f"unitName: `{unit[:3]}${{edition}}`"]
        goals = (
            f"mint a numbered series of {title} NFTs",
            f"create several one-of-one {title.lower()} NFTs, numbered from 1",
        )
        grouped_send = dice.chance(0.5)
        if grouped_send:
            sent = call("group.addAssetCreate", [*base, *fields])
            loop = block("for (let edition = 1; edition <= editions; edition++)", sent)
            check = refuse("editions > 16", "'a group holds at most 16 transactions'", "RangeError")
            body = join(
                check, "const group = algorand.newGroup()", loop, "const { confirmations } = await group.send()"
            )
            result = "confirmations.map((confirmation) => confirmation.assetIndex ?? 0n)"
            details.append("Mint all of them in one atomic group; more than 16 are refused.")
        else:
            sent = call("algorand.send.assetCreate", [*base, *fields])
            loop = block(
                "for (let edition = 1; edition <= editions; edition++)",
                f"const {{ assetId }} = await {sent}\nassetIds.push(assetId)",
            )
            body, result = join("const assetIds: bigint[] = []", loop), "assetIds"
        return client_draft(
            dice,
            Task(
                goals,
                ("mintSeries", "mintEditions"),
                args,
                body,
                result,
                "bigint[]",
                ("the asset ids in order",),
                details,
            ),
            ASSETS,
        )
    order = [*base, *fields] if dice.chance(0.7) else [*admin.fields, *fields, "total: 1n", "decimals: 0"]
    created = call("algorand.send.assetCreate", order)
    if dice.chance(0.7):
        return client_draft(
            dice,
            Task(
                goals,
                ("mintNft", "createNft", "mintCollectible"),
                args,
                join(before, f"const {{ assetId }} = await {created}"),
                "assetId",
                "bigint",
                ("the asset id",),
                details,
            ),
            ASSETS,
        )
    return client_draft(
        dice,
        Task(
            goals,
            ("mintNft", "createCollectible"),
            args,
            join(before, f"const {{ assetId, txIds }} = await {created}"),
            "{ assetId, txId: txIds[0] }",
            "{ assetId: bigint; txId: string }",
            ("asset id and transaction id",),
            details,
        ),
        ASSETS,
    )


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
        goals = (
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
        inner_chain("newGroup()", pay, call("addAssetOptIn", [*holder.fields, "assetId"]), "send()"),
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


def inner_chain(*calls: str) -> str:
    """Method calls chained one a line."""
    return "\n".join("  ." + item.replace("\n", "\n  ") for item in calls)


@FAMILY.recipe("asset-transfer", share=24)
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


@FAMILY.recipe("asset-facts", share=20)
def asset_facts(dice: Dice) -> Draft:
    """Reading holdings and parameters."""
    role = dice.one(HOLDERS)
    who = target(dice, role, "account")
    form = dice.pick("holding", "format", "params", "portfolio", "roles", "holders", "created")
    details: list[str] = []
    if form == "holding":
        field, kind, what = dice.pick(
            ("balance", "bigint", "the balance in base units"), ("frozen", "boolean", "whether the holding is frozen")
        )
        zero = dice.chance(0.5)
        if zero and field == "balance":
            body = code(f"""
                const {{ assets = [] }} = await algorand.account.getInformation({who.address})
                const holding = assets.find((entry) => entry.assetId === assetId)
            """)
            result, what = "holding?.amount ?? 0n", "the balance in base units, zero when the account has not opted in"
        else:
            body, result = (
                f"const {{ {field} }} = await algorand.asset.getAccountInformation({who.address}, assetId)",
                field,
            )
        task = Task(
            (
                f"look up {possessive(role)} holding of an asset",
                f"read how {possessive(role)} account stands with an ASA",
            ),
            ("readHolding", "holdingOf"),
            [who.arg, ASSET_ID],
            body,
            result,
            kind,
            (what,),
        )
    elif form == "format":
        body = code(f"""
            const {{ decimals, unitName }} = await algorand.asset.getById(assetId)
            const {{ balance }} = await algorand.asset.getAccountInformation({who.address}, assetId)
            const scale = 10n ** BigInt(decimals)
            const fraction = (balance % scale).toString().padStart(decimals, '0')
            const text = decimals > 0 ? `${{balance / scale}}.${{fraction}}` : balance.toString()
        """)
        task = Task(
            (
                "show an asset balance with its decimals and unit name",
                f"format {possessive(role)} asset balance for display",
            ),
            ("formatBalance", "displayHolding"),
            [who.arg, ASSET_ID],
            body,
            "`${text} ${unitName ?? ''}`.trim()",
            "string",
            ("a string such as 12.50 HRBR",),
            ["Use bigint arithmetic so that large balances stay exact."],
        )
    elif form == "params":
        chosen = dice.some(["assetName", "unitName", "total", "decimals", "creator", "url"], 2, 4)
        types = {"total": "bigint", "decimals": "number", "creator": "string"}
        shape = "; ".join(f"{name}: {types.get(name, 'string | undefined')}" for name in chosen)
        words = {
            "assetName": "name",
            "unitName": "unit name",
            "total": "total supply",
            "decimals": "decimals",
            "creator": "creator",
            "url": "URL",
        }
        body = f"const {{ {', '.join(chosen)} }} = await algorand.asset.getById(assetId)"
        task = Task(
            (
                f"look up an asset's {listed([words[name] for name in chosen])}",
                f"fetch {listed([words[name] for name in chosen])} of an ASA",
            ),
            ("describeAsset", "assetSummary"),
            [ASSET_ID],
            body,
            "{ " + ", ".join(chosen) + " }",
            "{ " + shape + " }",
            ("those values as an object",),
        )
    elif form == "portfolio":
        only = dice.chance(0.6)
        chain = "(info.assets ?? [])" + ("\n  .filter((holding) => holding.amount > 0n)" if only else "")
        what, expression, kind = dice.pick(
            (
                "a map from asset id to amount",
                f"new Map({chain}.map((holding) => [holding.assetId, holding.amount]))",
                "Map<bigint, bigint>",
            ),
            ("the asset ids", f"{chain}.map((holding) => holding.assetId)", "bigint[]"),
            (
                "asset ids with amounts",
                f"{chain}.map(({{ assetId, amount }}) => ({{ assetId, amount }}))",
                "{ assetId: bigint; amount: bigint }[]",
            ),
        )
        if only:
            details.append("Leave out assets with a zero balance.")
        task = Task(
            (f"list the assets that {role.noun} holds", f"read {possessive(role)} whole asset portfolio"),
            ("listHoldings", "portfolioOf"),
            [who.arg],
            f"const info = await algorand.account.getInformation({who.address})\nconst holdings = {expression}",
            "holdings",
            kind,
            (what,),
            details,
        )
    elif form == "roles":
        body = code("""
            const { manager, reserve, freeze, clawback } = await algorand.asset.getById(assetId)
            const isSet = (address: string | undefined) => address !== undefined && address !== ''
        """)
        result, kind, what = dice.pick(
            ("!isSet(manager)", "boolean", "true when there is no manager left"),
            (
                "{ canBeFrozen: isSet(freeze), canBeRevoked: isSet(clawback) }",
                "{ canBeFrozen: boolean; canBeRevoked: boolean }",
                "whether holdings can be frozen and revoked",
            ),
            (
                "[manager, reserve, freeze, clawback].filter(isSet).length",
                "number",
                "how many of the four role addresses are set",
            ),
        )
        used = [name for name in ("manager", "reserve", "freeze", "clawback") if name in result]
        body = body.replace("manager, reserve, freeze, clawback", ", ".join(used))
        task = Task(
            ("find out which powers are left over an asset", "check an asset's role addresses before trusting it"),
            ("inspectRoles", "auditAsset"),
            [ASSET_ID],
            body,
            result,
            kind,
            (what,),
        )
    elif form == "holders":
        least = dice.chance(0.5)
        extra = "\n  .currencyGreaterThan(0)" if least else ""
        body = code(f"""
            const holders: string[] = []
            let next: string | undefined
            do {{
              const request = algorand.client.indexer.lookupAssetBalances(assetId).limit({dice.pick(500, 1000, 100)})
              const page = await (next ? request.nextToken(next) : request).do()
              holders.push(...page.balances{".filter((entry) => entry.amount > 0n)" if least else ""}.map((entry) => entry.address))
              next = page.nextToken
            }} while (next)
        """)
        del extra
        if least:
            details.append("Count only accounts with a positive balance.")
        task = Task(
            (
                "list every holder of an asset through the indexer, page by page",
                "collect all addresses that hold an ASA",
            ),
            ("listHolders", "holdersOf"),
            [ASSET_ID],
            body,
            "holders",
            "string[]",
            ("the addresses",),
            details,
        )
    else:
        body = (
            f"const info = await algorand.account.getInformation({who.address})\nconst created = info.createdAssets"
            " ?? []"
        )
        result, kind, what = dice.pick(
            ("created.map((asset) => asset.index)", "bigint[]", "their ids"),
            ("created.map((asset) => asset.params?.name ?? '')", "string[]", "their names, empty where there is none"),
            ("created.length", "number", "how many there are"),
        )
        task = Task(
            ("list the assets that an account has created", f"find the ASAs issued by {role.noun}"),
            ("createdAssets", "issuedBy"),
            [who.arg],
            body,
            result,
            kind,
            (what,),
        )
    return client_draft(dice, task, ASSETS)
