"""What a contract's failed assertion looks like from outside."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import app_and_method
from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.clients.failures import MESSAGE, call_operation, caught, task_for
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, join, quoted
from algorand_coder.records import Category

FAMILY = Family("errors")
ERRORS = Category.ERRORS


@FAMILY.recipe("logic-error", share=39)
def logic_error(dice: Dice) -> Draft:
    """What a contract's failed assert looks like from outside."""
    story, method = app_and_method(dice, pays=False, inner=False)
    made = call_operation(dice, story, method)
    form = dice.weighted([("message", 25), ("assert", 25), ("details", 25), ("match", 25)])
    sent = f"await {made.sent}"
    assertion = dice.pick(
        "not the owner",
        "already taken",
        "closed",
        "too early",
        "unknown id",
        "limit reached",
        "invalid amount",
        "paused",
    )
    if form == "message":
        handler = join(
            block(
                "if (error instanceof Error && error.cause instanceof LogicError)",
                "return /in transaction [A-Z2-7]+: (.*)$/s.exec(error.message)?.[1] ?? error.message",
            ),
            dice.pick("", block("if (error instanceof LogicError)", "return error.led.msg")),
            "throw error",
        )
        body = caught(join(sent, "return undefined"), handler)
        return client_draft(
            dice,
            task_for(
                made,
                goals=(
                    (
                        f"call `{method.name}` of {story.noun} and get the contract's own error message when it rejects"
                        " the call"
                    ),
                    f"surface the assertion message when `{method.name}` of {story.noun} fails",
                ),
                names=("callAndExplain", f"{method.name}Explained"),
                body=body,
                returns="string | undefined",
                returning=(
                    (
                        "the text of the failed assertion, or undefined when the call went through; other errors are"
                        " thrown again"
                    ),
                ),
                scriptable=False,
            ),
            ERRORS,
        )
    if form == "assert":
        value = "result.return" if method.returns != "void" else "true"
        keep = "const result = " if method.returns != "void" else ""
        test = dice.pick("error instanceof Error && error.message.includes({q})", "String(error).includes({q})").format(
            q=quoted(assertion)
        )
        friendly = dice.pick(
            f"`the contract refused: {assertion}`",
            f"'{assertion}: please try again later'",
            f"'{story.name} says: {assertion}'",
        )
        body = caught(
            join(f"{keep}{sent}", f"return {value}"),
            join(block(f"if ({test})", f"throw new Error({friendly}, {{ cause: error }})"), "throw error"),
        )
        return client_draft(
            dice,
            task_for(
                made,
                goals=(
                    (
                        f'call `{method.name}` of {story.noun}; when the contract\'s assertion "{assertion}" fails,'
                        " throw a friendly error"
                    ),
                    f'translate the contract error "{assertion}" of `{method.name}` ({story.noun}) for users',
                ),
                names=("callFriendly", f"{method.name}OrExplain"),
                body=body,
                returns="unknown" if method.returns != "void" else "true",
                returning=("what the method returned",) if method.returns != "void" else ("true when it went through",),
                details=["Keep the original error as the cause."],
                scriptable=False,
            ),
            ERRORS,
        )
    if form == "details":
        picks = dice.some(
            [
                ("pc", "logic.led.pc", "number"),
                ("txId", "logic.led.txId", "string"),
                ("line", "logic.teal_line", "number"),
                ("raw", "logic.led.msg", "string"),
                ("program", "logic.program.length", "number"),
            ],
            2,
            4,
        )
        shape = "; ".join(f"{n}: {t}" for n, _, t in picks)
        names = {
            "pc": "program counter",
            "txId": "transaction id",
            "line": "TEAL line",
            "program": "number of TEAL lines",
            "raw": "raw message",
        }
        # A failed assertion that the specification has a text for arrives as an Error with the LogicError as its cause.
        handler = join(
            "const logic = error instanceof Error && error.cause instanceof LogicError ? error.cause : error",
            block("if (!(logic instanceof LogicError))", "throw error"),
            "return { " + ", ".join(f"{n}: {e}" for n, e, _ in picks) + " }",
        )
        body = caught(join(sent, "return undefined"), handler)
        return client_draft(
            dice,
            task_for(
                made,
                goals=(
                    (
                        f"call `{method.name}` of {story.noun} and collect the details of a logic error:"
                        f" {listed([names[n] for n, _, _ in picks])}"
                    ),
                    (
                        f"debug a failing call of `{method.name}` on {story.noun}: report"
                        f" {listed([names[n] for n, _, _ in picks])} of the logic error"
                    ),
                ),
                names=("inspectFailure", "logicErrorDetails"),
                body=body,
                returns="{ " + shape + " } | undefined",
                returning=("those details, or undefined when the call succeeded",),
                details=["Errors of any other kind are thrown again."],
                scriptable=False,
            ),
            ERRORS,
        )
    messages = dice.some(
        ["not the owner", "already taken", "closed", "too early", "unknown id", "limit reached", "paused"], 2, 3
    )
    cases = "\n".join(f"if (message.includes({quoted(m)})) return {quoted(m.replace(' ', '-'))}" for m in messages)
    body = caught(join(sent, "return 'ok'"), join(f"const message = {MESSAGE}", cases, "throw error"))
    kind = " | ".join(["'ok'", *(quoted(m.replace(" ", "-")) for m in messages)])
    quotes = listed([f'"{m}"' for m in messages])
    return client_draft(
        dice,
        task_for(
            made,
            goals=(
                f"call `{method.name}` of {story.noun} and map the contract's assertions {quotes} to codes",
                f"tell apart why `{method.name}` of {story.noun} was rejected: {quotes}",
            ),
            names=("callWithCode", f"{method.name}Outcome"),
            body=body,
            returns=kind,
            returning=("'ok' or the assertion's text with dashes instead of blanks; anything else is thrown",),
            scriptable=False,
        ),
        ERRORS,
    )
