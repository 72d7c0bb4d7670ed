"""Atomic groups of known transactions and app calls."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import app_and_method
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import composed_options, fixed_algo, possessive, signer, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, argument_list, built_call, shown_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import call, chained, join, quoted
from algorand_coder.instruct.patterns.words import HOLDERS, PAYERS, RECEIVERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("groups")
TRANSACTIONS = Category.TRANSACTIONS


def outcome(dice: Dice, count: str = "") -> tuple[str, str, str, str]:
    """Names to destructure from a sent group, result, type and words."""
    return dice.pick(
        ("txIds", "txIds", "string[]", "the transaction ids"),
        ("groupId", "groupId", "string", "the group id"),
        (
            "groupId, txIds",
            "{ groupId, txIds }",
            "{ groupId: string; txIds: string[] }",
            "group id and transaction ids",
        ),
        (
            "confirmations",
            "confirmations[0].confirmedRound",
            "bigint | undefined",
            "the round in which the group was confirmed",
        ),
        (
            "transactions",
            "transactions.reduce((sum, txn) => sum + txn.fee, 0n)",
            "bigint",
            "the fees of the whole group in microAlgos",
        ),
        (
            "txIds, confirmations",
            "{ txIds, round: confirmations[0].confirmedRound }",
            "{ txIds: string[]; round: bigint | undefined }",
            "the transaction ids and the round",
        ),
    )


def sent_group(dice: Dice, steps: list[str], names: str, options: str = "") -> str:
    """A group of ``steps`` (calls such as ``addPayment({…})``), chained or step by step, and its sending."""
    send = f"send({options})"
    form = dice.pick("chain", "steps", "split")
    if form == "chain":
        return f"const {{ {names} }} = await algorand\n" + chained("newGroup()", *steps, send)
    if form == "steps":
        return join(
            "const group = algorand.newGroup()",
            *(f"group.{step}" for step in steps),
            f"const {{ {names} }} = await group.{send}",
        )
    return join("const group = algorand\n" + chained("newGroup()", *steps), f"const {{ {names} }} = await group.{send}")


@FAMILY.recipe("mixed-group", share=30)
def mixed_group(dice: Dice) -> Draft:
    """Two to four different transactions of one signer or of several."""
    payer_role, other_role, admin_role = dice.one(PAYERS), dice.one(RECEIVERS), dice.one(TOKEN_ADMINS)
    while admin_role.name in {payer_role.name, other_role.name}:
        admin_role = dice.one(TOKEN_ADMINS)
    payer, admin, other = signer(dice, payer_role), signer(dice, admin_role), target(dice, other_role)
    money, fee = fixed_algo(dice), fixed_algo(dice, dice.pick(10_000, 25_000, 50_000))
    holder = dice.one(HOLDERS)
    holder_signs = signer(dice, holder)
    pieces: dict[str, tuple[str, str, list[Arg]]] = {
        "pay": (
            call(
                "addPayment",
                [
                    *payer.fields,
                    *other.fields,
                    f"amount: {money.expression}",
                    *(o.field for o in composed_options(dice, 0, 0)),
                ],
            ),
            f"{money.says} from {payer_role.noun} to {other_role.noun}",
            [payer.arg, other.arg],
        ),
        "fee": (
            call("addPayment", [*payer.fields, "receiver: feeCollector", f"amount: {fee.expression}"]),
            f"a fee of {fee.says} from {payer_role.noun} to the fee collector",
            [
                payer.arg,
                Arg("feeCollector", "string", "the fee collector's address", "process.env.FEE_COLLECTOR ?? ''"),
            ],
        ),
        "optin": (
            call("addAssetOptIn", [*holder_signs.fields, "assetId"]),
            f"an opt-in of {holder.noun} to an asset",
            [holder_signs.arg, ASSET_ID],
        ),
        "move": (
            call("addAssetTransfer", [*admin.fields, f"receiver: {holder_signs.address}", "assetId", "amount: 1n"]),
            f"one unit of the asset from {admin_role.noun} to {holder.noun}",
            [admin.arg, holder_signs.arg, ASSET_ID],
        ),
        "freeze": (
            call("addAssetFreeze", [*admin.fields, "assetId", f"account: {holder_signs.address}", "frozen: true"]),
            f"a freeze of {possessive(holder)} holding by {admin_role.noun}",
            [admin.arg, holder_signs.arg, ASSET_ID],
        ),
        "marker": (
            call(
                "addPayment", [*payer.fields, f"receiver: {payer.address}", "amount: microAlgo(0)", "note: 'settled'"]
            ),
            f'a payment of nothing from {payer_role.noun} to itself that carries the note "settled"',
            [payer.arg],
        ),
    }
    shape = dice.pick(
        ("pay", "fee"),
        ("optin", "move"),
        ("optin", "move", "freeze"),
        ("fee", "optin", "move"),
        ("pay", "marker"),
        ("pay", "fee", "marker"),
        ("move", "freeze"),
        ("fee", "optin"),
    )
    steps = [pieces[key][0] for key in shape]
    words = [pieces[key][1] for key in shape]
    args: dict[str, Arg] = {}
    for key in shape:
        args |= {arg.name: arg for arg in pieces[key][2]}
    names, result, returns, what = outcome(dice)
    options = dice.pick("", "", "", "{ suppressLog: true }", "{ maxRoundsToWaitForConfirmation: 5 }")
    details = {
        "{ suppressLog: true }": ["Keep the library's log output quiet."],
        "{ maxRoundsToWaitForConfirmation: 5 }": ["Wait at most five rounds."],
    }.get(options, [])
    return client_draft(
        dice,
        Task(
            (
                f"send as one atomic group: {listed(words)}",
                f"make these happen together or not at all: {listed(words)}",
                f"group {len(words)} transactions atomically: {listed(words)}",
            ),
            ("sendGroup", "settleAtomically", "runGroup", "groupTransactions"),
            list(args.values()),
            sent_group(dice, steps, names, options),
            result,
            returns,
            (what,),
            details,
        ),
        TRANSACTIONS,
    )


@FAMILY.recipe("call-in-group", share=22)
def call_in_group(dice: Dice) -> Draft:
    """App calls next to other transactions."""
    app, method = app_and_method(dice, pays=False, inner=False)
    role = dice.one(PAYERS)
    who = signer(dice, role)
    money = fixed_algo(dice)
    form = dice.weighted([("params", 40), ("signature", 35), ("two", 25)])
    pay = call("addPayment", [*who.fields, "receiver: appClient.appAddress", f"amount: {money.expression}"])
    method_args = [p.arg for p in method.params]
    if form == "params":
        steps = [pay, f"addAppCallMethodCall({built_call(method, who)})"]
        if dice.chance(0.3):
            steps.reverse()
            order = "The call comes first."
        else:
            order = "The payment comes first."
        args = [APP_CLIENT, who.arg, *method_args]
        goals = (
            (
                f"pay {money.says} to the account of {app.noun}'s application and {method.goal} with `{method.name}`,"
                " atomically"
            ),
            f"group a payment of {money.says} to the app with a call of `{method.name}` on {app.noun}",
        )
        details = [order]
    elif form == "signature":
        pay = call("addPayment", [*who.fields, "receiver: getApplicationAddress(appId)", f"amount: {money.expression}"])
        steps = [pay, call("addAppCallMethodCall", [*who.fields, "appId", "method", f"args: {argument_list(method)}"])]
        args = [who.arg, Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)"), *method_args]
        goals = (
            f"pay {money.says} to an application and call `{method.signature}` on it in one group",
            f"group a payment of {money.says} to an app's account with the ABI call {method.signature}",
        )
        details = []
    else:
        other = next(m for m in app.methods if m.name != method.name and not m.pays and not m.inner)
        taken = {p.name for p in method.params}
        steps = [f"addAppCallMethodCall({built_call(each, who)})" for each in (method, other)]
        args = [APP_CLIENT, who.arg, *method_args, *(p.arg for p in other.params if p.name not in taken)]
        goals = (
            f"call `{method.name}` and then `{other.name}` of {app.noun} in one atomic group",
            f"{method.goal} and {other.goal} in the same group, by `{method.name}` and `{other.name}`",
        )
        details = []
    returning = dice.chance(0.5) and (method.returns != "void" or form == "two")
    if returning:
        names, result, returns, what = (
            "returns",
            "returns?.map((value) => value.returnValue) ?? []",
            "unknown[]",
            "what the ABI methods returned",
        )
    else:
        names, result, returns, what = outcome(dice)
    body = sent_group(dice, steps, names)
    if form == "signature":
        body = join(f"const method = ABIMethod.fromSignature({quoted(method.signature)})", body)
    task = Task(
        goals,
        ("payAndCall", "callInGroup", f"{method.name}InGroup"),
        args,
        body,
        result,
        returns,
        (what,),
        details,
        context=shown_context(dice, app, method),
        needs=method.name,
    )
    return client_draft(dice, task, TRANSACTIONS)
