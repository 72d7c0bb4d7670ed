"""Atomic groups: composed, built by hand, mixed with app calls, inspected and split."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import app_and_method
from algorand_coder.instruct.patterns.assets import ASSET_ID, inner_chain
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import (
    Party,
    composed_options,
    fixed_algo,
    possessive,
    refuse,
    signer,
    target,
)
from algorand_coder.instruct.patterns.calls import APP_CLIENT, argument_list, shown_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, call, code, join, quoted
from algorand_coder.instruct.patterns.words import HOLDERS, PAYERS, RECEIVERS, TOKEN_ADMINS, Role
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
        return f"const {{ {names} }} = await algorand\n" + inner_chain("newGroup()", *steps, send)
    if form == "steps":
        return join(
            "const group = algorand.newGroup()",
            *(f"group.{step}" for step in steps),
            f"const {{ {names} }} = await group.{send}",
        )
    return join(
        "const group = algorand\n" + inner_chain("newGroup()", *steps), f"const {{ {names} }} = await group.{send}"
    )


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
    client = None
    if form == "params":
        made = (
            "await"
            f" {call('appClient.params.call', [f'method: {quoted(method.name)}', f'args: {argument_list(method)}', *who.fields])}"
        )
        steps = [pay, f"addAppCallMethodCall({made})"]
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
        first = (
            "await"
            f" {call('appClient.params.call', [f'method: {quoted(method.name)}', f'args: {argument_list(method)}', *who.fields])}"
        )
        taken = {p.name for p in method.params}
        second = (
            "await"
            f" {call('appClient.params.call', [f'method: {quoted(other.name)}', f'args: {argument_list(other)}', *who.fields])}"
        )
        steps = [f"addAppCallMethodCall({first})", f"addAppCallMethodCall({second})"]
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
    if client:
        task.client = client
    return client_draft(dice, task, TRANSACTIONS)


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
                call(
                    "group.addPayment", [*who.fields, "receiver", f"amount: microAlgo({flag[0]})", f"note: '{flag[0]}'"]
                ),
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


@FAMILY.recipe("group-by-hand", share=20)
def group_by_hand(dice: Dice) -> Draft:
    """Group ids, partial signing and wallets with algosdk."""
    form = dice.weighted([("assign", 35), ("wallet", 25), ("verify", 20), ("atc", 20)])
    algod = Arg("algod", "Algodv2", "the algod client")
    details: list[str] = []
    if form == "assign":
        who = Arg("account", "{ addr: Address; signer: TransactionSigner }", "the account with its signer")
        count = dice.pick(2, 3)
        receivers = ["first", "second", "third"][:count]
        lines = ["const suggestedParams = await algod.getTransactionParams().do()"]
        mapped = dice.chance(0.5)
        if mapped:
            inside = call(
                "makePaymentTxnWithSuggestedParamsFromObject",
                ["sender: account.addr", "receiver", "amount: microAlgos", "suggestedParams"],
            )
            lines.append(
                f"const payments = receivers.map((receiver) =>\n  {inside.replace(chr(10), chr(10) + '  ')},\n)"
            )
            lines.append("const group = assignGroupID(payments)")
            args = [
                who,
                Arg("receivers", "string[]", "the receivers"),
                Arg("microAlgos", "bigint", "the amount for each"),
            ]
            signing = "group.map((_, index) => index)"
        else:
            fields = ["sender: account.addr", "amount: microAlgos", "suggestedParams"]
            for name in receivers:
                lines.append(
                    f"const {name}Payment ="
                    f" {call('makePaymentTxnWithSuggestedParamsFromObject', [*fields, f'receiver: {name}'])}"
                )
            lines.append(f"const group = assignGroupID([{', '.join(f'{n}Payment' for n in receivers)}])")
            args = [
                who,
                *(Arg(n, "string", f"the {n} receiver") for n in receivers),
                Arg("microAlgos", "bigint", "the amount for each"),
            ]
            signing = "[" + ", ".join(str(i) for i in range(count)) + "]"
        lines += [
            f"const signed = await account.signer(group, {signing})",
            "const { txid } = await algod.sendRawTransaction(signed).do()",
            f"await waitForConfirmation(algod, txid, {dice.pick(4, 6)})",
        ]
        result, returns, what = dice.pick(
            ("group.map((txn) => txn.txID())", "string[]", "the transaction ids"),
            ("txid", "string", "the id of the first transaction"),
            ("bytesToBase64(group[0].group ?? new Uint8Array())", "string", "the group id as base64"),
        )
        task = Task(
            (
                (
                    f"group {'several' if mapped else count} payments with algosdk by assigning a group id, sign and"
                    " send them"
                ),
                "make an atomic group by hand with algosdk",
            ),
            ("sendPaymentGroup", "groupWithSdk"),
            args,
            "\n".join(lines),
            result,
            returns,
            (what,),
            details,
            client=algod,
            scriptable=False,
        )
    elif form == "wallet":
        payer, money = dice.one(PAYERS), fixed_algo(dice)
        src, dst = target(dice, payer, "sender"), target(dice, dice.one(RECEIVERS))
        steps = [
            call("addPayment", [*src.fields, *dst.fields, f"amount: {money.expression}"]),
            call("addAssetOptIn", [*src.fields, "assetId"]),
        ]
        chain = "const group = algorand\n" + inner_chain("newGroup()", *steps)
        body = join(chain, "const { transactions } = await group.buildTransactions()")
        result, returns, what = dice.pick(
            ("transactions", "Transaction[]", "the transactions"),
            ("assignGroupID(transactions)", "Transaction[]", "the transactions with their group id"),
            (
                "assignGroupID(transactions).map((txn) => bytesToBase64(encodeUnsignedTransaction(txn)))",
                "string[]",
                "the grouped transactions, encoded as base64",
            ),
        )
        task = Task(
            (
                f"prepare a group of a payment of {money.says} and an asset opt-in for a wallet to sign",
                "build an unsigned group for a wallet: a payment followed by an asset opt-in",
            ),
            ("prepareGroup", "unsignedGroup"),
            [src.arg, dst.arg, ASSET_ID],
            body,
            result,
            returns,
            (what,),
            [f"The payment is {money.says}; nothing is signed or sent."],
        )
    elif form == "verify":
        kind = dice.pick("same", "recompute", "only")
        if kind == "same":
            body = code("""
                const transactions = encoded.map((bytes) => decodeUnsignedTransaction(bytes))
                const ids = new Set(transactions.map((txn) => bytesToBase64(txn.group ?? new Uint8Array())))
            """)
            task = Task(
                ("check that a list of encoded unsigned transactions belongs to one group",),
                ("isOneGroup",),
                [Arg("encoded", "Uint8Array[]", "the encoded transactions")],
                body,
                "ids.size === 1 && transactions.every((txn) => txn.group !== undefined)",
                "boolean",
                ("true when all carry the same group id",),
                client=None,
                sync=True,
            )
        elif kind == "recompute":
            body = code("""
                const claimed = transactions[0].group
                const bare = transactions.map((txn) => {
                  const copy = decodeUnsignedTransaction(encodeUnsignedTransaction(txn))
                  copy.group = undefined
                  return copy
                })
                const expected = computeGroupID(bare)
            """)
            task = Task(
                ("verify that a group id really is the hash of the transactions it was given with",),
                ("verifyGroupId",),
                [Arg("transactions", "Transaction[]", "the transactions of the group")],
                body,
                "claimed !== undefined && bytesToHex(claimed) === bytesToHex(expected)",
                "boolean",
                ("whether the id matches",),
                client=None,
                sync=True,
            )
        else:
            body = (
                "const mine = transactions.flatMap((txn, index) => (txn.sender.toString() === address ? [index] : []))"
            )
            task = Task(
                ("find which transactions of a group an account has to sign",),
                ("indexesToSign",),
                [
                    Arg("transactions", "Transaction[]", "the transactions of the group"),
                    Arg("address", "string", "the account's address"),
                ],
                body,
                "mine",
                "number[]",
                ("their indexes in the group",),
                client=None,
                sync=True,
            )
    else:
        money = fixed_algo(dice)
        role = dice.one(PAYERS)
        who_p: Party = signer(dice, Role(role.name, role.noun), bare=True)
        steps = [call("addPayment", [*who_p.fields, "receiver", f"amount: {money.expression}"])]
        body = join(
            f"const {{ atc, transactions }} = await algorand.newGroup().{steps[0]}.build()",
            f"const {{ confirmedRound }} = await atc.execute(algorand.client.algod, {dice.pick(4, 5)})",
        )
        result, returns, what = dice.pick(
            (
                "{ confirmedRound, count: transactions.length }",
                "{ confirmedRound: bigint; count: number }",
                "the round and the number of transactions",
            ),
            (
                "{ confirmedRound, txId: transactions[0].txn.txID() }",
                "{ confirmedRound: bigint; txId: string }",
                "the round and the id of the first transaction",
            ),
        )
        task = Task(
            (
                (
                    f"compose a payment of {money.says} with AlgoKit Utils but execute the underlying atomic"
                    " transaction composer yourself"
                ),
            ),
            ("buildAndExecute",),
            [who_p.arg, Arg("receiver", "string", "the receiver's address", "process.env.RECEIVER ?? ''")],
            body,
            result,
            returns,
            (what,),
        )
    return client_draft(dice, task, TRANSACTIONS)
