"""Selling things, time, and to the highest bidder."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.contracts.money import incoming, payout
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.records import Category

FAMILY = Family("contract_value")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("shop", share=16)
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
    price = dice.pick(1_000_000, 250_000, 5_000_000)
    piece = Piece(
        f"sells {many} for a fixed price in Algo",
        [
            f"price = GlobalState<uint64>({{ initialValue: {price:_} }})",
            *(["sold = GlobalState<uint64>({ initialValue: 0 })"] if cap else []),
            f"{many} = BoxMap<Account, uint64>({{ keyPrefix: '{what[0]}' }})",
        ],
    )
    piece.rules.append(f"At first {article(what)} costs {price:,} microAlgos.")
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
        f"this.sold.value += {count}" if cap else "",
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
        piece.write(
            dice.pick("redeem", "use", "validate"),
            "(holder: Account): uint64",
            f"marks one {what} of a holder as used and returns how many are left{only(access)}",
            access.line,
            f"const owned: uint64 = this.{many}(holder).get({{ default: 0 }})",
            f"assert(owned > 0, 'no {what} left')",
            f"this.{many}(holder).value = owned - 1",
            "return owned - 1",
        )
    if "price" in verbs:
        positive = dice.chance(0.6)
        piece.write(
            "setPrice",
            "(price: uint64): void",
            f"changes the price{', which must not be zero' if positive else ''}{only(access)}",
            access.line,
            "assert(price > 0, 'the price must not be zero')" if positive else "",
            "this.price.value = price",
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
        piece.write(
            dice.pick("collect", "cashOut"),
            "(receiver: Account): uint64",
            f"pays everything above the minimum balance to a receiver and returns the amount{only(access)}",
            access.line,
            spare,
            payout(dice, "receiver", "spare"),
            "return spare",
        )
    if "left" in verbs and cap:
        piece.read(
            dice.pick("remaining", "available"),
            "(): uint64",
            f"returns how many {many} are left",
            "return this.capacity.value - this.sold.value",
        )
    if "gift" in verbs:
        piece.write(
            "give",
            "(receiver: Account): void",
            f"gives one of the caller's {many} to somebody else",
            f"const owned: uint64 = this.{many}(Txn.sender).get({{ default: 0 }})",
            f"assert(owned > 0, 'no {what} to give')",
            f"this.{many}(Txn.sender).value = owned - 1",
            f"const theirs: uint64 = this.{many}(receiver).get({{ default: 0 }})",
            f"this.{many}(receiver).value = theirs + 1",
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        ("TicketShop", "BoxOffice", "Kiosk", "Counter", f"{what.capitalize()}Store"),
        [piece, *(extras(dice, access) if used else [])],
        CONTRACTS,
    )


@FAMILY.recipe("membership", share=12)
def membership(dice: Dice) -> Draft:
    """Paid time: subscriptions that run until a round or a time."""
    clock, unit = dice.pick(("Global.round", "rounds"), ("Global.latestTimestamp", "seconds"))
    period = dice.pick("1_000", "30_000", "86_400") if unit == "rounds" else dice.pick("86_400", "604_800", "2_592_000")
    access = guard(dice, free=20)
    fixed = dice.chance(0.4)
    price = dice.pick("1_000_000", "3_000_000", "500_000") if fixed else "this.dues.value"
    piece = Piece(
        f"sells memberships that last a number of {unit} and can be extended",
        [dice.pick("paidUntil = BoxMap<Account, uint64>({ keyPrefix: 'p' })", "paidUntil = LocalState<uint64>()")],
    )
    local = "LocalState" in piece.state[0]
    types = [f"const PERIOD: uint64 = {period}"]
    piece.types = types
    if not fixed:
        piece.state.append("dues = GlobalState<uint64>({ initialValue: 1_000_000 })")
        piece.rules.append("At first the dues are 1 Algo.")
    if local:
        piece.write(
            "optInToApplication",
            "(): void",
            "opts the caller in without any paid time",
            "this.paidUntil(Txn.sender).value = 0",
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
    piece.write(
        dice.pick("renew", "subscribe", "extend"),
        "(payment: gtxn.PaymentTxn): uint64",
        f"extends the caller's membership by {int(period.replace('_', '')):,} {unit} from now or from the end of"
        f" what is paid, and returns the new end; {words}",
        body,
    )
    verbs = dice.some(["active", "price", "grant", "collect", "gate"], 1, 3)
    reader = "this.paidUntil(account).value" if local else "this.paidUntil(account).get({ default: 0 })"
    if "active" in verbs or "gate" in verbs:
        piece.read(
            dice.pick("isActive", "isMember"),
            "(account: Account): boolean",
            "tells whether an account's membership is running",
            (
                f"return {reader} > {clock}"
                if local
                else join(f"const until: uint64 = {reader}", f"return until > {clock}")
            ),
        )
    if "price" in verbs and not fixed:
        piece.write(
            "setDues", "(dues: uint64): void", f"changes the dues{only(access)}", access.line, "this.dues.value = dues"
        )
    if "grant" in verbs:
        piece.write(
            dice.pick("grant", "gift"),
            "(account: Account, until: uint64): void",
            f"sets the end of somebody's membership to a later {'round' if unit == 'rounds' else 'time'}{only(access)}",
            access.line,
            f"assert(until > {clock}, 'that is in the past')",
            "this.paidUntil(account).value = until",
        )
    if "collect" in verbs:
        piece.write(
            "collect",
            "(amount: uint64): void",
            "pays part of the income to the creator, who alone may call it",
            "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
            payout(dice, "Global.creatorAddress", "amount"),
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        ("Membership", "Subscription", "SeasonPass", "GymPass", "Newsletter"),
        [piece, *(extras(dice, access) if used else [])],
        CONTRACTS,
    )


@FAMILY.recipe("bidding", share=10)
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
    piece.write(
        dice.pick("bid", "placeBid"),
        "(payment: gtxn.PaymentTxn): void",
        "accepts a higher bid before the end and "
        + ("books the previous bid for its bidder" if pull else "pays the previous bidder back at once")
        + f"; {words}"
        + (f"; each bid is at least {step.replace('_', ',')} microAlgos higher" if step else "")
        + ("; it must reach the reserve price" if reserve else ""),
        body,
    )
    if pull:
        piece.write(
            dice.pick("collectRefund", "withdraw"),
            "(): uint64",
            "pays a bidder what is owed after being outbid and returns the amount",
            "const amount = this.refunds(Txn.sender).value",
            "assert(amount > 0, 'nothing to refund')",
            "this.refunds(Txn.sender).value = 0",
            payout(dice, "Txn.sender", "amount"),
            "return amount",
        )
    piece.write(
        dice.pick("settle", "finish"),
        "(): void",
        "pays the winning bid to the creator after the end, once",
        f"assert({clock} >= this.endsAt.value, 'still running')",
        "const amount = this.highest.value",
        "assert(amount > 0, 'nothing to settle')",
        "this.highest.value = 0",
        payout(dice, "Global.creatorAddress", "amount"),
    )
    if dice.chance(0.5):
        piece.read(
            "standing",
            "(): [Account, uint64]",
            "returns the leading account and its bid as a tuple",
            "return [this.leader.value, this.highest.value]",
        )
    return contract_draft(dice, ("Auction", "BidBoard", "SaleRoom", "Gavel"), [piece], CONTRACTS)
