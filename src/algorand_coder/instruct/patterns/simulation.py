"""Simulation: trying without sending, reading what would happen, costs, traces and resources."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import TS_TYPES, app_and_method
from algorand_coder.instruct.patterns.assets import ASSET_ID, inner_chain
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, given_algo, signer, target
from algorand_coder.instruct.patterns.calls import APP_CLIENT, argument_list, shown_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join, quoted
from algorand_coder.instruct.patterns.words import HOLDERS, PAYERS, RECEIVERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("simulation")
TRANSACTIONS = Category.TRANSACTIONS


def tried(dice: Dice) -> tuple[list[str], list[Arg], str]:
    """A group worth simulating: its steps, parameters, and words for it."""
    form = dice.pick("payment", "transfer", "freeze", "two", "optin", "create")
    if form == "payment":
        payer, payee = dice.one(PAYERS), dice.one(RECEIVERS)
        money = given_algo(dice) if dice.chance(0.5) else fixed_algo(dice)
        src, dst = target(dice, payer, "sender"), target(dice, payee)
        amount = "amount" if money.expression == "amount" else f"amount: {money.expression}"
        return (
            [call("addPayment", [*src.fields, *dst.fields, amount])],
            [src.arg, dst.arg, *([money.arg] if money.arg else [])],
            f"a payment from {payer.noun} to {payee.noun}",
        )
    if form == "transfer":
        admin, holder = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = target(dice, admin, "sender"), target(dice, holder)
        return (
            [call("addAssetTransfer", [*src.fields, *dst.fields, "assetId", "amount"])],
            [src.arg, dst.arg, ASSET_ID, Arg("amount", "bigint", "the amount in base units", "10n")],
            f"an asset transfer from {admin.noun} to {holder.noun}",
        )
    if form == "freeze":
        admin, holder = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
        src, dst = target(dice, admin, "sender"), target(dice, holder, "account")
        return (
            [call("addAssetFreeze", [*src.fields, "assetId", *dst.fields, "frozen: true"])],
            [src.arg, dst.arg, ASSET_ID],
            f"a freeze of {holder.noun}'s asset holding",
        )
    if form == "optin":
        holder = dice.one(HOLDERS)
        src = target(dice, holder, "sender")
        return (
            [call("addAssetOptIn", [*src.fields, "assetId"])],
            [src.arg, ASSET_ID],
            f"an asset opt-in of {holder.noun}",
        )
    if form == "create":
        admin = dice.one(TOKEN_ADMINS)
        src = target(dice, admin, "sender")
        return (
            [call("addAssetCreate", [*src.fields, "total", "decimals: 0"])],
            [src.arg, Arg("total", "bigint", "the total supply", "100n")],
            f"an asset creation by {admin.noun}",
        )
    payer, payee, money = dice.one(PAYERS), dice.one(RECEIVERS), fixed_algo(dice)
    src, dst = target(dice, payer, "sender"), target(dice, payee)
    return (
        [
            call("addAssetOptIn", [*src.fields, "assetId"]),
            call("addPayment", [*src.fields, *dst.fields, f"amount: {money.expression}"]),
        ],
        [src.arg, dst.arg, ASSET_ID],
        f"a group of an asset opt-in and a payment of {money.says} to {payee.noun}",
    )


def group_of(dice: Dice, steps: list[str], end: str = "") -> str:
    """The group as an expression; ``end`` is chained on."""
    tail = [end] if end else []
    if len(steps) == 1 and dice.chance(0.5):
        return "algorand.newGroup()." + ".".join([*steps, *tail])
    return "algorand\n" + inner_chain("newGroup()", *steps, *tail)


@FAMILY.recipe("dry-run-verdict", share=24)
def dry_run_verdict(dice: Dice) -> Draft:
    """Will it pass, and if not, why: simulate throws when the group would fail."""
    steps, args, words = tried(dice)
    options = "{ skipSignatures: true }"
    form = dice.weighted([("message", 25), ("result", 25), ("promise", 20), ("throw", 15), ("index", 15)])
    group = group_of(dice, steps)
    details: list[str] = []
    if form == "promise":
        body = (
            "const failure = await "
            + group_of(dice, steps, f"simulate({options})")
            + ".then(\n  () => undefined,\n  (error: unknown) => String(error),\n)"
        )
        result, returns, what = dice.pick(
            ("failure", "string | undefined", "the failure as text, or undefined when it would pass"),
            ("failure === undefined", "boolean", "whether it would pass"),
        )
        task = Task(
            (f"find out by simulation whether {words} would go through",),
            ("dryRun", "wouldPass"),
            args,
            body,
            result,
            returns,
            (what,),
        )
    elif form == "message":
        body = code("""
            try {
              await group.simulate({ skipSignatures: true })
            } catch (error) {
              return error instanceof Error ? error.message : String(error)
            }
        """)
        task = Task(
            (f"dry-run {words} and explain why it would fail", f"check {words} by simulation before anybody signs"),
            ("explainFailure", "dryRunMessage"),
            args,
            join(f"const group = {group}", body),
            "undefined",
            "string | undefined",
            ("the failure message, or undefined when it would succeed",),
            scriptable=False,
        )
    elif form == "result":
        declarations = (
            "export type DryRun = { ok: true; fees: bigint } | { ok: false; reason: string }"
            if dice.chance(0.5)
            else ""
        )
        inside = code("""
            try {
              const { transactions } = await group.simulate({ skipSignatures: true })
              const fees = transactions.reduce((sum, txn) => sum + txn.fee, 0n)
              return { ok: true, fees }
            } catch (error) {
              return { ok: false, reason: error instanceof Error ? error.message : String(error) }
            }
        """)
        returns = "DryRun" if declarations else "{ ok: true; fees: bigint } | { ok: false; reason: string }"
        task = Task(
            (f"simulate {words} and report either the fees or the reason of the failure",),
            ("tryOut", "rehearse"),
            args,
            join(f"const group = {group}", inside),
            "",
            returns,
            ("an object that says ok with the total fees, or not ok with the reason",),
            declarations=declarations,
            scriptable=False,
        )
    elif form == "throw":
        wrap = call("new Error", [])  # replaced below
        del wrap
        inside = code("""
            try {
              await group.simulate({ skipSignatures: true })
            } catch (error) {
              throw new Error('the simulation failed, nothing was sent', { cause: error })
            }
        """)
        tail = dice.pick("const { txIds } = await group.send()", "")
        first = f"const group = {group}"
        if tail:
            src_named = [a for a in args]
            task = Task(
                (f"simulate {words} first and send it only when the simulation passes",),
                ("simulateThenSend", "sendIfSafe"),
                src_named,
                join(
                    first,
                    inside,
                    tail.replace("group.send()", "rebuilt.send()").replace(
                        "const {", f"const rebuilt = {group_of(dice, steps)}\nconst {{", 1
                    ),
                ),
                "txIds",
                "string[]",
                ("the transaction ids",),
                ["A failed simulation is thrown with the original error as its cause."],
            )
        else:
            task = Task(
                (f"assert that {words} would succeed",),
                ("assertWouldPass",),
                args,
                join(first, inside),
                "",
                "void",
                (),
                ["Throw when it would not, with the original error as the cause."],
            )
    else:
        body = code("""
            const { transactions } = await group.buildTransactions()
            const { txnGroups } = await algorand.client.algod
              .simulateTransactions(
                new modelsv2.SimulateRequest({
                  txnGroups: [
                    new modelsv2.SimulateRequestTransactionGroup({
                      txns: transactions.map((txn) => decodeSignedTransaction(encodeUnsignedSimulateTransaction(txn))),
                    }),
                  ],
                  allowEmptySignatures: true,
                }),
              )
              .do()
        """)
        result, returns, what = dice.pick(
            ("txnGroups[0].failureMessage", "string | undefined", "the failure message, undefined when it would pass"),
            (
                "txnGroups[0].failedAt?.[0]",
                "number | undefined",
                "the index of the transaction that would fail, undefined when none would",
            ),
            (
                "{ failedAt: txnGroups[0].failedAt ?? [], message: txnGroups[0].failureMessage }",
                "{ failedAt: number[]; message: string | undefined }",
                "the indexes at which it would fail and the message",
            ),
        )
        if len(steps) > 1:
            body = body.replace(
                "const { transactions } = await group.buildTransactions()",
                "const built = await group.buildTransactions()\nconst transactions = assignGroupID(built.transactions)",
            )
        task = Task(
            (f"simulate {words} through algod itself, without exceptions for failures",),
            ("simulateRaw", "failureOf"),
            args,
            join(f"const group = {group}", body),
            result,
            returns,
            (what,),
            details,
        )
    return client_draft(dice, task, TRANSACTIONS)


@FAMILY.recipe("simulate-call", share=24)
def simulate_call(dice: Dice) -> Draft:
    """Calling a method without sending it."""
    app, method = app_and_method(dice, pays=False, inner=False, returns=True)
    who = signer(dice, dice.one(PAYERS))
    kind = TS_TYPES[method.returns]
    form = dice.weighted([("value", 30), ("budget", 20), ("options", 25), ("signature", 25)])
    made = (
        "await"
        f" {call('appClient.params.call', [f'method: {quoted(method.name)}', f'args: {argument_list(method)}', *who.fields])}"
    )
    step = f"addAppCallMethodCall({made})"
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
    chain = f"const {{ {names} }} = await {start}\n" + inner_chain("newGroup()", step, f"simulate({settings})")
    if dice.chance(0.4):
        chain = join(
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
        goals = (
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
        chain,
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


@FAMILY.recipe("estimate", share=18)
def estimate(dice: Dice) -> Draft:
    """Fees, balances and ids that a group would lead to."""
    steps, args, words = tried(dice)
    form = dice.pick("fees", "confirmations", "assetId", "many", "first")
    if form == "many" and len(args) >= 2:
        payer = dice.one(PAYERS)
        src = target(dice, payer, "sender")
        body = join(
            "const refused: string[] = []",
            block(
                "for (const receiver of receivers)",
                join(
                    "const ok = await algorand\n"
                    + inner_chain(
                        "newGroup()",
                        call("addAssetTransfer", [*src.fields, "receiver", "assetId", "amount: 1n"]),
                        "simulate({ skipSignatures: true })",
                        "then(() => true)",
                        "catch(() => false)",
                    ),
                    "if (!ok) refused.push(receiver)",
                ),
            ),
        )
        task = Task(
            (
                "find out by simulation which addresses of a list could not receive one unit of an asset",
                "test a list of receivers with simulated asset transfers",
            ),
            ("findRefusing", "probeReceivers"),
            [src.arg, ASSET_ID, Arg("receivers", "string[]", "the receivers", "['ADDRESS1', 'ADDRESS2']")],
            body,
            "refused",
            "string[]",
            ("the addresses for which the transfer would fail",),
        )
    elif form == "assetId":
        admin = dice.one(TOKEN_ADMINS)
        src = target(dice, admin, "sender")
        sent = "const { confirmations } = await " + group_of(
            dice,
            [call("addAssetCreate", [*src.fields, "total", f"decimals: {dice.pick(0, 2, 6)}"])],
            "simulate({ skipSignatures: true })",
        )
        task = Task(
            (
                f"predict the id that an asset created now by {admin.noun} would get",
                "simulate an asset creation and read the id it would have",
            ),
            ("predictAssetId", "nextAssetId"),
            [src.arg, Arg("total", "bigint", "the total supply", "100n")],
            sent,
            "confirmations[0].assetIndex",
            "bigint | undefined",
            ("the predicted asset id",),
        )
    else:
        names, result, returns, what = dice.pick(
            (
                "transactions",
                "transactions.reduce((sum, txn) => sum + txn.fee, 0n)",
                "bigint",
                "the fees in microAlgos",
            ),
            (
                "transactions",
                "microAlgo(transactions.reduce((sum, txn) => sum + txn.fee, 0n))",
                "AlgoAmount",
                "the fees as an AlgoAmount",
            ),
            ("simulateResponse", "simulateResponse.lastRound", "bigint", "the round at which it was simulated"),
            ("confirmations", "confirmations.length", "number", "how many transactions the group has"),
            (
                "txIds, groupId",
                "{ groupId, txIds }",
                "{ groupId: string; txIds: string[] }",
                "the group id and transaction ids it would have",
            ),
            (
                "simulateResponse",
                "simulateResponse.txnGroups[0].txnResults.map((entry) => entry.txnResult.txn.txn.type)",
                "string[]",
                "the type of each transaction",
            ),
        )
        body = (
            f"const {{ {names} }} = await " + group_of(dice, steps, "simulate({ skipSignatures: true })")
            if dice.chance(0.6)
            else join(
                f"const group = {group_of(dice, steps)}",
                f"const {{ {names} }} = await group.simulate({{ skipSignatures: true }})",
            )
        )
        task = Task(
            (f"simulate {words} without signatures and look at the outcome", f"estimate {words} by simulation"),
            ("estimateGroup", "simulateOutcome"),
            args,
            body,
            result,
            returns,
            (what,),
        )
    return client_draft(dice, task, TRANSACTIONS)


@FAMILY.recipe("trace-and-resources", share=20)
def trace_and_resources(dice: Dice) -> Draft:
    """Execution traces, unnamed resources and raw simulate requests."""
    form = dice.weighted([("resources", 35), ("trace", 35), ("signed", 30)])
    call_arg = Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")
    app, method = app_and_method(dice, pays=False, inner=False)
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
        chain = "const { simulateResponse } = await algorand\n" + inner_chain(
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
            join(chain, where),
            result,
            returns,
            (what,),
        )
    elif form == "trace":
        extra = dice.some(["stackChange: true", "scratchChange: true", "stateChange: true"], 0, 3)
        config = call("new modelsv2.SimulateTraceConfig", ["enable: true", *extra])
        chain = join(
            f"const execTraceConfig = {config}",
            "const { simulateResponse } = await algorand\n"
            + inner_chain(
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
            chain,
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
