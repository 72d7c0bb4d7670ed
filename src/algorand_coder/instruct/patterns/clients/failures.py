"""Operations that may fail, and what the network says when they do."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.apps import AbiMethod, App, app_and_method
from algorand_coder.instruct.patterns.base import Arg, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, given_algo, signer, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID, UNITS
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, argument_list, shown_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, call, inner, quoted
from algorand_coder.instruct.patterns.words import HOLDERS, PAYERS, RECEIVERS, TOKEN_ADMINS

MESSAGE = "error instanceof Error ? error.message : String(error)"


@dataclass(frozen=True, slots=True)
class Failure:
    """A refusal of the network: part of its message, a code for programs, words for people."""

    mark: str
    code: str
    says: str


OVERSPEND = Failure("overspend", "insufficient-funds", "the balance does not cover it")


BELOW_MINIMUM = Failure("below min", "below-minimum-balance", "an account would fall below its minimum balance")


NOT_OPTED_IN = Failure("must optin", "not-opted-in", "the receiver has not opted in to the asset")


UNDERFLOW = Failure("underflow on subtracting", "too-few-units", "the sender holds too few units")


FROZEN = Failure("frozen in", "frozen", "the asset is frozen for an account")


DEAD = Failure("txn dead", "expired", "the validity window has passed")


TWICE = Failure("already in ledger", "duplicate", "the very same transaction was confirmed before")


LOW_FEE = Failure("less than the minimum", "fee-too-low", "the fee is below the minimum")


UNSIGNED = Failure("should have been authorized by", "wrong-signer", "another key must sign for the account")


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that may fail."""

    sent: str
    """Call whose promise may reject."""
    args: tuple[Arg, ...]
    noun: str
    failures: tuple[Failure, ...]
    client: Arg | None = None
    context: str = ""
    needs: str = ""


def operation(dice: Dice, *, app: bool = True) -> Operation:
    """A drawn operation with the failures it is known for."""
    form = dice.pick(
        "payment", "payment", "transfer", "transfer", "optin", "freeze", *(["call", "call"] if app else [])
    )
    if form == "payment":
        payer, payee = dice.one(PAYERS), dice.one(RECEIVERS)
        src, dst = signer(dice, payer), target(dice, payee)
        money = given_algo(dice) if dice.chance(0.6) else fixed_algo(dice)
        amount = "amount" if money.expression == "amount" else f"amount: {money.expression}"
        return Operation(
            call("algorand.send.payment", [*src.fields, *dst.fields, amount]),
            (src.arg, dst.arg, *([money.arg] if money.arg else [])),
            f"a payment of {money.says} from {payer.noun} to {payee.noun}",
            (OVERSPEND, BELOW_MINIMUM, DEAD, TWICE, LOW_FEE, UNSIGNED),
        )
    if form == "transfer":
        giver, taker = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = signer(dice, giver), target(dice, taker)
        return Operation(
            call("algorand.send.assetTransfer", [*src.fields, *dst.fields, "assetId", "amount"]),
            (src.arg, dst.arg, ASSET_ID, UNITS),
            f"an asset transfer from {giver.noun} to {taker.noun}",
            (NOT_OPTED_IN, UNDERFLOW, FROZEN, DEAD, OVERSPEND),
        )
    if form == "optin":
        holder = dice.one(HOLDERS)
        src = signer(dice, holder)
        return Operation(
            call("algorand.send.assetOptIn", [*src.fields, "assetId"]),
            (src.arg, ASSET_ID),
            f"an asset opt-in of {holder.noun}",
            (BELOW_MINIMUM, OVERSPEND, UNSIGNED),
        )
    if form == "freeze":
        admin, holder = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = signer(dice, admin), target(dice, holder, "account")
        return Operation(
            call("algorand.send.assetFreeze", [*src.fields, "assetId", *dst.fields, "frozen: true"]),
            (src.arg, dst.arg, ASSET_ID),
            f"the freezing of {holder.noun}'s asset holding",
            (UNSIGNED, OVERSPEND, DEAD),
        )
    story, method = app_and_method(dice, pays=False, inner=False)
    return call_operation(dice, story, method)


def call_operation(dice: Dice, story: App, method: AbiMethod) -> Operation:
    """A method call as an operation."""
    sent = call("appClient.send.call", [f"method: {quoted(method.name)}", f"args: {argument_list(method)}"])
    return Operation(
        sent,
        tuple(p.arg for p in method.params),
        f"a call of `{method.name}` on {story.noun}",
        (BELOW_MINIMUM, OVERSPEND, DEAD),
        APP_CLIENT,
        shown_context(dice, story, method),
        method.name,
    )


def task_for(made: Operation, **fields: object) -> Task:
    """A task about ``made``."""
    task = Task(args=list(made.args), context=made.context, needs=made.needs, **fields)  # type: ignore[arg-type]
    if made.client:
        task.client = made.client
    return task


def caught(body: str, handler: str, tail: str = "") -> str:
    """``try { body } catch (error) { handler } tail``."""
    return block("try", body) + " catch (error) " + "{\n" + inner(handler) + "\n}" + tail
