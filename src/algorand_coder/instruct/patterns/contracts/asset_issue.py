"""Contracts that create assets and hand them out."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.asset_blocks import ME, transfer
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import Guard, extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import roles_in_words
from algorand_coder.instruct.patterns.typescript import braces, quoted
from algorand_coder.instruct.patterns.words import COLLECTIBLES, TOKENS
from algorand_coder.records import Category

FAMILY = Family("contract_assets")
ASSETS = Category.ASSETS
NAMES = ("Mint", "TokenFactory", "Issuer", "PrintingPress", "Foundry")


def drawn_roles(dice: Dice) -> list[str]:
    """Role addresses that the application takes itself."""
    return dice.some(["manager", "reserve", "freeze"], 1, 3)


def creation(dice: Dice, fields: list[str], roles: list[str]) -> str:
    """Statements that create an asset as ``created``."""
    whole = braces([*fields, *(f"{role}: {ME}" for role in roles)])
    if dice.chance(0.35):
        return f"const params = itxn.assetConfig({whole})\nconst created = params.submit().createdAsset"
    return f"const created = itxn.assetConfig({whole}).submit().createdAsset"


def own_roles(roles: list[str]) -> str:
    """Words for the roles the application keeps."""
    return f"; the application itself is {roles_in_words(roles)}"


@FAMILY.recipe("token-issue", share=12)
def token_issue(dice: Dice) -> Draft:
    """One divisible token, with fixed or passed parameters."""
    access, token, roles = guard(dice), dice.one(TOKENS), drawn_roles(dice)
    if dice.chance(0.6):
        piece = Piece(f"issues {token.story} once")
        total = f"{token.supply * 10**token.decimals:_}"
        fields = [f"total: {total}", f"decimals: {token.decimals}"]
        fields += [f"unitName: {quoted(token.unit)}", f"assetName: {quoted(token.name)}"]
        parameters = ""
        words = f"creates {token.name} ({token.unit}) with {token.supply:,} whole units and {token.decimals} decimals"
    else:
        piece = Piece("issues one token whose parameters the caller chooses")
        scaled = dice.chance(0.6)
        parameters = "name: string, unit: string, total: uint64" + (", decimals: uint64" if scaled else "")
        fields = ["assetName: name", "unitName: unit", "total", "decimals" if scaled else "decimals: 0"]
        words = f"creates an asset with the given name, unit and total and {'' if scaled else 'no '}decimals"
    piece.state.append("token = GlobalState<Asset>()")
    piece.write(
        dice.pick("mint", "issue", "createToken"),
        f"({parameters}): uint64",
        f"{words}{own_roles(roles)}, once only, and returns the asset id{only(access)}",
        access.line,
        "assert(!this.token.hasValue, 'created already')",
        creation(dice, fields, roles),
        "this.token.value = created",
        "return created.id",
    )
    if dice.chance(0.4):
        piece.rules.append("The units stay with the application until accounts that have opted in receive them.")
    add_token_methods(dice, piece, access, roles)
    return contract_draft(dice, NAMES, [piece, *extras(dice, access)], ASSETS)


def add_token_methods(dice: Dice, piece: Piece, access: Guard, roles: list[str]) -> None:
    """What can be done with an issued token."""
    verbs = dice.some(["distribute", "claim", "destroy", "lock", "left"], 1, 3)
    if "distribute" in verbs:
        opted_in = "assert(receiver.isOptedIn(this.token.value), 'the receiver has not opted in')"
        piece.write(
            dice.pick("distribute", "send", "grant"),
            "(receiver: Account, amount: uint64): void",
            f"sends units to an account{only(access)}",
            access.line,
            opted_in if dice.chance(0.5) else "",
            transfer(dice, "this.token.value", "receiver", "amount"),
        )
    if "claim" in verbs:
        portion = dice.pick(100, 1_000, 25)
        piece.state.append("claimed = BoxMap<Account, boolean>({ keyPrefix: 'c' })")
        piece.write(
            "claim",
            "(): void",
            f"gives every account {portion:,} base units, once; the caller must have opted in",
            "assert(!this.claimed(Txn.sender).exists, 'claimed already')",
            "this.claimed(Txn.sender).value = true",
            transfer(dice, "this.token.value", "Txn.sender", f"{portion:_}"),
        )
    if "destroy" in verbs and "manager" in roles:
        piece.write(
            dice.pick("destroy", "burnAll"),
            "(): void",
            f"destroys the asset, which works while the application holds every unit{only(access)}",
            access.line,
            "itxn.assetConfig({ configAsset: this.token.value }).submit()",
            "this.token.delete()",
        )
    if "lock" in verbs and {"manager", "freeze"} <= set(roles):
        kept = [f"{role}: {ME}" for role in roles if role != "freeze"]
        piece.write(
            "renounceFreeze",
            "(): void",
            f"reconfigures the asset so that nobody can freeze it any more{only(access)}",
            access.line,
            f"itxn.assetConfig({braces(['configAsset: this.token.value', *kept])}).submit()",
        )
    if "left" in verbs or len(piece.methods) == 1:
        says = "returns how many units the application still holds"
        piece.read("unitsLeft", "(): uint64", says, f"return this.token.value.balance({ME})")


@FAMILY.recipe("nft-mint", share=8)
def nft_mint(dice: Dice) -> Draft:
    """NFTs that are minted one by one and delivered or claimed later."""
    access, roles = guard(dice), drawn_roles(dice)
    title, unit = dice.one(COLLECTIBLES)
    with_url = dice.chance(0.6)
    piece = Piece(f"mints NFTs called {title} and counts them")
    piece.state = ["minted = GlobalState<uint64>({ initialValue: 0 })"]
    fields = ["total: 1", "decimals: 0", f"unitName: {quoted(unit)}", f"assetName: {quoted(title)}"]
    piece.write(
        dice.pick("mint", "mintNext"),
        f"({'url: string' if with_url else ''}): uint64",
        f'mints an NFT named "{title}", unit {unit}'
        + (", with a given URL" if with_url else "")
        + f"{own_roles(roles)}, and returns the asset id{only(access)}",
        access.line,
        creation(dice, [*fields, *(["url"] if with_url else [])], roles),
        "this.minted.value += 1",
        "return created.id",
    )
    if dice.chance(0.5):
        piece.state.append("promised = BoxMap<uint64, Account>({ keyPrefix: 'p' })")
        says = f"promises an asset to an account{only(access)}"
        store = "this.promised(asset.id).value = receiver"
        piece.write(dice.pick("promise", "assign"), "(asset: Asset, receiver: Account): void", says, access.line, store)
        piece.write(
            dice.pick("claim", "collect"),
            "(asset: Asset): void",
            "hands the asset to the account it was promised to, which must have opted in",
            "assert(this.promised(asset.id).exists, 'not promised')",
            "assert(this.promised(asset.id).value === Txn.sender, 'promised to somebody else')",
            "this.promised(asset.id).delete()",
            transfer(dice, "asset", "Txn.sender", "1"),
        )
    else:
        piece.write(
            dice.pick("deliver", "send"),
            "(asset: Asset, receiver: Account): void",
            f"sends an NFT to an account that has opted in{only(access)}",
            access.line,
            "assert(receiver.isOptedIn(asset), 'the receiver has not opted in')",
            transfer(dice, "asset", "receiver", "1"),
        )
    return contract_draft(dice, NAMES, [piece, *extras(dice, access)], ASSETS)
