"""Simulated app calls: results, budgets, traces and resources."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import TS_TYPES, app_and_method
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import signer, target
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, argument_list, built_call, shown_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, chained, join, quoted
from algorand_coder.instruct.patterns.words import PAYERS
from algorand_coder.records import Category

FAMILY = Family("simulation")
CONTRACTS = Category.CONTRACTS
TRANSACTIONS = Category.TRANSACTIONS


@FAMILY.recipe("simulate-call", share=24)
def simulate_call(dice: Dice) -> Draft:
    """Calling a method without sending it."""
    app, method = app_and_method(dice, pays=False, inner=False, returns=True)
    who = signer(dice, dice.one(PAYERS))
    kind = TS_TYPES[method.returns]
    form = dice.weighted([("value", 30), ("budget", 20), ("options", 25), ("signature", 25)])
    step = f"addAppCallMethodCall({built_call(method, who)})"
    args = [who.arg, *(p.arg for p in method.params)]
    start = "appClient.algorand"
    details: list[str] = []
    if form == "signature":
        step = call(
            "addAppCallMethodCall",
            [
                *who.fields,
                "appId",
                f"method: ABIMethod.fromSignature({quoted(method.signature)})",
                f"args: {argument_list(method)}",
            ],
        )
        start = "algorand"
        args.insert(0, Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)"))
    settings, words = dice.pick(
        (
            "{ skipSignatures: true, allowUnnamedResources: true }",
            "Do not ask for a signature, and let the node find the resources that the call needs.",
        ),
        (
            "{ skipSignatures: true, allowUnnamedResources: true, extraOpcodeBudget: 20_000 }",
            "No signature, unnamed resources allowed, and 20,000 units of extra opcode budget.",
        ),
        (
            "{ skipSignatures: true, allowUnnamedResources: true, allowMoreLogging: true }",
            "No signature, unnamed resources allowed, and no limit on logs.",
        ),
    )
    details.append(words)
    names = {
        "value": "returns",
        "signature": "returns",
        "budget": "simulateResponse",
        "options": "returns, simulateResponse",
    }[form]
    run = f"const {{ {names} }} = await {start}\n" + chained("newGroup()", step, f"simulate({settings})")
    if dice.chance(0.4):
        run = join(
            f"const group = {start}.newGroup().{step}", f"const {{ {names} }} = await group.simulate({settings})"
        )
    if form == "budget":
        result, returns, what = dice.pick(
            ("simulateResponse.txnGroups[0].appBudgetConsumed ?? 0", "number", "the opcode budget it uses"),
            (
                "simulateResponse.txnGroups[0].txnResults[0].txnResult.logs?.length ?? 0",
                "number",
                "how many log lines it would write",
            ),
            (
                "simulateResponse.txnGroups[0].txnResults[0].txnResult.innerTxns?.length ?? 0",
                "number",
                "how many inner transactions it would make",
            ),
        )
        goals: tuple[str, ...] = (
            f"simulate a call of `{method.name}` on {app.noun} and measure it",
            f"find out what calling `{method.name}` of {app.noun} would cost, without sending it",
        )
    elif form == "options":
        result, returns, what = (
            f"{{ value: returns?.[0].returnValue as {kind}, budget: simulateResponse.txnGroups[0].appBudgetConsumed }}",
            f"{{ value: {kind}; budget: number | undefined }}",
            f"{method.returning} and the opcode budget used",
        )
        goals = (f"{method.goal} by simulation only and see the opcode budget as well",)
    else:
        result, returns, what = f"returns?.[0].returnValue as {kind}", kind, method.returning
        goals = (
            (
                f"{method.goal} without sending anything: simulate `{method.name}` of {app.noun}",
                f"preview what `{method.name}` of {app.noun} would return",
            )
            if form == "value"
            else (
                f"simulate the ABI call `{method.signature}` by application id",
                f"preview the result of `{method.signature}` without sending it",
            )
        )
    task = Task(
        goals,
        ("previewCall", f"simulate{method.name[0].upper()}{method.name[1:]}", "peek"),
        args,
        run,
        result,
        returns,
        (what,),
        details,
        context=shown_context(dice, app, method),
        needs=method.name,
    )
    if start != "algorand":
        task.client = APP_CLIENT
    return client_draft(dice, task, Category.CONTRACTS)


@FAMILY.recipe("trace-and-resources", share=20)
def trace_and_resources(dice: Dice) -> Draft:
    """Execution traces, unnamed resources and raw simulate requests."""
    form = dice.weighted([("resources", 35), ("trace", 35), ("signed", 30)])
    call_arg = Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")
    _, method = app_and_method(dice, pays=False, inner=False)
    who = target(dice, dice.one(PAYERS), "sender")
    step = call(
        "addAppCallMethodCall",
        [
            *who.fields,
            "appId",
            f"method: ABIMethod.fromSignature({quoted(method.signature)})",
            f"args: {argument_list(method)}",
        ],
    )
    args = [who.arg, call_arg, *(p.arg for p in method.params)]
    if form == "resources":
        run = "const { simulateResponse } = await algorand\n" + chained(
            "newGroup()", step, "simulate({ skipSignatures: true, allowUnnamedResources: true })"
        )
        where = "const accessed = simulateResponse.txnGroups[0].unnamedResourcesAccessed"
        result, returns, what = dice.pick(
            (
                "accessed?.boxes?.map((box) => bytesToHex(box.name)) ?? []",
                "string[]",
                "the names of the boxes it touches, as hex",
            ),
            ("accessed?.apps ?? []", "bigint[]", "the ids of the applications it touches"),
            ("accessed?.assets ?? []", "bigint[]", "the ids of the assets it touches"),
            ("accessed?.accounts?.map((account) => account.toString()) ?? []", "string[]", "the addresses it touches"),
            (
                (
                    "{ boxes: accessed?.boxes?.length ?? 0, accounts: accessed?.accounts?.length ?? 0, assets:"
                    " accessed?.assets?.length ?? 0 }"
                ),
                "{ boxes: number; accounts: number; assets: number }",
                "how many boxes, accounts and assets it touches",
            ),
        )
        task = Task(
            (
                f"find out which resources a call of `{method.signature}` needs without declaring any",
                f"discover the references of the app call `{method.signature}` by simulation",
            ),
            ("discoverResources", "resourcesOf"),
            args,
            join(run, where),
            result,
            returns,
            (what,),
        )
    elif form == "trace":
        extra = dice.some(["stackChange: true", "scratchChange: true", "stateChange: true"], 0, 3)
        config = call("new modelsv2.SimulateTraceConfig", ["enable: true", *extra])
        run = join(
            f"const execTraceConfig = {config}",
            "const { simulateResponse } = await algorand\n"
            + chained(
                "newGroup()", step, "simulate({ skipSignatures: true, allowUnnamedResources: true, execTraceConfig })"
            ),
            "const trace = simulateResponse.txnGroups[0].txnResults[0].execTrace?.approvalProgramTrace ?? []",
        )
        result, returns, what = dice.pick(
            ("trace.length", "number", "how many opcodes it executes"),
            ("trace.map((unit) => unit.pc)", "number[]", "the program counters in order"),
            ("new Set(trace.map((unit) => unit.pc)).size", "number", "how many different program positions it visits"),
            (
                "trace.filter((unit) => (unit.spawnedInners?.length ?? 0) > 0).length",
                "number",
                "how many opcodes spawn inner transactions",
            ),
        )
        named = {"stackChange: true": "stack", "scratchChange: true": "scratch space", "stateChange: true": "state"}
        details = [f"Record changes of {' and '.join(named[e] for e in extra)} too."] if extra else []
        task = Task(
            (
                f"trace the execution of `{method.signature}` in a simulation",
                f"get the execution trace of a call of `{method.signature}`",
            ),
            ("traceCall", "executionTrace"),
            args,
            run,
            result,
            returns,
            (what,),
            details,
        )
    else:
        algod = Arg("algod", "Algodv2", "the algod client")
        signed = Arg("signed", "Uint8Array[]", "the signed transactions of one group")
        flags = dice.some(
            ["allowMoreLogging: true", "extraOpcodeBudget: 10_000", "allowUnnamedResources: true", "fixSigners: true"],
            0,
            2,
        )
        request = call(
            "new modelsv2.SimulateRequest",
            ["txnGroups: [new modelsv2.SimulateRequestTransactionGroup({ txns })]", *flags],
        )
        body = join(
            "const txns = signed.map((bytes) => decodeSignedTransaction(bytes))",
            f"const request = {request}",
            "const { txnGroups } = await algod.simulateTransactions(request).do()",
            "const [group] = txnGroups",
        )
        if not flags and dice.chance(0.6):
            body = "const { txnGroups } = await algod.simulateRawTransactions(signed).do()\nconst [group] = txnGroups"
        result, returns, what = dice.pick(
            ("group.failureMessage", "string | undefined", "the failure message, undefined when it would pass"),
            (
                "{ budget: group.appBudgetConsumed ?? 0, failedAt: group.failedAt ?? [] }",
                "{ budget: number; failedAt: number[] }",
                "the budget consumed and the indexes that failed",
            ),
            (
                "group.txnResults.map((entry) => entry.appBudgetConsumed ?? 0)",
                "number[]",
                "the budget of each transaction",
            ),
        )
        if "failureMessage" in result and dice.chance(0.5):
            body = join(body, block("if (group.failureMessage)", "throw new Error(group.failureMessage)"))
            result, returns, what = "group.txnResults.length", "number", "how many transactions were simulated"
        named = {
            "allowMoreLogging: true": "lift the limit on logs",
            "extraOpcodeBudget: 10_000": "grant 10,000 units of extra opcode budget",
            "allowUnnamedResources: true": "allow unnamed resources",
            "fixSigners: true": "let the node fix wrong signers",
        }
        details = ["Also " + " and ".join(named[f] for f in flags) + "."] if flags and "request" in body else []
        if "throw" in body:
            details.append("Throw the failure message when it would fail.")
        task = Task(
            (
                "simulate a signed transaction group with algosdk",
                "send signed transactions to algod's simulate endpoint only",
            ),
            ("simulateSigned", "rehearseSigned"),
            [signed],
            body,
            result,
            returns,
            (what,),
            details,
            client=algod,
            scriptable=False,
        )
    return client_draft(dice, task, Category.CONTRACTS if form != "signed" else TRANSACTIONS)
