"""Contracts whose point is refusing: every way to assert, with messages a client can show."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.typescript import block, join, quoted
from algorand_coder.records import Category

FAMILY = Family("contract_errors")
ERRORS = Category.ERRORS


def refuse_unless(dice: Dice, test: str, inverse: str, message: str) -> str:
    """A check in one of the ways the language has."""
    return dice.weighted(
        [(f"assert({test}, {quoted(message)})", 60), (block(f"if ({inverse})", f"err({quoted(message)})"), 40)]
    )


@FAMILY.recipe("guarded-entries", share=30)
def guarded_entries(dice: Dice) -> Draft:
    """One entry point with many named refusals."""
    noun, many = dice.pick(
        ("bid", "bids"), ("booking", "bookings"), ("claim", "claims"), ("entry", "entries"), ("reading", "readings")
    )
    access = guard(dice, free=55)
    low, high = dice.pick(("10", "1_000"), ("1", "100"), ("100", "50_000"))
    checks = {
        "low": (f"amount >= {low}", f"amount < {low}", "too small", f"below {low.replace('_', ',')}"),
        "high": (f"amount <= {high}", f"amount > {high}", "too large", f"above {high.replace('_', ',')}"),
        "open": ("this.isOpen.value", "!this.isOpen.value", "closed", "while the contract is closed"),
        "once": (
            "!this.byAccount(Txn.sender).exists",
            "this.byAccount(Txn.sender).exists",
            "only once",
            "a second time from one account",
        ),
        "late": (
            "Global.round <= this.closesAt.value",
            "Global.round > this.closesAt.value",
            "too late",
            "after the closing round",
        ),
        "label": ("Bytes(label).length > 0", "Bytes(label).length === 0", "label missing", "with an empty label"),
        "long": (
            "Bytes(label).length <= 32",
            "Bytes(label).length > 32",
            "label too long",
            "with a label of more than 32 bytes",
        ),
        "self": (
            "Txn.sender !== Global.creatorAddress",
            "Txn.sender === Global.creatorAddress",
            "not for the creator",
            "from the creator",
        ),
        "full": (
            "this.count.value < this.capacity.value",
            "this.count.value >= this.capacity.value",
            "full",
            "when the capacity is reached",
        ),
    }
    chosen = dice.some(list(checks), 3, 5)
    params = [("amount", "uint64")]
    if {"label", "long"} & set(chosen):
        params.append(("label", "string"))
    if not {"low", "high"} & set(chosen):
        chosen.insert(0, "low")
    piece = Piece(
        f"accepts {many} under strict rules and says exactly why one is refused",
        ["count = GlobalState<uint64>({ initialValue: 0 })"],
    )
    messages = []
    lines = []
    for key in chosen:
        test, inverse, message, when = checks[key]
        lines.append(refuse_unless(dice, test, inverse, message))
        messages.append(f'"{message}" {when}')
    if "open" in chosen:
        first = dice.chance(0.5)
        piece.state.append(f"isOpen = GlobalState<boolean>({{ initialValue: {str(first).lower()} }})")
        piece.rules.append(f"The contract is {'open' if first else 'closed'} at first.")
        piece.write(
            "setOpen",
            "(open: boolean): void",
            f"opens or closes the contract; only {access.who if access.line else 'the creator'} may do it",
            access.line or "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
            "this.isOpen.value = open",
        )
    if "late" in chosen:
        piece.state.append("closesAt = GlobalState<uint64>()")
        piece.create.append("this.closesAt.value = Global.round + rounds")
        piece.create_params.append(("rounds", "uint64", f"how many rounds {many} are accepted"))
    if "full" in chosen:
        piece.state.append("capacity = GlobalState<uint64>()")
        piece.create.append("this.capacity.value = capacity")
        piece.create_params.append(("capacity", "uint64", "the capacity"))
    keep = "once" in chosen or dice.chance(0.5)
    if keep:
        piece.state.append("byAccount = BoxMap<Account, uint64>({ keyPrefix: 'a' })")
        lines.append("this.byAccount(Txn.sender).value = amount")
    back = dice.chance(0.6)
    lines += ["this.count.value += 1", *(["return this.count.value"] if back else [])]
    piece.methods.insert(
        0,
        Method(
            dice.pick("submit", "add", "accept"),
            params,
            "uint64" if back else "void",
            join(*lines),
            f"takes {'an' if noun[0] in 'aeiou' else 'a'} {noun}"
            + (", stores it for the caller" if keep else "")
            + (" and returns how many there are" if back else "")
            + f"; it fails with {listed(messages)}",
        ),
    )
    if keep and dice.chance(0.5):
        piece.read(
            "mine",
            "(account: Account): uint64",
            'returns what an account submitted and fails with "unknown account"',
            refuse_unless(dice, "this.byAccount(account).exists", "!this.byAccount(account).exists", "unknown account"),
            "return this.byAccount(account).value",
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        (f"{noun.capitalize()}Desk", "Intake", "FrontDesk", "Bouncer"),
        [piece, *(extras(dice, access) if used else [])],
        ERRORS,
    )


@FAMILY.recipe("safe-operations", share=22)
def safe_operations(dice: Dice) -> Draft:
    """Operations that would fail with an opcode error, made to fail with a message, or not at all."""
    free = dice.chance(0.35)
    access = guard(dice, free=60)
    var, start = dice.pick("stock", "quota", "fuel", "energy"), dice.pick(0, 100, 50)
    piece = Piece(
        f"manages {var} and never fails without a message of its own",
        [f"{var} = GlobalState<uint64>({{ initialValue: {start} }})"],
        rules=[f"It starts with {var} of {start}."],
    )
    cap = dice.pick("1_000", "500", "10_000")
    library = {
        "take": Method(
            dice.pick("take", "use"),
            [("amount", "uint64")],
            "uint64",
            join(
                access.line,
                refuse_unless(dice, f"amount <= this.{var}.value", f"amount > this.{var}.value", f"not enough {var}"),
                f"this.{var}.value -= amount",
                f"return this.{var}.value",
            ),
            f'takes some away, fails with "not enough {var}" and returns what is left{only(access)}',
        ),
        "put": Method(
            dice.pick("put", "refill"),
            [("amount", "uint64")],
            "uint64",
            join(
                access.line,
                refuse_unless(
                    dice,
                    f"amount <= {cap} - this.{var}.value",
                    f"amount > {cap} - this.{var}.value",
                    "capacity exceeded",
                ),
                f"this.{var}.value += amount",
                f"return this.{var}.value",
            ),
            f'adds some, up to {cap.replace("_", ",")}, fails with "capacity exceeded" and returns the'
            f" sum{only(access)}",
        ),
        "upTo": Method(
            dice.pick("takeUpTo", "drain"),
            [("amount", "uint64")],
            "uint64",
            join(
                access.line,
                f"const taken: uint64 = amount > this.{var}.value ? this.{var}.value : amount",
                f"this.{var}.value -= taken",
                "return taken",
            ),
            "takes as much as there is, up to the wanted amount, and returns what was taken; it never fails for lack"
            f" of {var}{only(access)}",
        ),
        "share": Method(
            "shareOut",
            [("people", "uint64")],
            "uint64",
            join(
                refuse_unless(dice, "people > 0", "people === 0", "nobody to share with"),
                f"return this.{var}.value / people",
            ),
            'returns the equal share for a number of people and fails with "nobody to share with" for zero',
            readonly=True,
        ),
        "try": Method(
            dice.pick("tryTake", "attempt"),
            [("amount", "uint64")],
            "boolean",
            join(
                block(f"if (amount > this.{var}.value)", "return false"), f"this.{var}.value -= amount", "return true"
            ),
            "takes some away and tells whether that was possible, without failing",
        ),
        "exact": Method(
            "setExactly",
            [("value", "uint64")],
            "void",
            join(
                access.line,
                (
                    f"assertMatch({{ value }}, {{ value: {{ between: [1, {cap}] }} }}, 'out of range')"
                    if free
                    else f"assert(value >= 1 && value <= {cap}, 'out of range')"
                ),
                f"this.{var}.value = value",
            ),
            f'sets the value, from 1 to {cap.replace("_", ",")}, or fails with "out of range"{only(access)}',
        ),
        "percent": Method(
            "lower",
            [("percent", "uint64")],
            "uint64",
            join(
                refuse_unless(dice, "percent <= 100", "percent > 100", "percent above 100"),
                f"const cut: uint64 = (this.{var}.value * percent) / 100",
                f"this.{var}.value -= cut",
                "return cut",
            ),
            'lowers the value by a percentage, fails with "percent above 100" and returns the difference',
        ),
        "left": Method(
            dice.pick("left", "remaining"),
            [],
            "uint64",
            f"return this.{var}.value",
            "returns what is left",
            readonly=True,
        ),
    }
    chosen = dice.some(list(library), 3, 5)
    piece.methods = [library[key] for key in chosen]
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        ("SafeStock", f"{var.capitalize()}Keeper", "Inventory", "Meter"),
        [piece, *(extras(dice, access) if used else [])],
        ERRORS,
    )
