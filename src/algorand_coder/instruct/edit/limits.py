"""Bounds on what may be asked of a contract: amounts, times, how often."""

from __future__ import annotations

from algorand_coder.instruct.edit.contract import Change, Contract
from algorand_coder.instruct.edit.operators import Table
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import grouped

TABLE = Table()


@TABLE.operator("upper-limit")
def upper_limit(contract: Contract, dice: Dice) -> Change:
    """A largest amount, as a constant."""
    method = contract.one(dice, lambda m: bool(m.uints()))
    amount = dice.one(method.uints())
    most = grouped(dice.pick(50, 100, 500, 1_000, 10_000, 250_000, 1_000_000, 5_000_000))
    name = dice.pick("MAX_AMOUNT", "LIMIT", "UPPER_BOUND", "MOST")
    contract.fresh(name)
    message = dice.pick("too much", "over the limit", f"at most {most.replace('_', ',')}")
    return Change(
        (
            "refuse arguments above a fixed limit in one of the methods",
            "cap what a single call may ask for",
        ),
        [f'`{amount}` of `{method.name}` may be {most.replace("_", ",")} at most; fail with "{message}".'],
        [
            contract.add_above(f"const {name}: uint64 = {most}"),
            contract.first(method, f"assert({amount} <= {name}, '{message}')"),
        ],
    )


@TABLE.operator("lower-limit")
def lower_limit(contract: Contract, dice: Dice) -> Change:
    """Nothing below a minimum."""
    method = contract.one(dice, lambda m: bool(m.uints()))
    amount = dice.one(method.uints())
    least = dice.pick(1, 2, 5, 10, 1_000)
    condition = f"{amount} > 0" if least == 1 else f"{amount} >= {grouped(least)}"
    message = dice.pick("too little", "below the minimum", f"{amount} is too small")
    return Change(
        (
            "refuse arguments that are too small",
            "add a lower bound to what a method accepts",
        ),
        [f'`{amount}` of `{method.name}` must be at least {least:,}; fail with "{message}".'],
        [contract.first(method, f"assert({condition}, '{message}')")],
    )


@TABLE.operator("adjustable-limit")
def adjustable_limit(contract: Contract, dice: Dice) -> Change:
    """A limit in state that the one in charge moves."""
    name, setter = dice.pick(("maximum", "setMaximum"), ("ceiling", "setCeiling"), ("cap", "setCap"))
    contract.fresh(name, setter)
    line, who = contract.guard
    method = contract.one(dice, lambda m: bool(m.uints()))
    amount = dice.one(method.uints())
    start = grouped(dice.pick(100, 1_000, 50_000, 1_000_000))
    return Change(
        (
            f"limit what one call may ask for, with a limit that {who} can change",
            f"add an upper bound that {who} adjusts at run time",
        ),
        [
            f"The state `{name}` starts at {start.replace('_', ',')}; `{setter}(value: uint64)` changes it.",
            f'`{amount}` of `{method.name}` must not exceed it, or the call fails with "above the {name}".',
        ],
        [
            contract.add_state(f"{name} = GlobalState<uint64>({{ initialValue: {start} }})"),
            contract.first(method, f"assert({amount} <= this.{name}.value, 'above the {name}')"),
            contract.add_methods(contract.method(f"{setter}(value: uint64): void", line, f"this.{name}.value = value")),
        ],
    )


@TABLE.operator("deadline")
def deadline(contract: Contract, dice: Dice) -> Change:
    """A method works until a moment that the one in charge sets."""
    name, setter = dice.pick(("closesOn", "closeOn"), ("endTime", "setEndTime"), ("validUntil", "setValidUntil"))
    contract.fresh(name, setter)
    line, who = contract.guard
    method = contract.one(dice)
    clock, unit = dice.pick(("Global.latestTimestamp", "a Unix time in seconds"), ("Global.round", "a round"))
    message = dice.pick("too late", "closed", "the time is over")
    return Change(
        (
            f"close one of the methods at a time that {who} sets",
            f"add a deadline, set by {who}, after which a method refuses every call",
        ),
        [
            f"`{setter}(value: uint64)` stores {unit} in `{name}`, 0 for no deadline, which is also the start value.",
            f'`{method.name}` fails with "{message}" afterwards.',
        ],
        [
            contract.add_state(f"{name} = GlobalState<uint64>({{ initialValue: 0 }})"),
            contract.first(method, f"assert(this.{name}.value === 0 || {clock} <= this.{name}.value, '{message}')"),
            contract.add_methods(contract.method(f"{setter}(value: uint64): void", line, f"this.{name}.value = value")),
        ],
    )


