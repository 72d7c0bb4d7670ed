"""Errors: what the network says, what a contract says, and what a program does about it."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.apps import App, Method, app_and_method
from algorand_coder.instruct.patterns.assets import ASSET_ID, UNITS
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, given_algo, signer, target
from algorand_coder.instruct.patterns.calls import APP_CLIENT, argument_list, shown_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, call, code, inner, join, quoted
from algorand_coder.instruct.patterns.words import HOLDERS, PAYERS, RECEIVERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("errors")
ERRORS = Category.ERRORS

MESSAGE = "error instanceof Error ? error.message : String(error)"


@dataclass(frozen=True, slots=True)
class Failure:
    """A refusal of the network: part of its message, a code for programs, words for people."""

    mark: str
    code: str
    says: str


OVERSPEND = Failure("overspend", "insufficient-funds", "the balance does not cover it")
BELOW_MINIMUM = Failure("below min", "below-minimum-balance", "an account would fall below its minimum balance")
NOT_OPTED_IN = Failure("must optin", "not-opted-in", "the receiver has not opted in to the asset")
UNDERFLOW = Failure("underflow on subtracting", "too-few-units", "the sender holds too few units")
FROZEN = Failure("frozen in", "frozen", "the asset is frozen for an account")
DEAD = Failure("txn dead", "expired", "the validity window has passed")
TWICE = Failure("already in ledger", "duplicate", "the very same transaction was confirmed before")
LOW_FEE = Failure("less than the minimum", "fee-too-low", "the fee is below the minimum")
UNSIGNED = Failure("should have been authorized by", "wrong-signer", "another key must sign for the account")


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that may fail."""

    sent: str
    """Call whose promise may reject."""
    args: tuple[Arg, ...]
    noun: str
    failures: tuple[Failure, ...]
    client: Arg | None = None
    context: str = ""
    needs: str = ""


def operation(dice: Dice, *, app: bool = True) -> Operation:
    """A drawn operation with the failures it is known for."""
    form = dice.pick(
        "payment", "payment", "transfer", "transfer", "optin", "freeze", *(["call", "call"] if app else [])
    )
    if form == "payment":
        payer, payee = dice.one(PAYERS), dice.one(RECEIVERS)
        src, dst = signer(dice, payer), target(dice, payee)
        money = given_algo(dice) if dice.chance(0.6) else fixed_algo(dice)
        amount = "amount" if money.expression == "amount" else f"amount: {money.expression}"
        return Operation(
            call("algorand.send.payment", [*src.fields, *dst.fields, amount]),
            (src.arg, dst.arg, *([money.arg] if money.arg else [])),
            f"a payment of {money.says} from {payer.noun} to {payee.noun}",
            (OVERSPEND, BELOW_MINIMUM, DEAD, TWICE, LOW_FEE, UNSIGNED),
        )
    if form == "transfer":
        giver, taker = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = signer(dice, giver), target(dice, taker)
        return Operation(
            call("algorand.send.assetTransfer", [*src.fields, *dst.fields, "assetId", "amount"]),
            (src.arg, dst.arg, ASSET_ID, UNITS),
            f"an asset transfer from {giver.noun} to {taker.noun}",
            (NOT_OPTED_IN, UNDERFLOW, FROZEN, DEAD, OVERSPEND),
        )
    if form == "optin":
        holder = dice.one(HOLDERS)
        src = signer(dice, holder)
        return Operation(
            call("algorand.send.assetOptIn", [*src.fields, "assetId"]),
            (src.arg, ASSET_ID),
            f"an asset opt-in of {holder.noun}",
            (BELOW_MINIMUM, OVERSPEND, UNSIGNED),
        )
    if form == "freeze":
        admin, holder = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = signer(dice, admin), target(dice, holder, "account")
        return Operation(
            call("algorand.send.assetFreeze", [*src.fields, "assetId", *dst.fields, "frozen: true"]),
            (src.arg, dst.arg, ASSET_ID),
            f"the freezing of {holder.noun}'s asset holding",
            (UNSIGNED, OVERSPEND, DEAD),
        )
    story, method = app_and_method(dice, pays=False, inner=False)
    return call_operation(dice, story, method)


