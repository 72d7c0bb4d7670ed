"""Calling applications: by app client, by id and signature, with payments, inner fees, references, and algosdk."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import TS_TYPES, App, Method, app_and_method
from algorand_coder.instruct.patterns.base import ALGORAND, Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, note_option, signer
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join, quoted
from algorand_coder.instruct.patterns.words import CALLERS
from algorand_coder.records import Category

FAMILY = Family("calls")
CONTRACTS = Category.CONTRACTS

APP_CLIENT = Arg(
    "appClient",
    "AppClient",
    "the app client",
    call(
        "algorand.client.getAppClientById",
        [
            "appSpec: await readFile('artifacts/app.arc56.json', 'utf8')",
            "appId: BigInt(process.env.APP_ID ?? 0)",
            "defaultSender: await algorand.account.fromEnvironment('DEPLOYER')",
        ],
    ),
)
APP_ID = Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")


def shown_context(dice: Dice, app: App, method: Method) -> str:
    """What a developer would paste: one signature, or the contract's whole interface."""
    form = dice.pick("signature", "interface", "list")
    if form == "signature":
        return f"ABI method: {method.signature}"
    if form == "interface":
        return f"Contract {app.name}:\n" + "\n".join(f"- {each.shown}" for each in app.methods)
    return f"{app.name} (ARC-4)\n" + "\n".join(each.signature for each in app.methods)


def call_goals(app: App, method: Method) -> tuple[str, ...]:
    """Requests for one method call."""
    return (
        f"{method.goal} by calling {app.noun}'s contract",
        f"{method.goal} through the `{method.name}` method of {app.noun}",
        f"call the ABI method `{method.name}` of {app.noun} to {method.goal}",
        f"use {app.noun}'s application to {method.goal}",
    )


