"""What a contract gains: getters, setters, counters, records, events, payouts."""

from __future__ import annotations

from algorand_coder.instruct.edit.contract import Change, Contract, Method
from algorand_coder.instruct.edit.operators import Table
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice

TABLE = Table()
_PLAIN = ("uint64", "string", "boolean", "Account")


def upper(name: str) -> str:
    """``name`` with a capital first letter."""
    return name[0].upper() + name[1:]


@TABLE.operator("getter")
def getter(contract: Contract, dice: Dice) -> Change:
    """A read-only method for a value in global state."""
    read = {
        state.name
        for state in contract.states
        for method in contract.methods
        if f"return this.{state.name}.value\n" in contract.source.text(method.body)
    }
    found = [state for state in contract.globals_of(*_PLAIN) if state.name not in read]
    if not found:
        raise Unfit
    state = dice.one(found)
    name = dice.pick(f"get{upper(state.name)}", f"read{upper(state.name)}", f"{state.name}Now")
    contract.fresh(name)
    return Change(
        (
            "add a read-only method that returns one of the stored values",
            "make a value that is kept in state readable by an ABI call",
            "let clients read a piece of state without decoding it themselves",
        ),
        [f"Return `{state.name}` from `{name}(): {state.types[0]}`."],
        [
            contract.add_methods(
                contract.method(f"{name}(): {state.types[0]}", f"return this.{state.name}.value", readonly=True)
            )
        ],
    )


@TABLE.operator("setter")
def setter(contract: Contract, dice: Dice) -> Change:
    """The one in charge can change a value."""
    found = contract.globals_of("uint64", "string", "boolean")
    if not found:
        raise Unfit
    state = dice.one(found)
    line, who = contract.guard
    name = dice.pick(f"set{upper(state.name)}", f"change{upper(state.name)}", f"adjust{upper(state.name)}")
    contract.fresh(name)
    return Change(
        (
            f"let {who} change one of the stored values later",
            f"add a setter for a value in state that only {who} may use",
        ),
        [f"`{name}(value: {state.types[0]})` stores a new `{state.name}`."],
        [
            contract.add_methods(
                contract.method(f"{name}(value: {state.types[0]}): void", line, f"this.{state.name}.value = value")
            )
        ],
    )


@TABLE.operator("reset")
def reset(contract: Contract, dice: Dice) -> Change:
    """A number back to zero."""
    found = contract.globals_of("uint64")
    if not found:
        raise Unfit
    state = dice.one(found)
    line, who = contract.guard
    name = dice.pick(f"reset{upper(state.name)}", f"clear{upper(state.name)}", "startOver")
    contract.fresh(name)
    return Change(
        (
            f"let {who} put a number in state back to zero and learn what it was",
            f"add a reset that {who} alone may call and that returns the value it wipes",
        ),
        [f"`{name}(): uint64` resets `{state.name}`."],
        [
            contract.add_methods(
                contract.method(
                    f"{name}(): uint64",
                    line,
                    f"const before = this.{state.name}.value",
                    f"this.{state.name}.value = 0",
                    "return before",
                )
            )
        ],
    )


@TABLE.operator("call-counter")
def call_counter(contract: Contract, dice: Dice) -> Change:
    """How often a method was called."""
    name, read = dice.pick(("calls", "callCount"), ("uses", "usage"), ("runs", "numberOfRuns"))
    contract.fresh(name, read)
    method = contract.one(dice)
    return Change(
        (
            "count how often one of the methods was called successfully",
            "keep a counter of the successful calls of a method and make it readable",
        ),
        [f"Count calls of `{method.name}` in `{name}`, and return the number from the read-only `{read}(): uint64`."],
        [
            contract.add_state(f"{name} = GlobalState<uint64>({{ initialValue: 0 }})"),
            contract.last(method, f"this.{name}.value += 1"),
            contract.add_methods(contract.method(f"{read}(): uint64", f"return this.{name}.value", readonly=True)),
        ],
    )


