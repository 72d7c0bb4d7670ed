"""Creating assets: fungible tokens and collectibles."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import note_option, possessive, refuse, send_options, signer
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article, client_draft, roles_in_words
from algorand_coder.instruct.patterns.typescript import block, call, grouped, join, quoted
from algorand_coder.instruct.patterns.words import COLLECTIBLES, TOKEN_ADMINS, TOKENS, Token
from algorand_coder.records import Category

FAMILY = Family("assets")
ASSETS = Category.ASSETS


def roles(dice: Dice, address: str) -> tuple[list[str], list[str]]:
    """Role fields of a new asset, all held by one account, and the sentence that asks for them."""
    library = {"manager": "manager", "reserve": "reserve", "freeze": "freeze", "clawback": "clawback"}
    chosen = dice.some(list(library)[:3], 0, 3)
    fields = [f"{role}: {address}" if role != address else role for role in chosen]
    if not chosen:
        return [], [
            dice.pick("Set no role addresses, so that it can never be changed.", "Leave every role address empty.")
        ]
    return fields, [f"The creating account is also {roles_in_words(chosen)}."]


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


@FAMILY.recipe("create-collectible", share=14)
def create_collectible(dice: Dice) -> Draft:
    """One of a kind: ARC-3, ARC-19 and ARC-69 flavours."""
    (title, unit), role = dice.one(COLLECTIBLES), dice.one(TOKEN_ADMINS)
    admin = signer(dice, role)
    form = dice.weighted([("arc3", 46), ("arc69", 34), ("plain", 20)])
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
        goals: tuple[str, ...] = (
            f"mint an ARC-3 NFT of {title}",
            "create a one-of-one NFT that follows ARC-3",
            f"mint a unique {title} with ARC-3 metadata",
        )
    elif form == "arc69":
        args.append(Arg("mediaUrl", "string", "the URL of the media", "'ipfs://bafkreimedia'"))
        body_fields, kept = dice.pick(
            ("{ standard: 'arc69', description }", "the description"),
            ("{ standard: 'arc69', description, mime_type: 'image/png' }", "the description and the type image/png"),
        )
        args.append(Arg("description", "string", "a description", quoted(f"A {title.lower()}")))
        before = f"const note = JSON.stringify({body_fields})"
        manager = "manager" if admin.address == "manager" else f"manager: {admin.address}"
        fields = [f"assetName: {quoted(title)}", f"unitName: {quoted(unit)}", "url: mediaUrl", manager, "note"]
        details.append(
            f'Call it "{title}" ({unit}) and keep the ARC-69 metadata, {kept}, in the note; the creator stays manager'
            " so that it can be updated."
        )
        goals = ("mint an NFT with ARC-69 metadata", f"create an ARC-69 NFT for {article(title.lower())}")
    else:
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


@FAMILY.recipe("collectible-series", share=6)
def collectible_series(dice: Dice) -> Draft:
    """Numbered editions, one by one or in one group."""
    title, unit = dice.one(COLLECTIBLES)
    admin = signer(dice, dice.one(TOKEN_ADMINS))
    base = [*admin.fields, "total: 1n", "decimals: 0"]
    details: list[str] = []
    args = [admin.arg]
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
        body = join(check, "const group = algorand.newGroup()", loop, "const { confirmations } = await group.send()")
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
