"""Verified building blocks of client code: who signs, how much, which options, what comes back, what is checked."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.base import Arg
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, code, grouped, quoted
from algorand_coder.instruct.patterns.words import NOTES, Role


@dataclass(frozen=True, slots=True)
class Party:
    """An account in a program: its parameter and how transactions refer to it."""

    arg: Arg
    address: str
    """Expression for ``string | Address`` positions."""
    fields: tuple[str, ...]
    """Object fields that make it the sender and, where needed, the signer."""


def signer(dice: Dice, role: Role, *, bare: bool = False) -> Party:
    """Somebody who signs: a registered address, or an account object that carries its signer.

    ``bare`` allows only forms whose name can stand where an address is expected.
    """
    demo = f"await algorand.account.fromEnvironment('{role.env}')"
    form = dice.weighted([("string", 46), ("Address", 24), ("account", 0 if bare else 30)])
    if form == "account":
        arg = Arg(role.name, "TransactionSignerAccount", f"the account of {role.noun} and how it signs", demo)
        return Party(arg, f"{role.name}.addr", (f"sender: {role.name}.addr", f"signer: {role.name}.signer"))
    field = "sender" if role.name == "sender" else f"sender: {role.name}"
    return Party(Arg(role.name, form, f"{possessive(role)} address", demo), role.name, (field,))


def target(dice: Dice, role: Role, field: str = "receiver") -> Party:
    """Somebody who does not sign: an address as string or ``Address``, which a script is given by its environment."""
    form = dice.weighted([("string", 75), ("Address", 25)])
    demo = f"process.env.{role.env} ?? ''"
    if form == "Address":
        demo = f"Address.fromString({demo})"
    line = field if role.name == field else f"{field}: {role.name}"
    return Party(Arg(role.name, form, f"{possessive(role)} address", demo), role.name, (line,))


def possessive(role: Role) -> str:
    """``Alice's``, ``the payer's``."""
    return f"{role.noun}'s"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of Algo: a literal or a parameter."""

    expression: str
    """Of type ``AlgoAmount``."""
    micro: str
    """Expression for the micro-Algo as ``bigint``."""
    says: str
    arg: Arg | None


def fixed_algo(dice: Dice, micro: int = 0) -> Money:
    """A literal amount in Algo or micro-Algo."""
    micro = micro or dice.one(
        (100_000, 250_000, 500_000, 750_000, 1_000_000, 1_500_000, 2_000_000, 5_000_000, 12_000_000)
    )
    whole = f"{micro / 1_000_000:g}"
    in_algo = dice.chance(0.65)
    expression = f"algo({whole})" if in_algo else f"microAlgo({grouped(micro)})"
    return Money(expression, f"{grouped(micro)}n", f"{whole} Algo" if in_algo else f"{micro:,} microAlgos", None)


def given_algo(dice: Dice, name: str = "amount") -> Money:
    """An amount that the caller passes."""
    form = dice.weighted([("amount", 30), ("micro", 48), ("algos", 22)])
    if form == "amount":
        return Money(name, f"{name}.microAlgo", "a given amount", Arg(name, "AlgoAmount", "the amount", "algo(2)"))
    if form == "algos":
        arg = Arg("algos", "number", "how many Algo", "1.5")
        return Money("algo(algos)", "algo(algos).microAlgo", "a given number of Algo", arg)
    arg = Arg("microAlgos", "bigint", "how many microAlgos", "250_000n")
    return Money("microAlgo(microAlgos)", "microAlgos", "a given number of microAlgos", arg)


@dataclass(frozen=True, slots=True)
class Option:
    """A transaction field that a request may ask for."""

    field: str
    says: str
    arg: Arg | None = None


def note_option(dice: Dice) -> Option:
    """A note: literal text, a parameter, or JSON."""
    form = dice.weighted([("literal", 40), ("param", 25), ("json", 20), ("template", 15)])
    if form == "literal":
        text = dice.one(NOTES)
        return Option(f"note: {quoted(text)}", dice.pick(f'Attach the note "{text}".', f'The note reads "{text}".'))
    if form == "param":
        return Option(
            "note", "Attach a memo that is passed in.", Arg("note", "string", "a memo", quoted(dice.one(NOTES)))
        )
    if form == "template":
        arg = Arg("invoiceId", "string", "an invoice id", quoted("INV-2041"))
        return Option("note: `invoice:${invoiceId}`", 'The note is "invoice:" followed by the invoice id.', arg)
    arg = Arg("orderId", "number", "an order number", "8841")
    return Option("note: JSON.stringify({ orderId })", "Put the order number into the note as JSON.", arg)


