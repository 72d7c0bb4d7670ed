"""Known refusals as codes, custom errors and results; context and partial failure."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import signer
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID, UNITS
from algorand_coder.instruct.patterns.clients.failures import MESSAGE, caught, operation, task_for
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, call, code, inner, join, quoted
from algorand_coder.instruct.patterns.words import PAYERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("errors")
ERRORS = Category.ERRORS


@FAMILY.recipe("typed-failure", share=45)
def typed_failure(dice: Dice) -> Draft:
    """Known refusals become codes, custom errors or results; everything else passes through."""
    made = operation(dice)
    chosen = dice.some(made.failures, 1, 3)
    form = dice.weighted([("class", 30), ("result", 30), ("null", 20), ("table", 20)])
    words = listed([failure.says for failure in chosen], "or")
    if form == "null":
        failure = chosen[0]
        value = dice.pick("undefined", "false", "null")
        good, kind = ("true", "boolean") if value == "false" else ("txIds[0]", f"string | {value}")
        keep = "" if value == "false" else "const { txIds } = "
        test = f"{MESSAGE}" if dice.chance(0.3) else "String(error)"
        handler = join(
            block(f"if ({'(' + test + ')' if '?' in test else test}.includes('{failure.mark}'))", f"return {value}"),
            "throw error",
        )
        body = caught(join(f"{keep}await {made.sent}", f"return {good}"), handler)
        return client_draft(
            dice,
            task_for(
                made,
                goals=(
                    f"make {made.noun} and expect one failure: {failure.says}",
                    f"handle the case that {failure.says} in {made.noun}",
                ),
                names=("attempt", "tryToSend", "sendOrSkip"),
                body=body,
                returns=kind,
                returning=(
                    (
                        f"{'true' if value == 'false' else 'the transaction id'}, or {value} when {failure.says}; any"
                        " other error is thrown again"
                    ),
                ),
                scriptable=False,
            ),
            ERRORS,
        )
    if form == "table":
        rows = ",\n".join(f"  [{quoted(f.mark)}, {quoted(f.says)}]" for f in chosen)
        declarations = f"const KNOWN_FAILURES: ReadonlyArray<readonly [string, string]> = [\n{rows},\n]"
        handler = join(
            f"const text = {MESSAGE}",
            "const known = KNOWN_FAILURES.find(([mark]) => text.includes(mark))",
            "throw known ? new Error(known[1], { cause: error }) : error",
        )
        body = caught(join(f"const {{ txIds }} = await {made.sent}", "return txIds[0]"), handler)
        marks = "; ".join(f'"{f.mark}" means that {f.says}' for f in chosen)
        return client_draft(
            dice,
            task_for(
                made,
                goals=(
                    f"turn the node's messages for {made.noun} into readable errors",
                    f"translate failures of {made.noun} with a table of message fragments",
                ),
                names=("sendReadable", "withReadableErrors"),
                body=body,
                returns="string",
                returning=("the transaction id",),
                details=[
                    f"Known fragments: {marks}.",
                    "Keep the original error as the cause and rethrow what is unknown.",
                ],
                declarations=declarations,
                scriptable=False,
            ),
            ERRORS,
        )
    if form == "class":
        name = dice.pick("PaymentError", "LedgerError", "TransferError", "SubmissionError", "RefusedError")
        codes = " | ".join(quoted(f.code) for f in chosen)
        declarations = code(f"""
            export class {name} extends Error {{
              readonly code: {codes}

              constructor(code: {codes}, options?: ErrorOptions) {{
                super(code, options)
                this.name = '{name}'
                this.code = code
              }}
            }}
        """)
        lines = [f"const text = {MESSAGE}"]
        lines += [
            f"if (text.includes({quoted(f.mark)})) throw new {name}({quoted(f.code)}, {{ cause: error }})"
            for f in chosen
        ]
        body = caught(join(f"const {{ txIds }} = await {made.sent}", "return txIds[0]"), join(*lines, "throw error"))
        return client_draft(
            dice,
            task_for(
                made,
                goals=(
                    f"make {made.noun} and throw a typed error when {words}",
                    f"raise a custom error class from {made.noun} when {words}",
                ),
                names=("sendTyped", "submitChecked", "sendOrThrow"),
                body=body,
                returns="string",
                returning=("the transaction id",),
                details=[
                    f"The class {name} has a code: {listed([quoted(f.code) for f in chosen])}.",
                    "Other errors pass through unchanged.",
                ],
                declarations=declarations,
                scriptable=False,
            ),
            ERRORS,
        )
    reasons = " | ".join([*(quoted(f.code) for f in chosen), "'unknown'"])
    declarations = code(f"""
        export type Outcome = {{ ok: true; txId: string }} | {{ ok: false; reason: {reasons}; message: string }}
    """)
    if len(declarations) > 116:
        declarations = (
            f"export type Outcome =\n  | {{ ok: true; txId: string }}\n  | {{ ok: false; reason: {reasons}; message:"
            " string }"
        )
    lines = [f"const message = {MESSAGE}"]
    lines += [
        block(f"if (message.includes({quoted(f.mark)}))", f"return {{ ok: false, reason: {quoted(f.code)}, message }}")
        for f in chosen
    ]
    body = caught(
        join(f"const {{ txIds }} = await {made.sent}", "return { ok: true, txId: txIds[0] }"),
        join(*lines, "return { ok: false, reason: 'unknown', message }"),
    )
    return client_draft(
        dice,
        task_for(
            made,
            goals=(
                f"make {made.noun} without ever throwing: report success or the reason of the failure",
                f"wrap {made.noun} in a result type",
            ),
            names=("trySend", "attemptSend", "sendSafely"),
            body=body,
            returns="Outcome",
            returning=(f"either the transaction id or a reason ({reasons.replace(' | ', ' or ')}) with the message",),
            declarations=declarations,
            scriptable=False,
        ),
        ERRORS,
    )


@FAMILY.recipe("many-at-once", share=18)
def many_at_once(dice: Dice) -> Draft:
    """Several submissions, some of which fail; context and cleaning up."""
    made = operation(dice, app=False)
    form = dice.pick("settled", "context", "finally", "stop")
    if form == "settled":
        role = dice.one(PAYERS)
        who = signer(dice, role)
        sent = call("algorand.send.payment", [*who.fields, "receiver: address", "amount: microAlgo(microAlgos)"])
        body = join(
            "const outcomes = await Promise.allSettled(\n  payouts.map(({ address, microAlgos })"
            f" =>\n{inner(sent, 2)},\n  ),\n)",
            "const failed = payouts.filter((_, index) => outcomes[index].status === 'rejected')",
        )
        result, returns, what = dice.pick(
            ("failed", "{ address: string; microAlgos: bigint }[]", "the payouts that failed"),
            (
                "{ sent: payouts.length - failed.length, failed: failed.map(({ address }) => address) }",
                "{ sent: number; failed: string[] }",
                "how many were sent and the addresses that failed",
            ),
        )
        task = Task(
            (f"send independent payments from {role.noun} in parallel and report those that failed",),
            ("sendAllSettled", "payInParallel"),
            [who.arg, Arg("payouts", "{ address: string; microAlgos: bigint }[]", "the payouts")],
            body,
            result,
            returns,
            (what,),
            ["One failure must not stop the others."],
        )
        return client_draft(dice, task, ERRORS)
    if form == "context":
        label = dice.pick("job", "order", "batch", "request")
        handler = f"throw new Error(`{label} ${{{label}Id}} failed`, {{ cause: error }})"
        body = caught(join(f"const {{ txIds }} = await {made.sent}", "return txIds[0]"), handler)
        task = task_for(
            made,
            goals=(
                f"make {made.noun} and, on failure, say which {label} it belonged to",
                f"add the {label} id to errors of {made.noun}",
            ),
            names=("sendFor", "submitWithContext"),
            body=body,
            returns="string",
            returning=("the transaction id",),
            details=["Keep the original error as the cause."],
            scriptable=False,
        )
        task.args.append(Arg(f"{label}Id", "string", f"the {label} id"))
        return client_draft(dice, task, ERRORS)
    if form == "finally":
        timing = dice.chance(0.5)
        if timing:
            body = join(
                "const started = performance.now()",
                block("try", join(f"const {{ txIds }} = await {made.sent}", "return txIds[0]"))
                + " finally {\n  report(performance.now() - started)\n}",
            )
            task = task_for(
                made,
                goals=(f"measure how long {made.noun} takes, whether it succeeds or not",),
                names=("timedSend",),
                body=body,
                returns="string",
                returning=("the transaction id",),
                details=["Pass the milliseconds to the callback in any case."],
                scriptable=False,
            )
            task.args.append(Arg("report", "(milliseconds: number) => void", "a callback for the time taken"))
        else:
            body = join(
                block("if (busy.has(key))", "throw new Error(`${key} is being processed already`)"),
                "busy.add(key)",
                block("try", join(f"const {{ txIds }} = await {made.sent}", "return txIds[0]"))
                + " finally {\n  busy.delete(key)\n}",
            )
            task = task_for(
                made,
                goals=(f"guard {made.noun} so that the same key is not processed twice at the same time",),
                names=("exclusiveSend",),
                body=body,
                returns="string",
                returning=("the transaction id",),
                details=["Keys in progress live in a module-level set and are released whatever happens."],
                declarations="const busy = new Set<string>()",
                scriptable=False,
            )
            task.args.append(Arg("key", "string", "a key that identifies the work"))
        return client_draft(dice, task, ERRORS)
    handler = join(
        "const left = queue.slice(index)",
        "throw new Error(`stopped after ${index} of ${queue.length}, left: ${left.join(', ')}`, { cause: error })",
    )
    role = dice.one(TOKEN_ADMINS)
    who = signer(dice, role)
    sent = call("algorand.send.assetTransfer", [*who.fields, "receiver", "assetId", "amount"])
    body = join(
        "let done = 0",
        block("for (const [index, receiver] of queue.entries())", caught(join(f"await {sent}", "done += 1"), handler)),
    )
    task = Task(
        (f"send an asset from {role.noun} to a queue of receivers, stop at the first failure and say who is left",),
        ("sendQueue", "stopAtFailure"),
        [who.arg, ASSET_ID, UNITS, Arg("queue", "string[]", "the receivers in order")],
        body,
        "done",
        "number",
        ("how many were sent",),
        ["The error names the receivers that are left and keeps its cause."],
    )
    return client_draft(dice, task, ERRORS)
