"""Inner payments under rules: allowances, faucets, splits, payrolls."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.contracts.money import incoming, payout
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import call, join
from algorand_coder.records import Category

FAMILY = Family("contract_value")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("waiting-faucet", share=4)
def waiting_faucet(dice: Dice) -> Draft:
    """The same amount for everybody, with a pause in between."""
    access = guard(dice)
    wait, amount = dice.pick("100", "1_000", "20_000"), dice.pick("100_000", "1_000_000", "250_000")
    piece = Piece(
        f"pays {int(amount.replace('_', '')):,} microAlgos to whoever asks, at most once every"
        f" {int(wait.replace('_', '')):,} rounds for each account",
        ["lastClaim = BoxMap<Account, uint64>({ keyPrefix: 'c' })"],
    )
    constants = dice.chance(0.5)
    w, a = ("WAIT", "AMOUNT") if constants else (wait, amount)
    if constants:
        piece.types = [f"const AMOUNT: uint64 = {amount}\nconst WAIT: uint64 = {wait}"]
    body = join(
        "if (this.lastClaim(Txn.sender).exists) {\n  assert(Global.round >= this.lastClaim(Txn.sender).value + "
        + w
        + ", 'come back later')\n}",
        "this.lastClaim(Txn.sender).value = Global.round",
        payout(dice, "Txn.sender", a),
    )
    piece.write(
        dice.pick("claim", "request", "drip"),
        "(): void",
        "pays the caller and fails when the last time was too recent",
        body,
    )
    if dice.chance(0.6):
        piece.read(
            "nextClaim",
            "(account: Account): uint64",
            "returns the round from which an account may ask again",
            f"return this.lastClaim(account).exists ? this.lastClaim(account).value + {w} : Global.round",
        )
    names = ("Faucet", "CoffeeFund", "GasStation")
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("payment-split", share=4)
def payment_split(dice: Dice) -> Draft:
    """Payments passed on in two parts."""
    access = guard(dice)
    first, second = dice.pick(("artist", "label"), ("author", "publisher"), ("driver", "platform"), ("chef", "house"))
    fixed = dice.chance(0.5)
    share = dice.pick(60, 70, 85, 90)
    piece = Piece(
        f"splits every payment between {first} and {second}"
        + (f", {share} to {100 - share}" if fixed else " by a share set at creation"),
        [f"{first} = GlobalState<Account>()", f"{second} = GlobalState<Account>()"],
    )
    piece.create = [f"this.{first}.value = {first}", f"this.{second}.value = {second}"]
    piece.create_params = [(first, "Account", f"the {first}"), (second, "Account", f"the {second}")]
    percent = str(share)
    if not fixed:
        piece.state.append("percent = GlobalState<uint64>()")
        piece.create += ["assert(percent <= 100, 'more than everything')", "this.percent.value = percent"]
        piece.create_params.append(("percent", "uint64", f"the {first}'s share in percent, at most 100"))
        percent = "this.percent.value"
    checks, words = incoming(dice, "payment")
    group = dice.chance(0.4)
    if group:
        pay = call("itxn.submitGroup", []).replace(
            "({})",
            f"(\n  itxn.payment({{ receiver: this.{first}.value, amount: cut }}),\n  itxn.payment({{ receiver:"
            f" this.{second}.value, amount: payment.amount - cut }}),\n)",
        )
        piece.rules.append("Send both inner payments as one inner group.")
    else:
        pay = join(
            payout(dice, f"this.{first}.value", "cut"), payout(dice, f"this.{second}.value", "payment.amount - cut")
        )
    piece.write(
        dice.pick("pay", "receive", "settle"),
        "(payment: gtxn.PaymentTxn): uint64",
        f"takes a payment, pays both parts on at once and returns the {first}'s part; the {second} gets the"
        f" rest; {words}",
        checks,
        f"const cut: uint64 = (payment.amount * {percent}) / 100",
        pay,
        "return cut",
    )
    if not fixed and dice.chance(0.5):
        piece.write(
            "setPercent",
            "(percent: uint64): void",
            f"changes the {first}'s share, at most 100 percent{only(access)}",
            access.line,
            "assert(percent <= 100, 'more than everything')",
            "this.percent.value = percent",
        )
    names = ("RoyaltySplit", "RevenueShare", "Splitter")
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("payroll", share=4)
def payroll(dice: Dice) -> Draft:
    """Wages that people collect themselves."""
    access = guard(dice)
    piece = Piece(
        "pays registered people a wage that they collect themselves",
        ["wages = BoxMap<Account, uint64>({ keyPrefix: 'w' })", "paidAt = BoxMap<Account, uint64>({ keyPrefix: 't' })"],
    )
    period = dice.pick("604_800", "2_592_000", "86_400")
    piece.types = [f"const PERIOD: uint64 = {period}"]
    piece.write(
        dice.pick("hire", "register"),
        "(person: Account, wage: uint64): void",
        f"registers a person with a wage{only(access)}",
        access.line,
        "this.wages(person).value = wage",
        "this.paidAt(person).value = Global.latestTimestamp",
    )
    piece.write(
        dice.pick("collect", "payday"),
        "(): uint64",
        f"pays the caller one wage for each period of {int(period.replace('_', '')):,} seconds and returns it",
        "assert(this.wages(Txn.sender).exists, 'not registered')",
        "assert(Global.latestTimestamp >= this.paidAt(Txn.sender).value + PERIOD, 'not due yet')",
        "this.paidAt(Txn.sender).value += PERIOD",
        "const wage = this.wages(Txn.sender).value",
        payout(dice, "Txn.sender", "wage"),
        "return wage",
    )
    if dice.chance(0.6):
        piece.write(
            dice.pick("dismiss", "leave"),
            "(person: Account): void",
            f"takes a person off the payroll{only(access)}",
            access.line,
            "this.wages(person).delete()",
            "this.paidAt(person).delete()",
        )
    names = ("Payroll", "WageBox", "Paymaster")
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("spending-limit", share=4)
def spending_limit(dice: Dice) -> Draft:
    """An allowance by window."""
    access = guard(dice)
    limit = dice.pick("5_000_000", "10_000_000", "1_000_000")
    window = dice.pick("1_000", "10_000", "100_000")
    piece = Piece(
        f"lets its owner spend at most {int(limit.replace('_', '')):,} microAlgos in any window of"
        f" {int(window.replace('_', '')):,} rounds",
        ["windowStart = GlobalState<uint64>({ initialValue: 0 })", "spent = GlobalState<uint64>({ initialValue: 0 })"],
    )
    piece.types = (
        [f"const LIMIT: uint64 = {limit}", f"const WINDOW: uint64 = {window}"]
        if dice.chance(0.5)
        else [f"const LIMIT: uint64 = {limit}\nconst WINDOW: uint64 = {window}"]
    )
    body = join(
        access.line,
        "if (Global.round >= this.windowStart.value + WINDOW) {\n  this.windowStart.value = Global.round\n "
        " this.spent.value = 0\n}",
        "assert(this.spent.value + amount <= LIMIT, 'over the limit')",
        "this.spent.value += amount",
        payout(dice, "receiver", "amount", dice.pick("", "allowance")),
    )
    piece.write(
        dice.pick("spend", "send", "pay"),
        "(receiver: Account, amount: uint64): void",
        f"pays somebody within the limit{only(access)}",
        body,
    )
    if dice.chance(0.6):
        piece.read(
            "available",
            "(): uint64",
            "returns what can still be spent in the current window",
            "return Global.round >= this.windowStart.value + WINDOW ? LIMIT : LIMIT - this.spent.value",
        )
    names = ("SpendingLimit", "PocketMoney", "Budget")
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], CONTRACTS)