def call_operation(dice: Dice, story: App, method: Method) -> Operation:
    """A method call as an operation."""
    sent = call("appClient.send.call", [f"method: {quoted(method.name)}", f"args: {argument_list(method)}"])
    return Operation(
        sent,
        tuple(p.arg for p in method.params),
        f"a call of `{method.name}` on {story.noun}",
        (BELOW_MINIMUM, OVERSPEND, DEAD),
        APP_CLIENT,
        shown_context(dice, story, method),
        method.name,
    )


def task_for(made: Operation, **fields: object) -> Task:
    """A task about ``made``."""
    task = Task(args=list(made.args), context=made.context, needs=made.needs, **fields)  # type: ignore[arg-type]
    if made.client:
        task.client = made.client
    return task


def caught(body: str, handler: str, tail: str = "") -> str:
    """``try { body } catch (error) { handler } tail``."""
    return block("try", body) + " catch (error) " + "{\n" + inner(handler) + "\n}" + tail


@FAMILY.recipe("typed-failure", share=30)
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


@FAMILY.recipe("logic-error", share=26)
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


@FAMILY.recipe("classify-error", share=16)
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


@FAMILY.recipe("retry-and-fallback", share=20)
def retry_and_fallback(dice: Dice) -> Draft:
    """Reading and simulating again, second nodes, time limits; nothing that could send twice."""
    form = dice.weighted([("retry", 35), ("fallback", 25), ("timeout", 20), ("pending", 20)])
    if form == "retry":
        attempts, delay = dice.pick(3, 4, 5), dice.pick(200, 500, 1_000)
        growth = dice.pick(
            ("delay * 2 ** attempt", "doubles each time"),
            ("delay * (attempt + 1)", "grows by the same amount each time"),
            ("delay", "stays the same"),
        )
        generic = dice.chance(0.6)
        loop_body = caught(
            "return await read()" if generic else "return await algorand.account.getInformation(account)",
            join("lastError = error", f"await new Promise((resolve) => setTimeout(resolve, {growth[0]}))"),
        )
        body = join(
            f"const delay = {delay}",
            "let lastError: unknown",
            block(f"for (let attempt = 0; attempt < {attempts}; attempt++)", loop_body),
            "throw lastError",
        )
        words = f"Try {attempts} times; the pause starts at {delay} ms and {growth[1]}."
        if generic:
            task = Task(
                (
                    "retry a read-only request to a node a few times before giving up",
                    "repeat a failing read from algod with pauses",
                ),
                ("readWithRetry<T>", "retrying<T>"),
                [Arg("read", "() => Promise<T>", "the read to perform")],
                body,
                "",
                "T",
                ("what the read gives; the last error is thrown when every attempt failed",),
                [words],
                client=None,
            )
        else:
            task = Task(
                (
                    "look up an account with retries for a flaky node",
                    "read account information and try again when the node does not answer",
                ),
                ("accountWithRetry", "patientLookup"),
                [Arg("account", "string", "the address")],
                body,
                "",
                "AccountInformation",
                ("the account information",),
                [words],
                scriptable=False,
            )
        return client_draft(dice, task, ERRORS)
    if form == "fallback":
        what = dice.pick(
            ("round", "status().do()", "lastRound", "bigint", "the latest round"),
            ("params", "getTransactionParams().do()", "fee", "number | bigint", "the suggested fee per byte"),
            ("genesis", "getTransactionParams().do()", "genesisID", "string | undefined", "the genesis id"),
        )
        many = dice.chance(0.5)
        if many:
            loop = block(
                "for (const client of clients)",
                caught(
                    join(f"const answer = await client.client.algod.{what[1]}", f"return answer.{what[2]}"),
                    "problems.push(error)",
                ),
            )
            body = join(
                "const problems: unknown[] = []", loop, "throw new AggregateError(problems, 'no node answered')"
            )
            task = Task(
                (f"ask several nodes for {what[4]} and take the first that answers",),
                ("firstAnswer", "fromAnyNode"),
                [Arg("clients", "AlgorandClient[]", "the clients in order of preference")],
                body,
                "",
                what[3],
                (what[4],),
                ["When none answers, throw an AggregateError with all problems."],
                client=None,
            )
        else:
            body = join(
                f"const ask = async (client: AlgorandClient) => (await client.client.algod.{what[1]}).{what[2]}",
                caught("return await ask(primary)", "return await ask(backup)"),
            )
            task = Task(
                (f"read {what[4]} from a primary node and fall back to a second one",),
                ("withBackup", "askTwice"),
                [
                    Arg("primary", "AlgorandClient", "the preferred client"),
                    Arg("backup", "AlgorandClient", "the fallback client"),
                ],
                body,
                "",
                what[3],
                (what[4],),
                client=None,
            )
        return client_draft(dice, task, ERRORS)
    if form == "timeout":
        limit = dice.pick(2_000, 5_000, 10_000)
        inside = dice.pick(
            "algorand.client.algod.status().do()",
            "algorand.account.getInformation(account)",
            "algorand.asset.getById(assetId)",
        )
        args = (
            [Arg("account", "string", "the address", "process.env.ACCOUNT ?? ''")]
            if "account)" in inside
            else [ASSET_ID]
            if "assetId" in inside
            else []
        )
        noun, result, kind = (
            ("the latest round", "answer.lastRound", "bigint")
            if "status" in inside
            else (
                ("the balance in microAlgos", "answer.balance.microAlgo", "bigint")
                if args and args[0].name == "account"
                else ("the asset's name", "answer.assetName", "string | undefined")
            )
        )
        body = join(
            "let timer: NodeJS.Timeout | undefined",
            "const limit = new Promise<never>((_, reject) => {\n  timer = setTimeout(() => reject(new Error('the node"
            f" did not answer within {limit:,} ms')), {grouped_ms(limit)})\n}})",
            block("try", join(f"const answer = await Promise.race([{inside}, limit])", f"return {result}"))
            + " finally {\n  clearTimeout(timer)\n}",
        )
        task = Task(
            (
                f"read {noun} but give up after {limit // 1000} seconds",
                f"put a time limit of {limit // 1000} seconds on reading {noun}",
            ),
            ("readInTime", "withTimeout"),
            args,
            body,
            "",
            kind,
            (noun,),
            ["Clear the timer in any case."] if dice.chance(0.6) else [],
            scriptable=False,
        )
        return client_draft(dice, task, ERRORS)
    rounds = dice.pick(5, 8, 10)
    shape = dice.pick("loop", "wait")
    if shape == "wait":
        body = caught(
            join(
                f"const confirmation = await waitForConfirmation(algorand.client.algod, txId, {rounds})",
                "return confirmation.confirmedRound",
            ),
            join(block("if (String(error).includes('not confirmed after'))", "return undefined"), "throw error"),
        )
        task = Task(
            (
                (
                    f"wait up to {rounds} rounds for a transaction that was sent elsewhere and treat a missing"
                    " confirmation as undecided"
                ),
            ),
            ("awaitRound", "confirmedRoundOf"),
            [Arg("txId", "string", "the transaction id")],
            body,
            "",
            "bigint | undefined",
            ("the confirmed round, or undefined when it was not confirmed in time; rejections are thrown",),
            scriptable=False,
        )
    else:
        inside = join(
            "const info = await algorand.client.algod.pendingTransactionInformation(txId).do()",
            "if (info.poolError) throw new Error(`rejected: ${info.poolError}`)",
            "if (info.confirmedRound) return info.confirmedRound",
            "await algorand.client.algod.statusAfterBlock(round).do()",
            "round += 1n",
        )
        body = join(
            "const { lastRound } = await algorand.client.algod.status().do()",
            "let round = lastRound + 1n",
            block(f"while (round <= lastRound + {rounds}n)", inside),
            f"throw new Error(`${{txId}} was not confirmed within {rounds} rounds`)",
        )
        task = Task(
            (
                f"follow a pending transaction round by round for up to {rounds} rounds",
                f"poll the pool for a transaction, {rounds} rounds at most",
            ),
            ("followPending", "pollTransaction"),
            [Arg("txId", "string", "the transaction id")],
            body,
            "",
            "bigint",
            ("the confirmed round",),
            ["Throw when the pool rejects it or the rounds are used up."],
            scriptable=False,
        )
    return client_draft(dice, task, ERRORS)


