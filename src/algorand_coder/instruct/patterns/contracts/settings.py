"""Global values of several types with setters, getters and checks."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.typescript import join
from algorand_coder.records import Category

FAMILY = Family("contract_state")
STATE = Category.STATE


VALUES = (
    ("title", "string", "a title", "''"),
    ("motto", "string", "a motto", "''"),
    ("fee", "uint64", "a fee", "0"),
    ("limit", "uint64", "a limit", "0"),
    ("isOpen", "boolean", "an open flag", "false"),
    ("curator", "Account", "a curator's account", ""),
    ("checksum", "bytes", "a checksum", ""),
    ("deadline", "uint64", "a deadline round", "0"),
    ("rate", "uint64", "a rate in basis points", "0"),
    ("region", "string", "a region", "''"),
    ("beneficiary", "Account", "a beneficiary", ""),
    ("supply", "biguint", "a supply of more than 64 bits", ""),
)


@FAMILY.recipe("settings", share=19)
def settings(dice: Dice) -> Draft:
    """Global values of several types with setters, getters and checks."""
    access = guard(dice)
    chosen = dice.some(VALUES, 2, 4)
    piece = Piece(f"stores {listed([words for _, _, words, _ in chosen])}" + f", which only {access.who} can change")
    together = dice.chance(0.3)
    for name, kind, _words, initial in chosen:
        key = f"key: '{name[:3]}'" if dice.chance(0.25) else ""
        start = f"initialValue: {initial}" if initial and dice.chance(0.7) else ""
        options = ", ".join(part for part in (key, start) if part)
        piece.state.append(f"{name} = GlobalState<{kind}>({'{ ' + options + ' }' if options else ''})")
    rules = {
        "fee": ("assert({v} <= 100_000, 'the fee is too high')", "at most 100,000 microAlgos"),
        "limit": ("assert({v} > 0, 'the limit must not be zero')", "more than zero"),
        "deadline": ("assert({v} > Global.round, 'the deadline has passed')", "later than the current round"),
        "rate": ("assert({v} <= 10_000, 'more than 100 percent')", "at most 10,000"),
        "title": ("assert(Bytes({v}).length > 0, 'the title is empty')", "not empty"),
        "curator": ("assert({v} !== Global.zeroAddress, 'the zero address is not allowed')", "not the zero address"),
    }
    if together:
        checks = [rules[n][0].format(v=n) for n, *_ in chosen if n in rules and dice.chance(0.6)]
        body = join(access.line, *checks, *(f"this.{n}.value = {n}" for n, *_ in chosen))
        limits = [
            f"{n} must be {rules[n][1]}".replace("be not", "not be")
            for n, *_ in chosen
            if n in rules and rules[n][0].format(v=n) in checks
        ]
        piece.methods.append(
            Method(
                dice.pick("configure", "setAll", "update"),
                [(n, k) for n, k, *_ in chosen],
                "void",
                body,
                "sets all values at once" + only(access),
            )
        )
        if limits:
            piece.rules.append(f"Checks: {'; '.join(limits)}.")
    else:
        for name, kind, words, _ in chosen:
            value = dice.pick("value", f"new{name[0].upper()}{name[1:]}")
            bounded = name in rules and dice.chance(0.55)
            old = (
                kind in {"uint64", "string"}
                and dice.chance(0.15)
                and any(n == name and i for n, _, _, i in VALUES)
                and "initialValue" in next(s for s in piece.state if s.startswith(f"{name} ="))
            )
            lines = [access.line, rules[name][0].format(v=value) if bounded else ""]
            lines += (
                [f"const previous = this.{name}.value", f"this.{name}.value = {value}", "return previous"]
                if old
                else [f"this.{name}.value = {value}"]
            )
            says = (
                f"changes the {words.split(' ', 1)[1]}"
                + (f", which must be {rules[name][1]}".replace("be not", "not be") if bounded else "")
                + (", and returns the one before" if old else "")
                + only(access)
            )
            piece.methods.append(
                Method(f"set{name[0].upper()}{name[1:]}", [(value, kind)], kind if old else "void", join(*lines), says)
            )
    if dice.chance(0.7):
        readable = dice.some(chosen, 1, 2)
        if len(readable) == 2 and dice.chance(0.4):
            kinds = ", ".join(kind for _, kind, *_ in readable)
            says = f"returns {listed([words.split(' ', 1)[1] for _, _, words, _ in readable])} as a tuple"
            parts = ", ".join(f"this.{name}.value" for name, *_ in readable)
            piece.read(dice.pick("summary", "overview"), f"(): [{kinds}]", says, f"return [{parts}]")
        else:
            for name, kind, words, initial in readable:
                guarded = dice.chance(0.4) and not initial
                piece.read(
                    f"get{name[0].upper()}{name[1:]}",
                    f"(): {kind}",
                    f"returns the {words.split(' ', 1)[1]}"
                    + (" and fails while it has not been set" if guarded else ""),
                    f"assert(this.{name}.hasValue, '{name} has not been set')" if guarded else "",
                    f"return this.{name}.value",
                )
    return contract_draft(
        dice,
        ("Settings", "Registry", "ControlPanel", "Config", "Noticeboard", "Parameters"),
        [piece, *extras(dice, access)],
        STATE,
    )