def returned(dice: Dice, method: Method, sent: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Body, result, type and words for the outcome of ``await sent`` from an app client, cast to the ABI type."""
    kind = TS_TYPES[method.returns]
    if method.returns == "void":
        form = dice.pick("none", "txid", "round")
        if form == "none":
            return f"await {sent}", "", "void", ()
        if form == "txid":
            return f"const {{ txIds }} = await {sent}", "txIds[0]", "string", ("the transaction id",)
        return (
            f"const {{ confirmation }} = await {sent}",
            "confirmation.confirmedRound",
            "bigint | undefined",
            ("the confirmed round",),
        )
    what = (method.returning, f"{method.returning} as the contract returns it")
    form = dice.pick("result", "result", "pair", "check")
    if form == "pair":
        return (
            f"const result = await {sent}",
            f"{{ value: result.return as {kind}, txId: result.txIds[0] }}",
            f"{{ value: {kind}; txId: string }}",
            (f"{method.returning} and the transaction id",),
        )
    if form == "check":
        body = join(
            f"const result = await {sent}",
            block("if (result.return === undefined)", "throw new Error('the call returned nothing')"),
        )
        return body, f"result.return as {kind}", kind, (f"{method.returning}; throw when the call returned nothing",)
    return f"const result = await {sent}", f"result.return as {kind}", kind, what


def argument_list(method: Method, first: str = "") -> str:
    """``[seat, band]``."""
    return "[" + ", ".join([*([first] if first else []), *(param.name for param in method.params)]) + "]"


@FAMILY.recipe("app-client-call", share=28)
def app_client_call(dice: Dice) -> Draft:
    """A method call through an ``AppClient`` that is passed in or built from a specification."""
    app, method = app_and_method(dice, pays=False, inner=False)
    how = dice.weighted([("passed", 45), ("byId", 35), ("sender", 20)])
    details: list[str] = []
    fields = [f"method: {quoted(method.name)}", f"args: {argument_list(method)}"]
    args = [param.arg for param in method.params]
    before, client = "", APP_CLIENT
    if how == "byId":
        who = signer(dice, dice.one(CALLERS), bare=True)
        spec = Arg(
            "appSpec",
            dice.pick("Arc56Contract", "string"),
            "the ARC-56 specification",
            "await readFile('artifacts/app.arc56.json', 'utf8')",
        )
        args = [spec, APP_ID, who.arg, *args]
        sender = "defaultSender" if who.address == "defaultSender" else f"defaultSender: {who.address}"
        before = f"const appClient = {call('algorand.client.getAppClientById', ['appSpec', 'appId', sender])}"
        details.append("Build the app client from the specification and the application id.")
        client = ALGORAND
    elif how == "sender":
        who = signer(dice, dice.one(CALLERS))
        args = [who.arg, *args]
        fields += list(who.fields)
        details.append("The caller decides who sends the call.")
    extra = dice.weighted([("none", 50), ("note", 20), ("fee", 15), ("signature", 15)])
    if extra == "note":
        option = note_option(dice)
        fields.append(option.field)
        details.append(option.says)
        args += [option.arg] if option.arg else []
    elif extra == "fee":
        fields.append("maxFee: microAlgo(3_000)")
        details.append("Never pay more than 3,000 microAlgos in fees.")
    elif extra == "signature":
        fields[0] = f"method: {quoted(method.signature)}"
        details.append("Name the method by its full signature.")
    body, result, returns, what = returned(dice, method, call("appClient.send.call", fields))
    return client_draft(
        dice,
        Task(
            call_goals(app, method),
            (method.name, f"call{method.name[0].upper()}{method.name[1:]}"),
            args,
            join(before, body),
            result,
            returns,
            what,
            details,
            context=shown_context(dice, app, method),
            needs=method.name,
            client=client,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("method-by-signature", share=20)
def method_by_signature(dice: Dice) -> Draft:
    """A call by application id and ABI signature, without a specification."""
    app, method = app_and_method(dice, pays=False, inner=False)
    who = signer(dice, dice.one(CALLERS))
    constant = dice.chance(0.4)
    signature = f"ABIMethod.fromSignature({quoted(method.signature)})"
    declarations = f"const {method.name}Method = {signature}" if constant else ""
    before = "" if constant else f"const method = {signature}"
    fields = [
        *who.fields,
        "appId",
        f"method: {method.name}Method" if constant else "method",
        f"args: {argument_list(method)}",
    ]
    details = []
    refs = dice.weighted([("none", 55), ("boxes", 25), ("noPopulate", 20)])
    if refs == "boxes" and method.params:
        first = method.params[0]
        key = {
            "string": first.name,
            "uint64": f"encodeUint64({first.name})",
            "address": f"Address.fromString({first.name}).publicKey",
        }.get(first.abi)
        if key:
            fields.append(f"boxReferences: [{key}]")
            details.append(f"Name the box that is keyed by {first.says} as a box reference.")
    elif refs == "noPopulate":
        fields.append("populateAppCallResources: false")
        details.append("Do not let the library simulate the call to find resources.")
    sent = call("algorand.send.appCallMethodCall", fields)
    kind = TS_TYPES[method.returns]
    if method.returns == "void":
        body, result, returns, what = returned(dice, method, sent)
    else:
        body = f"const result = await {sent}"
        result, returns, what = f"result.return?.returnValue as {kind}", kind, (method.returning,)
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} on an application known only by its id and the signature {method.signature}",
                f"call `{method.signature}` on an app by id",
                f"{method.goal}; there is no app spec, only the ABI signature {method.signature}",
            ),
            (method.name, "callBySignature"),
            [who.arg, APP_ID, *(param.arg for param in method.params)],
            join(before, body),
            result,
            returns,
            what,
            details,
            declarations=declarations,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("payment-argument", share=18)
def payment_argument(dice: Dice) -> Draft:
    """Methods whose first argument is a payment."""
    app, method = app_and_method(dice, pays=True)
    who = signer(dice, dice.one(CALLERS))
    money = fixed_algo(dice)
    given = dice.chance(0.5)
    amount = "microAlgo(price)" if given else money.expression
    by_signature = dice.chance(0.35)
    price = [Arg("price", "bigint", "the price in microAlgos", "500_000n")] if given else []
    form = dice.pick("named", "inline", "promise")
    receiver = "getApplicationAddress(appId)" if by_signature else "appClient.appAddress"
    maker = "algorand" if by_signature else dice.pick("algorand", "appClient.algorand")
    client = ALGORAND
    args = [who.arg, *price, *(param.arg for param in method.params)]
    if by_signature:
        args.insert(0, APP_ID)
    elif maker == "algorand":
        args.insert(0, APP_CLIENT)
    else:
        client = APP_CLIENT
    payment = call(f"{maker}.createTransaction.payment", [who.fields[0], f"receiver: {receiver}", f"amount: {amount}"])
    before = {"named": f"const payment = await {payment}", "promise": f"const payment = {payment}", "inline": ""}[form]
    passed = f"await {payment}" if form == "inline" else "payment"
    listing = argument_list(method, passed)
    if by_signature:
        sent = call(
            "algorand.send.appCallMethodCall",
            [*who.fields, "appId", f"method: ABIMethod.fromSignature({quoted(method.signature)})", f"args: {listing}"],
        )
        kind = TS_TYPES[method.returns]
        body, result, returns, what = (
            f"const result = await {sent}",
            f"result.return?.returnValue as {kind}",
            kind,
            (method.returning,),
        )
    else:
        body, result, returns, what = returned(
            dice,
            method,
            call("appClient.send.call", [f"method: {quoted(method.name)}", f"args: {listing}", *who.fields]),
        )
    details = [] if given else [f"Pay {money.says} to the application's account."]
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} with {app.noun}'s contract, whose method expects a payment as its first argument",
                f"{method.goal}: pass a payment transaction to `{method.name}` of {app.noun}",
                f"call {app.noun} to {method.goal}, the payment being an argument of the method",
            ),
            (method.name, f"payAnd{method.name[0].upper()}{method.name[1:]}"),
            args,
            join(before, body),
            result,
            returns,
            what,
            details,
            context=shown_context(dice, app, method),
            needs=method.name,
            client=client,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("inner-fees", share=16)
def inner_fees(dice: Dice) -> Draft:
    """Calls that make inner transactions, whose fees the caller has to cover."""
    app, method = app_and_method(dice, inner=True)
    way = dice.weighted([("extra", 40), ("cover", 35), ("static", 25)])
    fields = [f"method: {quoted(method.name)}", f"args: {argument_list(method)}"]
    args = [param.arg for param in method.params]
    if dice.chance(0.4):
        who = signer(dice, dice.one(CALLERS))
        fields += list(who.fields)
        args.insert(0, who.arg)
    if way == "extra":
        fields.append("extraFee: microAlgo(1_000)")
        details = [
            dice.pick(
                "The contract makes one inner transaction; add its fee to the call.",
                "Cover the fee of the single inner payment with an extra fee of 1,000 microAlgos.",
            )
        ]
    elif way == "static":
        fields.append("staticFee: microAlgo(2_000)")
        details = ["Use a flat fee of 2,000 microAlgos: one minimum fee for the call and one for the inner payment."]
    else:
        limit = dice.pick("5_000", "4_000", "10_000")
        fields += ["coverAppCallInnerTransactionFees: true", f"maxFee: microAlgo({limit})"]
        details = [
            f"Let the library work out the fees of inner transactions, up to {limit.replace('_', ',')} microAlgos in"
            " all."
        ]
    body, result, returns, what = returned(dice, method, call("appClient.send.call", fields))
    wrapped = dice.chance(0.3)
    if wrapped and method.returns == "void" and not result:
        return inner_fees_with_balance(dice, app, method, fields, args, details)
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} through {app.noun}'s contract, which sends an inner transaction with fee 0",
                f"call `{method.name}` of {app.noun} so that the fees of its inner transaction are paid by the caller",
            ),
            (method.name, f"{method.name}WithFees"),
            args,
            body,
            result,
            returns,
            what,
            details,
            context=shown_context(dice, app, method),
            needs=method.name,
            client=APP_CLIENT,
        ),
        CONTRACTS,
    )


def inner_fees_with_balance(
    dice: Dice, app: App, method: Method, fields: list[str], args: list[Arg], details: list[str]
) -> Draft:
    """The same call, measuring what left the application's account."""
    look = "(await appClient.algorand.account.getInformation(appClient.appAddress)).balance.microAlgo"
    body = join(f"const before = {look}", f"await {call('appClient.send.call', fields)}", f"const after = {look}")
    return client_draft(
        dice,
        Task(
            (f"{method.goal} and measure how much Algo left the account of {app.noun}'s application",),
            (f"{method.name}AndMeasure",),
            args,
            body,
            "before - after",
            "bigint",
            ("the difference in microAlgos",),
            details,
            client=APP_CLIENT,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("opt-in-and-life-cycle", share=14)
def life_cycle(dice: Dice) -> Draft:
    """Opt-in, close-out, bare calls, update and delete through an app client."""
    who = signer(dice, dice.one(CALLERS))
    action = dice.pick("optIn", "closeOut", "delete", "bareOptIn", "bareCloseOut", "clear", "bareDelete", "optInOnce")
    fields = list(who.fields)
    details: list[str] = []
    args = [who.arg]
    method = dice.pick("join", "subscribe", "leave", "quit", "retire")
    before = ""
    if action in {"optIn", "closeOut", "delete"}:
        fields = [f"method: {quoted(method)}", *(["args: []"] if dice.chance(0.5) else []), *fields]
        sent = call(f"appClient.send.{action}", fields)
        words = {"optIn": "opt in to", "closeOut": "close out of", "delete": "delete"}[action]
        goals = (
            f"{words} an application through its ABI method `{method}`",
            f"{words} an app with the method `{method}` of its app client",
        )
    elif action == "clear":
        sent = call("appClient.send.bare.clearState", fields)
        goals = (
            "clear an account's local state of an application, whatever the contract says",
            "leave an application with a clear-state call",
        )
    elif action == "optInOnce":
        before = code(f"""
            const {{ appsLocalState = [] }} = await appClient.algorand.account.getInformation({who.address})
            if (appsLocalState.some((state) => state.id === appClient.appId)) {{
              return false
            }}
        """)
        sent = call("appClient.send.bare.optIn", fields)
        return client_draft(
            dice,
            Task(
                (
                    "opt an account in to an application unless it is opted in already",
                    "make the opt-in to an app idempotent",
                ),
                ("ensureAppOptIn", "joinOnce"),
                args,
                join(before, f"await {sent}"),
                "true",
                "boolean",
                ("whether an opt-in was sent",),
                client=APP_CLIENT,
                scriptable=False,
            ),
            CONTRACTS,
        )
    else:
        bare = {"bareOptIn": "optIn", "bareCloseOut": "closeOut", "bareDelete": "delete"}[action]
        words = {"optIn": "opt in to", "closeOut": "close out of", "delete": "delete"}[bare]
        sent = call(f"appClient.send.bare.{bare}", fields)
        goals = (
            f"{words} an application with a bare call",
            f"{words} an app; the contract handles this as a bare action without arguments",
        )
    if dice.chance(0.4):
        option = note_option(dice)
        sent = sent[:-2].rstrip().removesuffix(",") + f", {option.field} }})" if "\n" not in sent else sent
        if option.field in sent:
            details.append(option.says)
            args += [option.arg] if option.arg else []
    form = dice.pick("none", "txid", "round", "many")
    if form == "many" and who.arg.type != "TransactionSignerAccount":
        loop = block(f"for (const {who.arg.name} of {who.arg.name}s)", f"await {sent}\ndone += 1")
        args[0] = Arg(f"{who.arg.name}s", f"{who.arg.type}[]", "the accounts")
        return client_draft(
            dice,
            Task(
                tuple(goal + ", for each account of a list" for goal in goals),
                ("forEachAccount", f"{action}All"),
                args,
                join("let done = 0", loop),
                "done",
                "number",
                ("how many calls were made",),
                details,
                client=APP_CLIENT,
            ),
            CONTRACTS,
        )
    if form == "txid":
        return client_draft(
            dice,
            Task(
                goals,
                (action, f"{action}App"),
                args,
                f"const {{ txIds }} = await {sent}",
                "txIds[0]",
                "string",
                ("the transaction id",),
                details,
                client=APP_CLIENT,
            ),
            CONTRACTS,
        )
    if form == "round":
        return client_draft(
            dice,
            Task(
                goals,
                (action, f"{action}App"),
                args,
                f"const {{ confirmation }} = await {sent}",
                "confirmation.confirmedRound",
                "bigint | undefined",
                ("the confirmed round",),
                details,
                client=APP_CLIENT,
            ),
            CONTRACTS,
        )
    return client_draft(
        dice,
        Task(goals, (action, f"{action}App"), args, f"await {sent}", details=details, client=APP_CLIENT),
        CONTRACTS,
    )


@FAMILY.recipe("sdk-call", share=16)
def sdk_call(dice: Dice) -> Draft:
    """Method and raw calls with algosdk alone."""
    app, method = app_and_method(dice, pays=False, inner=False)
    algod = Arg("algod", "Algodv2", "the algod client")
    account = Arg("account", "{ addr: Address; signer: TransactionSigner }", "the account with its signer")
    raw = dice.chance(0.35)
    lines = ["const suggestedParams = await algod.getTransactionParams().do()"]
    if raw:
        word = dice.pick("ping", "tick", "claim", "reset")
        onc = dice.pick("makeApplicationNoOpTxnFromObject", "makeApplicationOptInTxnFromObject")
        number = dice.chance(0.5)
        app_args = f"new TextEncoder().encode('{word}')" + (", encodeUint64(value)" if number else "")
        fields = ["sender: account.addr", "appIndex: appId", f"appArgs: [{app_args}]", "suggestedParams"]
        lines += [
            f"const txn = {call(onc, fields)}",
            "const [signed] = await account.signer([txn], [0])",
            "const { txid } = await algod.sendRawTransaction(signed).do()",
            f"const confirmation = await waitForConfirmation(algod, txid, {dice.pick(4, 6)})",
        ]
        verb = "an opt-in call" if "OptIn" in onc else "a NoOp call"
        result, returns, what = dice.pick(
            ("confirmation.logs?.length ?? 0", "number", "how many log lines it wrote"),
            ("confirmation.confirmedRound", "bigint | undefined", "the confirmed round"),
            ("confirmation.logs ?? []", "Uint8Array[]", "the log lines as bytes"),
        )
        details = [
            f'The first application argument is the text "{word}"'
            + (", the second a number as uint64." if number else ".")
        ]
        args = [account, APP_ID, *([Arg("value", "bigint", "the number to pass")] if number else [])]
        return client_draft(
            dice,
            Task(
                (
                    f"send {verb} with raw application arguments using algosdk",
                    f"make {verb} to an app without ABI, with algosdk only",
                ),
                ("callRaw", "rawAppCall"),
                args,
                "\n".join(lines),
                result,
                returns,
                (what,),
                details,
                client=algod,
                scriptable=False,
            ),
            CONTRACTS,
        )
    lines.append("const composer = new AtomicTransactionComposer()")
    fields = [
        "appID: appId",
        f"method: ABIMethod.fromSignature({quoted(method.signature)})",
        f"methodArgs: {argument_list(method)}",
        "sender: account.addr",
        "signer: account.signer",
        "suggestedParams",
    ]
    if dice.chance(0.3):
        fields.insert(3, "note: new TextEncoder().encode('sdk')")
    lines.append(call("composer.addMethodCall", fields))
    rounds = dice.pick(4, 5, 8)
    kind = TS_TYPES[method.returns]
    if method.returns == "void":
        lines.append(f"const {{ txIDs }} = await composer.execute(algod, {rounds})")
        result, returns, what = "txIDs[0]", "string", "the transaction id"
    else:
        lines += [
            f"const {{ methodResults }} = await composer.execute(algod, {rounds})",
            "const [outcome] = methodResults",
        ]
        if dice.chance(0.5):
            lines.append(block("if (outcome.decodeError)", "throw outcome.decodeError"))
        result, returns, what = f"outcome.returnValue as {kind}", kind, method.returning
    details = ["Use the SDK's atomic transaction composer." if dice.chance(0.5) else f"Wait up to {rounds} rounds."]
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} with algosdk by calling `{method.signature}`",
                f"make the ABI call {method.signature} using only the JavaScript SDK",
            ),
            (method.name, "callWithSdk"),
            [account, APP_ID, *(param.arg for param in method.params)],
            "\n".join(lines),
            result,
            returns,
            (what,),
            details,
            client=algod,
            scriptable=False,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("argument-encoding", share=14)
def argument_encoding(dice: Dice) -> Draft:
    """Encoding and decoding ABI values by hand."""
    kinds = (
        (
            "(uint64,string)",
            "{ id: bigint; label: string }",
            "[value.id, value.label]",
            "{ id: decoded[0] as bigint, label: decoded[1] as string }",
        ),
        (
            "(address,uint64,bool)",
            "{ owner: string; amount: bigint; active: boolean }",
            "[value.owner, value.amount, value.active]",
            "{ owner: decoded[0] as string, amount: decoded[1] as bigint, active: decoded[2] as boolean }",
        ),
        ("uint64[]", "bigint[]", "value", "decoded as bigint[]"),
        (
            "(string,uint64[])",
            "{ name: string; scores: bigint[] }",
            "[value.name, value.scores]",
            "{ name: decoded[0] as string, scores: decoded[1] as bigint[] }",
        ),
        ("byte[32]", "Uint8Array", "value", "new Uint8Array(decoded as number[])"),
        (
            "(uint8,uint16,string)",
            "{ kind: number; year: number; title: string }",
            "[value.kind, value.year, value.title]",
            "{ kind: Number(decoded[0]), year: Number(decoded[1]), title: decoded[2] as string }",
        ),
    )
    abi, ts_type, to_abi, from_abi = dice.one(kinds)
    form = dice.weighted([("encode", 35), ("decode", 40), ("selector", 25)])
    if form == "selector":
        _, method = app_and_method(dice)
        task = Task(
            (
                "compute the four-byte selector of an ABI method signature as hex",
                "find the method selector that an ARC-4 call starts with",
            ),
            ("selectorOf", "methodSelector"),
            [Arg("signature", "string", f"the signature, such as {method.signature}")],
            "const method = ABIMethod.fromSignature(signature)",
            *dice.pick(
                ("bytesToHex(method.getSelector())", "string", ("the selector as hex",)),
                (
                    "{ selector: bytesToHex(method.getSelector()), transactions: method.txnCount() }",
                    "{ selector: string; transactions: number }",
                    ("the selector as hex and how many transactions a call takes",),
                ),
                ("method.getSelector()", "Uint8Array", ("the selector's bytes",)),
            ),
            client=None,
            sync=True,
        )
    elif form == "encode":
        task = Task(
            (f"encode a value as ABI type {abi}", f"turn a TypeScript value into the ARC-4 bytes of type {abi}"),
            ("encodeValue", "toAbiBytes"),
            [Arg("value", ts_type, "the value")],
            f"const type = ABIType.from('{abi}')",
            f"type.encode({to_abi})",
            "Uint8Array",
            ("the encoded bytes",),
            client=None,
            sync=True,
        )
        if dice.chance(0.4):
            task.declarations, task.body = f"const valueType = ABIType.from('{abi}')", ""
            task.result = f"valueType.encode({to_abi})"
    else:
        tuple_like = "decoded[" in from_abi
        cast = " as ABIValue[]" if tuple_like else ""
        body = f"const decoded = ABIType.from('{abi}').decode(bytes){cast}"
        if dice.chance(0.4):
            task = Task(
                (
                    f"decode the return value of an app call whose log holds the ABI type {abi}",
                    f"parse the ARC-4 return log of a method that returns {abi}",
                ),
                ("decodeReturn", "parseReturnLog"),
                [Arg("log", "Uint8Array", "the last log line of the call")],
                join(
                    block(
                        "if (bytesToHex(log.slice(0, 4)) !== '151f7c75')",
                        "throw new Error('the log does not start with the ABI return prefix')",
                    ),
                    body.replace("decode(bytes)", "decode(log.slice(4))"),
                ),
                from_abi,
                ts_type,
                ("the decoded value",),
                ["The log starts with the four-byte return prefix 151f7c75; anything else is an error."],
                client=None,
                sync=True,
            )
        else:
            task = Task(
                (f"decode ARC-4 bytes of type {abi}", f"read a value of ABI type {abi} from raw bytes"),
                ("decodeValue", "fromAbiBytes"),
                [Arg("bytes", "Uint8Array", "the bytes")],
                body,
                from_abi,
                ts_type,
                ("the value in TypeScript form",),
                client=None,
                sync=True,
            )
    return client_draft(dice, task, CONTRACTS)
