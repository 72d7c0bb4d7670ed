"""Reading holdings and parameters of assets."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import possessive, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import code
from algorand_coder.instruct.patterns.words import HOLDERS
from algorand_coder.records import Category

FAMILY = Family("assets")
ASSETS = Category.ASSETS


@FAMILY.recipe("holding", share=4)
def holding(dice: Dice) -> Draft:
    """How an account stands with an asset."""
    role = dice.one(HOLDERS)
    who = target(dice, role, "account")
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
        (f"look up {possessive(role)} holding of an asset", f"read how {possessive(role)} account stands with an ASA"),
        ("readHolding", "holdingOf"),
        [who.arg, ASSET_ID],
        body,
        result,
        kind,
        (what,),
    )
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("formatted-balance", share=2)
def formatted_balance(dice: Dice) -> Draft:
    """Balances for people."""
    role = dice.one(HOLDERS)
    who = target(dice, role, "account")
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
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("asset-params", share=4)
def asset_params(dice: Dice) -> Draft:
    """Parameters of an asset."""
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
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("portfolio", share=4)
def portfolio(dice: Dice) -> Draft:
    """Everything an account holds."""
    role = dice.one(HOLDERS)
    who = target(dice, role, "account")
    details: list[str] = []
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
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("role-audit", share=3)
def role_audit(dice: Dice) -> Draft:
    """Which powers are left."""
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
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("holder-list", share=3)
def holder_list(dice: Dice) -> Draft:
    """Who holds an asset, through the indexer."""
    page = dice.pick(500, 1000, 100)
    details = [f"Ask for {page} at a time."]
    least = dice.chance(0.5)
    positive = ".filter((entry) => entry.amount > 0n)" if least else ""
    body = code(f"""
        const holders: string[] = []
        let next: string | undefined
        do {{
          const request = algorand.client.indexer.lookupAssetBalances(assetId).limit({page})
          const page = await (next ? request.nextToken(next) : request).do()
          holders.push(...page.balances{positive}.map((entry) => entry.address))
          next = page.nextToken
        }} while (next)
    """)
    if least:
        details.append("Count only accounts with a positive balance.")
    task = Task(
        ("list every holder of an asset through the indexer, page by page", "collect all addresses that hold an ASA"),
        ("listHolders", "holdersOf"),
        [ASSET_ID],
        body,
        "holders",
        "string[]",
        ("the addresses",),
        details,
    )
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("created-assets", share=3)
def created_assets(dice: Dice) -> Draft:
    """What an account has issued."""
    role = dice.one(HOLDERS)
    who = target(dice, role, "account")
    body = (
        f"const info = await algorand.account.getInformation({who.address})\nconst created = info.createdAssets ?? []"
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