@TABLE.operator("cooldown")
def cooldown(contract: Contract, dice: Dice) -> Change:
    """Every account waits some rounds between two calls."""
    name = dice.pick("lastSeen", "previousCall", "lastUse")
    rounds = dice.pick(5, 10, 20, 100, 1_000)
    constant = dice.pick("WAIT_ROUNDS", "PAUSE_BETWEEN_CALLS", "COOL_DOWN")
    contract.fresh(name, constant, "previous")
    method = contract.one(dice)
    prefix = contract.prefix(f"{name[0]}{name[-1]}", name)
    message = dice.pick("too soon", "wait a little", "still cooling down")
    return Change(
        (
            f"make every account wait {rounds:,} rounds between two calls of a method",
            f"limit each caller to one call of a method every {rounds:,} rounds",
        ),
        [f'The method is `{method.name}`; keep the round in the box map `{name}` and fail with "{message}".'],
        [
            contract.add_above(f"const {constant}: uint64 = {grouped(rounds)}"),
            contract.add_state(f"{name} = BoxMap<Account, uint64>({{ keyPrefix: '{prefix}' }})"),
            contract.first(
                method,
                f"const previous = this.{name}(Txn.sender).get({{ default: 0 }})",
                f"assert(previous === 0 || Global.round >= previous + {constant}, '{message}')",
                f"this.{name}(Txn.sender).value = Global.round",
            ),
        ],
    )


@TABLE.operator("quota")
def quota(contract: Contract, dice: Dice) -> Change:
    """So many calls an account."""
    name, read = dice.pick(("used", "callsLeft"), ("spent", "remainingCalls"), ("taken", "callsToGo"))
    most = dice.pick(1, 2, 3, 5, 10)
    contract.fresh(name, read, "QUOTA", "before")
    method = contract.one(dice)
    prefix = contract.prefix("q", "quota")
    times = "once" if most == 1 else f"{most} times"
    return Change(
        (
            f"let every account call one of the methods at most {times}, and say how many calls are left",
            f"give each account a quota on a method: {times} altogether",
        ),
        [
            f'`{method.name}` counts in the box map `{name}` and fails with "quota used up".',
            f"The read-only `{read}(account: Account): uint64` tells what is left.",
        ],
        [
            contract.add_above(f"const QUOTA: uint64 = {most}"),
            contract.add_state(f"{name} = BoxMap<Account, uint64>({{ keyPrefix: '{prefix}' }})"),
            contract.first(
                method,
                f"const before = this.{name}(Txn.sender).get({{ default: 0 }})",
                "assert(before < QUOTA, 'quota used up')",
                f"this.{name}(Txn.sender).value = before + 1",
            ),
            contract.add_methods(
                contract.method(
                    f"{read}(account: Account): uint64",
                    f"return QUOTA - this.{name}(account).get({{ default: 0 }})",
                    readonly=True,
                )
            ),
        ],
    )


@TABLE.operator("total-limit")
def total_limit(contract: Contract, dice: Dice) -> Change:
    """An upper bound on the sum of all calls."""
    name = dice.pick("handled", "processed", "volume")
    most = grouped(dice.pick(10_000, 100_000, 1_000_000, 50_000_000))
    contract.fresh(name, "TOTAL_LIMIT")
    method = contract.one(dice, lambda m: bool(m.uints()))
    amount = dice.one(method.uints())
    return Change(
        (
            "bound the sum of what all calls of a method ask for together",
            "stop a method once a total over all callers is reached",
        ),
        [
            f"Add up `{amount}` of `{method.name}` in the state `{name}`.",
            f'It may reach {most.replace("_", ",")}; a call beyond that fails with "total reached".',
        ],
        [
            contract.add_above(f"const TOTAL_LIMIT: uint64 = {most}"),
            contract.add_state(f"{name} = GlobalState<uint64>({{ initialValue: 0 }})"),
            contract.first(
                method,
                f"assert(this.{name}.value + {amount} <= TOTAL_LIMIT, 'total reached')",
                f"this.{name}.value += {amount}",
            ),
        ],
    )
