"""Money held for somebody: escrow and vesting."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.money import incoming, payout
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.records import Category

FAMILY = Family("contract_value")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("escrow", share=14)
def escrow(dice: Dice) -> Draft:
    """Money between two parties until somebody decides."""
    buyer, seller, judge = dice.pick(
        ("buyer", "seller", "arbiter"),
        ("client", "freelancer", "mediator"),
        ("tenant", "landlord", "agent"),
        ("sponsor", "athlete", "notary"),
    )
    with_judge = dice.chance(0.5)
    deadline = dice.chance(0.6)
    by_time = dice.chance(0.5)
    clock, field = ("Global.latestTimestamp", "deadline") if by_time else ("Global.round", "expiresAt")
    piece = Piece(
        f"holds a payment of the {buyer} in escrow for the {seller}"
        + (f" with {article(judge)} who can decide" if with_judge else "")
    )
    piece.state = [
        f"{seller} = GlobalState<Account>()",
        f"{buyer} = GlobalState<Account>()",
        "amount = GlobalState<uint64>({ initialValue: 0 })",
    ]
    piece.create = [f"this.{buyer}.value = Txn.sender", f"this.{seller}.value = {seller}"]
    piece.create_params = [(seller, "Account", f"the {seller}")]
    if with_judge:
        piece.state.append(f"{judge} = GlobalState<Account>()")
        piece.create.append(f"this.{judge}.value = {judge}")
        piece.create_params.append((judge, "Account", f"the {judge}"))
    if deadline:
        piece.state.append(f"{field} = GlobalState<uint64>()")
        span = "seconds" if by_time else "rounds"
        piece.create.append(f"this.{field}.value = {clock} + {span}")
        piece.create_params.append((span, "uint64", f"how many {span} it lasts"))
    piece.rules.append(f"Whoever creates the application is the {buyer}.")
    checks, words = incoming(dice, "payment")
    piece.write(
        dice.pick("fund", "deposit"),
        "(payment: gtxn.PaymentTxn): void",
        f"takes the {buyer}'s payment while nothing is held; {words}",
        "assert(this.amount.value === 0, 'funded already')",
        f"assert(Txn.sender === this.{buyer}.value, 'only the {buyer} can fund it')",
        checks,
        "this.amount.value = payment.amount",
    )
    allowed = (
        f"assert(Txn.sender === this.{buyer}.value || Txn.sender === this.{judge}.value, 'not allowed')"
        if with_judge
        else f"assert(Txn.sender === this.{buyer}.value, 'only the {buyer} can release it')"
    )
    helper = dice.chance(0.45)
    if helper:
        pay_seller, pay_buyer = f"this.payTo(this.{seller}.value)", f"this.payTo(this.{buyer}.value)"
    else:
        move = ["const amount = this.amount.value", "assert(amount > 0, 'nothing is held')", "this.amount.value = 0"]
        pay_seller, pay_buyer = (
            join(*move, payout(dice, f"this.{seller}.value", "amount")),
            join(*move, payout(dice, f"this.{buyer}.value", "amount")),
        )
    piece.write(
        dice.pick("release", "approve"),
        "(): void",
        f"pays the {seller}; only the {buyer}" + (f" or the {judge}" if with_judge else "") + " may call it",
        allowed,
        pay_seller,
    )
    if deadline:
        late = f"assert({clock} > this.{field}.value, 'not expired yet')"
        piece.write(
            dice.pick("refund", "reclaim"),
            "(): void",
            f"pays the {buyer} back once the time is over; only the {buyer} may call it",
            f"assert(Txn.sender === this.{buyer}.value, 'only the {buyer} can reclaim it')",
            late,
            pay_buyer,
        )
    else:
        back = (
            f"assert(Txn.sender === this.{seller}.value"
            + (f" || Txn.sender === this.{judge}.value" if with_judge else "")
            + ", 'not allowed')"
        )
        piece.write(
            dice.pick("refund", "giveBack"),
            "(): void",
            f"pays the {buyer} back; only the {seller}" + (f" or the {judge}" if with_judge else "") + " may call it",
            back,
            pay_buyer,
        )
    if dice.chance(0.4):
        piece.read(
            dice.pick("isFunded", "isOpen"),
            "(): boolean",
            "tells whether money is held",
            "return this.amount.value > 0",
        )
    if helper:
        piece.hide(
            "payTo",
            "(receiver: Account): void",
            "const amount = this.amount.value",
            "assert(amount > 0, 'nothing is held')",
            "this.amount.value = 0",
            payout(dice, "receiver", "amount"),
        )
        piece.rules.append("Do the paying in one private method.")
    return contract_draft(dice, ("Escrow", "SafeDeal", "Handover", f"{seller.capitalize()}Escrow"), [piece], CONTRACTS)


@FAMILY.recipe("vesting", share=10)
def vesting(dice: Dice) -> Draft:
    """Money that becomes free over time."""
    clock, unit = dice.pick(("Global.round", "rounds"), ("Global.latestTimestamp", "seconds"))
    form = dice.weighted([("linear", 45), ("cliff", 30), ("steps", 25)])
    piece = Piece(
        {
            "linear": "pays a beneficiary linearly over time",
            "cliff": "locks Algo for a beneficiary until a point in time",
            "steps": "pays a beneficiary in equal instalments, one each period",
        }[form]
    )
    piece.state = [
        "beneficiary = GlobalState<Account>()",
        "total = GlobalState<uint64>({ initialValue: 0 })",
        "released = GlobalState<uint64>({ initialValue: 0 })",
        "start = GlobalState<uint64>()",
    ]
    piece.create = ["this.beneficiary.value = beneficiary", f"this.start.value = {clock}"]
    piece.create_params = [("beneficiary", "Account", "the beneficiary")]
    checks, words = incoming(dice, "payment")
    piece.write(
        "fund",
        "(payment: gtxn.PaymentTxn): void",
        f"takes the creator's payment, once; {words}",
        "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
        "assert(this.total.value === 0, 'funded already')",
        checks,
        "this.total.value = payment.amount",
    )
    if form == "steps":
        count = dice.pick(4, 12, 6)
        piece.types = [f"const PARTS: uint64 = {count}"]
        piece.state.append("period = GlobalState<uint64>()")
        piece.create.append("this.period.value = period")
        piece.create_params.append(("period", "uint64", f"the length of a period in {unit}"))
        vested = join(
            f"const passed: uint64 = ({clock} - this.start.value) / this.period.value",
            "const due: uint64 = passed > PARTS ? PARTS : passed",
            "return (this.total.value * due) / PARTS",
        )
        words_v = f"in {count} equal parts, one for each period that has passed"
    elif form == "linear":
        piece.state.append("duration = GlobalState<uint64>()")
        piece.create.append("this.duration.value = duration")
        piece.create_params.append(("duration", "uint64", f"the duration in {unit}"))
        wide = dice.chance(0.4)
        formula = (
            "const [high, low] = op.mulw(this.total.value, elapsed)\nreturn op.divw(high, low, this.duration.value)"
            if wide
            else "return (this.total.value * elapsed) / this.duration.value"
        )
        vested = join(
            f"const elapsed: uint64 = {clock} - this.start.value",
            block("if (elapsed >= this.duration.value)", "return this.total.value"),
            formula,
        )
        words_v = "in proportion to the time that has passed" + (
            ", with a 128-bit intermediate product" if wide else ""
        )
    else:
        piece.state.append("unlockAt = GlobalState<uint64>()")
        piece.create.append("this.unlockAt.value = unlockAt")
        piece.create_params.append(
            ("unlockAt", "uint64", f"when it unlocks ({'round' if unit == 'rounds' else 'Unix time'})")
        )
        vested = f"return {clock} >= this.unlockAt.value ? this.total.value : 0"
        words_v = "all at once when the time has come"
        piece.state.remove("start = GlobalState<uint64>()")
        piece.create.remove(f"this.start.value = {clock}")
    helper = dice.pick("vested", "unlocked", "freeAmount")
    claim = join(
        f"const amount: uint64 = this.{helper}() - this.released.value",
        "assert(amount > 0, 'nothing to release yet')",
        "this.released.value += amount",
        payout(dice, "this.beneficiary.value", "amount"),
        "return amount",
    )
    anyone = dice.chance(0.5)
    if not anyone:
        claim = join("assert(Txn.sender === this.beneficiary.value, 'only the beneficiary can claim')", claim)
    piece.write(
        dice.pick("claim", "release"),
        "(): uint64",
        f"pays the beneficiary what has become free and was not paid yet, {words_v}, and returns the amount; "
        + ("anybody may call it" if anyone else "only the beneficiary may call it"),
        claim,
    )
    if dice.chance(0.5):
        piece.read(
            "remaining",
            "(): uint64",
            "returns what has not been paid out yet",
            "return this.total.value - this.released.value",
        )
    piece.hide(helper, "(): uint64", vested)
    piece.rules.append("Compute the free amount in a private method." if dice.chance(0.5) else "")
    piece.rules = [rule for rule in piece.rules if rule]
    return contract_draft(dice, ("Vesting", "TimeLock", "Allowance", "Annuity", "Stipend"), [piece], CONTRACTS)
