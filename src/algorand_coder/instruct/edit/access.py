"""Who may do what: owners, allow lists, pausing, and the life cycle of the application."""

from __future__ import annotations

import re

from algorand_coder.instruct.edit.contract import Change, Contract
from algorand_coder.instruct.edit.operators import Table
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.rewriting import Edit

TABLE = Table()


@TABLE.operator("owner-check")
def owner_check(contract: Contract, dice: Dice) -> Change:
    """One method for the one in charge only."""
    line, who = contract.guard
    method = contract.one(dice, lambda m: "Txn.sender" not in contract.source.text(m.body))
    if line in contract.source.text(method.body):
        raise Unfit
    return Change(
        (
            f"restrict one of the methods to {who}",
            f"let only {who} call one more method",
            f"close a hole: anybody can call a method that is meant for {who} alone",
        ),
        [f"The method is `{method.name}`.", *_message(line)],
        [contract.first(method, line)],
    )


@TABLE.operator("pausable")
def pausable(contract: Contract, dice: Dice) -> Change:
    """A switch that stops everything that changes state."""
    word, verb, back = dice.pick(
        ("paused", "pause", "resume"), ("frozen", "freeze", "thaw"), ("halted", "halt", "restart")
    )
    contract.fresh(word, verb, back)
    line, who = contract.guard
    methods = [method for method in contract.methods if method.ordinary]
    if not methods:
        raise Unfit
    message = dice.pick(f"the contract is {word}", f"currently {word}")
    guard = f"assert(!this.{word}.value, '{message}')"
    return Change(
        (
            f"make the contract pausable by {who}",
            f"give {who} an emergency stop that blocks every call that changes something",
            f"add a switch with which {who} can stop all state-changing calls and allow them again",
        ),
        [
            f"Methods `{verb}` and `{back}` switch the state `{word}`.",
            f'While it is on, calls fail with "{message}"; read-only methods go on working.',
        ],
        [
            contract.add_state(f"{word} = GlobalState<boolean>({{ initialValue: false }})"),
            contract.add_methods(
                contract.method(f"{verb}(): void", line, f"this.{word}.value = true"),
                contract.method(f"{back}(): void", line, f"this.{word}.value = false"),
            ),
            *(contract.first(method, guard) for method in methods),
        ],
    )


@TABLE.operator("transferable-owner")
def transferable_owner(contract: Contract, dice: Dice) -> Change:
    """An owner in state in place of the creator."""
    name, setter = dice.pick(("owner", "transferOwnership"), ("admin", "changeAdmin"), ("operator", "handOver"))
    contract.fresh(name, setter)
    inside = contract.source.text(contract.body)
    uses = [n for n in contract.source.all("member_expression") if contract.source.text(n) == "Global.creatorAddress"]
    in_class = [n for n in uses if n.start_byte > contract.body.start_byte and _is_sender_check(contract, n.start_byte)]
    if not in_class or len(in_class) != len(uses) or not re.search(r"Txn\.sender === Global", inside):
        raise Unfit
    message = f"only the {name} can do this"
    return Change(
        (
            f"replace the fixed creator by an {name} that can be handed over",
            "make the role that is now the creator's transferable",
            f"keep an {name} in state, the creator at first, and check it wherever the creator is checked now",
        ),
        [
            f"State `{name}` holds it; `{setter}(next: Account)` changes it and is open to the current one only.",
            "Existing messages stay.",
        ],
        [
            contract.add_state(f"{name} = GlobalState<Account>({{ initialValue: Global.creatorAddress }})"),
            contract.add_methods(
                contract.method(
                    f"{setter}(next: Account): void",
                    f"assert(Txn.sender === this.{name}.value, '{message}')",
                    f"this.{name}.value = next",
                )
            ),
            *(Edit(n.start_byte, n.end_byte, f"this.{name}.value") for n in in_class),
        ],
    )


def _is_sender_check(contract: Contract, start: int) -> bool:
    return contract.source.raw[:start].endswith(b"Txn.sender === ")


