"""Life-cycle calls, calls through algosdk, and ABI values by hand."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import TS_TYPES, app_and_method
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import note_option, signer
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, APP_ID, argument_list
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join, quoted
from algorand_coder.instruct.patterns.words import CALLERS
from algorand_coder.records import Category

FAMILY = Family("calls")
CONTRACTS = Category.CONTRACTS


_LIFE_CYCLE = {
    "optIn": ("join", "subscribe", "register", "enrol"),
    "closeOut": ("leave", "quit", "unsubscribe", "withdraw"),
    "delete": ("retire", "shutDown", "remove", "dissolve"),
}
"""Names that fit the methods of each action."""


@FAMILY.recipe("opt-in-and-life-cycle", share=14)
def life_cycle(dice: Dice) -> Draft:
    """Opt-in, close-out, bare calls, update and delete through an app client."""
    who = signer(dice, dice.one(CALLERS))
    action = dice.pick("optIn", "closeOut", "delete", "bareOptIn", "bareCloseOut", "clear", "bareDelete", "optInOnce")
    fields = list(who.fields)
    details: list[str] = []
    args = [who.arg]
    method = dice.pick(*_LIFE_CYCLE.get(action, ("join",)))
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
                (f"{action}App", f"{action}ByClient"),
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
                (f"{action}App", f"{action}ByClient"),
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
        Task(goals, (f"{action}App", f"{action}ByClient"), args, f"await {sent}", details=details, client=APP_CLIENT),
        CONTRACTS,
    )


@FAMILY.recipe("sdk-call", share=16)
def sdk_call(dice: Dice) -> Draft:
    """Method and raw calls with algosdk alone."""
    _, method = app_and_method(dice, pays=False, inner=False)
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
    noted = dice.chance(0.3)
    if noted:
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
    if noted:
        details.append('The note is "sdk".')
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
                "compute the four-byte selector of an ABI method signature",
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
