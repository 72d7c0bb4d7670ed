"""Contracts that sell assets or keep them for others."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.asset_blocks import ME, opt_in_method, transfer
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.contracts.money import incoming, payout
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import join
from algorand_coder.records import Category

FAMILY = Family("contract_assets")
ASSETS = Category.ASSETS


@FAMILY.recipe("asset-shop", share=17)
def asset_shop(dice: Dice) -> Draft:
    """Selling or buying units of an asset for Algo at a price."""
    access = guard(dice)
    price = dice.pick(1_000, 10_000, 250_000)
    piece = Piece(
        "sells units of an asset for Algo at a price",
        ["asset = GlobalState<Asset>()", f"price = GlobalState<uint64>({{ initialValue: {price:_} }})"],
        rules=[f"At first a base unit costs {price:,} microAlgos."],
    )
    opt = opt_in_method(dice, access, "this.asset.value = asset")
    piece.methods.append(opt)
    checks, words = incoming(dice, "payment")
    units = dice.pick(
        "const units: uint64 = payment.amount / this.price.value",
        "const price = this.price.value\nconst units: uint64 = payment.amount / price",
    )
    exact = "assert(payment.amount % this.price.value === 0, 'pay a multiple of the price')" if dice.chance(0.5) else ""
    stock = f"assert(this.asset.value.balance({ME}) >= units, 'out of stock')" if dice.chance(0.6) else ""
    piece.write(
        dice.pick("buy", "purchase"),
        "(payment: gtxn.PaymentTxn): uint64",
        f"takes a payment, sends the caller as many units as it pays for and returns their number; {words}"
        + ("; the payment must be a multiple of the price" if exact else "")
        + ("; it fails when the stock is too small" if stock else ""),
        checks,
        exact,
        units,
        "assert(units > 0, 'too little for one unit')",
        stock,
        transfer(dice, "this.asset.value", "Txn.sender", "units"),
        "return units",
    )
    verbs = dice.some(["price", "sellBack", "quote", "collect", "reclaim"], 1, 3)
    if "price" in verbs:
        piece.write(
            "setPrice",
            "(price: uint64): void",
            f"changes the price of one unit, which must not be zero{only(access)}",
            access.line,
            "assert(price > 0, 'the price must not be zero')",
            "this.price.value = price",
        )
    if "sellBack" in verbs:
        check = dice.pick(
            join(
                "assert(units.xferAsset === this.asset.value, 'wrong asset')",
                f"assert(units.assetReceiver === {ME}, 'send it to the application')",
            ),
            f"assertMatch(units, {{ xferAsset: this.asset.value, assetReceiver: {ME}, sender: Txn.sender }})",
        )
        piece.write(
            dice.pick("sellBack", "giveBack"),
            "(units: gtxn.AssetTransferTxn): uint64",
            "takes units back by an asset transfer in the same group, pays half the price for them and returns what"
            " was paid",
            check,
            "const amount: uint64 = (units.assetAmount * this.price.value) / 2",
            payout(dice, "Txn.sender", "amount"),
            "return amount",
        )
    if "quote" in verbs:
        piece.read(
            "quote",
            "(units: uint64): uint64",
            "returns what a number of units costs",
            "return units * this.price.value",
        )
    if "collect" in verbs:
        piece.write(
            "collect",
            "(amount: uint64): void",
            f"pays part of the income to the caller{only(access)}",
            access.line,
            payout(dice, "Txn.sender", "amount"),
        )
    if "reclaim" in verbs:
        piece.write(
            "reclaim",
            "(units: uint64): void",
            f"takes unsold units out again{only(access)}",
            access.line,
            transfer(dice, "this.asset.value", "Txn.sender", "units"),
        )
    return contract_draft(
        dice, ("TokenShop", "VendingMachine", "AssetKiosk", "ExchangeDesk"), [piece, *extras(dice, access)], ASSETS
    )


@FAMILY.recipe("asset-vault", share=16)
def asset_vault(dice: Dice) -> Draft:
    """Units deposited by asset transfer, booked per account, given back later."""
    access = guard(dice)
    lock = dice.weighted([("", 40), ("rounds", 35), ("seconds", 25)])
    clock = {"rounds": "Global.round", "seconds": "Global.latestTimestamp"}.get(lock, "")
    record = bool(lock)
    piece = Piece(
        "keeps units of one asset for many accounts" + (f", locked for a number of {lock}" if lock else ""),
        ["asset = GlobalState<Asset>()"],
    )
    piece.methods.append(opt_in_method(dice, access, "this.asset.value = asset"))
    span = {"rounds": dice.pick("1_000", "50_000"), "seconds": dice.pick("86_400", "604_800")}.get(lock, "")
    check = dice.pick(
        join(
            "assert(units.xferAsset === this.asset.value, 'wrong asset')",
            f"assert(units.assetReceiver === {ME}, 'send it to the application')",
            "assert(units.sender === Txn.sender, 'send your own units')",
        ),
        f"assertMatch(\n  units,\n  {{ xferAsset: this.asset.value, assetReceiver: {ME}, sender: Txn.sender,"
        " assetAmount: { greaterThan: 0 } },\n  'wrong transfer',\n)",
    )
    words = "the transfer must be of that asset, go to the application and come from the caller"
    if record:
        piece.types = ["type Stake = { amount: uint64; freeAt: uint64 }", f"const LOCK: uint64 = {span}"]
        piece.state.append("stakes = BoxMap<Account, Stake>({ keyPrefix: 's' })")
        add = join(
            "const before: uint64 = this.stakes(Txn.sender).exists ? this.stakes(Txn.sender).value.amount : 0",
            f"this.stakes(Txn.sender).value = {{ amount: before + units.assetAmount, freeAt: {clock} + LOCK }}",
        )
        piece.write(
            dice.pick("stake", "deposit"),
            "(units: gtxn.AssetTransferTxn): void",
            "books an asset transfer of the same group for the caller and locks the whole stake for"
            f" {int(span.replace('_', '')):,} {lock}; {words}",
            check,
            add,
        )
        piece.write(
            dice.pick("unstake", "withdraw"),
            "(): uint64",
            "gives the caller's stake back once it is free and returns the amount",
            "assert(this.stakes(Txn.sender).exists, 'nothing staked')",
            "const stake = clone(this.stakes(Txn.sender).value)",
            f"assert({clock} >= stake.freeAt, 'still locked')",
            "this.stakes(Txn.sender).delete()",
            transfer(dice, "this.asset.value", "Txn.sender", "stake.amount"),
            "return stake.amount",
        )
        if dice.chance(0.5):
            piece.read(
                "stakeOf",
                "(account: Account): Stake",
                "returns an account's stake",
                "return this.stakes(account).value",
            )
    else:
        piece.state.append("holdings = BoxMap<Account, uint64>({ keyPrefix: 'h' })")
        total = dice.chance(0.5)
        if total:
            piece.state.append("total = GlobalState<uint64>({ initialValue: 0 })")
        piece.write(
            dice.pick("deposit", "store"),
            "(units: gtxn.AssetTransferTxn): uint64",
            f"books an asset transfer of the same group for the caller and returns the caller's holding; {words}",
            check,
            "const before: uint64 = this.holdings(Txn.sender).get({ default: 0 })",
            "this.holdings(Txn.sender).value = before + units.assetAmount",
            "this.total.value += units.assetAmount" if total else "",
            "return this.holdings(Txn.sender).value",
        )
        piece.write(
            dice.pick("withdraw", "takeOut"),
            "(amount: uint64): void",
            "sends units back to the caller and fails when there are too few",
            "assert(this.holdings(Txn.sender).value >= amount, 'not that many units')",
            "this.holdings(Txn.sender).value -= amount",
            "this.total.value -= amount" if total else "",
            transfer(dice, "this.asset.value", "Txn.sender", "amount"),
        )
        if dice.chance(0.5):
            piece.read(
                "holdingOf",
                "(account: Account): uint64",
                "returns an account's holding, zero when there is none",
                "return this.holdings(account).get({ default: 0 })",
            )
        if total and dice.chance(0.4):
            piece.read(
                "shareOf",
                "(account: Account): uint64",
                "returns an account's share of all units in basis points",
                "assert(this.total.value > 0, 'the vault is empty')",
                "const held: uint64 = this.holdings(account).get({ default: 0 })",
                "return (held * 10_000) / this.total.value",
            )
    return contract_draft(
        dice, ("AssetVault", "Staking", "Depository", "TokenLocker"), [piece, *extras(dice, access)], ASSETS
    )
