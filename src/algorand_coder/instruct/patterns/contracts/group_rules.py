"""What a contract demands of the transactions around it, and of signatures."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Piece, contract_draft
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import code
from algorand_coder.records import Category

FAMILY = Family("contract_logic")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("group-payments", share=6)
def group_payments(dice: Dice) -> Draft:
    """Payments that stand around a call."""
    where = dice.pick("before", "index", "sum")
    piece = Piece("checks the payments in the group around a call")
    if where == "before":
        least = dice.pick("100_000", "1_000_000")
        piece.write(
            dice.pick("enter", "unlock"),
            "(): uint64",
            "requires that the transaction right before the call pays the application at least"
            f" {int(least.replace('_', '')):,} microAlgos and returns the amount",
            code(f"""
            assert(Txn.groupIndex > 0, 'a payment must come first')
            const payment = gtxn.PaymentTxn(Txn.groupIndex - 1)
            assert(payment.receiver === Global.currentApplicationAddress, 'pay the application')
            assert(payment.amount >= {least}, 'too little')
            return payment.amount
        """),
        )
    elif where == "index":
        piece.write(
            "settle",
            "(index: uint64): uint64",
            "reads the payment at a given place in the group, requires that it goes to the application and"
            " returns its amount",
            code("""
            assert(index < Global.groupSize, 'no such transaction')
            const payment = gtxn.PaymentTxn(index)
            assert(payment.receiver === Global.currentApplicationAddress, 'pay the application')
            return payment.amount
        """),
        )
    else:
        piece.write(
            "totalPaid",
            "(): uint64",
            "adds up every payment of the group that goes to the application",
            code("""
            let total: uint64 = 0
            for (const i of urange(Global.groupSize)) {
              const txn = gtxn.Transaction(i)
              if (txn.type === TransactionType.Payment) {
                const payment = gtxn.PaymentTxn(i)
                if (payment.receiver === Global.currentApplicationAddress) {
                  total += payment.amount
                }
              }
            }
            return total
        """),
        )
    if dice.chance(0.5):
        piece.state = ["received = GlobalState<uint64>({ initialValue: 0 })"]
        method = piece.methods[0]
        value = method.body.rsplit("return ", 1)[1]
        method.body = method.body.rsplit("return ", 1)[0] + f"this.received.value += {value}\nreturn {value}"
        method.says += ", adding it to a total in global state"
    return contract_draft(dice, ("PaymentGate", "TollBooth", "Cashier"), [piece], CONTRACTS)


@FAMILY.recipe("signed-messages", share=6)
def signed_messages(dice: Dice) -> Draft:
    """Messages signed off chain."""
    budget = dice.pick("2_000", "2_500")
    source = dice.pick("GroupCredit", "Any")
    piece = Piece("accepts messages signed with an Ed25519 key off chain")
    piece.state = ["publicKey = GlobalState<bytes<32>>()"]
    piece.create, piece.create_params = (
        ["this.publicKey.value = publicKey"],
        [("publicKey", "bytes<32>", "the public key")],
    )
    nonce = dice.chance(0.5)
    if nonce:
        piece.state.append("used = BoxMap<bytes<32>, boolean>({ keyPrefix: 'u' })")
    verify = f"ensureBudget({budget}, OpUpFeeSource.{source})"
    lines = [verify, "assert(op.ed25519verifyBare(message, signature, this.publicKey.value), 'bad signature')"]
    if nonce:
        lines += [
            "const id = op.sha256(message)",
            "assert(!this.used(id).exists, 'used already')",
            "this.used(id).value = true",
        ]
    else:
        piece.state.append("accepted = GlobalState<uint64>({ initialValue: 0 })")
        lines += ["this.accepted.value += 1"]
    piece.write(
        dice.pick("accept", "submit", "redeem"),
        "(message: bytes, signature: bytes<64>): void",
        "verifies a signature over a message, raising the opcode budget first"
        + (", and accepts each message once" if nonce else ", and counts accepted messages"),
        *lines,
    )
    if dice.chance(0.5):
        piece.write(
            "setKey",
            "(publicKey: bytes<32>): void",
            "replaces the public key; only the creator may do it",
            "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
            "this.publicKey.value = publicKey",
        )
    return contract_draft(dice, ("SignedMessages", "Oracle", "VoucherDesk"), [piece], CONTRACTS)
