"""Group ids, wallets and verification of groups."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import Party, fixed_algo, signer, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import call, chained, code, join
from algorand_coder.instruct.patterns.words import PAYERS, RECEIVERS, Role
from algorand_coder.records import Category

FAMILY = Family("groups")
TRANSACTIONS = Category.TRANSACTIONS


@FAMILY.recipe("assigned-group", share=8)
def assigned_group(dice: Dice) -> Draft:
    """Group ids with algosdk."""
    algod = Arg("algod", "Algodv2", "the algod client")
    details: list[str] = []
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
        lines.append(f"const payments = receivers.map((receiver) =>\n  {inside.replace(chr(10), chr(10) + '  ')},\n)")
        lines.append("const group = assignGroupID(payments)")
        args = [who, Arg("receivers", "string[]", "the receivers"), Arg("microAlgos", "bigint", "the amount for each")]
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
            f"group {'several' if mapped else count} payments with algosdk by assigning a group id, sign and send them",
            f"pay {'a list of' if mapped else count} receivers the same amount in an atomic group built with algosdk",
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
    return client_draft(dice, task, TRANSACTIONS)


@FAMILY.recipe("wallet-group", share=6)
def wallet_group(dice: Dice) -> Draft:
    """Groups for a wallet to sign."""
    payer, money = dice.one(PAYERS), fixed_algo(dice)
    src, dst = target(dice, payer, "sender"), target(dice, dice.one(RECEIVERS))
    steps = [
        call("addPayment", [*src.fields, *dst.fields, f"amount: {money.expression}"]),
        call("addAssetOptIn", [*src.fields, "assetId"]),
    ]
    chain = "const group = algorand\n" + chained("newGroup()", *steps)
    body = join(chain, "const { transactions } = await group.buildTransactions()")
    result, returns, what = dice.pick(
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
    return client_draft(dice, task, TRANSACTIONS)


@FAMILY.recipe("group-checks", share=5)
def group_checks(dice: Dice) -> Draft:
    """Questions about groups of transactions."""
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
        body = "const mine = transactions.flatMap((txn, index) => (txn.sender.toString() === address ? [index] : []))"
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
    return client_draft(dice, task, TRANSACTIONS)


@FAMILY.recipe("built-group", share=4)
def built_group(dice: Dice) -> Draft:
    """Composed here, executed by the SDK."""
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