def grouped_ms(limit: int) -> str:
    """Milliseconds as TypeScript writes them."""
    return f"{limit:_}"


@FAMILY.recipe("not-found", share=20)
def not_found(dice: Dice) -> Draft:
    """Missing accounts, assets, apps, boxes and opt-ins as ordinary answers."""
    declarations = code("""
        function isNotFound(error: unknown): boolean {
          return typeof error === 'object' && error !== null && 'status' in error && error.status === 404
        }
    """)
    what = dice.pick("asset", "app", "box", "holding", "local", "transaction")
    asked, args, noun, kind, fields = {
        "asset": (
            "algorand.asset.getById(assetId)",
            [ASSET_ID],
            "an asset",
            "AssetInformation",
            {"assetName": "string | undefined", "total": "bigint"},
        ),
        "app": (
            "algorand.app.getById(appId)",
            [Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")],
            "an application",
            "",
            {"creator": "Address", "globalInts": "number"},
        ),
        "box": (
            "algorand.app.getBoxValue(appId, boxName)",
            [
                Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)"),
                Arg("boxName", "string", "the box name", "'config'"),
            ],
            "a box",
            "Uint8Array",
            {"length": "number"},
        ),
        "holding": (
            "algorand.asset.getAccountInformation(account, assetId)",
            [Arg("account", "string", "the address", "process.env.ACCOUNT ?? ''"), ASSET_ID],
            "an account's asset holding",
            "",
            {"balance": "bigint", "frozen": "boolean"},
        ),
        "local": (
            "algorand.app.getLocalState(appId, account)",
            [
                Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)"),
                Arg("account", "string", "the address", "process.env.ACCOUNT ?? ''"),
            ],
            "an account's local state",
            "",
            {},
        ),
        "transaction": (
            "algorand.client.indexer.lookupTransactionByID(txId).do()",
            [Arg("txId", "string", "the transaction id", "process.env.TX_ID ?? ''")],
            "a transaction in the indexer",
            "",
            {"currentRound": "bigint"},
        ),
    }[what]
    form = dice.pick("exists", "field", "catch", "message")
    details = ["A missing one has HTTP status 404; every other error is thrown again."]
    if form == "exists" or not fields:
        style = dice.chance(0.5)
        if style:
            body = caught(
                join(f"await {asked}", "return true"),
                join(block("if (isNotFound(error))", "return false"), "throw error"),
            )
            result = ""
        else:
            body = (
                f"const exists = await {asked}\n  .then(() => true)\n  .catch((error: unknown) => {{\n    if"
                " (isNotFound(error)) return false\n    throw error\n  })"
            )
            result = "exists"
        task = Task(
            (
                f"find out whether {noun} exists",
                f"check for the existence of {noun} without mistaking network trouble for an answer",
            ),
            ("exists", "isThere", "hasEntry"),
            args,
            body,
            result,
            "boolean",
            ("true or false",),
            details,
            declarations=declarations,
            scriptable=not style,
        )
    elif form == "message":
        mark = dice.pick("does not exist", "not found", "no application found") if what != "box" else "box not found"
        field, field_kind = next(iter(fields.items()))
        body = caught(
            join(f"const found = await {asked}", f"return found.{field}"),
            join(block(f"if (String(error).includes('{mark}'))", "return undefined"), "throw error"),
        )
        task = Task(
            (f'read `{field}` of {noun} and treat the message "{mark}" as absent',),
            ("readOrUndefined", "maybeRead"),
            args,
            body,
            "",
            f"{field_kind} | undefined",
            (f"`{field}`, or undefined when it does not exist",),
            scriptable=False,
        )
    else:
        field, field_kind = dice.one(list(fields.items()))
        if form == "field":
            body = caught(
                join(f"const found = await {asked}", f"return found.{field}"),
                join(block("if (isNotFound(error))", "return undefined"), "throw error"),
            )
            task = Task(
                (f"look up {noun} and give back its {field}, or nothing when it does not exist",),
                ("lookUp", "findField"),
                args,
                body,
                "",
                f"{field_kind} | undefined",
                (f"its `{field}`, or undefined",),
                details,
                declarations=declarations,
                scriptable=False,
            )
        else:
            body = (
                f"const found = await {asked}.catch((error: unknown) => {{\n  if (isNotFound(error)) return undefined\n"
                "  throw error\n})"
            )
            task = Task(
                (f"look up {noun} where a missing one is an ordinary case",),
                ("findOrUndefined", "lookUpSafely"),
                args,
                body,
                f"found?.{field}",
                f"{field_kind} | undefined",
                (f"its `{field}`, or undefined when it does not exist",),
                details,
                declarations=declarations,
            )
    del kind
    return client_draft(dice, task, Category.ERRORS)


@FAMILY.recipe("input-checks", share=18)
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
            [f"The first violation is thrown as a {error}.", *details],
            client=None,
            sync=True,
        )
    return client_draft(dice, task, ERRORS)


@FAMILY.recipe("many-at-once", share=12)
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
