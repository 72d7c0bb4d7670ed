"""Numbers in global state that go up, down, back, and remember their best."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only, pause
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.instruct.patterns.words import COUNTED
from algorand_coder.records import Category

FAMILY = Family("contract_state")
STATE = Category.STATE


def start_of(dice: Dice, piece: Piece, var: str) -> str:
    """Declare the number with a first value; returns words for that value where they matter."""
    initial = dice.weighted([("0", 60), (str(dice.pick(10, 100, 5)), 20), ("", 20)])
    if initial:
        piece.state.append(f"{var} = GlobalState<uint64>({{ initialValue: {initial} }})")
        return f" that starts at {initial}" if initial != "0" else ""
    piece.state.append(f"{var} = GlobalState<uint64>({{ key: '{var}' }})")
    if dice.chance(0.5):
        piece.create.append(f"this.{var}.value = 0")
        return ""
    piece.create.append(f"this.{var}.value = start")
    piece.create_params.append(("start", "uint64", "the first value"))
    return ""


def addition(dice: Dice, var: str, one: str, many: str) -> tuple[str, list[str], str]:
    """Parameters, statements and words of the method that adds."""
    step = dice.weighted([("one", 35), ("amount", 40), ("fixed", 25)])
    if step == "one":
        parameters, body, words = "", [f"this.{var}.value += 1"], f"adds one {one}"
    elif step == "fixed":
        amount = dice.pick(2, 5, 10)
        parameters, body, words = "", [f"this.{var}.value += {amount}"], f"adds {amount} {many}"
    else:
        parameters, body, words = "amount: uint64", [f"this.{var}.value += amount"], f"adds a given number of {many}"
        if dice.chance(0.5):
            body.insert(0, "assert(amount > 0, 'nothing to add')")
            words += ", which must not be zero,"
    bound, limit = dice.weighted([("", 45), ("max", 35), ("modulo", 20)]), dice.pick(50, 100, 1_000, 12)
    if bound == "max":
        body.append(f"assert(this.{var}.value <= {limit}, 'the limit is {limit}')")
        words += f" up to a limit of {limit}"
    elif bound == "modulo":
        body.append(block(f"if (this.{var}.value >= {limit})", f"this.{var}.value = 0"))
        words += f", starting again from zero at {limit},"
    return parameters, body, words


@FAMILY.recipe("tally", share=17)
def tally(dice: Dice) -> Draft:
    """A number with one way up and some drawn extras."""
    many, one, class_name = dice.one(COUNTED)
    var = dice.pick(many, "total", "count")
    piece = Piece("")
    piece.gist = f"keeps a tally of {many}" + start_of(dice, piece, var)
    extra = dice.some(["down", "reset", "read", "best", "last"], 1, 3)
    access = guard(dice, free=30)
    switch, check = pause(dice, access) if "reset" in extra and dice.chance(0.5) else (Piece(""), "")
    parameters, body, words = addition(dice, var, one, many)
    returning = dice.chance(0.6)
    if "best" in extra:
        piece.state.append("best = GlobalState<uint64>({ initialValue: 0 })")
        body.append(block(f"if (this.{var}.value > this.best.value)", f"this.best.value = this.{var}.value"))
    if "last" in extra:
        piece.state.append("lastCaller = GlobalState<Account>()")
        body.insert(0, "this.lastCaller.value = Txn.sender")
    piece.write(
        dice.pick("add", "record", "increment", f"add{one.capitalize()}"),
        f"({parameters}): {'uint64' if returning else 'void'}",
        words + " and returns the new total" if returning else words.rstrip(","),
        check,
        *body,
        f"return this.{var}.value" if returning else "",
    )
    if "down" in extra:
        amount = "amount" if parameters else "1"
        piece.write(
            dice.pick("undo", "remove", "subtract"),
            f"({parameters}): void",
            f"takes {'a number of ' + many if parameters else 'one ' + one} away and fails when there are too few",
            check,
            f"assert(this.{var}.value >= {amount}, 'not that many {many}')",
            f"this.{var}.value -= {amount}",
        )
    if "best" in extra:
        piece.read("highest", "(): uint64", "returns the highest total there has ever been", "return this.best.value")
    if "last" in extra:
        says = "returns the account that called the first method last"
        piece.read("latest", "(): Account", says, "return this.lastCaller.value")
    if "read" in extra or not returning:
        piece.read(
            dice.pick("current", "getTotal", "value"), "(): uint64", "returns the total", f"return this.{var}.value"
        )
    if "reset" not in extra:
        return contract_draft(dice, (class_name, class_name + "App"), [piece], STATE)
    says = f"sets the total back to zero{only(access)}"
    piece.write(dice.pick("reset", "clear"), "(): void", says, join(access.line, f"this.{var}.value = 0"))
    return contract_draft(dice, (class_name, class_name + "App"), [piece, switch, *extras(dice, access)], STATE)
