"""Logic signatures in Algorand TypeScript: what a delegated or escrow program lets pass."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.typescript import block, code, contract_module, inner, join, quoted
from algorand_coder.records import Category, Kind

FAMILY = Family("logicsigs")
CONTRACTS = Category.CONTRACTS


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a program demands."""

    test: str
    message: str
    says: str
    variable: str = ""
    """Declaration of a template variable it uses."""


SAFE = (
    Condition("Txn.rekeyTo === Global.zeroAddress", "no rekeying", "it does not rekey"),
    Condition("Txn.closeRemainderTo === Global.zeroAddress", "no closing", "it does not close the account"),
)


def conditions(dice: Dice, kind: str) -> list[Condition]:
    """Demands that fit a transaction type; closing out would pass every limit, so it is always ruled out."""
    limit = dice.pick("1_000_000", "5_000_000", "250_000")
    words = f"{int(limit.replace('_', '')):,}"
    pay = [
        Condition(f"Txn.amount <= {limit}", "too much", f"the amount is at most {words} microAlgos"),
        Condition(
            "Txn.amount <= MAX_AMOUNT",
            "too much",
            "the amount is at most a template variable MAX_AMOUNT",
            "const MAX_AMOUNT = TemplateVar<uint64>('MAX_AMOUNT')",
        ),
        Condition(
            "Txn.receiver === RECEIVER",
            "wrong receiver",
            "it pays an account that is a template variable RECEIVER",
            "const RECEIVER = TemplateVar<Account>('RECEIVER')",
        ),
        Condition("Txn.receiver === Txn.sender", "pay yourself", "it pays the sender itself"),
        Condition("Txn.amount === 0", "no Algo may move", "no Algo is moved"),
    ]
    asset = [
        Condition(
            "Txn.xferAsset.id === ASSET_ID",
            "wrong asset",
            "the asset is the template variable ASSET_ID",
            "const ASSET_ID = TemplateVar<uint64>('ASSET_ID')",
        ),
        Condition("Txn.assetAmount === 0", "opt-ins only", "the amount is zero"),
        Condition("Txn.assetReceiver === Txn.sender", "to yourself only", "the receiver is the sender"),
        Condition(
            f"Txn.assetAmount <= {limit.split('_')[0]}",
            "too many units",
            f"the amount in base units is at most {limit.split('_')[0]}",
        ),
        Condition("Txn.assetCloseTo === Global.zeroAddress", "no closing out", "the holding is not closed out"),
    ]
    fee = dice.pick("2_000", "10_000")
    common = [
        Condition("Txn.fee <= Global.minTxnFee", "the fee is too high", "the fee is at most the minimum"),
        Condition(
            f"Txn.fee <= {fee}", "the fee is too high", f"the fee is at most {int(fee.replace('_', '')):,} microAlgos"
        ),
        Condition(
            "Txn.lastValid <= EXPIRY",
            "expired",
            "it is valid up to the round in the template variable EXPIRY at most",
            "const EXPIRY = TemplateVar<uint64>('EXPIRY')",
        ),
        Condition("Global.groupSize === 1", "must be sent alone", "it is sent alone"),
        Condition("Global.groupSize === 2", "two transactions", "its group has two transactions"),
        Condition(
            "Txn.firstValid >= START",
            "too early",
            "its first valid round is at least the template variable START",
            "const START = TemplateVar<uint64>('START')",
        ),
        Condition("Txn.note.length === 0", "no note", "it has no note"),
    ]
    own = dice.some(pay if kind == "Payment" else asset, 1, 2)
    closing = SAFE if kind == "Payment" else (asset[-1], SAFE[0])
    tests = [*own, *dice.some(common, 1, 2), *closing]
    seen: set[str] = set()
    picked = []
    for condition in tests:
        subject = condition.test.split(" ")[0]
        if subject not in seen:
            seen.add(subject)
            picked.append(condition)
    return picked


OPENINGS = (
    "Write a logic signature in Algorand TypeScript{name} that approves {what} only when {rules}.",
    "Create a LogicSig{name}: it approves {what} if {rules}, and nothing else.",
    "I need a logic signature{name} that lets {what} pass provided that {rules}.",
    "Implement a delegated logic signature{name}. It signs {what} under these conditions: {rules}.",
    "How do I write a logic signature{name} in TypeScript that accepts {what} only if {rules}?",
)


