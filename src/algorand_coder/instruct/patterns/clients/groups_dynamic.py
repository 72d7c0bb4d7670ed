"""Groups whose length is known only when they are built."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, refuse, signer
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.clients.groups import outcome, sent_group
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join
from algorand_coder.instruct.patterns.words import PAYERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("groups")
TRANSACTIONS = Category.TRANSACTIONS


@FAMILY.recipe("dynamic-group", share=20)
def dynamic_group(dice: Dice) -> Draft:
    """Groups whose length is known only when they are built."""
    role = dice.one(PAYERS)
    who = signer(dice, role)
    form = dice.weighted([("conditional", 30), ("typed", 25), ("limit", 25), ("fees", 20)])
    if form == "conditional":
        money = fixed_algo(dice)
        flag = dice.pick(
            ("tip", "microAlgos of an optional tip"),
            ("surcharge", "microAlgos of an optional surcharge"),
            ("bonus", "microAlgos of an optional bonus"),
        )
        body = join(
            "const group ="
            f" algorand.newGroup().{call('addPayment', [*who.fields, 'receiver', f'amount: {money.expression}'])}",
            block(
                f"if ({flag[0]} > 0n)",
                call("group.addPayment", [*who.fields, "receiver", f"amount: microAlgo({flag[0]})"]),
            ),
        )
        count = dice.chance(0.4)
        if count:
            body = join(body, "const size = await group.count()")
        names, result, returns, what = (
            (
                "txIds",
                "{ size, txIds }",
                "{ size: number; txIds: string[] }",
                "the size of the group and the transaction ids",
            )
            if count
            else outcome(dice)
        )
        task = Task(
            (
                f"pay {money.says} and, only when it is more than zero, a {flag[0]} in the same group",
                f"build a group of one payment of {money.says} with an optional second one for a {flag[0]}",
            ),
            (f"payWith{flag[0].capitalize()}", "payMaybeMore"),
            [
                who.arg,
                Arg("receiver", "string", "the receiver's address", "process.env.RECEIVER ?? ''"),
                Arg(flag[0], "bigint", flag[1], "0n"),
            ],
            join(body, f"const {{ {names} }} = await group.send()"),
            result,
            returns,
            (what,),
        )
    elif form == "typed":
        orders = Arg("orders", "Order[]", "the orders")
        declarations = code("""
            export type Order =
              | { kind: 'algo'; receiver: string; microAlgos: bigint }
              | { kind: 'asset'; receiver: string; assetId: bigint; amount: bigint }
        """)
        body = join(
            "const group = algorand.newGroup()",
            block(
                "for (const order of orders)",
                join(
                    block(
                        "if (order.kind === 'algo')",
                        call(
                            "group.addPayment",
                            [*who.fields, "receiver: order.receiver", "amount: microAlgo(order.microAlgos)"],
                        ),
                        " else {\n"
                        + "  "
                        + call(
                            "group.addAssetTransfer",
                            [*who.fields, "receiver: order.receiver", "assetId: order.assetId", "amount: order.amount"],
                        ).replace("\n", "\n  ")
                        + "\n}",
                    )
                ),
            ),
        )
        names, result, returns, what = outcome(dice)
        task = Task(
            (
                "send a mixed list of Algo payments and asset transfers as one atomic group",
                f"turn a list of orders, some in Algo and some in assets, into one group from {role.noun}",
            ),
            ("sendOrders", "settleOrders"),
            [who.arg, orders],
            join(body, f"const {{ {names} }} = await group.send()"),
            result,
            returns,
            (what,),
            ["Model the two kinds of orders as a discriminated union."],
            declarations=declarations,
            scriptable=False,
        )
    elif form == "limit":
        size = dice.pick(16, 12, 8)
        transfers = Arg("transfers", "{ receiver: string; amount: bigint }[]", "receivers and amounts in base units")
        way = dice.pick("chunk", "refuse")
        add = call("group.addAssetTransfer", [*who.fields, "receiver", "assetId", "amount"])
        if way == "chunk":
            inside = join(
                f"const chunk = transfers.slice(start, start + {size})",
                "const group = algorand.newGroup()",
                block("for (const { receiver, amount } of chunk)", add),
                "const { groupId } = await group.send()",
                "groupIds.push(groupId)",
            )
            body = join(
                "const groupIds: string[] = []",
                block(f"for (let start = 0; start < transfers.length; start += {size})", inside),
            )
            task = Task(
                (
                    f"send many asset transfers in groups of {size}",
                    f"cut a list of asset transfers into atomic groups of at most {size}",
                ),
                ("transferInGroups", "chunkTransfers"),
                [who.arg, ASSET_ID, transfers],
                body,
                "groupIds",
                "string[]",
                ("the group ids",),
                ["Each group is atomic, the whole is not."] if dice.chance(0.5) else [],
            )
        else:
            body = join(
                refuse(
                    "transfers.length === 0 || transfers.length > 16",
                    "`a group takes 1 to 16 transfers, got ${transfers.length}`",
                    "RangeError",
                ),
                "const group = algorand.newGroup()",
                block("for (const { receiver, amount } of transfers)", add),
            )
            names, result, returns, what = outcome(dice)
            task = Task(
                (
                    "send up to sixteen asset transfers atomically and refuse more",
                    "transfer an asset to several receivers at once, all or nothing",
                ),
                ("transferTogether", "multiTransfer"),
                [who.arg, ASSET_ID, transfers],
                join(body, f"const {{ {names} }} = await group.send()"),
                result,
                returns,
                (what,),
                ["An empty list or more than 16 entries is a RangeError."],
            )
    else:
        sponsor_role = next(r for r in dice.shuffled(TOKEN_ADMINS) if r.name != role.name)
        sponsor = signer(dice, sponsor_role)
        money = fixed_algo(dice)
        sponsored = call(
            "addPayment", [*who.fields, "receiver", f"amount: {money.expression}", "staticFee: microAlgo(0)"]
        )
        paying = call(
            "addPayment",
            [
                *sponsor.fields,
                f"receiver: {sponsor.address}",
                "amount: microAlgo(0)",
                dice.pick("extraFee: microAlgo(1_000)", "staticFee: microAlgo(2_000)"),
            ],
        )
        names, result, returns, what = outcome(dice)
        task = Task(
            (
                f"let {sponsor_role.noun} pay the network fee of a payment of {money.says} that {role.noun} makes",
                (
                    f"sponsor somebody else's transaction fee: {role.noun} pays {money.says}, {sponsor_role.noun}"
                    " covers both fees"
                ),
            ),
            ("sponsoredPayment", "payFeeFor"),
            [who.arg, sponsor.arg, Arg("receiver", "string", "the receiver's address", "process.env.RECEIVER ?? ''")],
            sent_group(dice, [sponsored, paying], names),
            result,
            returns,
            (what,),
            ["The sponsored transaction has a fee of zero; fees are pooled within the group."],
        )
    return client_draft(dice, task, TRANSACTIONS)