def send_options(dice: Dice, low: int = 0, high: int = 2) -> list[Option]:
    """Common transaction options in a drawn combination."""
    library = [
        note_option(dice),
        dice.pick(
            Option("staticFee: microAlgo(1_000)", "Pay a flat fee of 1,000 microAlgos."),
            Option("staticFee: microAlgo(2_000)", "Use a fixed fee of 2,000 microAlgos."),
            Option("maxFee: microAlgo(3_000)", "Refuse to pay more than 3,000 microAlgos in fees."),
            Option("extraFee: microAlgo(1_000)", "Pay 1,000 microAlgos on top of the suggested fee."),
        ),
        dice.pick(
            Option("validityWindow: 50", "The transaction is valid for 50 rounds."),
            Option("validityWindow: 200n", "Let it stay valid for 200 rounds."),
            Option(
                "validityWindow",
                "The caller decides for how many rounds it is valid.",
                Arg("validityWindow", "number", "the number of rounds it is valid", "100"),
            ),
        ),
        dice.pick(
            Option("maxRoundsToWaitForConfirmation: 5", "Wait at most five rounds for the confirmation."),
            Option("maxRoundsToWaitForConfirmation: 10", "Give up waiting after ten rounds."),
        ),
        Option("suppressLog: true", "Keep the library's own log output quiet."),
    ]
    return dice.some(library, low, high)


def composed_options(dice: Dice, low: int = 0, high: int = 2) -> list[Option]:
    """Options that may stand in a transaction of a group: those of the transaction, none of the sending."""
    allowed = [o for o in send_options(dice, 5, 5) if not o.field.startswith(("maxRounds", "suppressLog"))]
    return dice.some(allowed, low, high)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the outcome of one sent transaction is used."""

    body: str
    result: str
    returns: str
    returning: tuple[str, ...]


def ending(dice: Dice, sent: str) -> Ending:
    """Send (``sent`` is a call that gives a promise of a single-transaction result) and give something back."""
    form = dice.weighted(
        [("txid", 22), ("destructured", 16), ("round", 16), ("none", 8), ("object", 16), ("fee", 10), ("named", 12)]
    )
    if form == "txid":
        word = dice.pick("result", "sent", "outcome")
        return Ending(f"const {word} = await {sent}", f"{word}.txIds[0]", "string", TXID)
    if form == "destructured":
        return Ending(f"const {{ txIds }} = await {sent}", "txIds[0]", "string", TXID)
    if form == "round":
        return Ending(
            f"const {{ confirmation }} = await {sent}", "confirmation.confirmedRound", "bigint | undefined", ROUND
        )
    if form == "none":
        return Ending(f"await {sent}", "", "void", ())
    if form == "fee":
        return Ending(
            f"const {{ transaction }} = await {sent}",
            "transaction.fee",
            "bigint",
            ("the fee that was paid, in microAlgos",),
        )
    if form == "named":
        return Ending(f"const {{ transaction }} = await {sent}", "transaction.txID()", "string", TXID)
    return Ending(
        f"const {{ txIds, confirmation }} = await {sent}",
        "{ txId: txIds[0], round: confirmation.confirmedRound }",
        "{ txId: string; round: bigint | undefined }",
        ("the transaction id and the round it was confirmed in", "an object with transaction id and confirmed round"),
    )


TXID = ("the transaction id", "the id of the confirmed transaction", "the transaction's id")
ROUND = ("the round in which it was confirmed", "the confirmed round")


@dataclass(frozen=True, slots=True)
class Check:
    """A statement that precedes the work."""

    body: str
    says: str


def refuse(condition: str, message: str, error: str = "Error") -> str:
    """``if (condition) throw …`` over three lines."""
    return block(f"if ({condition})", f"throw new {error}({message})")


def address_check(party: Party) -> Check | None:
    """Refuses a malformed address; only where the address is a string."""
    if party.arg.type != "string":
        return None
    return Check(
        refuse(f"!isValidAddress({party.address})", f"`not an Algorand address: ${{{party.address}}}`"),
        "Refuse a malformed destination address before anything is sent.",
    )


def positive_check(money: Money) -> Check | None:
    """Refuses an amount of zero or less; only for parameters."""
    if money.arg is None:
        return None
    return Check(
        refuse(f"{money.micro} <= 0n", "'the amount must be positive'", "RangeError"),
        "Reject amounts that are not positive.",
    )


def balance_check(payer: Party, money: Money, dice: Dice) -> Check:
    """Refuses when the payer cannot spend that much and keep its minimum balance."""
    says = dice.pick(
        "Check first that the payer can afford it without falling below its minimum balance.",
        "Throw before sending when the spendable balance is too small.",
    )
    if dice.chance(0.5):
        body = code(f"""
            const {{ balance, minBalance }} = await algorand.account.getInformation({payer.address})
            const spendable = balance.microAlgo - minBalance.microAlgo
        """)
    else:
        body = code(f"""
            const info = await algorand.account.getInformation({payer.address})
            const spendable = info.balance.microAlgo - info.minBalance.microAlgo
        """)
    fee = "1_000n"
    return Check(
        f"{body}\n" + refuse(f"spendable < {money.micro} + {fee}", "`only ${spendable} microAlgos can be spent`"), says
    )