@TABLE.operator("allow-list")
def allow_list(contract: Contract, dice: Dice) -> Change:
    """A list of accounts that may call a method."""
    name, add, remove = dice.pick(
        ("allowed", "allow", "disallow"), ("members", "admit", "expel"), ("approved", "approve", "disapprove")
    )
    contract.fresh(name, add, remove)
    line, who = contract.guard
    method = contract.one(dice, lambda m: line not in contract.source.text(m.body))
    prefix = contract.prefix(*dice.shuffled(("al", "acl", name)))
    message = dice.pick("not on the list", f"not {name}", "ask for access first")
    return Change(
        (
            f"add an allow list that {who} keeps, and check it in one of the methods",
            f"let only accounts that {who} has let in use one of the methods",
        ),
        [
            f"`{add}(account: Account)` and `{remove}(account: Account)` manage the box map `{name}`.",
            f'`{method.name}` fails with "{message}" for everybody else.',
        ],
        [
            contract.add_state(f"{name} = BoxMap<Account, boolean>({{ keyPrefix: '{prefix}' }})"),
            contract.add_methods(
                contract.method(f"{add}(account: Account): void", line, f"this.{name}(account).value = true"),
                contract.method(f"{remove}(account: Account): void", line, f"this.{name}(account).delete()"),
            ),
            contract.first(method, f"assert(this.{name}(Txn.sender).exists, '{message}')"),
        ],
    )


@TABLE.operator("ban-list")
def ban_list(contract: Contract, dice: Dice) -> Change:
    """Accounts that may not call a method."""
    name, add = dice.pick(("banned", "ban"), ("blocked", "block"), ("excluded", "exclude"))
    contract.fresh(name, add)
    line, who = contract.guard
    method = contract.one(dice, lambda m: line not in contract.source.text(m.body))
    prefix = contract.prefix(name[:2], name)
    return Change(
        (
            f"let {who} keep single accounts out of one of the methods",
            f"add a list of accounts, kept by {who}, for whom one of the methods is closed",
        ),
        [
            f"`{add}(account: Account, value: boolean)` writes the box map `{name}`.",
            f'`{method.name}` fails with "{name}" for an account that is marked in it.',
        ],
        [
            contract.add_state(f"{name} = BoxMap<Account, boolean>({{ keyPrefix: '{prefix}' }})"),
            contract.add_methods(
                contract.method(
                    f"{add}(account: Account, value: boolean): void", line, f"this.{name}(account).value = value"
                )
            ),
            contract.first(method, f"assert(!this.{name}(Txn.sender).get({{ default: false }}), '{name}')"),
        ],
    )


@TABLE.operator("guarded-delete")
def guarded_delete(contract: Contract, dice: Dice) -> Change:
    """The application can be deleted, by the one in charge."""
    if "DeleteApplication" in contract.source.code or "deleteApplication" in contract.source.code:
        raise Unfit
    line, who = contract.guard
    name = dice.pick("deleteApplication", "remove", "retire", "close")
    contract.fresh(name)
    return Change(
        (
            f"allow {who} to delete the application",
            f"make the application deletable, by {who} only",
        ),
        [f"Handle the bare deletion in `{name}`.", *_message(line)],
        [
            contract.add_methods(
                contract.method(f"{name}(): void", line, decorator="@baremethod({ allowActions: 'DeleteApplication' })")
            )
        ],
    )


@TABLE.operator("guarded-update")
def guarded_update(contract: Contract, dice: Dice) -> Change:
    """The application can be updated, by the one in charge."""
    if "UpdateApplication" in contract.source.code or "updateApplication" in contract.source.code:
        raise Unfit
    line, who = contract.guard
    name = dice.pick("upgrade", "updateProgram", "replaceProgram")
    contract.fresh(name, "revision")
    return Change(
        (
            f"allow {who} to update the application and count the updates",
            f"make the application updatable by {who}, and keep count of how often that happened",
        ),
        [f"`{name}` accepts the update call and adds one to the state `revision`.", *_message(line)],
        [
            contract.add_state("revision = GlobalState<uint64>({ initialValue: 0 })"),
            contract.add_methods(
                contract.method(
                    f"{name}(): void",
                    line,
                    "this.revision.value += 1",
                    decorator="@abimethod({ allowActions: 'UpdateApplication' })",
                )
            ),
        ],
    )


def _message(line: str) -> list[str]:
    """A detail on the text that a guard fails with, where it has one."""
    found = re.search(r"'([^']+)'", line)
    return [f'Fail with "{found[1]}" otherwise.'] if found else []
