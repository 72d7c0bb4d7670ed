"""Contracts that hold and pay Algo: deposits, payouts, escrow, sales, subscriptions, bids, vesting."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contract_state import extras, only
from algorand_coder.instruct.patterns.contracts import Guard, Method, Piece, contract_draft, guard, pause
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article
from algorand_coder.instruct.patterns.typescript import block, braces, call, inner, join
from algorand_coder.records import Category

FAMILY = Family("contract_value")
CONTRACTS = Category.CONTRACTS


def incoming(dice: Dice, name: str, *, amount: str = "", least: str = "", most: str = "") -> tuple[str, str]:
    """Statements that check a payment argument, and words for them."""
    words = "the payment must go to the application's account and come from the caller"
    if dice.chance(0.4):
        test = (
            f"amount: {amount}"
            if amount
            else f"amount: {{ greaterThanEq: {least} }}"
            if least
            else "amount: { greaterThan: 0 }"
        )
        fields = ["receiver: Global.currentApplicationAddress", "sender: Txn.sender", test]
        lines = match_call(name, fields, "wrong payment")
    else:
        checks = [
            f"assert({name}.receiver === Global.currentApplicationAddress, 'pay the application')",
            f"assert({name}.sender === Txn.sender, 'pay for yourself')",
        ]
        if amount:
            checks.append(f"assert({name}.amount === {amount}, 'wrong amount')")
        elif least:
            checks.append(f"assert({name}.amount >= {least}, 'too little')")
        else:
            checks.append(f"assert({name}.amount > 0, 'nothing was paid')")
        lines = join(*checks)
    words += f", over exactly {number(amount)}" if amount else f", over at least {number(least)}" if least else ""
    if most:
        lines = join(lines, f"assert({name}.amount <= {most}, 'too much')")
        words += f" and at most {number(most)}"
    return lines, words


def match_call(name: str, fields: list[str], message: str) -> str:
    """``assertMatch`` on one line where it is short, else one argument a line."""
    one_line = f"assertMatch({name}, {braces(fields, width=200)}, '{message}')"
    if len(one_line) <= 100:
        return one_line
    return f"assertMatch(\n  {name},\n" + inner(braces(fields)) + f",\n  '{message}',\n)"


def number(expression: str) -> str:
    """A literal in words, or the name of a value."""
    if expression.replace("_", "").isdigit():
        return f"{int(expression.replace('_', '')):,} microAlgos"
    return {"this.price.value": "the price", "this.dues.value": "the dues", "price": "the price"}.get(
        expression, "the amount due"
    )


def payout(dice: Dice, receiver: str, amount: str, note: str = "") -> str:
    """An inner payment whose fee the caller covers."""
    fields = [
        "receiver" if receiver == "receiver" else f"receiver: {receiver}",
        "amount" if amount == "amount" else f"amount: {amount}",
    ]
    if note:
        fields.append(f"note: '{note}'")
    if dice.chance(0.3):
        fields.append("fee: 0")
    return call("itxn.payment", fields) + ".submit()"


@FAMILY.recipe("savings", share=26)
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
        piece.methods.append(
            Method(
                "optInToApplication",
                [],
                "void",
                f"this.{word}(Txn.sender).value = 0",
                "opts the caller in with a balance of zero",
            )
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
            piece.methods.append(
                Method(
                    dice.pick("withdrawAll", "cashOut", "leave"),
                    [],
                    "uint64",
                    join(
                        check,
                        f"const amount = {target}",
                        "assert(amount > 0, 'nothing to withdraw')",
                        f"{target} = 0",
                        "this.total.value -= amount" if total else "",
                        payout(dice, "Txn.sender", "amount"),
                        "return amount",
                    ),
                    "pays the caller's whole balance back and returns the amount",
                )
            )
        else:
            piece.methods.append(
                Method(
                    dice.pick("withdraw", "takeOut"),
                    [("amount", "uint64")],
                    "void",
                    join(
                        check,
                        f"assert({target} >= amount, 'balance too small')",
                        f"{target} -= amount",
                        "this.total.value -= amount" if total else "",
                        payout(dice, "Txn.sender", "amount"),
                    ),
                    "pays part of the caller's balance back and fails when it is too small",
                )
            )
    if dice.chance(0.5):
        if place == "box":
            piece.methods.append(
                Method(
                    "balanceOf",
                    [("account", "Account")],
                    "uint64",
                    f"return this.{word}(account).get({{ default: 0 }})",
                    "returns an account's balance, zero when there is none",
                    readonly=True,
                )
            )
        elif total:
            piece.methods.append(
                Method(
                    "held",
                    [],
                    "uint64",
                    "return this.total.value",
                    "returns what the contract holds for everybody",
                    readonly=True,
                )
            )
    piece.rules.append("Inner payments have a fee of zero; the caller covers it." if dice.chance(0.6) else "")
    piece.rules = [rule for rule in piece.rules if rule]
    used = any(access.line and access.line in m.body for m in piece.methods) or switch is not None
    return contract_draft(
        dice,
        ("PiggyBank", "SavingsClub", "Vault", "CommonPot", "Treasury", "CoinJar"),
        [piece, *([switch] if switch else []), *(extras(dice, access) if used else [])],
        CONTRACTS,
    )


@FAMILY.recipe("escrow", share=20)
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
    piece.methods.append(
        Method(
            dice.pick("fund", "deposit"),
            [("payment", "gtxn.PaymentTxn")],
            "void",
            join(
                "assert(this.amount.value === 0, 'funded already')",
                f"assert(Txn.sender === this.{buyer}.value, 'only the {buyer} can fund it')",
                checks,
                "this.amount.value = payment.amount",
            ),
            f"takes the {buyer}'s payment, once; {words}",
        )
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
    piece.methods.append(
        Method(
            dice.pick("release", "approve"),
            [],
            "void",
            join(allowed, pay_seller),
            f"pays the {seller}; only the {buyer}" + (f" or the {judge}" if with_judge else "") + " may call it",
        )
    )
    if deadline:
        late = f"assert({clock} > this.{field}.value, 'not expired yet')"
        piece.methods.append(
            Method(
                dice.pick("refund", "reclaim"),
                [],
                "void",
                join(f"assert(Txn.sender === this.{buyer}.value, 'only the {buyer} can reclaim it')", late, pay_buyer),
                f"pays the {buyer} back once the time is over",
            )
        )
    else:
        back = (
            f"assert(Txn.sender === this.{seller}.value"
            + (f" || Txn.sender === this.{judge}.value" if with_judge else "")
            + ", 'not allowed')"
        )
        piece.methods.append(
            Method(
                dice.pick("refund", "giveBack"),
                [],
                "void",
                join(back, pay_buyer),
                f"pays the {buyer} back; only the {seller}"
                + (f" or the {judge}" if with_judge else "")
                + " may call it",
            )
        )
    if dice.chance(0.4):
        piece.methods.append(
            Method(
                dice.pick("isFunded", "isOpen"),
                [],
                "boolean",
                "return this.amount.value > 0",
                "tells whether money is held",
                readonly=True,
            )
        )
    if helper:
        piece.methods.append(
            Method(
                "payTo",
                [("receiver", "Account")],
                "void",
                join(
                    "const amount = this.amount.value",
                    "assert(amount > 0, 'nothing is held')",
                    "this.amount.value = 0",
                    payout(dice, "receiver", "amount"),
                ),
                "",
                private=True,
            )
        )
        piece.rules.append("Do the paying in one private method.")
    return contract_draft(dice, ("Escrow", "SafeDeal", "Handover", f"{seller.capitalize()}Escrow"), [piece], CONTRACTS)


@FAMILY.recipe("shop", share=22)
def shop(dice: Dice) -> Draft:
    """Selling something for a price: tickets, seats, licences, names."""
    what, many = dice.pick(
        ("ticket", "tickets"),
        ("licence", "licences"),
        ("seat", "seats"),
        ("voucher", "vouchers"),
        ("lesson", "lessons"),
    )
    access = guard(dice)
    cap = dice.chance(0.6)
    piece = Piece(
        f"sells {many} for a fixed price in Algo",
        [
            f"price = GlobalState<uint64>({{ initialValue: {dice.pick('1_000_000', '250_000', '5_000_000')} }})",
            "sold = GlobalState<uint64>({ initialValue: 0 })",
            f"{many} = BoxMap<Account, uint64>({{ keyPrefix: '{what[0]}' }})",
        ],
    )
    if cap:
        piece.create.append("this.capacity.value = capacity")
        piece.state.append("capacity = GlobalState<uint64>()")
        piece.create_params.append(("capacity", "uint64", f"the number of {many} for sale"))
    several = dice.chance(0.4)
    if several:
        checks, words = incoming(dice, "payment", amount="this.price.value * quantity")
        params = [("payment", "gtxn.PaymentTxn"), ("quantity", "uint64")]
        words = words.replace("exactly the amount due", "exactly price times quantity")
    else:
        checks, words = incoming(dice, "payment", amount="this.price.value")
        params = [("payment", "gtxn.PaymentTxn")]
    count = "quantity" if several else "1"
    sold_out = f"assert(this.sold.value + {count} <= this.capacity.value, 'sold out')" if cap else ""
    body = join(
        sold_out,
        checks,
        f"this.sold.value += {count}",
        f"const owned: uint64 = this.{many}(Txn.sender).get({{ default: 0 }})",
        f"this.{many}(Txn.sender).value = owned + {count}",
        f"return this.{many}(Txn.sender).value",
    )
    piece.methods.append(
        Method(
            dice.pick("buy", f"buy{what.capitalize()}", "purchase"),
            params,
            "uint64",
            body,
            f"sells {'some ' + many if several else 'one ' + what} to the caller against a payment and returns how many"
            f" the caller owns; {words}" + ("; it fails when everything is sold" if cap else ""),
        )
    )
    verbs = dice.some(["use", "price", "cash", "left", "gift"], 2, 4)
    if "use" in verbs:
        piece.methods.append(
            Method(
                dice.pick("redeem", "use", "validate"),
                [("holder", "Account")],
                "uint64",
                join(
                    access.line,
                    f"const owned: uint64 = this.{many}(holder).get({{ default: 0 }})",
                    f"assert(owned > 0, 'no {what} left')",
                    f"this.{many}(holder).value = owned - 1",
                    "return owned - 1",
                ),
                f"marks one {what} of a holder as used and returns how many are left{only(access)}",
            )
        )
    if "price" in verbs:
        piece.methods.append(
            Method(
                "setPrice",
                [("price", "uint64")],
                "void",
                join(
                    access.line,
                    "assert(price > 0, 'the price must not be zero')" if dice.chance(0.6) else "",
                    "this.price.value = price",
                ),
                f"changes the price{only(access)}",
            )
        )
    if "cash" in verbs:
        spare = (
            "const spare: uint64 = Global.currentApplicationAddress.balance -"
            " Global.currentApplicationAddress.minBalance"
            if dice.chance(0.5)
            else (
                "const account = Global.currentApplicationAddress\nconst spare: uint64 = account.balance -"
                " account.minBalance"
            )
        )
        piece.methods.append(
            Method(
                dice.pick("collect", "cashOut"),
                [("receiver", "Account")],
                "uint64",
                join(access.line, spare, payout(dice, "receiver", "spare"), "return spare"),
                f"pays everything above the minimum balance to a receiver and returns the amount{only(access)}",
            )
        )
    if "left" in verbs and cap:
        piece.methods.append(
            Method(
                dice.pick("remaining", "available"),
                [],
                "uint64",
                "return this.capacity.value - this.sold.value",
                f"returns how many {many} are left",
                readonly=True,
            )
        )
    if "gift" in verbs:
        piece.methods.append(
            Method(
                "give",
                [("receiver", "Account")],
                "void",
                join(
                    f"const owned: uint64 = this.{many}(Txn.sender).get({{ default: 0 }})",
                    f"assert(owned > 0, 'no {what} to give')",
                    f"this.{many}(Txn.sender).value = owned - 1",
                    f"const theirs: uint64 = this.{many}(receiver).get({{ default: 0 }})",
                    f"this.{many}(receiver).value = theirs + 1",
                ),
                f"gives one of the caller's {many} to somebody else",
            )
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        ("TicketShop", "BoxOffice", "Kiosk", "Counter", f"{what.capitalize()}Store"),
        [piece, *(extras(dice, access) if used else [])],
        CONTRACTS,
    )


@FAMILY.recipe("membership", share=16)
def membership(dice: Dice) -> Draft:
    """Paid time: subscriptions that run until a round or a time."""
    clock, unit = dice.pick(("Global.round", "rounds"), ("Global.latestTimestamp", "seconds"))
    period = dice.pick("1_000", "30_000", "86_400") if unit == "rounds" else dice.pick("86_400", "604_800", "2_592_000")
    access = guard(dice, free=20)
    fixed = dice.chance(0.4)
    price = dice.pick("1_000_000", "3_000_000", "500_000") if fixed else "this.dues.value"
    piece = Piece(
        f"sells memberships that last a number of {unit} and can be extended",
        [
            "paidUntil ="
            f" {dice.pick('BoxMap<Account, uint64>({ keyPrefix: ' + chr(39) + 'p' + chr(39) + ' })', 'LocalState<uint64>()')}"
        ],
    )
    local = "LocalState" in piece.state[0]
    types = [f"const PERIOD: uint64 = {period}"]
    piece.types = types
    if not fixed:
        piece.state.append("dues = GlobalState<uint64>({ initialValue: 1_000_000 })")
    if local:
        piece.methods.append(
            Method(
                "optInToApplication",
                [],
                "void",
                "this.paidUntil(Txn.sender).value = 0",
                "opts the caller in without any paid time",
            )
        )
    checks, words = incoming(dice, "payment", amount=price)
    current = "this.paidUntil(Txn.sender).value" if local else "this.paidUntil(Txn.sender).get({ default: 0 })"
    start = dice.pick(
        f"const start: uint64 = until > {clock} ? until : {clock}",
        f"let start: uint64 = {clock}\nif (until > start) {{\n  start = until\n}}",
    )
    body = join(
        checks,
        f"const until: uint64 = {current}",
        start,
        "this.paidUntil(Txn.sender).value = start + PERIOD",
        "return start + PERIOD",
    )
    piece.methods.append(
        Method(
            dice.pick("renew", "subscribe", "extend"),
            [("payment", "gtxn.PaymentTxn")],
            "uint64",
            body,
            f"extends the caller's membership by {int(period.replace('_', '')):,} {unit} from now or from the end of"
            f" what is paid, and returns the new end; {words}",
        )
    )
    verbs = dice.some(["active", "price", "grant", "collect", "gate"], 1, 3)
    reader = "this.paidUntil(account).value" if local else "this.paidUntil(account).get({ default: 0 })"
    if "active" in verbs or "gate" in verbs:
        piece.methods.append(
            Method(
                dice.pick("isActive", "isMember"),
                [("account", "Account")],
                "boolean",
                (
                    f"return {reader} > {clock}"
                    if local
                    else join(f"const until: uint64 = {reader}", f"return until > {clock}")
                ),
                "tells whether an account's membership is running",
                readonly=True,
            )
        )
    if "price" in verbs and not fixed:
        piece.methods.append(
            Method(
                "setDues",
                [("dues", "uint64")],
                "void",
                join(access.line, "this.dues.value = dues"),
                f"changes the dues{only(access)}",
            )
        )
    if "grant" in verbs:
        piece.methods.append(
            Method(
                dice.pick("grant", "gift"),
                [("account", "Account"), ("until", "uint64")],
                "void",
                join(
                    access.line,
                    f"assert(until > {clock}, 'that is in the past')",
                    "this.paidUntil(account).value = until",
                ),
                "sets the end of somebody's membership to a later"
                f" {'round' if unit == 'rounds' else 'time'}{only(access)}",
            )
        )
    if "collect" in verbs:
        piece.methods.append(
            Method(
                "collect",
                [("amount", "uint64")],
                "void",
                join(
                    "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
                    payout(dice, "Global.creatorAddress", "amount"),
                ),
                "pays part of the income to the creator, who alone may call it",
            )
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        ("Membership", "Subscription", "SeasonPass", "GymPass", "Newsletter"),
        [piece, *(extras(dice, access) if used else [])],
        CONTRACTS,
    )


@FAMILY.recipe("fundraiser", share=18)
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
    piece.methods.append(
        Method(
            dice.pick("pledge", "donate", "back"),
            [("payment", "gtxn.PaymentTxn")],
            "uint64",
            join(running, checks, *known, "this.raised.value += payment.amount", "return this.raised.value"),
            f"records a pledge paid in the same group and returns the sum so far, before the deadline only; {words}",
        )
    )
    piece.methods.append(
        Method(
            dice.pick("claim", "collect"),
            [],
            "void",
            join(
                "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
                over,
                f"assert(this.raised.value >= {goal}, 'the goal was missed')",
                "const amount = this.raised.value",
                "this.raised.value = 0",
                payout(dice, "Global.creatorAddress", "amount"),
            ),
            "pays everything to the creator after the deadline when the goal was reached",
        )
    )
    piece.methods.append(
        Method(
            dice.pick("refund", "takeBack"),
            [],
            "uint64",
            join(
                over,
                f"assert(this.raised.value < {goal}, 'the goal was reached')",
                "const amount = this.pledges(Txn.sender).value",
                "assert(amount > 0, 'nothing to refund')",
                "this.pledges(Txn.sender).value = 0",
                payout(dice, "Txn.sender", "amount"),
                "return amount",
            ),
            "pays the caller's pledges back after the deadline when the goal was missed, once, and returns the amount",
        )
    )
    # A refund must not lower `raised`, or late refunds could never fall below the goal again; a claim sets it to zero.
    piece.methods[1].body = piece.methods[1].body.replace(
        "this.raised.value = 0\n", "assert(!this.claimed.value, 'claimed already')\nthis.claimed.value = true\n"
    )
    piece.state.append("claimed = GlobalState<boolean>({ initialValue: false })")
    if dice.chance(0.5):
        piece.methods.append(
            Method(
                "progress",
                [],
                "uint64",
                f"return (this.raised.value * 100) / {goal}",
                "returns the progress in percent",
                readonly=True,
            )
        )
    return contract_draft(dice, ("Fundraiser", "Campaign", "CrowdFund", "Kickoff"), [piece], CONTRACTS)


@FAMILY.recipe("vesting", share=14)
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
    piece.methods.append(
        Method(
            "fund",
            [("payment", "gtxn.PaymentTxn")],
            "void",
            join(
                "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
                "assert(this.total.value === 0, 'funded already')",
                checks,
                "this.total.value = payment.amount",
            ),
            f"takes the creator's payment, once; {words}",
        )
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
    piece.methods.append(
        Method(
            dice.pick("claim", "release"),
            [],
            "uint64",
            claim,
            f"pays the beneficiary what has become free and was not paid yet, {words_v}, and returns the amount; "
            + ("anybody may call it" if anyone else "only the beneficiary may call it"),
        )
    )
    if dice.chance(0.5):
        piece.methods.append(
            Method(
                "remaining",
                [],
                "uint64",
                "return this.total.value - this.released.value",
                "returns what has not been paid out yet",
                readonly=True,
            )
        )
    piece.methods.append(Method(helper, [], "uint64", vested, "", private=True))
    piece.rules.append("Compute the free amount in a private method." if dice.chance(0.5) else "")
    piece.rules = [rule for rule in piece.rules if rule]
    return contract_draft(dice, ("Vesting", "TimeLock", "Allowance", "Annuity", "Stipend"), [piece], CONTRACTS)


@FAMILY.recipe("bidding", share=14)
def bidding(dice: Dice) -> Draft:
    """Bids with refunds, by inner payment or for later collection."""
    item = dice.pick("painting", "domain name", "advertising slot", "vintage guitar", "naming right")
    clock, unit = dice.pick(("Global.round", "rounds"), ("Global.latestTimestamp", "seconds"))
    pull = dice.chance(0.4)
    reserve = dice.chance(0.5)
    step = dice.pick("", "100_000", "1_000_000")
    piece = Piece(
        f"auctions off a {item}: bids are paid in, and whoever is outbid gets the money back"
        if item[0] not in "aeiou"
        else f"auctions off an {item}: bids are paid in, and whoever is outbid gets the money back"
    )
    piece.state = [
        "leader = GlobalState<Account>()",
        "highest = GlobalState<uint64>({ initialValue: 0 })",
        "endsAt = GlobalState<uint64>()",
    ]
    piece.create = [f"this.endsAt.value = {clock} + duration"]
    piece.create_params = [("duration", "uint64", f"the duration in {unit}")]
    if reserve:
        piece.state.append("reserve = GlobalState<uint64>()")
        piece.create.append("this.reserve.value = reserve")
        piece.create_params.append(("reserve", "uint64", "the reserve price"))
    checks, words = incoming(dice, "payment")
    beat = (
        f"assert(payment.amount >= this.highest.value + {step}, 'bid at least {step.replace('_', ',')} more')"
        if step
        else "assert(payment.amount > this.highest.value, 'bid more')"
    )
    back = (
        "this.refunds(this.leader.value).value += this.highest.value"
        if pull
        else payout(dice, "this.leader.value", "this.highest.value")
    )
    if pull:
        piece.state.append("refunds = BoxMap<Account, uint64>({ keyPrefix: 'r' })")
        back = join(
            "const owed: uint64 = this.refunds(this.leader.value).get({ default: 0 })",
            "this.refunds(this.leader.value).value = owed + this.highest.value",
        )
    body = join(
        f"assert({clock} < this.endsAt.value, 'the auction is over')",
        checks,
        "assert(payment.amount >= this.reserve.value, 'below the reserve price')" if reserve else "",
        beat,
        block("if (this.highest.value > 0)", back),
        "this.leader.value = Txn.sender",
        "this.highest.value = payment.amount",
    )
    piece.methods.append(
        Method(
            dice.pick("bid", "placeBid"),
            [("payment", "gtxn.PaymentTxn")],
            "void",
            body,
            "accepts a higher bid before the end and "
            + ("books the previous bid for its bidder" if pull else "pays the previous bidder back at once")
            + f"; {words}"
            + (f"; each bid is at least {step.replace('_', ',')} microAlgos higher" if step else "")
            + ("; it must reach the reserve price" if reserve else ""),
        )
    )
    if pull:
        piece.methods.append(
            Method(
                dice.pick("collectRefund", "withdraw"),
                [],
                "uint64",
                join(
                    "const amount = this.refunds(Txn.sender).value",
                    "assert(amount > 0, 'nothing to refund')",
                    "this.refunds(Txn.sender).value = 0",
                    payout(dice, "Txn.sender", "amount"),
                    "return amount",
                ),
                "pays a bidder what is owed after being outbid and returns the amount",
            )
        )
    piece.methods.append(
        Method(
            dice.pick("settle", "finish"),
            [],
            "void",
            join(
                f"assert({clock} >= this.endsAt.value, 'still running')",
                "const amount = this.highest.value",
                "assert(amount > 0, 'nothing to settle')",
                "this.highest.value = 0",
                payout(dice, "Global.creatorAddress", "amount"),
            ),
            "pays the winning bid to the creator after the end, once",
        )
    )
    if dice.chance(0.5):
        piece.methods.append(
            Method(
                "standing",
                [],
                "[Account, uint64]",
                "return [this.leader.value, this.highest.value]",
                "returns the leading account and its bid as a tuple",
                readonly=True,
            )
        )
    return contract_draft(dice, ("Auction", "BidBoard", "SaleRoom", "Gavel"), [piece], CONTRACTS)


@FAMILY.recipe("payout-rules", share=20)
def payout_rules(dice: Dice) -> Draft:
    """Inner payments under rules: allowances, faucets, splits, payrolls."""
    form = dice.weighted([("faucet", 28), ("split", 26), ("payroll", 24), ("limit", 22)])
    access = guard(dice)
    if form == "faucet":
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
        piece.methods.append(
            Method(
                dice.pick("claim", "request", "drip"),
                [],
                "void",
                body,
                "pays the caller and fails when the last time was too recent",
            )
        )
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    "nextClaim",
                    [("account", "Account")],
                    "uint64",
                    f"return this.lastClaim(account).exists ? this.lastClaim(account).value + {w} : Global.round",
                    "returns the round from which an account may ask again",
                    readonly=True,
                )
            )
        names = ("Faucet", "CoffeeFund", "GasStation")
    elif form == "split":
        first, second = dice.pick(
            ("artist", "label"), ("author", "publisher"), ("driver", "platform"), ("chef", "house")
        )
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
            piece.create_params.append(("percent", "uint64", f"the {first}'s share in percent"))
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
        piece.methods.append(
            Method(
                dice.pick("pay", "receive", "settle"),
                [("payment", "gtxn.PaymentTxn")],
                "uint64",
                join(checks, f"const cut: uint64 = (payment.amount * {percent}) / 100", pay, "return cut"),
                f"takes a payment, pays both parts on at once and returns the {first}'s part; the {second} gets the"
                f" rest; {words}",
            )
        )
        if not fixed and dice.chance(0.5):
            piece.methods.append(
                Method(
                    "setPercent",
                    [("percent", "uint64")],
                    "void",
                    join(access.line, "assert(percent <= 100, 'more than everything')", "this.percent.value = percent"),
                    f"changes the {first}'s share{only(access)}",
                )
            )
        names = ("RoyaltySplit", "RevenueShare", "Splitter")
    elif form == "payroll":
        piece = Piece(
            "pays registered people a wage that they collect themselves",
            [
                "wages = BoxMap<Account, uint64>({ keyPrefix: 'w' })",
                "paidAt = BoxMap<Account, uint64>({ keyPrefix: 't' })",
            ],
        )
        period = dice.pick("604_800", "2_592_000", "86_400")
        piece.types = [f"const PERIOD: uint64 = {period}"]
        piece.methods.append(
            Method(
                dice.pick("hire", "register"),
                [("person", "Account"), ("wage", "uint64")],
                "void",
                join(
                    access.line, "this.wages(person).value = wage", "this.paidAt(person).value = Global.latestTimestamp"
                ),
                f"registers a person with a wage{only(access)}",
            )
        )
        piece.methods.append(
            Method(
                dice.pick("collect", "payday"),
                [],
                "uint64",
                join(
                    "assert(this.wages(Txn.sender).exists, 'not registered')",
                    "assert(Global.latestTimestamp >= this.paidAt(Txn.sender).value + PERIOD, 'not due yet')",
                    "this.paidAt(Txn.sender).value += PERIOD",
                    "const wage = this.wages(Txn.sender).value",
                    payout(dice, "Txn.sender", "wage"),
                    "return wage",
                ),
                f"pays the caller one wage for each period of {int(period.replace('_', '')):,} seconds and returns it",
            )
        )
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    dice.pick("dismiss", "leave"),
                    [("person", "Account")],
                    "void",
                    join(access.line, "this.wages(person).delete()", "this.paidAt(person).delete()"),
                    f"takes a person off the payroll{only(access)}",
                )
            )
        names = ("Payroll", "WageBox", "Paymaster")
    else:
        limit = dice.pick("5_000_000", "10_000_000", "1_000_000")
        window = dice.pick("1_000", "10_000", "100_000")
        piece = Piece(
            f"lets its owner spend at most {int(limit.replace('_', '')):,} microAlgos in any window of"
            f" {int(window.replace('_', '')):,} rounds",
            [
                "windowStart = GlobalState<uint64>({ initialValue: 0 })",
                "spent = GlobalState<uint64>({ initialValue: 0 })",
            ],
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
        piece.methods.append(
            Method(
                dice.pick("spend", "send", "pay"),
                [("receiver", "Account"), ("amount", "uint64")],
                "void",
                body,
                f"pays somebody within the limit{only(access)}",
            )
        )
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    "available",
                    [],
                    "uint64",
                    "return Global.round >= this.windowStart.value + WINDOW ? LIMIT : LIMIT - this.spent.value",
                    "returns what can still be spent in the current window",
                    readonly=True,
                )
            )
        names = ("SpendingLimit", "PocketMoney", "Budget")
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], CONTRACTS)
