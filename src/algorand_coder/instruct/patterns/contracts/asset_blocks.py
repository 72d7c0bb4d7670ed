"""Blocks for contracts that move assets."""

from __future__ import annotations

from algorand_coder.instruct.patterns.contracts.compose import Method
from algorand_coder.instruct.patterns.contracts.guards import Guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import braces, join

ME = "Global.currentApplicationAddress"


def transfer(dice: Dice, asset: str, receiver: str, amount: str) -> str:
    """An inner asset transfer."""
    fields = [
        f"xferAsset: {asset}",
        f"assetReceiver: {receiver}",
        f"assetAmount: {amount}",
        *(["fee: 0"] if dice.chance(0.25) else []),
    ]
    return f"itxn.assetTransfer({braces(fields)}).submit()"


def opt_in_method(dice: Dice, access: Guard, remember: str = "") -> Method:
    """The application opts itself in; the caller pays for the minimum balance."""
    paid = dice.chance(0.55)
    check = (
        join(
            "assert(payment.receiver === Global.currentApplicationAddress, 'pay the application')",
            "assert(payment.amount >= Global.assetOptInMinBalance, 'pay for the minimum balance')",
        )
        if paid
        else ""
    )
    body = join(
        access.line,
        f"assert(!{ME}.isOptedIn(asset), 'opted in already')" if dice.chance(0.5) else "",
        check,
        remember,
        transfer(dice, "asset", ME, "0"),
    )
    says = (
        "opts the application in to an asset"
        + (", paid for by a payment in the same group that covers the minimum balance of an opt-in" if paid else "")
        + only(access)
    )
    return Method(
        dice.pick("optInToAsset", "acceptAsset", "prepare"),
        [*([("payment", "gtxn.PaymentTxn")] if paid else []), ("asset", "Asset")],
        "void",
        body,
        says,
    )
