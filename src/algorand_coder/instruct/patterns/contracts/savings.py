"""Deposits, withdrawals and collections of Algo."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import Guard, extras, guard, only, pause
from algorand_coder.instruct.patterns.contracts.money import incoming, payout
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import join
from algorand_coder.records import Category

FAMILY = Family("contract_value")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("savings", share=19)
def savings(dice: Dice) -> Draft:
    """Deposits by payment argument, balances per account, withdrawals by inner payment."""
    place = dice.weighted([("box", 45), ("local", 30), ("global", 25)])
    word = dice.pick("balances", "deposits", "savings", "stakes")
    least = dice.pick("", "100_000", "1_000_000", "500_000")
    pay = dice.pick("payment", "pay", "deposit")
    checks, words = incoming(dice, pay, least=least)
    access = guard(dice, free=60)
    switch, check = pause(dice, access) if dice.chance(0.2) and access.line else (None, "")
    gist = {
        "box": "lets everybody deposit Algo and take it out again, with balances in boxes",
        "local": "lets members deposit Algo and take it out again, with balances in local state",
        "global": "collects Algo in one pot and counts what was paid in",
    }[place]
    piece = Piece(gist)
    total = dice.chance(0.4) or place == "global"
    if total:
        piece.state.append("total = GlobalState<uint64>({ initialValue: 0 })")
    name = dice.pick("deposit", "payIn", "contribute") if pay != "deposit" else dice.pick("payIn", "contribute", "add")
    if place == "box":
        piece.state.insert(0, f"{word} = BoxMap<Account, uint64>({{ keyPrefix: '{word[0]}' }})")
        read = f"this.{word}(Txn.sender).get({{ default: 0 }})"
        store = [f"const before: uint64 = {read}", f"this.{word}(Txn.sender).value = before + {pay}.amount"]
        target, result = f"this.{word}(Txn.sender).value", f"this.{word}(Txn.sender).value"
    elif place == "local":
        piece.state.insert(0, f"{word} = LocalState<uint64>()")
        piece.write(
            "optInToApplication",
            "(): void",
            "opts the caller in with a balance of zero",
            f"this.{word}(Txn.sender).value = 0",
        )
        store = [f"this.{word}(Txn.sender).value += {pay}.amount"]
        target = result = f"this.{word}(Txn.sender).value"
    else:
        store, target, result = [], "this.total.value", "this.total.value"
    back = dice.chance(0.65)
    body = join(
        check, checks, *store, f"this.total.value += {pay}.amount" if total else "", f"return {result}" if back else ""
    )
    piece.methods.append(
        Method(
            name,
            [(pay, "gtxn.PaymentTxn")],
            "uint64" if back else "void",
            body,
            (
                f"takes a payment as its argument and adds it to the caller's balance; {words}"
                if place != "global"
                else f"takes a payment as its argument and adds it to the total; {words}"
            ),
        )
    )
    if back:
        piece.methods[-1].says += "; it returns the new " + ("total" if place == "global" else "balance")
    if place == "global":
        who = "receiver" if dice.chance(0.5) else "Txn.sender"
        guarded = (
            access
            if access.line
            else Guard(
                "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')", "the creator", Piece("")
            )
        )
        params = [("receiver", "Account"), ("amount", "uint64")] if who == "receiver" else [("amount", "uint64")]
        piece.methods.append(
            Method(
                dice.pick("payOut", "withdraw", "release"),
                params,
                "void",
                join(
                    guarded.line,
                    "assert(amount <= this.total.value, 'more than there is')",
                    "this.total.value -= amount",
                    payout(dice, who, "amount"),
                ),
                f"pays part of it to {'a given account' if who == 'receiver' else 'the caller'}{only(guarded)}",
            )
        )
    else:
        all_of_it = dice.chance(0.35)
        if all_of_it:
            piece.write(
                dice.pick("withdrawAll", "cashOut", "leave"),
                "(): uint64",
                "pays the caller's whole balance back, which must not be zero, and returns the amount",
                check,
                f"const amount = {target}",
                "assert(amount > 0, 'nothing to withdraw')",
                f"{target} = 0",
                "this.total.value -= amount" if total else "",
                payout(dice, "Txn.sender", "amount"),
                "return amount",
            )
        else:
            piece.write(
                dice.pick("withdraw", "takeOut"),
                "(amount: uint64): void",
                "pays part of the caller's balance back and fails when it is too small",
                check,
                f"assert({target} >= amount, 'balance too small')",
                f"{target} -= amount",
                "this.total.value -= amount" if total else "",
                payout(dice, "Txn.sender", "amount"),
            )
    if dice.chance(0.5):
        if place == "box":
            piece.read(
                "balanceOf",
                "(account: Account): uint64",
                "returns an account's balance, zero when there is none",
                f"return this.{word}(account).get({{ default: 0 }})",
            )
        elif total:
            piece.read("held", "(): uint64", "returns what the contract holds for everybody", "return this.total.value")
    rules = (
        "Inner payments have a fee of zero; the caller covers it." if dice.chance(0.6) else "",
        "The sum of all balances is kept in global state." if total and place != "global" else "",
    )
    piece.rules = [rule for rule in rules if rule]
    used = any(access.line and access.line in m.body for m in piece.methods) or switch is not None
    return contract_draft(
        dice,
        ("PiggyBank", "SavingsClub", "Vault", "CommonPot", "Treasury", "CoinJar"),
        [piece, *([switch] if switch else []), *(extras(dice, access) if used else [])],
        CONTRACTS,
    )


@FAMILY.recipe("fundraiser", share=13)
def fundraiser(dice: Dice) -> Draft:
    """Collect until a deadline, then pay out or refund."""
    by_time = dice.chance(0.5)
    clock, length = ("Global.latestTimestamp", "seconds") if by_time else ("Global.round", "rounds")
    goal_fixed = dice.chance(0.3)
    piece = Piece(
        "collects Algo for a project until a deadline, pays the creator when the goal is reached and refunds everybody"
        " otherwise"
    )
    piece.state = [
        "raised = GlobalState<uint64>({ initialValue: 0 })",
        "deadline = GlobalState<uint64>()",
        "pledges = BoxMap<Account, uint64>({ keyPrefix: 'p' })",
    ]
    piece.create = [f"this.deadline.value = {clock} + {length}"]
    piece.create_params = [(length, "uint64", f"how many {length} it runs")]
    goal = "GOAL" if goal_fixed else "this.goal.value"
    if goal_fixed:
        micro = dice.pick(10, 50, 100)
        piece.types = [f"const GOAL: uint64 = {micro * 1_000_000:_}"]
        piece.rules.append(f"The goal is {micro} Algo.")
    else:
        piece.state.insert(0, "goal = GlobalState<uint64>()")
        piece.create.insert(0, "this.goal.value = goal")
        piece.create_params.insert(0, ("goal", "uint64", "the goal in microAlgos"))
    running, over = (
        f"assert({clock} < this.deadline.value, 'the campaign is over')",
        f"assert({clock} >= this.deadline.value, 'the campaign is still running')",
    )
    checks, words = incoming(dice, "payment", least=dice.pick("", "100_000"))
    known = dice.pick(
        (
            "const before: uint64 = this.pledges(Txn.sender).get({ default: 0 })",
            "this.pledges(Txn.sender).value = before + payment.amount",
        ),
        (
            (
                "if (this.pledges(Txn.sender).exists) {\n  this.pledges(Txn.sender).value += payment.amount\n} else {\n"
                "  this.pledges(Txn.sender).value = payment.amount\n}"
            ),
            "",
        ),
    )
    piece.write(
        dice.pick("pledge", "donate", "back"),
        "(payment: gtxn.PaymentTxn): uint64",
        f"records a pledge paid in the same group and returns the sum so far, before the deadline only; {words}",
        running,
        checks,
        *known,
        "this.raised.value += payment.amount",
        "return this.raised.value",
    )
    piece.write(
        dice.pick("claim", "collect"),
        "(): void",
        "pays everything to the creator after the deadline when the goal was reached, once; only the creator may do it",
        "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
        over,
        f"assert(this.raised.value >= {goal}, 'the goal was missed')",
        "const amount = this.raised.value",
        "this.raised.value = 0",
        payout(dice, "Global.creatorAddress", "amount"),
    )
    piece.write(
        dice.pick("refund", "takeBack"),
        "(): uint64",
        "pays the caller's pledges back after the deadline when the goal was missed, once, and returns the amount",
        over,
        f"assert(this.raised.value < {goal}, 'the goal was reached')",
        "const amount = this.pledges(Txn.sender).value",
        "assert(amount > 0, 'nothing to refund')",
        "this.pledges(Txn.sender).value = 0",
        payout(dice, "Txn.sender", "amount"),
        "return amount",
    )
    # A refund must not lower `raised`, or late refunds could never fall below the goal again; a claim sets it to zero.
    piece.methods[1].body = piece.methods[1].body.replace(
        "this.raised.value = 0\n", "assert(!this.claimed.value, 'claimed already')\nthis.claimed.value = true\n"
    )
    piece.state.append("claimed = GlobalState<boolean>({ initialValue: false })")
    if dice.chance(0.5):
        piece.read(
            "progress", "(): uint64", "returns the progress in percent", f"return (this.raised.value * 100) / {goal}"
        )
    return contract_draft(dice, ("Fundraiser", "Campaign", "CrowdFund", "Kickoff"), [piece], CONTRACTS)