@TABLE.operator("last-caller")
def last_caller(contract: Contract, dice: Dice) -> Change:
    """Who called last, and when."""
    who, when, read = dice.pick(
        ("lastCaller", "lastRound", "latestCall"), ("recentUser", "recentRound", "recentUse"), ("by", "at", "trace")
    )
    contract.fresh(who, when, read)
    method = contract.one(dice)
    return Change(
        (
            "remember who called a method last and in which round",
            "leave a trace of the latest call of a method: the caller and the round",
        ),
        [
            f"`{method.name}` writes `{who}` and `{when}`.",
            f"The read-only `{read}(): [Account, uint64]` returns both.",
        ],
        [
            contract.add_state(f"{who} = GlobalState<Account>()", f"{when} = GlobalState<uint64>()"),
            contract.last(method, f"this.{who}.value = Txn.sender", f"this.{when}.value = Global.round"),
            contract.add_methods(
                contract.method(
                    f"{read}(): [Account, uint64]", f"return [this.{who}.value, this.{when}.value]", readonly=True
                )
            ),
        ],
    )


@TABLE.operator("per-account-record")
def per_account_record(contract: Contract, dice: Dice) -> Change:
    """A box map with a sum for every caller."""
    name, read = dice.pick(("totals", "totalOf"), ("sums", "sumOf"), ("records", "recordOf"))
    contract.fresh(name, read)
    method = contract.one(dice, lambda m: bool(m.uints()))
    amount = dice.one(method.uints())
    prefix = contract.prefix(*dice.shuffled(("t", "tot", "acc")))
    return Change(
        (
            "keep a running total for every caller in boxes and make it readable",
            "record in a box map how much each account has passed to a method altogether",
        ),
        [
            f"Add `{amount}` of `{method.name}` to the caller's entry in `{name}`.",
            f"The read-only `{read}(account: Account): uint64` returns it, 0 for unknown accounts.",
        ],
        [
            contract.add_state(f"{name} = BoxMap<Account, uint64>({{ keyPrefix: '{prefix}' }})"),
            contract.last(
                method,
                f"this.{name}(Txn.sender).value = this.{name}(Txn.sender).get({{ default: 0 }}) + {amount}",
            ),
            contract.add_methods(
                contract.method(
                    f"{read}(account: Account): uint64",
                    f"return this.{name}(account).get({{ default: 0 }})",
                    readonly=True,
                )
            ),
        ],
    )


@TABLE.operator("struct-record")
def struct_record(contract: Contract, dice: Dice) -> Change:
    """A box map of structs: caller, round and number of calls."""
    name, read, kind = dice.pick(
        ("history", "historyOf", "Usage"), ("visits", "visitsOf", "Visit"), ("entries", "entryOf", "Entry")
    )
    contract.fresh(name, read, kind, "count", "lastRound")
    method = contract.one(dice)
    prefix = contract.prefix(name[0], name)
    return Change(
        (
            "store a struct for every caller: how many calls it made and the round of the latest",
            "keep statistics per account in boxes: number of calls and round of the last one",
        ),
        [
            f"The struct is `{kind}` with `count` and `lastRound`; `{method.name}` updates it in the box map `{name}`.",
            f'The read-only `{read}(account: Account): {kind}` returns it and fails with "no entry" otherwise.',
        ],
        [
            contract.add_above(f"type {kind} = {{\n  count: uint64\n  lastRound: uint64\n}}"),
            contract.add_state(f"{name} = BoxMap<Account, {kind}>({{ keyPrefix: '{prefix}' }})"),
            contract.last(
                method,
                f"const seen: uint64 = this.{name}(Txn.sender).exists ? this.{name}(Txn.sender).value.count : 0",
                f"this.{name}(Txn.sender).value = {{ count: seen + 1, lastRound: Global.round }}",
            ),
            contract.add_methods(
                contract.method(
                    f"{read}(account: Account): {kind}",
                    f"assert(this.{name}(account).exists, 'no entry')",
                    f"return clone(this.{name}(account).value)",
                    readonly=True,
                )
            ),
        ],
    )


def _loggable(method: Method) -> bool:
    return bool(method.params) and all(kind in {"uint64", "string", "boolean", "Account"} for _, kind in method.params)


