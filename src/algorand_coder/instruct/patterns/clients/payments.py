"""Single payments of Algo: with options and checks, unsigned, through algosdk, with structured notes."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import (
    address_check,
    balance_check,
    ending,
    fixed_algo,
    given_algo,
    positive_check,
    possessive,
    send_options,
    signer,
    target,
)
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import braces, call, code, join
from algorand_coder.instruct.patterns.words import DAPPS, story
from algorand_coder.records import Category

FAMILY = Family("payments")
TRANSACTIONS = Category.TRANSACTIONS


@FAMILY.recipe("plain-payment", share=34)
def plain_payment(dice: Dice) -> Draft:
    """One payment with drawn options, checks before it and something given back after it."""
    payer_role, payee_role = story(dice)
    payer, payee = signer(dice, payer_role), target(dice, payee_role)
    money = given_algo(dice) if dice.chance(0.65) else fixed_algo(dice)
    options = send_options(dice, 0, 3)
    found = [address_check(payee), positive_check(money), balance_check(payer, money, dice)]
    checks = dice.some([check for check in found if check], 0, 2)
    fields = [*payer.fields, *payee.fields, f"amount: {money.expression}" if money.expression != "amount" else "amount"]
    end = ending(dice, call("algorand.send.payment", [*fields, *(option.field for option in options)]))
    args = [payer.arg, payee.arg, *([money.arg] if money.arg else []), *(o.arg for o in options if o.arg)]
    what = money.says if money.arg is None or dice.chance(0.6) else "Algo"
    return client_draft(
        dice,
        Task(
            goals=(
                f"pay {payee_role.noun} {what} from {possessive(payer_role)} account",
                f"send {what} from {payer_role.noun} to {payee_role.noun}",
                f"transfer {what} to {payee_role.noun}, paid by {payer_role.noun}",
                f"make a payment of {what} from {payer_role.noun} to {payee_role.noun}",
            ),
            names=(
                "sendPayment",
                "payOut",
                "transferAlgo",
                f"pay{payee_role.name[0].upper()}{payee_role.name[1:]}",
                "sendAlgo",
            ),
            args=args,
            body=join(*(check.body for check in checks), end.body),
            result=end.result,
            returns=end.returns,
            returning=end.returning,
            details=[*(check.says for check in checks), *(option.says for option in options)],
        ),
        TRANSACTIONS,
    )


@FAMILY.recipe("unsigned-transfer", share=16)
def unsigned_transfer(dice: Dice) -> Draft:
    """Prepare a payment that somebody else signs, or sign and send one by hand with algosdk."""
    payer_role, payee_role = story(dice)
    payer, payee = target(dice, payer_role, "sender"), target(dice, payee_role)
    money = given_algo(dice) if dice.chance(0.7) else fixed_algo(dice)
    amount = "amount" if money.expression == "amount" else f"amount: {money.expression}"
    options = [o for o in send_options(dice, 0, 2) if not o.field.startswith(("maxRounds", "suppress"))]
    built = call(
        "algorand.createTransaction.payment", [*payer.fields, *payee.fields, amount, *(o.field for o in options)]
    )
    args = [payer.arg, payee.arg, *([money.arg] if money.arg else []), *(o.arg for o in options if o.arg)]
    body = f"const transaction = await {built}"
    result, returns, what = dice.pick(
        ("transaction", "Transaction", "the unsigned transaction object"),
        (
            "bytesToBase64(encodeUnsignedTransaction(transaction))",
            "string",
            "the encoded transaction as base64 for the wallet",
        ),
        ("encodeUnsignedTransaction(transaction)", "Uint8Array", "the canonical bytes of the unsigned transaction"),
        (
            "{ txId: transaction.txID(), bytes: encodeUnsignedTransaction(transaction) }",
            "{ txId: string; bytes: Uint8Array }",
            "the future transaction id and the bytes to sign",
        ),
        (
            "{ transaction, fee: transaction.fee, lastValid: transaction.lastValid }",
            "{ transaction: Transaction; fee: bigint; lastValid: bigint }",
            "the transaction with its fee and last valid round",
        ),
    )
    return client_draft(
        dice,
        Task(
            goals=(
                (
                    f"build a payment of {money.says} from {payer_role.noun} to {payee_role.noun} without signing or"
                    " sending it"
                ),
                f"prepare a payment of {money.says} from {payer_role.noun} to {payee_role.noun} for a wallet to sign",
                f"create an unsigned payment transaction over {money.says} to {payee_role.noun}",
            ),
            names=("buildPayment", "preparePayment", "unsignedPayment", "draftPayment"),
            args=args,
            body=body,
            result=result,
            returns=returns,
            returning=(what,),
            details=[option.says for option in options],
        ),
        TRANSACTIONS,
    )


@FAMILY.recipe("sdk-payment", share=18)
def sdk_payment(dice: Dice) -> Draft:
    """The same with algosdk alone: suggested parameters, signing, sending, waiting."""
    payer_role, payee_role = story(dice)
    payee = target(dice, payee_role)
    name = payer_role.name
    source = dice.weighted([("signer", 40), ("account", 40), ("mnemonic", 20)])
    payer_arg = {
        "signer": Arg(
            name, "{ addr: Address; signer: TransactionSigner }", f"{possessive(payer_role)} address with a signer"
        ),
        "account": Arg(name, "Account", f"{possessive(payer_role)} algosdk account"),
        "mnemonic": Arg("phrase", "string", f"{possessive(payer_role)} 25-word mnemonic"),
    }[source]
    lines = [f"const {name} = mnemonicToSecretKey(phrase)"] if source == "mnemonic" else []
    lines.append("const suggestedParams = await algod.getTransactionParams().do()")
    details = ["Use algosdk only, no algokit-utils."]
    if dice.chance(0.3):
        lines.append("suggestedParams.flatFee = true\nsuggestedParams.fee = 1_000n")
        details.append("Set a flat fee of 1,000 microAlgos.")
    note = dice.chance(0.4)
    text = dice.one(DAPPS) + ":" + dice.pick("settled", "paid", "ok")
    fields = [
        f"sender: {name}.addr",
        *payee.fields,
        "amount: microAlgos",
        *([f"note: new TextEncoder().encode('{text}')"] if note else []),
        "suggestedParams",
    ]
    if note:
        details.append(f'Attach the note "{text}".')
    lines.append(f"const transaction = {call('makePaymentTxnWithSuggestedParamsFromObject', fields)}")
    signing = f"{name}.signer" if source == "signer" else f"makeBasicAccountTransactionSigner({name})"
    if dice.chance(0.4):
        lines += [
            "const composer = new AtomicTransactionComposer()",
            f"composer.addTransaction({{ txn: transaction, signer: {signing} }})",
        ]
        rounds = dice.pick(4, 6, 10)
        names, result, returns, what = dice.pick(
            ("txIDs", "txIDs[0]", "string", "the transaction id"),
            ("confirmedRound", "confirmedRound", "bigint", "the confirmed round"),
            (
                "confirmedRound, txIDs",
                "{ txId: txIDs[0], confirmedRound }",
                "{ txId: string; confirmedRound: bigint }",
                "transaction id and round",
            ),
        )
        lines.append(f"const {{ {names} }} = await composer.execute(algod, {rounds})")
        details.append(f"Wait up to {rounds} rounds.")
    else:
        if source != "signer":
            lines.append(f"const sign = makeBasicAccountTransactionSigner({name})")
            lines.append("const [signed] = await sign([transaction], [0])")
        else:
            lines.append(f"const [signed] = await {name}.signer([transaction], [0])")
        lines.append("const { txid } = await algod.sendRawTransaction(signed).do()")
        rounds = dice.pick(4, 5, 8)
        wait = f"await waitForConfirmation(algod, txid, {rounds})"
        details.append(f"Wait up to {rounds} rounds for the confirmation.")
        if dice.chance(0.5):
            lines.append(wait)
            result, returns, what = "txid", "string", "the transaction id"
        else:
            lines.append(f"const confirmation = {wait}")
            result, returns, what = dice.pick(
                ("confirmation.confirmedRound", "bigint | undefined", "the round of confirmation"),
                (
                    "{ txid, round: confirmation.confirmedRound }",
                    "{ txid: string; round: bigint | undefined }",
                    "transaction id and confirmed round",
                ),
            )
    return client_draft(
        dice,
        Task(
            goals=(
                f"send a payment from {payer_role.noun} to {payee_role.noun} with algosdk v3",
                f"build, sign and submit an Algo payment to {payee_role.noun} using the JavaScript SDK directly",
                f"pay {payee_role.noun} through algod without AlgoKit",
            ),
            names=("submitPayment", "payWithSdk", "sendRawPayment", "signAndSend"),
            args=[payer_arg, payee.arg, Arg("microAlgos", "bigint", "the amount in microAlgos")],
            body="\n".join(lines),
            result=result,
            returns=returns,
            returning=(what,),
            details=details,
            client=Arg("algod", "Algodv2", "the algod client"),
            scriptable=False,
        ),
        TRANSACTIONS,
    )


@FAMILY.recipe("note-with-fields", share=10)
def structured_note(dice: Dice) -> Draft:
    """Notes with structure: ARC-2, JSON, size limits, reading them back."""
    payer_role, payee_role = story(dice)
    payer, payee = signer(dice, payer_role), target(dice, payee_role)
    dapp = dice.one(DAPPS)
    money = fixed_algo(dice)
    form = dice.weighted([("arc2", 35), ("limited", 35), ("read", 30)])
    if form == "arc2":
        data, more = dice.pick(
            ("{ orderId, kind: 'sale' }", " and the kind 'sale'"),
            ("{ orderId }", ""),
            ("{ orderId, version: 1 }", " and the version 1"),
        )
        holding = f"holds the order number as orderId{more}"
        tag = braces([f"dAppName: '{dapp}'", "format: 'j'", f"data: {data}"])
        body = f"const note = TransactionComposer.arc2Note({tag})"
        end = ending(
            dice, call("algorand.send.payment", [*payer.fields, *payee.fields, f"amount: {money.expression}", "note"])
        )
        return client_draft(
            dice,
            Task(
                (
                    f"send {money.says} to {payee_role.noun} with an ARC-2 JSON note of {dapp} that {holding}",
                    (
                        f"pay {payee_role.noun} {money.says} and tag the payment for {dapp} with an ARC-2 note that"
                        f" {holding}"
                    ),
                ),
                ("payWithArc2Note", "taggedPayment"),
                [payer.arg, payee.arg, Arg("orderId", "number", "the order number", "17")],
                join(body, end.body),
                end.result,
                end.returns,
                end.returning,
            ),
            TRANSACTIONS,
        )
    if form == "limited":
        body = code("""
            const note = new TextEncoder().encode(JSON.stringify(data))
            if (note.length > 1000) {
              throw new RangeError(`the note has ${note.length} bytes, 1000 are allowed`)
            }
        """)
        end = ending(
            dice, call("algorand.send.payment", [*payer.fields, *payee.fields, f"amount: {money.expression}", "note"])
        )
        data_type = dice.pick("Record<string, unknown>", "{ order: string; items: string[] }", "object")
        return client_draft(
            dice,
            Task(
                (
                    f"pay {payee_role.noun} {money.says} with an arbitrary object as JSON in the note",
                    f"attach application data to a payment of {money.says} to {payee_role.noun}",
                ),
                ("payWithData", "payWithJson"),
                [payer.arg, payee.arg, Arg("data", data_type, "the data for the note")],
                join(body, end.body),
                end.result,
                end.returns,
                end.returning,
                ["Throw before sending when the encoded note is longer than the 1,000 bytes that the protocol allows."],
            ),
            TRANSACTIONS,
        )
    body = code("""
        const { transaction } = await algorand.client.indexer.lookupTransactionByID(txId).do()
        const text = new TextDecoder().decode(transaction.note ?? new Uint8Array())
    """)
    result, returns, what = dice.pick(
        ("text", "string", "the note as text, empty when there is none"),
        ("JSON.parse(text) as unknown", "unknown", "the value that the JSON note holds"),
    )
    return client_draft(
        dice,
        Task(
            (
                "read the note of a confirmed transaction by its id",
                "look up a transaction in the indexer and decode its note",
            ),
            ("readNote", "noteOf"),
            [Arg("txId", "string", "the transaction id", "process.env.TX_ID ?? ''")],
            body,
            result,
            returns,
            (what,),
        ),
        TRANSACTIONS,
    )
