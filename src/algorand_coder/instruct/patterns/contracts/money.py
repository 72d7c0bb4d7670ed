"""Blocks for contracts that take and pay Algo."""

from __future__ import annotations

from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import braces, call, inner, join


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
    over = f"exactly {number(amount)}" if amount else f"at least {number(least)}" if least else "more than zero"
    words += f", over {over}"
    if most:
        lines = join(lines, f"assert({name}.amount <= {most}, 'too much')")
        words += f" and at most {number(most)}"
    return lines, words


def match_call(name: str, fields: list[str], message: str) -> str:
    """``assertMatch`` on one line where it is short, else one argument a line."""
    one_line = f"assertMatch({name}, {braces(fields, width=200)}, '{message}')"
    if len(one_line) <= 100:
        return one_line
    return f"assertMatch(\n  {name},\n" + inner(braces(fields, width=92)) + f",\n  '{message}',\n)"


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
