"""Retries, fallbacks, time limits and things that do not exist."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.clients.failures import caught
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, code, join
from algorand_coder.records import Category

FAMILY = Family("errors")
ERRORS = Category.ERRORS


@FAMILY.recipe("read-retries", share=10)
def read_retries(dice: Dice) -> Draft:
    """Reads that are tried again."""
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


@FAMILY.recipe("node-fallback", share=8)
def node_fallback(dice: Dice) -> Draft:
    """Second nodes."""
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
        body = join("const problems: unknown[] = []", loop, "throw new AggregateError(problems, 'no node answered')")
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


@FAMILY.recipe("time-limits", share=6)
def time_limits(dice: Dice) -> Draft:
    """Reads with a time limit."""
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


@FAMILY.recipe("pending-transactions", share=8)
def pending_transactions(dice: Dice) -> Draft:
    """Transactions on their way."""
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


ABSENT = {
    "asset": "asset does not exist",
    "app": "application does not exist",
    "box": "box not found",
    "holding": "account asset info not found",
    "transaction": "no transaction found",
}
"""What algod, and the indexer for a transaction, say of something that is not there."""


@FAMILY.recipe("not-found", share=30)
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
        mark = ABSENT[what]
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
