"""Trying a group without sending it: verdicts and estimates."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, given_algo, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, chained, code, join
from algorand_coder.instruct.patterns.words import HOLDERS, PAYERS, RECEIVERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("simulation")
TRANSACTIONS = Category.TRANSACTIONS


def tried(dice: Dice) -> tuple[list[str], list[Arg], str]:
    """A group worth simulating: its steps, parameters, and words for it."""
    form = dice.pick("payment", "transfer", "freeze", "two", "optin", "create")
    if form == "payment":
        payer, payee = dice.one(PAYERS), dice.one(RECEIVERS)
        money = given_algo(dice) if dice.chance(0.5) else fixed_algo(dice)
        src, dst = target(dice, payer, "sender"), target(dice, payee)
        amount = "amount" if money.expression == "amount" else f"amount: {money.expression}"
        return (
            [call("addPayment", [*src.fields, *dst.fields, amount])],
            [src.arg, dst.arg, *([money.arg] if money.arg else [])],
            f"a payment of {money.says} from {payer.noun} to {payee.noun}",
        )
    if form == "transfer":
        admin, holder = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = target(dice, admin, "sender"), target(dice, holder)
        return (
            [call("addAssetTransfer", [*src.fields, *dst.fields, "assetId", "amount"])],
            [src.arg, dst.arg, ASSET_ID, Arg("amount", "bigint", "the amount in base units", "10n")],
            f"an asset transfer from {admin.noun} to {holder.noun}",
        )
    if form == "freeze":
        admin, holder = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = target(dice, admin, "sender"), target(dice, holder, "account")
        return (
            [call("addAssetFreeze", [*src.fields, "assetId", *dst.fields, "frozen: true"])],
            [src.arg, dst.arg, ASSET_ID],
            f"a freeze of {holder.noun}'s asset holding",
        )
    if form == "optin":
        holder = dice.one(HOLDERS)
        src = target(dice, holder, "sender")
        return (
            [call("addAssetOptIn", [*src.fields, "assetId"])],
            [src.arg, ASSET_ID],
            f"an asset opt-in of {holder.noun}",
        )
    if form == "create":
        admin = dice.one(TOKEN_ADMINS)
        src = target(dice, admin, "sender")
        return (
            [call("addAssetCreate", [*src.fields, "total", "decimals: 0"])],
            [src.arg, Arg("total", "bigint", "the total supply", "100n")],
            f"an asset creation by {admin.noun}",
        )
    payer, payee, money = dice.one(PAYERS), dice.one(RECEIVERS), fixed_algo(dice)
    src, dst = target(dice, payer, "sender"), target(dice, payee)
    return (
        [
            call("addAssetOptIn", [*src.fields, "assetId"]),
            call("addPayment", [*src.fields, *dst.fields, f"amount: {money.expression}"]),
        ],
        [src.arg, dst.arg, ASSET_ID],
        f"a group of an asset opt-in and a payment of {money.says} to {payee.noun}",
    )


def group_of(dice: Dice, steps: list[str], end: str = "") -> str:
    """The group as an expression; ``end`` is chained on."""
    tail = [end] if end else []
    inline = "algorand.newGroup()." + ".".join([*steps, *tail])
    if len(inline) <= 70 and dice.chance(0.5):
        return inline
    return "algorand\n" + chained("newGroup()", *steps, *tail)


@FAMILY.recipe("dry-run-verdict", share=24)
def dry_run_verdict(dice: Dice) -> Draft:
    """Will it pass, and if not, why: simulate throws when the group would fail."""
    steps, args, words = tried(dice)
    options = "{ skipSignatures: true }"
    form = dice.weighted([("message", 25), ("result", 25), ("promise", 20), ("throw", 15), ("index", 15)])
    group = group_of(dice, steps)
    details: list[str] = []
    if form == "promise":
        body = (
            "const failure = await "
            + group_of(dice, steps, f"simulate({options})")
            + ".then(\n  () => undefined,\n  (error: unknown) => String(error),\n)"
        )
        result, returns, what = dice.pick(
            ("failure", "string | undefined", "the failure as text, or undefined when it would pass"),
            ("failure === undefined", "boolean", "whether it would pass"),
        )
        task = Task(
            (f"find out by simulation whether {words} would go through",),
            ("dryRun", "wouldPass"),
            args,
            body,
            result,
            returns,
            (what,),
        )
    elif form == "message":
        body = code("""
            try {
              await group.simulate({ skipSignatures: true })
            } catch (error) {
              return error instanceof Error ? error.message : String(error)
            }
        """)
        task = Task(
            (f"dry-run {words} and explain why it would fail", f"check {words} by simulation before anybody signs"),
            ("explainFailure", "dryRunMessage"),
            args,
            join(f"const group = {group}", body),
            "undefined",
            "string | undefined",
            ("the failure message, or undefined when it would succeed",),
            scriptable=False,
        )
    elif form == "result":
        declarations = (
            "export type DryRun = { ok: true; fees: bigint } | { ok: false; reason: string }"
            if dice.chance(0.5)
            else ""
        )
        inside = code("""
            try {
              const { transactions } = await group.simulate({ skipSignatures: true })
              const fees = transactions.reduce((sum, txn) => sum + txn.fee, 0n)
              return { ok: true, fees }
            } catch (error) {
              return { ok: false, reason: error instanceof Error ? error.message : String(error) }
            }
        """)
        returns = "DryRun" if declarations else "{ ok: true; fees: bigint } | { ok: false; reason: string }"
        task = Task(
            (f"simulate {words} and report either the fees or the reason of the failure",),
            ("tryOut", "rehearse"),
            args,
            join(f"const group = {group}", inside),
            "",
            returns,
            ("an object that says ok with the total fees, or not ok with the reason",),
            declarations=declarations,
            scriptable=False,
        )
    elif form == "throw":
        wrap = call("new Error", [])  # replaced below
        del wrap
        inside = code("""
            try {
              await group.simulate({ skipSignatures: true })
            } catch (error) {
              throw new Error('the simulation failed, nothing was sent', { cause: error })
            }
        """)
        first = f"const group = {group}"
        if dice.chance(0.5):
            # Simulating without signatures builds other transactions than sending does, hence the second group.
            again = f"const rebuilt = {group_of(dice, steps)}\nconst {{ txIds }} = await rebuilt.send()"
            task = Task(
                (f"simulate {words} first and send it only when the simulation passes",),
                ("simulateThenSend", "sendIfSafe"),
                args,
                join(first, inside, again),
                "txIds",
                "string[]",
                ("the transaction ids",),
                ["A failed simulation is thrown with the original error as its cause."],
            )
        else:
            task = Task(
                (f"assert that {words} would succeed",),
                ("assertWouldPass",),
                args,
                join(first, inside),
                "",
                "void",
                (),
                ["Throw when it would not, with the original error as the cause."],
            )
    else:
        body = code("""
            const { transactions } = await group.buildTransactions()
            const { txnGroups } = await algorand.client.algod
              .simulateTransactions(
                new modelsv2.SimulateRequest({
                  txnGroups: [
                    new modelsv2.SimulateRequestTransactionGroup({
                      txns: transactions.map((txn) => decodeSignedTransaction(encodeUnsignedSimulateTransaction(txn))),
                    }),
                  ],
                  allowEmptySignatures: true,
                }),
              )
              .do()
        """)
        result, returns, what = dice.pick(
            ("txnGroups[0].failureMessage", "string | undefined", "the failure message, undefined when it would pass"),
            (
                "txnGroups[0].failedAt?.[0]",
                "number | undefined",
                "the index of the transaction that would fail, undefined when none would",
            ),
            (
                "{ failedAt: txnGroups[0].failedAt ?? [], message: txnGroups[0].failureMessage }",
                "{ failedAt: number[]; message: string | undefined }",
                "the indexes at which it would fail and the message",
            ),
        )
        if len(steps) > 1:
            body = body.replace(
                "const { transactions } = await group.buildTransactions()",
                "const built = await group.buildTransactions()\nconst transactions = assignGroupID(built.transactions)",
            )
        task = Task(
            (f"simulate {words} through algod itself, without exceptions for failures",),
            ("simulateRaw", "failureOf"),
            args,
            join(f"const group = {group}", body),
            result,
            returns,
            (what,),
            details,
        )
    return client_draft(dice, task, TRANSACTIONS)


@FAMILY.recipe("estimate", share=18)
def estimate(dice: Dice) -> Draft:
    """Fees, balances and ids that a group would lead to."""
    steps, args, words = tried(dice)
    form = dice.pick("fees", "confirmations", "assetId", "many", "first")
    if form == "many" and len(args) >= 2:
        payer = dice.one(PAYERS)
        src = target(dice, payer, "sender")
        body = join(
            "const refused: string[] = []",
            block(
                "for (const receiver of receivers)",
                join(
                    "const ok = await algorand\n"
                    + chained(
                        "newGroup()",
                        call("addAssetTransfer", [*src.fields, "receiver", "assetId", "amount: 1n"]),
                        "simulate({ skipSignatures: true })",
                        "then(() => true)",
                        "catch(() => false)",
                    ),
                    "if (!ok) refused.push(receiver)",
                ),
            ),
        )
        task = Task(
            (
                "find out by simulation which addresses of a list could not receive one unit of an asset",
                "test a list of receivers with simulated asset transfers",
            ),
            ("findRefusing", "probeReceivers"),
            [
                src.arg,
                ASSET_ID,
                Arg("receivers", "string[]", "the receivers", "(process.env.RECEIVERS ?? '').split(',')"),
            ],
            body,
            "refused",
            "string[]",
            ("the addresses for which the transfer would fail",),
        )
    elif form == "assetId":
        admin = dice.one(TOKEN_ADMINS)
        src = target(dice, admin, "sender")
        decimals = dice.pick(0, 2, 6)
        sent = "const { confirmations } = await " + group_of(
            dice,
            [call("addAssetCreate", [*src.fields, "total", f"decimals: {decimals}"])],
            "simulate({ skipSignatures: true })",
        )
        task = Task(
            (
                f"predict the id that an asset with {decimals} decimals created now by {admin.noun} would get",
                f"simulate the creation of an asset with {decimals} decimals and read the id it would have",
            ),
            ("predictAssetId", "nextAssetId"),
            [src.arg, Arg("total", "bigint", "the total supply", "100n")],
            sent,
            "confirmations[0].assetIndex",
            "bigint | undefined",
            ("the predicted asset id",),
        )
    else:
        names, result, returns, what = dice.pick(
            (
                "transactions",
                "transactions.reduce((sum, txn) => sum + txn.fee, 0n)",
                "bigint",
                "the fees in microAlgos",
            ),
            (
                "transactions",
                "microAlgo(transactions.reduce((sum, txn) => sum + txn.fee, 0n))",
                "AlgoAmount",
                "the fees as an AlgoAmount",
            ),
            ("simulateResponse", "simulateResponse.lastRound", "bigint", "the round at which it was simulated"),
            ("confirmations", "confirmations.length", "number", "how many transactions the group has"),
            (
                "txIds, groupId",
                "{ groupId, txIds }",
                "{ groupId: string; txIds: string[] }",
                "the group id and transaction ids it would have",
            ),
            (
                "simulateResponse",
                "simulateResponse.txnGroups[0].txnResults.map((entry) => entry.txnResult.txn.txn.type)",
                "string[]",
                "the type of each transaction",
            ),
        )
        body = (
            f"const {{ {names} }} = await " + group_of(dice, steps, "simulate({ skipSignatures: true })")
            if dice.chance(0.6)
            else join(
                f"const group = {group_of(dice, steps)}",
                f"const {{ {names} }} = await group.simulate({{ skipSignatures: true }})",
            )
        )
        task = Task(
            (f"simulate {words} without signatures and look at the outcome", f"estimate {words} by simulation"),
            ("estimateGroup", "simulateOutcome"),
            args,
            body,
            result,
            returns,
            (what,),
        )
    return client_draft(dice, task, TRANSACTIONS)