@FAMILY.recipe("spending-rules", share=19)
def spending_rules(dice: Dice) -> Draft:
    """Demands on one transaction."""
    kind, what = dice.pick(("Payment", "a payment"), ("Payment", "a payment"), ("AssetTransfer", "an asset transfer"))
    demands = conditions(dice, kind)
    style = dice.weighted([("asserts", 45), ("expression", 30), ("ifs", 25)])
    first = f"Txn.typeEnum === TransactionType.{kind}"
    if style == "asserts":
        body = join(
            f"assert({first}, 'not {what}')",
            *(f"assert({d.test}, {quoted(d.message)})" for d in demands),
            "return true",
        )
    elif style == "expression":
        tests = [first, *(d.test for d in demands)]
        body = "return (\n" + inner(" &&\n".join(tests)) + "\n)"
    else:
        body = join(
            block(f"if ({first.replace('===', '!==')})", "return false"),
            *(f"assert({d.test}, {quoted(d.message)})" for d in demands[:-1]),
            f"return {demands[-1].test}",
        )
    class_name = dice.pick("SpendingRule", "Delegate", "LimitedSigner", "StandingOrder", "Approval", "PettyCash")
    variables = list(dict.fromkeys(d.variable for d in demands if d.variable))
    returns = dice.pick("boolean", "boolean", "boolean | uint64") if style != "ifs" else "boolean"
    source = contract_module(
        join(
            "\n".join(variables),
            block(f"export class {class_name} extends LogicSig", block(f"program(): {returns.split(' |')[0]}", body)),
            gap=2,
        )
    )
    name = f" `{class_name}`" if dice.chance(0.6) else ""
    text = dice.one(OPENINGS).format(name=name, what=what, rules=listed([d.says for d in demands]))
    return Draft(text, "", source, CONTRACTS, Kind.LOGICSIG)


