"""Keeping accounts funded, and emptying them."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import ending, fixed_algo, possessive, signer, target
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import braces, call, code, join
from algorand_coder.instruct.patterns.words import story
from algorand_coder.records import Category

FAMILY = Family("payouts")
TRANSACTIONS = Category.TRANSACTIONS


@FAMILY.recipe("sweep-account", share=10)
def sweep_account(dice: Dice) -> Draft:
    """Empty an account, with or without closing it."""
    payer_role, payee_role = story(dice)
    payer, payee = signer(dice, payer_role), target(dice, payee_role)
    close = dice.chance(0.5)
    details = []
    if close:
        guard = ""
        if dice.chance(0.6):
            guard = join(
                f"const info = await algorand.account.getInformation({payer.address})",
                "if (info.totalAssetsOptedIn > 0 || info.totalAppsOptedIn > 0) {\n  throw new Error('opt out of assets"
                " and apps before closing the account')\n}",
            )
            details.append("Refuse while the account is still opted in to assets or apps.")
        fields = [
            *payer.fields,
            *payee.fields,
            f"amount: {dice.pick('algo(0)', 'AlgoAmount.MicroAlgo(0)', 'microAlgo(0)')}",
            f"closeRemainderTo: {payee.address}",
        ]
        end = ending(dice, call("algorand.send.payment", fields))
        if "txId" not in end.result and dice.chance(0.5):
            end_body = f"const {{ confirmation }} = await {call('algorand.send.payment', fields)}"
            returning: tuple[str, ...]
            body, result, returns, returning = (
                join(guard, end_body),
                "confirmation.closingAmount",
                "bigint | undefined",
                ("the microAlgos that the closing moved",),
            )
        else:
            body, result, returns, returning = join(guard, end.body), end.result, end.returns, end.returning
        goals: tuple[str, ...] = (
            f"close {possessive(payer_role)} account and send everything that is left to {payee_role.noun}",
            f"empty and close the account of {payer_role.noun}, the remainder going to {payee_role.noun}",
            f"shut down {possessive(payer_role)} account in favour of {payee_role.noun}",
        )
        names = ("closeAccount", "closeOutTo", "shutDownAccount")
    else:
        lines = code(f"""
            const {{ balance, minBalance }} = await algorand.account.getInformation({payer.address})
            const fee = 1_000n
            const spare = balance.microAlgo - minBalance.microAlgo - fee
        """)
        stop = dice.pick("if (spare <= 0n) return 0n", "if (spare <= 0n) {\n  return 0n\n}")
        sent = call(
            "algorand.send.payment",
            [*payer.fields, *payee.fields, "amount: microAlgo(spare)", "staticFee: microAlgo(fee)"],
        )
        body, result, returns, returning = (
            join(lines, stop, f"await {sent}"),
            "spare",
            "bigint",
            ("the microAlgos moved, zero when there was nothing to move",),
        )
        goals = (
            f"move all spendable Algo from {payer_role.noun} to {payee_role.noun} but keep the account open",
            f"sweep everything above the minimum balance from {possessive(payer_role)} account to {payee_role.noun}",
        )
        details.append("Leave the minimum balance and pay a flat fee of 1,000 microAlgos.")
        names = ("sweepAccount", "moveSpendable", "drainAbove")
    return client_draft(
        dice,
        Task(goals, names, [payer.arg, payee.arg], body, result, returns, returning, details, scriptable=close),
        TRANSACTIONS,
    )


@FAMILY.recipe("top-up", share=16)
def top_up(dice: Dice) -> Draft:
    """Keep an account funded: ensureFunded and its relatives, or a check of one's own."""
    funder_role, account_role = story(dice)
    account = target(dice, account_role, "account")
    minimum = fixed_algo(dice)
    way = dice.weighted([("ensure", 35), ("environment", 20), ("own", 30), ("many", 15)])
    increment = fixed_algo(dice, dice.one((1_000_000, 2_000_000, 10_000_000)))
    extra = f", {braces([f'minFundingIncrement: {increment.expression}'])}" if dice.chance(0.5) else ""
    details = [f"When funds are needed, send at least {increment.says}."] if extra else []
    funder = signer(dice, funder_role, bare=True)
    goals: tuple[str, ...] = (
        f"make sure {account_role.noun} has at least {minimum.says} to spend, funded by {funder_role.noun}",
        (
            f"top up {possessive(account_role)} account to {minimum.says} above its minimum balance from"
            f" {funder_role.noun}"
        ),
    )
    args = [funder.arg, account.arg]
    result, returns, what = dice.pick(
        ("funded?.amountFunded.microAlgo ?? 0n", "bigint", "the microAlgos that were added, zero if none were needed"),
        ("funded !== undefined", "boolean", "whether a payment was necessary"),
        (
            "funded?.transactionId",
            "string | undefined",
            "the id of the funding transaction, or undefined when none was needed",
        ),
    )
    if way == "ensure":
        body = (
            f"const funded = await algorand.account.ensureFunded({account.address}, {funder.address},"
            f" {minimum.expression}{extra})"
        )
    elif way == "environment":
        body = (
            f"const funded = await algorand.account.ensureFundedFromEnvironment({account.address},"
            f" {minimum.expression}{extra})"
        )
        args = [account.arg]
        goals = (
            f"make sure {account_role.noun} can spend {minimum.says}, using the dispenser account from the environment",
            (
                f"fund {possessive(account_role)} account from the environment's dispenser so that {minimum.says} can"
                " be spent"
            ),
        )
    elif way == "many":
        args = [funder.arg, Arg("accounts", "string[]", "the accounts to look after")]
        body = code(f"""
            const added = new Map<string, bigint>()
            for (const account of accounts) {{
              const funded = await algorand.account.ensureFunded(account, {funder.address}, {minimum.expression}{extra})
              if (funded) {{
                added.set(account, funded.amountFunded.microAlgo)
              }}
            }}
        """)
        result, returns, what = (
            "added",
            "Map<string, bigint>",
            "a map of the microAlgos added, only for accounts that needed them",
        )
        goals = (
            f"keep a list of accounts funded so that each can spend {minimum.says}",
            f"let {funder_role.noun} refill every account that cannot spend {minimum.says}",
        )
    else:
        floor = fixed_algo(dice)
        details = []
        payment = call(
            "algorand.send.payment", [*funder.fields, f"receiver: {account.address}", "amount: microAlgo(missing)"]
        )
        body = code(f"""
            const info = await algorand.account.getInformation({account.address})
            const missing = {floor.micro} - info.balance.microAlgo
            if (missing <= 0n) {{
              return {dice.pick("0n", "0n")}
            }}
        """)
        body = join(body, f"await {payment}")
        result, returns, what = "missing", "bigint", "the microAlgos sent, zero when the balance was high enough"
        goals = (
            f"refill {possessive(account_role)} account to a balance of {floor.says} from {funder_role.noun}",
            f"bring the balance of {account_role.noun} up to {floor.says}, paid by {funder_role.noun}",
        )
    return client_draft(
        dice,
        Task(
            goals,
            ("topUp", "ensureSpendable", "refillAccount", "keepFunded", "fundIfNeeded"),
            args,
            body,
            result,
            returns,
            (what,),
            details,
            scriptable=way in {"ensure", "environment"},
        ),
        TRANSACTIONS,
    )
