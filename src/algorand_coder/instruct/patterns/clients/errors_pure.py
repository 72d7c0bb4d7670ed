"""Pure functions over errors and input."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.clients.failures import (
    BELOW_MINIMUM,
    DEAD,
    FROZEN,
    LOW_FEE,
    MESSAGE,
    NOT_OPTED_IN,
    OVERSPEND,
    TWICE,
    UNDERFLOW,
    UNSIGNED,
)
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article, client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, code, join, quoted
from algorand_coder.records import Category

FAMILY = Family("errors")
ERRORS = Category.ERRORS


@FAMILY.recipe("classify-error", share=24)
def classify_error(dice: Dice) -> Draft:
    """Pure functions over unknown errors."""
    library = [OVERSPEND, BELOW_MINIMUM, NOT_OPTED_IN, UNDERFLOW, FROZEN, DEAD, TWICE, LOW_FEE, UNSIGNED]
    chosen = dice.some(library, 2, 5)
    union = " | ".join([*(quoted(f.code) for f in chosen), "'other'"])
    pairs = "; ".join(f'"{f.mark}" is {f.code}' for f in chosen)
    form = dice.pick("ifs", "entries", "switch", "regex", "retryable")
    error = Arg("error", "unknown", "the caught error")
    if form == "regex":
        which = dice.pick("txid", "amount", "pc")
        if which == "pc":
            task = Task(
                ("extract the program counter from the message of a logic evaluation error",),
                ("programCounter",),
                [error],
                f"const text = {MESSAGE}\nconst match = /pc=(\\d+)/.exec(text)",
                "match ? Number(match[1]) : undefined",
                "number | undefined",
                ("the program counter, or undefined when there is none",),
                client=None,
                sync=True,
            )
        elif which == "txid":
            task = Task(
                (
                    "extract the transaction id from an error of the transaction pool",
                    "find out which transaction a node's error message talks about",
                ),
                ("failedTransactionId", "txIdOf"),
                [error],
                f"const text = {MESSAGE}\nconst match = /transaction ([A-Z2-7]{{52}})/.exec(text)",
                "match?.[1]",
                "string | undefined",
                ("the id of 52 characters, or undefined",),
                client=None,
                sync=True,
            )
        else:
            task = Task(
                ("read from a minimum-balance error by how many microAlgos an account falls short",),
                ("shortfall",),
                [error],
                join(
                    f"const text = {MESSAGE}",
                    "const match = /balance (\\d+) below min (\\d+)/.exec(text)",
                    "if (!match) return undefined",
                ),
                "BigInt(match[2]) - BigInt(match[1])",
                "bigint | undefined",
                ("the difference, or undefined for other errors",),
                client=None,
                sync=True,
            )
        return client_draft(dice, task, ERRORS)
    if form == "retryable":
        declarations = code("""
            const PERMANENT = [{marks}]
        """).replace("{marks}", ", ".join(quoted(f.mark) for f in chosen))
        body = f"const text = {MESSAGE}"
        task = Task(
            (
                "decide whether a failed submission is worth trying again",
                "tell permanent failures of a transaction from temporary ones",
            ),
            ("isRetryable", "isTemporary"),
            [error],
            body,
            "!PERMANENT.some((mark) => text.includes(mark))",
            "boolean",
            ("false for permanent failures, true otherwise",),
            [f"Permanent are messages that contain {listed([quoted(f.mark) for f in chosen])}."],
            declarations=declarations,
            client=None,
            sync=True,
        )
        return client_draft(dice, task, ERRORS)
    declarations = f"export type FailureCode = {union}" if dice.chance(0.7) else ""
    returns = "FailureCode" if declarations else union
    if form == "ifs":
        body = join(
            f"const text = {MESSAGE}",
            *(f"if (text.includes({quoted(f.mark)})) return {quoted(f.code)}" for f in chosen),
        )
        result = "'other'"
    elif form == "entries":
        rows = ",\n".join(f"  {quoted(f.mark)}: {quoted(f.code)}" for f in chosen)
        kind = "Record<string, FailureCode>" if declarations else "Record<string, string>"
        declarations = join(declarations, f"const CODES: {kind} = {{\n{rows},\n}}", gap=2)
        if "FailureCode" not in kind:
            returns = "string"
        body = f"const text = {MESSAGE}\nconst found = Object.entries(CODES).find(([mark]) => text.includes(mark))"
        result = "found?.[1] ?? 'other'"
    else:
        cases = "\n".join(f"case text.includes({quoted(f.mark)}):\n  return {quoted(f.code)}" for f in chosen)
        body = join(f"const text = {MESSAGE}", block("switch (true)", join(cases, "default:\n  return 'other'")))
        result = ""
    task = Task(
        (
            "classify an error that a node returned for a transaction",
            "turn the message of a rejected transaction into a code",
            "map algod's rejection messages to codes",
        ),
        ("classifyError", "failureCode", "codeOf"),
        [error],
        body,
        result,
        returns,
        ("the code, 'other' when nothing matches",),
        [f"Fragments and codes: {pairs}."],
        declarations=declarations,
        client=None,
        sync=True,
    )
    return client_draft(dice, task, ERRORS)


@FAMILY.recipe("input-checks", share=27)
def input_checks(dice: Dice) -> Draft:
    """Refusing bad input before the network sees it."""
    checks: dict[str, tuple[Arg, str, str]] = {
        "address": (
            Arg("address", "string", "an address"),
            "if (!isValidAddress(address)) problems.push('the address is malformed')",
            "the address must be a valid Algorand address",
        ),
        "amount": (
            Arg("microAlgos", "bigint", "an amount in microAlgos"),
            "if (microAlgos <= 0n) problems.push('the amount must be positive')",
            "the amount must be positive",
        ),
        "cap": (
            Arg("microAlgos", "bigint", "an amount in microAlgos"),
            "if (microAlgos <= 0n || microAlgos > 10_000_000_000n) problems.push('the amount is out of range')",
            "the amount must be between 1 microAlgo and 10,000 Algo",
        ),
        "note": (
            Arg("note", "string", "a note"),
            "if (new TextEncoder().encode(note).length > 1_000) problems.push('the note exceeds 1000 bytes')",
            "the note may have at most 1,000 bytes",
        ),
        "unit": (
            Arg("unitName", "string", "a unit name"),
            "if (new TextEncoder().encode(unitName).length > 8) problems.push('the unit name exceeds 8 bytes')",
            "the unit name may have at most 8 bytes",
        ),
        "name": (
            Arg("assetName", "string", "an asset name"),
            "if (new TextEncoder().encode(assetName).length > 32) problems.push('the asset name exceeds 32 bytes')",
            "the asset name may have at most 32 bytes",
        ),
        "url": (
            Arg("url", "string", "a URL"),
            "if (new TextEncoder().encode(url).length > 96) problems.push('the URL exceeds 96 bytes')",
            "the URL may have at most 96 bytes",
        ),
        "decimals": (
            Arg("decimals", "number", "the decimals"),
            (
                "if (!Number.isInteger(decimals) || decimals < 0 || decimals > 19) problems.push('decimals must be a"
                " whole number from 0 to 19')"
            ),
            "decimals must be a whole number from 0 to 19",
        ),
        "id": (
            Arg("assetId", "bigint", "an asset id"),
            "if (assetId <= 0n) problems.push('the asset id must be positive')",
            "the asset id must be positive",
        ),
        "zero": (
            Arg("recipient", "string", "a recipient"),
            "if (recipient === Address.zeroAddress().toString()) problems.push('the zero address cannot be paid')",
            "the zero address is refused",
        ),
    }
    names = dice.some([n for n in checks if n != dice.pick("amount", "cap")], 2, 4)
    if "amount" in names and "cap" in names:
        names.remove("amount")
    chosen = [checks[name] for name in names]
    form = dice.pick("list", "throw", "assert", "parse")
    rules = [c[2] for c in chosen]
    details = [f"Rules: {'; '.join(rules)}."]
    if form == "parse":
        which = dice.pick("algo", "address", "id")
        if which == "algo":
            body = join(
                "const match = /^(\\d+)(?:\\.(\\d{1,6}))?$/.exec(text.trim())",
                block("if (!match)", "throw new RangeError(`not an amount of Algo: ${text}`)"),
                "const [, whole, fraction = ''] = match",
                "const micro = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))",
            )
            task = Task(
                (
                    "parse an amount of Algo typed by a user into microAlgos without floating point",
                    "convert text such as 12.5 into microAlgos exactly",
                ),
                ("parseAlgo", "toMicroAlgos"),
                [Arg("text", "string", "the text")],
                body,
                *dice.pick(
                    ("micro", "bigint", ("the microAlgos",)), ("microAlgo(micro)", "AlgoAmount", ("an AlgoAmount",))
                ),
                ["At most six decimals; anything else is a RangeError."],
                client=None,
                sync=True,
            )
        elif which == "address":
            body = join(
                "const text = input.trim().toUpperCase()",
                block("if (!isValidAddress(text))", "throw new TypeError(`not an Algorand address: ${input}`)"),
            )
            task = Task(
                ("normalise and validate an address that a user typed",),
                ("parseAddress", "cleanAddress"),
                [Arg("input", "string", "what the user typed")],
                body,
                *dice.pick(
                    ("Address.fromString(text)", "Address", ("an Address",)),
                    ("text", "string", ("the cleaned address",)),
                ),
                ["Blanks around it and lower case are forgiven; everything else is a TypeError."],
                client=None,
                sync=True,
            )
        else:
            body = join(
                block("if (!/^[1-9]\\d*$/.test(text))", "throw new TypeError(`not an id: ${text}`)"),
                "const id = BigInt(text)",
                block("if (id >= 2n ** 64n)", "throw new RangeError(`${text} does not fit into 64 bits`)"),
            )
            task = Task(
                ("parse an asset or application id from text",),
                ("parseId",),
                [Arg("text", "string", "the text")],
                body,
                "id",
                "bigint",
                ("the id",),
                ["It must be a positive whole number below 2^64."],
                client=None,
                sync=True,
            )
        return client_draft(dice, task, ERRORS)
    tests = [c[1] for c in chosen]
    args = list({c[0].name: c[0] for c in chosen}.values())
    if form == "list":
        task = Task(
            (
                f"check user input before a transaction is built: {listed([a.says for a in args])}",
                "collect everything that is wrong with a request before it reaches the network",
            ),
            ("validate", "findProblems", "checkInput"),
            args,
            join("const problems: string[] = []", *tests),
            "problems",
            "string[]",
            ("all problems as texts, an empty list when the input is fine",),
            details,
            client=None,
            sync=True,
        )
    elif form == "throw":
        task = Task(
            (f"validate {listed([a.says for a in args])} and throw one error that names every problem",),
            ("assertValid", "validateOrThrow"),
            args,
            join(
                "const problems: string[] = []",
                *tests,
                block("if (problems.length > 0)", "throw new Error(problems.join('; '))"),
            ),
            "",
            "void",
            (),
            details,
            client=None,
            sync=True,
        )
    else:
        error = dice.pick("RangeError", "TypeError", "Error")
        direct = []
        for test in tests:
            condition, message = test.removeprefix("if (").split(") problems.push(", 1)
            direct.append(block(f"if ({condition})", f"throw new {error}({message[:-1]})"))
        task = Task(
            (f"guard against bad input: check {listed([a.says for a in args])} one after the other",),
            ("guardInput", "requireValid"),
            args,
            join(*direct),
            "",
            "void",
            (),
            [f"The first violation is thrown as {article(error)}.", *details],
            client=None,
            sync=True,
        )
    return client_draft(dice, task, ERRORS)
