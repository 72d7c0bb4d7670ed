"""Changes that leave the behaviour as it is, or nearly: names, results, shared checks."""

from __future__ import annotations

import re

from algorand_coder.instruct.edit.contract import Change, Contract
from algorand_coder.instruct.edit.operators import Table
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.rewriting import Edit

TABLE = Table()
_WORDS = {
    "count": ("tally", "numberSoFar"),
    "price": ("unitPrice", "cost"),
    "owner": ("holder", "proprietor"),
    "asset": ("token", "assetId"),
    "total": ("grandTotal", "sumOfAll"),
    "seller": ("vendor", "provider"),
    "deadline": ("endRound", "closingTime"),
}


@TABLE.operator("rename-state")
def rename_state(contract: Contract, dice: Dice) -> Change:
    """Another name for a state field, everywhere."""
    if not contract.states:
        raise Unfit
    state = dice.one(contract.states)
    new = dice.one(_WORDS.get(state.name, (f"{state.name}Value", f"current{state.name[0].upper()}{state.name[1:]}")))
    return Change(
        (
            "rename a state field and everything that uses it",
            "give one of the state fields a better name, throughout the contract",
        ),
        [f"`{state.name}` becomes `{new}`.", "Method names and signatures stay."],
        contract.rename(state.name, new),
    )


@TABLE.operator("rename-method")
def rename_method(contract: Contract, dice: Dice) -> Change:
    """Another name for a public method."""
    method = contract.one(dice)
    new = f"{method.name}{dice.pick('Now', 'Once', 'V2')}"
    return Change(
        ("rename one of the public methods", "change the name of a method, and of every use of it"),
        [f"`{method.name}` becomes `{new}`; its selector may change."],
        contract.rename(method.name, new),
    )


@TABLE.operator("return-new-value")
def return_new_value(contract: Contract, dice: Dice) -> Change:
    """A method that returned nothing returns what it stored."""
    stored = re.compile(r"^this\.(\w+)\.value (?:[+-]?=) ", re.MULTILINE)
    kinds = {state.name: state.types[0] for state in contract.globals_of("uint64", "boolean", "string")}

    def last_state(text: str) -> str:
        found = stored.match(text)
        return found[1] if found and found[1] in kinds else ""

    method = contract.one(
        dice,
        lambda m: (
            m.returns == "void"
            and bool(m.body.named_children)
            and bool(last_state(contract.source.text(m.body.named_children[-1])))
        ),
    )
    name = last_state(contract.source.text(method.body.named_children[-1]))
    result = method.node.child_by_field_name("return_type")
    if result is None:
        raise Unfit
    return Change(
        (
            "let a method return the value that it has just stored, so that callers need no second call",
            "give a method that returns nothing the new value as its result",
        ),
        [f"`{method.name}` returns `{name}` as {kinds[name]}."],
        [
            Edit(result.start_byte, result.end_byte, f": {kinds[name]}"),
            contract.last(method, f"return this.{name}.value"),
        ],
    )


@TABLE.operator("shared-check")
def shared_check(contract: Contract, dice: Dice) -> Change:
    """An assertion that several methods repeat, in a private method of its own."""
    found: dict[str, list[Edit]] = {}
    for node in contract.source.all("expression_statement"):
        text = contract.source.text(node)
        names = set(re.findall(r"(?<![\w.'])[a-z]\w*(?=[.\s,)])", text.split("'")[0])) - {"this", "assert"}
        if text.startswith("assert(") and not names and node.start_byte > contract.body.start_byte:
            found.setdefault(text, []).append(Edit(node.start_byte, node.end_byte, ""))
    repeated = [text for text, places in found.items() if len(places) > 1]
    if not repeated:
        raise Unfit
    text = dice.one(repeated)
    name = dice.pick("ensureAllowed", "precondition", "checkFirst", "mustHold")
    contract.fresh(name)
    message = re.search(r"'([^']+)'\)$", text)
    return Change(
        (
            "move an assertion that several methods repeat into a private method",
            "remove the duplicated check: write it once and call it where it is needed",
        ),
        [f"Call it `{name}`."] + ([f'It is the check that fails with "{message[1]}".'] if message else []),
        [
            *(Edit(edit.start, edit.end, f"this.{name}()") for edit in found[text]),
            contract.add_methods(f"private {name}(): void {{\n  {text}\n}}"),
        ],
    )


@TABLE.operator("named-constant")
def named_constant(contract: Contract, dice: Dice) -> Change:
    """A number in the code becomes a constant with a name."""
    numbers = [
        node
        for node in contract.source.all("number")
        if re.fullmatch(r"[\d_]{2,}", contract.source.text(node))
        and node.start_byte > contract.body.start_byte
        and node.parent is not None
        and node.parent.type in {"binary_expression", "arguments"}
    ]
    if not numbers:
        raise Unfit
    number = contract.source.text(dice.one(numbers))
    same = [node for node in numbers if contract.source.text(node) == number]
    name = dice.pick("BOUND", "STEP", "THRESHOLD", "FIXED_VALUE")
    contract.fresh(name)
    return Change(
        (
            "give a number that stands in the middle of the code a name",
            "replace a magic number by a constant at the top of the file",
        ),
        [f"`{name}` is {int(number):,}."],
        [
            contract.add_above(f"const {name}: uint64 = {number}"),
            *(Edit(node.start_byte, node.end_byte, name) for node in same),
        ],
    )