@TABLE.operator("event")
def event(contract: Contract, dice: Dice) -> Change:
    """An event with the arguments of a call."""
    method = contract.one(dice, _loggable)
    kind = upper(method.name) + dice.pick("Done", "Event", "Called")
    contract.fresh(kind, "emit")
    fields = [f"{name}: {'arc4.Address' if kind_ == 'Account' else kind_}" for name, kind_ in method.params]
    if any("arc4" in each for each in fields):
        raise Unfit
    values = ", ".join(name for name, _ in method.params)
    return Change(
        (
            "emit an event whenever one of the methods succeeds, with its arguments",
            "let indexers follow a method: emit an event with what it was called with",
        ),
        [f"`{method.name}` emits `{kind}`, declared as a type with one field per parameter."],
        [
            contract.add_above(f"type {kind} = {{\n" + "\n".join(f"  {each}" for each in fields) + "\n}"),
            contract.last(method, f"emit<{kind}>({{ {values} }})"),
        ],
    )


@TABLE.operator("withdrawal")
def withdrawal(contract: Contract, dice: Dice) -> Change:
    """A payout of Algo to the one in charge."""
    name = dice.pick("withdrawFunds", "payOut", "drain", "collectFunds")
    contract.fresh(name)
    line, who = contract.guard
    target = dice.pick("Txn.sender", "receiver")
    head = (
        f"{name}(amount: uint64): void"
        if target == "Txn.sender"
        else f"{name}(receiver: Account, amount: uint64): void"
    )
    words = "to the caller" if target == "Txn.sender" else "to a given account"
    return Change(
        (
            f"let {who} take Algo out of the application's account, {words}",
            f"add a withdrawal in Algo {words} that only {who} may make",
        ),
        [f"The method is `{head}`; it must leave the minimum balance untouched.", 'Fail with "not enough" otherwise.'],
        [
            contract.add_methods(
                contract.method(
                    head,
                    line,
                    "const account = Global.currentApplicationAddress",
                    "assert(account.balance >= account.minBalance + amount, 'not enough')",
                    f"itxn.payment({{ receiver: {target}, amount }}).submit()",
                )
            )
        ],
    )


@TABLE.operator("deposit")
def deposit(contract: Contract, dice: Dice) -> Change:
    """The application's account can be funded by an ABI call."""
    name, state = dice.pick(("topUp", "funded"), ("donateTo", "donations"), ("addFunds", "received"))
    contract.fresh(name, state)
    return Change(
        (
            "let anybody fund the application with a payment in the same group, and add the payments up",
            "accept payments into the application's account by an ABI call that returns the sum of all of them",
        ),
        [
            f"`{name}(payment: gtxn.PaymentTxn): uint64` adds to the state `{state}`.",
            'Check that the payment goes to the application, with "wrong receiver".',
        ],
        [
            contract.add_state(f"{state} = GlobalState<uint64>({{ initialValue: 0 }})"),
            contract.add_methods(
                contract.method(
                    f"{name}(payment: gtxn.PaymentTxn): uint64",
                    "assert(payment.receiver === Global.currentApplicationAddress, 'wrong receiver')",
                    f"this.{state}.value += payment.amount",
                    f"return this.{state}.value",
                )
            ),
        ],
    )


@TABLE.operator("summary")
def summary(contract: Contract, dice: Dice) -> Change:
    """Several values in one call."""
    found = contract.globals_of("uint64", "boolean", "Account", "string")
    if len(found) < 2:
        raise Unfit
    chosen = dice.some(found, 2, 3)
    name = dice.pick("summary", "overview", "snapshot")
    contract.fresh(name)
    kinds = f"[{', '.join(state.types[0] for state in chosen)}]"
    values = ", ".join(f"this.{state.name}.value" for state in chosen)
    listed = ", ".join(f"`{state.name}`" for state in chosen)
    return Change(
        (
            "return several values of the state together in one read-only call",
            "add a read-only method that gives clients an overview as a tuple",
        ),
        [f"`{name}` returns {listed}, in this order."],
        [contract.add_methods(contract.method(f"{name}(): {kinds}", f"return [{values}]", readonly=True))],
    )
