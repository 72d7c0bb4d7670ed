"""Freezing, gating and inspecting by a contract."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import Guard, extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, braces, join
from algorand_coder.records import Category

FAMILY = Family("contract_assets")
ASSETS = Category.ASSETS


@FAMILY.recipe("freeze-account", share=5)
def freeze_account(dice: Dice) -> Draft:
    """A contract as freeze account."""
    access = guard(dice)
    piece = Piece(
        "manages the freeze address of an asset that names the application as its freeze account",
        ["asset = GlobalState<Asset>()"],
    )
    piece.create, piece.create_params = ["this.asset.value = asset"], [("asset", "Asset", "the asset")]
    flag = dice.chance(0.5)
    frozen = "itxn.assetFreeze({b}).submit()"
    if flag:
        piece.write(
            dice.pick("setFrozen", "apply"),
            "(account: Account, frozen: boolean): void",
            f"freezes or unfreezes an account's holding{only(access)}",
            access.line,
            frozen.format(b=braces(["freezeAsset: this.asset.value", "freezeAccount: account", "frozen"])),
        )
    else:
        for name, value in (("freeze", "true"), ("unfreeze", "false")):
            piece.write(
                name,
                "(account: Account): void",
                f"{name}s an account's holding{only(access)}",
                access.line,
                frozen.format(
                    b=braces(["freezeAsset: this.asset.value", "freezeAccount: account", f"frozen: {value}"])
                ),
            )
    if dice.chance(0.6):
        piece.state.append("frozenCount = GlobalState<uint64>({ initialValue: 0 })")
        piece.methods[0].body = join(
            piece.methods[0].body,
            "if (frozen) {\n  this.frozenCount.value += 1\n}" if flag else "this.frozenCount.value += 1",
        )
        piece.rules.append("Count in global state how often an account was frozen.")
    if dice.chance(0.6):
        piece.read(
            "isFrozen",
            "(account: Account): boolean",
            "tells whether an account's holding is frozen",
            "return this.asset.value.frozen(account)",
        )
    names = ("FreezeDesk", "Compliance", "HoldingGuard")
    return contract_draft(dice, names, [piece, *(extras(dice, access) if access.line else [])], ASSETS)


@FAMILY.recipe("holder-gate", share=8)
def holder_gate(dice: Dice) -> Draft:
    """Doors that open for holders of an asset."""
    access = guard(dice)
    least = dice.pick("1", "100", "1_000")
    piece = Piece(
        f"lets only holders of at least {int(least.replace('_', '')):,} base units of an asset in",
        ["pass = GlobalState<Asset>()"],
    )
    piece.create, piece.create_params = ["this.pass.value = asset"], [("asset", "Asset", "the asset")]
    helper = dice.pick("private", "function", "inline")
    check = join(
        "assert(Txn.sender.isOptedIn(this.pass.value), 'you do not hold the pass')",
        f"assert(this.pass.value.balance(Txn.sender) >= {least}, 'you hold too little')",
    )
    line = check
    if helper == "private":
        line = "this.requirePass()"
    elif helper == "function":
        piece.types.append(
            block(
                "function holdsPass(account: Account, asset: Asset): boolean",
                f"return account.isOptedIn(asset) && asset.balance(account) >= {least}",
            )
        )
        line = "assert(holdsPass(Txn.sender, this.pass.value), 'you do not hold the pass')"
        piece.rules.append("Put the test into a function outside the class.")
    what = dice.pick("visit", "vote", "note")
    if what == "visit":
        piece.state.append("visits = BoxMap<Account, uint64>({ keyPrefix: 'v' })")
        piece.write(
            dice.pick("enter", "checkIn"),
            "(): uint64",
            "counts the caller's visits and returns their number, for holders only",
            line,
            "const before: uint64 = this.visits(Txn.sender).get({ default: 0 })",
            "this.visits(Txn.sender).value = before + 1",
            "return before + 1",
        )
    elif what == "vote":
        piece.state += [
            "yes = GlobalState<uint64>({ initialValue: 0 })",
            "no = GlobalState<uint64>({ initialValue: 0 })",
            "voted = BoxMap<Account, boolean>({ keyPrefix: 'v' })",
        ]
        piece.write(
            "vote",
            "(approve: boolean): void",
            "counts one vote for or against from each holder",
            line,
            "assert(!this.voted(Txn.sender).exists, 'voted already')",
            "this.voted(Txn.sender).value = approve",
            "if (approve) {\n  this.yes.value += 1\n} else {\n  this.no.value += 1\n}",
        )
    else:
        piece.state.append("wall = BoxMap<Account, string>({ keyPrefix: 'w' })")
        piece.write(
            dice.pick("post", "write"),
            "(text: string): void",
            "stores a text of at most 280 bytes for the caller, for holders only",
            line,
            "assert(Bytes(text).length <= 280, 'the text is too long')",
            "this.wall(Txn.sender).value = text",
        )
    if dice.chance(0.6):
        piece.read(
            "mayEnter",
            "(account: Account): boolean",
            "tells whether an account holds enough",
            (
                "return holdsPass(account, this.pass.value)"
                if helper == "function"
                else f"return account.isOptedIn(this.pass.value) && this.pass.value.balance(account) >= {least}"
            ),
        )
    if helper == "private":
        piece.hide("requirePass", "(): void", check)
        piece.rules.append("Put the test into a private method.")
    names = ("HoldersClub", "TokenGate", "BackRoom")
    access = Guard("", "anybody", Piece(""))
    return contract_draft(dice, names, [piece, *(extras(dice, access) if access.line else [])], ASSETS)
