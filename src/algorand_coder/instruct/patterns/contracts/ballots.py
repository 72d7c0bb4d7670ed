"""Voting with options, deadlines, one vote each, and results."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft, uint
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.records import Category

FAMILY = Family("contract_logic")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("ballot", share=14)
def ballot(dice: Dice) -> Draft:
    """Voting with options, deadlines, one vote each, weights and results."""
    clock, unit = dice.pick(("Global.round", "rounds"), ("Global.latestTimestamp", "seconds"))
    access = guard(dice)
    timed, many, change = dice.chance(0.6), dice.chance(0.45), dice.chance(0.3)
    piece = Piece("runs a vote between several options, one vote for each account")
    piece.state = [
        "options = GlobalState<uint64>({ initialValue: 0 })",
        "votes = BoxMap<uint64, uint64>({ keyPrefix: 'v' })",
        "choices = BoxMap<Account, uint64>({ keyPrefix: 'c' })",
    ]
    start = [
        access.line,
        "assert(this.options.value === 0, 'started already')",
        "assert(options >= 2, 'two options at least')",
        "this.options.value = options",
    ]
    params = uint("options")
    if timed:
        piece.state.append("closesAt = GlobalState<uint64>({ initialValue: 0 })")
        start.append(f"this.closesAt.value = {clock} + duration")
        params = uint("options", "duration")
    init = block("for (const option of urange(options))", "this.votes(option).value = 0") if many else ""
    piece.methods.append(
        Method(
            dice.pick("open", "start"),
            params,
            "void",
            join(*start, init),
            "opens the vote, once, with a number of options, at least two"
            + (f", and a duration in {unit}" if timed else "")
            + only(access),
        )
    )
    running = (
        f"assert({clock} < this.closesAt.value, 'the vote is closed')"
        if timed
        else "assert(this.options.value > 0, 'not started')"
    )
    add = (
        "this.votes(option).value += 1"
        if many
        else "const before: uint64 = this.votes(option).get({ default: 0 })\nthis.votes(option).value = before + 1"
    )
    once = "assert(!this.choices(Txn.sender).exists, 'voted already')"
    if change:
        once = block(
            "if (this.choices(Txn.sender).exists)",
            "const old = this.choices(Txn.sender).value\nthis.votes(old).value -= 1",
        )
    piece.write(
        dice.pick("vote", "cast", "choose"),
        "(option: uint64): void",
        "counts the caller's vote for an option"
        + (", taking back an earlier one" if change else ", once for each account")
        + ("; only before the end" if timed else ""),
        running,
        "assert(option < this.options.value, 'no such option')",
        once,
        "this.choices(Txn.sender).value = option",
        add,
    )
    verbs = dice.some(["result", "winner", "voted", "total"], 1, 3)
    reader = "this.votes(option).value" if many else "this.votes(option).get({ default: 0 })"
    if "result" in verbs:
        piece.read(
            dice.pick("votesFor", "result"),
            "(option: uint64): uint64",
            "returns the votes for an option",
            "assert(option < this.options.value, 'no such option')" if dice.chance(0.5) else "",
            f"return {reader}",
        )
    if "winner" in verbs:
        body = join(
            "let best: uint64 = 0",
            "let most: uint64 = 0",
            block(
                "for (const option of urange(this.options.value))",
                join(f"const count: uint64 = {reader}", block("if (count > most)", "most = count\nbest = option")),
            ),
            "return best",
        )
        if timed and dice.chance(0.6):
            body = join(f"assert({clock} >= this.closesAt.value, 'still running')", body)
        piece.read(
            dice.pick("winner", "leading"),
            "(): uint64",
            "returns the option with the most votes, the first one in a tie"
            + (", after the end only" if "still running" in body else ""),
            body,
        )
    if "voted" in verbs:
        piece.read(
            "hasVoted",
            "(account: Account): boolean",
            "tells whether an account has voted",
            "return this.choices(account).exists",
        )
    if "total" in verbs:
        piece.read(
            "turnout",
            "(): uint64",
            "returns how many votes were cast",
            "let total: uint64 = 0",
            block("for (const option of urange(this.options.value))", f"total += {reader}"),
            "return total",
        )
    return contract_draft(
        dice, ("Ballot", "Poll", "Referendum", "Election", "Plebiscite"), [piece, *extras(dice, access)], CONTRACTS
    )
