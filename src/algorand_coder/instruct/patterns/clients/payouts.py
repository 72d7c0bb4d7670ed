"""Paying many people, by shares, or in instalments."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, possessive, signer, target
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import call, join
from algorand_coder.instruct.patterns.words import story
from algorand_coder.records import Category

FAMILY = Family("payouts")
TRANSACTIONS = Category.TRANSACTIONS


@FAMILY.recipe("payment-list", share=20)
def payment_list(dice: Dice) -> Draft:
    """Several receivers, one transaction each, sent one by one."""
    payer_role, _ = story(dice)
    payer = signer(dice, payer_role)
    entry = dice.pick("payouts", "invoices", "refunds", "rewards", "wages")
    single = entry.removesuffix("s")
    shape = dice.weighted([("array", 40), ("record", 25), ("map", 15), ("equal", 20)])
    amount = dice.pick("microAlgo(microAlgos)", "AlgoAmount.MicroAlgo(microAlgos)")
    head, arg = {
        "array": (
            f"for (const {{ address, microAlgos }} of {entry})",
            Arg(
                entry,
                "{ address: string; microAlgos: bigint }[]",
                f"the {entry}, each with an address and its microAlgos",
            ),
        ),
        "record": (
            f"for (const [address, microAlgos] of Object.entries({entry}))",
            Arg(entry, "Record<string, bigint>", "a record of microAlgos by address"),
        ),
        "map": (
            f"for (const [address, microAlgos] of {entry})",
            Arg(entry, "Map<string, bigint>", "a map of microAlgos by address"),
        ),
        "equal": ("for (const address of addresses)", Arg("addresses", "string[]", "the addresses")),
    }[shape]
    args = [payer.arg, arg]
    if shape == "equal":
        amount, money = "amount", Arg("amount", "AlgoAmount", "the amount for each of them")
        args.append(money)
    fields = [*payer.fields, "receiver: address", "amount" if amount == "amount" else f"amount: {amount}"]
    noted = dice.chance(0.4)
    if noted:
        fields.append(f"note: '{single}'")
    sent = call("algorand.send.payment", fields)
    keep = dice.weighted([("ids", 30), ("total", 25), ("byAddress", 20), ("count", 15), ("failures", 20)])
    inner_body, before, result, returns, what = {
        "ids": (
            f"const {{ txIds }} = await {sent}\nids.push(txIds[0])",
            "const ids: string[] = []",
            "ids",
            "string[]",
            "all transaction ids in order",
        ),
        "total": (
            f"const {{ transaction }} = await {sent}\nspent += (transaction.payment?.amount ?? 0n) + transaction.fee",
            "let spent = 0n",
            "spent",
            "bigint",
            "the microAlgos spent in all, fees included",
        ),
        "byAddress": (
            f"const {{ txIds }} = await {sent}\nreceipts.set(address, txIds[0])",
            "const receipts = new Map<string, string>()",
            "receipts",
            "Map<string, string>",
            "a map from address to transaction id",
        ),
        "count": (f"await {sent}\ncount += 1", "let count = 0", "count", "number", "how many payments went out"),
        "failures": (
            f"try {{\n  await {sent.replace(chr(10), chr(10) + '  ')}\n}} catch {{\n  failed.push(address)\n}}",
            "const failed: string[] = []",
            "failed",
            "string[]",
            "the addresses whose payment failed; one failure must not stop the rest",
        ),
    }[keep]
    skip = ""
    details = ["Send them one after the other, not as a group."]
    if shape != "equal" and dice.chance(0.35):
        skip = "if (microAlgos === 0n) continue"
        details.append("Skip entries of zero.")
    if noted:
        details.append(f'Attach the note "{single}" to each payment.')
    loop = f"{head} {{\n  " + join(skip, inner_body).replace("\n", "\n  ") + "\n}"
    return client_draft(
        dice,
        Task(
            goals=(
                f"pay a list of {entry} from {possessive(payer_role)} account",
                f"send out {entry} from {payer_role.noun} to many addresses",
                f"work through a batch of {entry}, one payment for each, paid by {payer_role.noun}",
            ),
            names=(f"send{entry.capitalize()}", f"pay{entry.capitalize()}", "payEach", "distributeAlgo"),
            args=args,
            body=join(before, loop),
            result=result,
            returns=returns,
            returning=(what,),
            details=details,
        ),
        TRANSACTIONS,
    )


@FAMILY.recipe("share-out", share=14)
def share_out(dice: Dice) -> Draft:
    """A total that is divided by shares, percentages or basis points with bigint arithmetic."""
    payer_role, _ = story(dice)
    payer = signer(dice, payer_role)
    unit, whole, noun = dice.pick(
        ("percent", "100n", "percentages"), ("basisPoints", "10_000n", "basis points"), ("weight", "", "weights")
    )
    rest = dice.chance(0.6)
    before = [] if whole else ["const whole = shares.reduce((sum, share) => sum + share.weight, 0n)"]
    divisor = whole or "whole"
    details = ["Amounts are bigint microAlgos and each cut is rounded down."]
    if whole and dice.chance(0.6):
        before.append(f"const sum = shares.reduce((all, share) => all + share.{unit}, 0n)")
        before.append(f"if (sum !== {divisor}) throw new RangeError(`the {noun} add up to ${{sum}}`)")
        details.append(f"Throw a RangeError unless the {noun} add up to {divisor.removesuffix('n').replace('_', ',')}.")
    lines = [f"const cut = (total * share.{unit}) / {divisor}"]
    if rest:
        before.append("let remaining = total")
        lines = [
            "const isLast = index === shares.length - 1",
            f"const cut = isLast ? remaining : (total * share.{unit}) / {divisor}",
            "remaining -= cut",
        ]
        details.append("The last receiver gets what rounding leaves over.")
    head = "for (const [index, share] of shares.entries())" if rest else "for (const share of shares)"
    composed = dice.chance(0.45)
    fields = [*payer.fields, "receiver: share.address", "amount: microAlgo(cut)"]
    if composed:
        before.append("const group = algorand.newGroup()")
        lines.append(call("group.addPayment", fields))
        after, result, returns, what = (
            "const { txIds } = await group.send()",
            "txIds",
            "string[]",
            "the transaction ids",
        )
        details.append("All payments succeed or fail together.")
    else:
        before.append("const paid: Record<string, bigint> = {}")
        lines += [f"await {call('algorand.send.payment', fields)}", "paid[share.address] = cut"]
        after, result, returns, what = (
            "",
            "paid",
            "Record<string, bigint>",
            "a record of the microAlgos paid by address",
        )
    loop = f"{head} {{\n" + "\n".join("  " + line.replace("\n", "\n  ") for line in lines) + "\n}"
    return client_draft(
        dice,
        Task(
            goals=(
                f"split an amount of Algo between several addresses by {noun}",
                f"divide {possessive(payer_role)} payment among partners according to their {noun}",
                f"share out a total in microAlgos by {noun}",
            ),
            names=("splitPayment", "shareRevenue", "distributeShares", "payPartners"),
            args=[
                payer.arg,
                Arg("total", "bigint", "the total in microAlgos"),
                Arg("shares", f"{{ address: string; {unit}: bigint }}[]", f"the receivers with their {noun}"),
            ],
            body=join("\n".join(before), loop, after),
            result=result,
            returns=returns,
            returning=(what,),
            details=details,
        ),
        TRANSACTIONS,
    )


@FAMILY.recipe("recurring-payment", share=8)
def recurring_payment(dice: Dice) -> Draft:
    """Instalments or repeated payments in a loop over rounds or counts."""
    payer_role, payee_role = story(dice)
    payer, payee = signer(dice, payer_role), target(dice, payee_role)
    count = dice.pick(3, 4, 6, 12)
    form = dice.weighted([("instalments", 50), ("rounds", 50)])
    if form == "instalments":
        lines = [f"const instalments = {count}n", "const each = total / instalments", "const txIds: string[] = []"]
        sent = call(
            "algorand.send.payment",
            [*payer.fields, *payee.fields, "amount: microAlgo(amount)", "note: `instalment ${part} of ${instalments}`"],
        )
        first = "const amount = part === instalments ? total - each * (instalments - 1n) : each"
        loop = (
            f"for (let part = 1n; part <= instalments; part++) {{\n  {first}\n  const sent = await"
            f" {sent.replace(chr(10), chr(10) + '  ')}\n  txIds.push(sent.txIds[0])\n}}"
        )
        goals = (
            f"pay {payee_role.noun} a total in {count} instalments",
            f"split one amount into {count} payments from {payer_role.noun} to {payee_role.noun}",
        )
        details = ["The last instalment takes what division leaves over, and each note says which part it is."]
        args = [payer.arg, payee.arg, Arg("total", "bigint", "the total in microAlgos", "10_000_000n")]
    else:
        gap = dice.pick(5, 10, 20)
        money = fixed_algo(dice)
        lines = ["const txIds: string[] = []", "let { lastRound } = await algorand.client.algod.status().do()"]
        sent = call("algorand.send.payment", [*payer.fields, *payee.fields, f"amount: {money.expression}"])
        loop = (
            "for (let index = 0; index < times; index++) {\n  const sent = await"
            f" {sent.replace(chr(10), chr(10) + '  ')}\n  txIds.push(sent.txIds[0])\n  lastRound += {gap}n\n  await"
            " algorand.client.algod.statusAfterBlock(lastRound).do()\n}"
        )
        goals = (
            f"pay {payee_role.noun} {money.says} every {gap} rounds",
            f"send {money.says} from {payer_role.noun} to {payee_role.noun} again and again, {gap} rounds apart",
        )
        details = ["The caller says how many times."]
        args = [payer.arg, payee.arg, Arg("times", "number", "how many payments to make", "3")]
    return client_draft(
        dice,
        Task(
            goals,
            ("payInstalments", "payRepeatedly", "schedulePayments"),
            args,
            join("\n".join(lines), loop),
            "txIds",
            "string[]",
            ("all transaction ids",),
            details,
        ),
        TRANSACTIONS,
    )
