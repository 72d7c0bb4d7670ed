"""Plain values and lists in boxes, with defaults."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.records import Category

FAMILY = Family("contract_state")
STATE = Category.STATE


@FAMILY.recipe("box-balances", share=6)
def box_balances(dice: Dice) -> Draft:
    """Numbers by account, where a missing box is zero."""
    access = guard(dice, free=30)
    word = dice.pick("balances", "scores", "allowances", "quotas")
    get = dice.pick(
        f"this.{word}(account).get({{ default: 0 }})", f"this.{word}(account).exists ? this.{word}(account).value : 0"
    )
    piece = Piece(
        f"keeps {word} by account in boxes, where a missing box counts as zero",
        [f"{word} = BoxMap<Account, uint64>({{ keyPrefix: '{word[0]}' }})"],
    )
    piece.write(
        dice.pick("credit", "add", "raise"),
        "(account: Account, amount: uint64): uint64",
        f"adds to an account's entry and returns the new value{only(access)}",
        access.line,
        f"const current: uint64 = {get}",
        f"this.{word}(account).value = current + amount",
        f"return this.{word}(account).value",
    )
    if dice.chance(0.6):
        piece.write(
            dice.pick("debit", "take", "lower"),
            "(account: Account, amount: uint64): void",
            f"takes from an account's entry and fails when it is too small{only(access)}",
            access.line,
            f"const current: uint64 = {get}",
            "assert(current >= amount, 'not enough left')",
            f"this.{word}(account).value = current - amount",
        )
    if dice.chance(0.5):
        piece.write(
            "move",
            "(receiver: Account, amount: uint64): void",
            "moves an amount from the caller to another account",
            f"const mine: uint64 = this.{word}(Txn.sender).get({{ default: 0 }})",
            "assert(mine >= amount, 'not enough left')",
            f"this.{word}(Txn.sender).value = mine - amount",
            f"const theirs: uint64 = this.{word}(receiver).get({{ default: 0 }})",
            f"this.{word}(receiver).value = theirs + amount",
        )
    piece.read(
        dice.pick("of", "get", "valueOf"),
        "(account: Account): uint64",
        "returns an account's value, zero when there is none",
        f"return {get}",
    )
    if dice.chance(0.4):
        piece.read(
            "lookup",
            "(account: Account): [uint64, boolean]",
            "returns value and whether there is one as a tuple",
            f"const [value, found] = this.{word}(account).maybe()\nreturn [found ? value : 0, found]",
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    names = ("Ledger", "PointsLedger", "Accounts")
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], STATE)


@FAMILY.recipe("box-list", share=5)
def box_list(dice: Dice) -> Draft:
    """A list in one box."""
    access = guard(dice, free=30)
    word = dice.pick("entries", "readings", "prices", "samples")
    cap = dice.pick(10, 20, 50)
    piece = Piece(f"keeps a list of numbers ({word}) in one box", [f"{word} = Box<uint64[]>({{ key: '{word}' }})"])
    piece.write(
        dice.pick("start", "setUp", "open"),
        "(): void",
        f"creates the empty list once{only(access)}",
        access.line,
        f"assert(!this.{word}.exists, 'set up already')",
        f"this.{word}.value = []",
    )
    body = [
        access.line,
        f"assert(this.{word}.value.length < {cap}, 'the list is full')" if dice.chance(0.6) else "",
        f"this.{word}.value.push(value)",
        f"return this.{word}.value.length",
    ]
    piece.write(
        dice.pick("append", "push", "add"),
        "(value: uint64): uint64",
        "appends a number"
        + (f", at most {cap} of them," if body[1] else "")
        + f" and returns the length{only(access)}",
        *body,
    )
    for verb in dice.some(["sum", "at", "max", "last", "above"], 1, 3):
        if verb == "sum":
            piece.read(
                "sum",
                "(): uint64",
                "returns the sum of all numbers",
                "let total: uint64 = 0",
                block(f"for (const value of this.{word}.value)", "total += value"),
                "return total",
            )
        elif verb == "at":
            piece.read(
                "at",
                "(index: uint64): uint64",
                "returns one number by index and fails outside the list",
                f"assert(index < this.{word}.value.length, 'out of range')",
                f"return this.{word}.value[index]",
            )
        elif verb == "max":
            piece.read(
                "largest",
                "(): uint64",
                "returns the largest number, zero for an empty list",
                "let best: uint64 = 0",
                block(f"for (const value of this.{word}.value)", block("if (value > best)", "best = value")),
                "return best",
            )
        elif verb == "last":
            piece.read(
                "last",
                "(): uint64",
                "returns the last number and fails when there is none",
                f"const size: uint64 = this.{word}.value.length",
                "assert(size > 0, 'the list is empty')",
                f"return this.{word}.value[size - 1]",
            )
        else:
            piece.read(
                "countAbove",
                "(limit: uint64): uint64",
                "returns how many numbers exceed a limit",
                "let count: uint64 = 0",
                block(f"for (const value of this.{word}.value)", block("if (value > limit)", "count += 1")),
                "return count",
            )
    used = any(access.line and access.line in m.body for m in piece.methods)
    names = ("Series", "DataLog", "Measurements")
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], STATE)


@FAMILY.recipe("box-text", share=4)
def box_text(dice: Dice) -> Draft:
    """One text in a box, with versions."""
    access = guard(dice, free=30)
    word = dice.pick("notice", "manifesto", "terms", "greeting")
    versions = dice.chance(0.5)
    piece = Piece(
        f"publishes one text ({word}) in a box",
        [
            f"{word} = Box<string>({{ key: '{word}' }})",
            *(["version = GlobalState<uint64>({ initialValue: 0 })"] if versions else []),
        ],
    )
    limited = dice.chance(0.5)
    piece.methods.append(
        Method(
            dice.pick("publish", "write", "setText"),
            [("text", "string")],
            "uint64" if versions else "void",
            join(
                access.line,
                "assert(Bytes(text).length <= 1_024, 'the text is too long')" if limited else "",
                f"this.{word}.value = text",
                "this.version.value += 1" if versions else "",
                "return this.version.value" if versions else "",
            ),
            ("replaces the text, which has at most 1,024 bytes," if limited and versions else "replaces the text")
            + (" by one of at most 1,024 bytes" if limited and not versions else "")
            + (" and returns its version number" if versions else "")
            + only(access),
        )
    )
    piece.read(
        dice.pick("read", "text"),
        "(): string",
        "returns the text",
        dice.pick(
            f"return this.{word}.get({{ default: 'nothing yet' }})",
            f"return this.{word}.exists ? this.{word}.value : ''",
        ),
    )
    if "nothing yet" in piece.methods[-1].body:
        piece.methods[-1].says = "returns the text, 'nothing yet' before the first one"
    else:
        piece.methods[-1].says = "returns the text, empty before the first one"
    if dice.chance(0.4):
        piece.read(
            "size",
            "(): uint64",
            "returns the length of the text in bytes, zero when there is none",
            f"return this.{word}.exists ? Bytes(this.{word}.value).length : 0",
        )
    if dice.chance(0.4):
        piece.write(
            "withdraw",
            "(): boolean",
            f"removes the text and tells whether there was one{only(access)}",
            access.line,
            f"return this.{word}.delete()",
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    names = ("Billboard", "Publication", "Pinboard")
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], STATE)


@FAMILY.recipe("box-flags", share=5)
def box_flags(dice: Dice) -> Draft:
    """Membership lists in boxes."""
    access = guard(dice, free=30)
    word, one = dice.pick(("allowed", "guest"), ("banned", "troublemaker"), ("verified", "account"), ("voted", "voter"))
    count = dice.chance(0.5)
    piece = Piece(
        f"remembers which accounts are {word}",
        [
            f"{word} = BoxMap<Account, boolean>({{ keyPrefix: '{word[:2]}' }})",
            *(["size = GlobalState<uint64>({ initialValue: 0 })"] if count else []),
        ],
    )
    piece.methods.append(
        Method(
            dice.pick("mark", "admit", "add"),
            [(one, "Account")],
            "void",
            join(
                access.line,
                f"assert(!this.{word}({one}).exists, 'listed already')",
                f"this.{word}({one}).value = true",
                "this.size.value += 1" if count else "",
            ),
            f"puts an account on the list and fails when it is there already{only(access)}",
        )
    )
    if dice.chance(0.7):
        piece.methods.append(
            Method(
                dice.pick("unmark", "strike", "remove"),
                [(one, "Account")],
                "void",
                join(
                    access.line,
                    f"assert(this.{word}({one}).exists, 'not listed')",
                    f"this.{word}({one}).delete()",
                    "this.size.value -= 1" if count else "",
                ),
                f"takes an account off the list{only(access)}",
            )
        )
    piece.methods.append(
        Method(
            dice.pick("isListed", "check"),
            [(one, "Account")],
            "boolean",
            f"return this.{word}({one}).exists",
            "tells whether an account is on the list",
            readonly=True,
        )
    )
    if count:
        piece.read("total", "(): uint64", "returns how many accounts are on the list", "return this.size.value")
    used = any(access.line and access.line in m.body for m in piece.methods)
    names = ("AccessList", "Roster", "Gatekeeper")
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], STATE)