@FAMILY.recipe("secret-and-args", share=10)
def secret_and_args(dice: Dice) -> Draft:
    """Programs with arguments: preimages, passwords, oracles' signatures, groups."""
    form = dice.pick("hash", "group", "signature", "periodic")
    variables: list[str] = []
    if form == "hash":
        function = dice.pick("sha256", "keccak256", "sha512_256")
        variables = ["const HASH = TemplateVar<bytes>('HASH')", "const RECEIVER = TemplateVar<Account>('RECEIVER')"]
        timeout = dice.chance(0.5)
        unlocked = f"const unlocked: boolean = op.{function}(op.arg(0)) === HASH && Txn.receiver === RECEIVER"
        if timeout:
            variables += [
                "const OWNER = TemplateVar<Account>('OWNER')",
                "const TIMEOUT = TemplateVar<uint64>('TIMEOUT')",
            ]
            body = join(
                "assert(Txn.typeEnum === TransactionType.Payment, 'payments only')",
                "assert(Txn.rekeyTo === Global.zeroAddress, 'no rekeying')",
                "assert(Txn.closeRemainderTo === Global.zeroAddress, 'no closing')",
                unlocked,
                "const expired: boolean = Txn.firstValid > TIMEOUT && Txn.receiver === OWNER",
                "return unlocked || expired",
            )
            says = (
                f"releases a payment to RECEIVER when the first argument hashes to HASH ({function}), or to OWNER after"
                " the round TIMEOUT; all four are template variables; rekeying and closing the account are refused"
            )
        else:
            body = join(
                "assert(Txn.typeEnum === TransactionType.Payment, 'payments only')",
                "assert(Txn.rekeyTo === Global.zeroAddress, 'no rekeying')",
                "assert(Txn.closeRemainderTo === Global.zeroAddress, 'no closing')",
                unlocked,
                "return unlocked",
            )
            says = (
                "releases a payment to the template variable RECEIVER when the first argument hashes to the template"
                f" variable HASH ({function}); rekeying and closing the account are refused"
            )
        names: tuple[str, ...] = ("HashLock", "SecretGate", "Preimage")
    elif form == "group":
        price = dice.pick("500_000", "1_000_000", "2_000_000")
        variables = ["const SELLER = TemplateVar<Account>('SELLER')"]
        asset = dice.chance(0.5)
        second = code(f"""
            const payment = gtxn.PaymentTxn(0)
            assert(payment.receiver === SELLER, 'pay the seller')
            assert(payment.amount >= {price}, 'too little')
        """)
        body = join(
            "assert(Global.groupSize === 2, 'a payment and a transfer')",
            "assert(Txn.groupIndex === 1, 'the payment comes first')",
            second,
            "assert(Txn.typeEnum === TransactionType.AssetTransfer, 'not an asset transfer')",
            "assert(Txn.assetAmount === 1, 'one unit a time')" if asset else "",
            "assert(Txn.assetCloseTo === Global.zeroAddress, 'no closing out')",
            "return Txn.rekeyTo === Global.zeroAddress",
        )
        says = (
            f"gives away {'one unit of an asset' if asset else 'units of an asset'} as the second of two transactions"
            f" when the first pays the template variable SELLER at least {int(price.replace('_', '')):,} microAlgos,"
            " without closing out or rekeying"
        )
        names = ("VendingEscrow", "SelfService", "AssetForAlgo")
    elif form == "signature":
        variables = ["const ORACLE_KEY = TemplateVar<bytes<32>>('ORACLE_KEY')"]
        body = code("""
            assert(Txn.typeEnum === TransactionType.Payment, 'payments only')
            assert(Txn.rekeyTo === Global.zeroAddress, 'no rekeying')
            assert(Txn.closeRemainderTo === Global.zeroAddress, 'no closing')
            const message = op.itob(Txn.amount).concat(Txn.receiver.bytes)
            return op.ed25519verifyBare(message, op.arg(0).toFixed({ length: 64 }), ORACLE_KEY)
        """)
        says = (
            "approves a payment when the first argument is an Ed25519 signature over amount (eight bytes) and receiver"
            " by the key in the template variable ORACLE_KEY, without rekeying or closing the account"
        )
        names = ("OracleApproval", "SignedAllowance")
    else:
        variables = [
            "const PERIOD = TemplateVar<uint64>('PERIOD')",
            "const DURATION = TemplateVar<uint64>('DURATION')",
            "const RECEIVER = TemplateVar<Account>('RECEIVER')",
            "const AMOUNT = TemplateVar<uint64>('AMOUNT')",
        ]
        body = code("""
            assert(Txn.typeEnum === TransactionType.Payment, 'payments only')
            assert(Txn.fee <= Global.minTxnFee, 'the fee is too high')
            assert(Txn.firstValid % PERIOD === 0, 'not due')
            assert(Txn.lastValid === Txn.firstValid + DURATION, 'wrong validity')
            assert(Txn.receiver === RECEIVER, 'wrong receiver')
            assert(Txn.amount === AMOUNT, 'wrong amount')
            return Txn.closeRemainderTo === Global.zeroAddress && Txn.rekeyTo === Global.zeroAddress
        """)
        if dice.chance(0.5):
            body = body.replace(
                "assert(Txn.amount === AMOUNT, 'wrong amount')", "assert(Txn.amount <= AMOUNT, 'too much')"
            )
        exact = "exactly" if "=== AMOUNT" in body else "at most"
        says = (
            f"signs a recurring payment of {exact} AMOUNT to RECEIVER whose first valid round is a multiple of PERIOD"
            " and which is valid for exactly DURATION rounds, at the minimum fee, without closing or rekeying; all"
            " four are template variables"
        )
        names = ("RecurringPayment", "DirectDebit", "PeriodicPayment")
    order = dice.shuffled(variables) if dice.chance(0.4) else variables
    class_name = dice.one(names)
    helper = dice.chance(0.3) and "assert(Txn.rekeyTo === Global.zeroAddress, 'no rekeying')" in body
    declared = "\n".join(order)
    if helper:
        body = body.replace("assert(Txn.rekeyTo === Global.zeroAddress, 'no rekeying')", "forbidRekeying()")
        declared = join(
            declared,
            block("function forbidRekeying(): void", "assert(Txn.rekeyTo === Global.zeroAddress, 'no rekeying')"),
            gap=2,
        )
    source = contract_module(
        join(declared, block(f"export class {class_name} extends LogicSig", block("program(): boolean", body)), gap=2)
    )
    name = f" `{class_name}`" if dice.chance(0.6) else ""
    text = dice.pick(
        f"Write a logic signature in Algorand TypeScript{name} that {says}.",
        f"Create a LogicSig{name} that {says}.",
        f"I need a logic signature{name} that {says}.",
        f"Implement a logic signature{name}: it {says}.",
    )
    if helper:
        text += " Put the check against rekeying into a function of its own."
    return Draft(text, "", source, CONTRACTS, Kind.LOGICSIG)
