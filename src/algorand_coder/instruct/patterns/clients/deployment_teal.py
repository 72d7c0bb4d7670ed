"""Applications from TEAL, and money for applications."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, signer
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join
from algorand_coder.instruct.patterns.words import TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("deployment")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("teal-create", share=6)
def teal_create(dice: Dice) -> Draft:
    """Creation from TEAL."""
    who = signer(dice, dice.one(TOKEN_ADMINS))
    approval, clear = (
        Arg("approvalTeal", "string", "the approval program in TEAL", "await readFile('approval.teal', 'utf8')"),
        Arg("clearTeal", "string", "the clear-state program in TEAL", "await readFile('clear.teal', 'utf8')"),
    )
    numbers = [dice.number(0, 4) for _ in range(4)]
    schema = (
        f"schema: {{ globalInts: {numbers[0]}, globalByteSlices: {numbers[1]}, localInts: {numbers[2]},"
        f" localByteSlices: {numbers[3]} }}"
    )
    words = (
        f"Global state: {numbers[0]} integers and {numbers[1]} byte slices; local state: {numbers[2]} and {numbers[3]}."
    )
    details = [words]
    fields = [*who.fields, "approvalProgram: approvalTeal", "clearStateProgram: clearTeal", schema]
    if dice.chance(0.4):
        fields.append("extraProgramPages: 1")
        details.append("Ask for one extra program page.")
    if dice.chance(0.3):
        fields.append("onComplete: OnApplicationComplete.OptInOC")
        details.append("Opt the creator in with the same transaction.")
    result, returns, what = dice.pick(
        ("appId", "bigint", "the application id"),
        (
            "{ appId, appAddress: appAddress.toString() }",
            "{ appId: bigint; appAddress: string }",
            "id and address of the application",
        ),
    )
    names = "appId, appAddress" if "appAddress" in result else "appId"
    task = Task(
        ("create an application from TEAL source with a given state schema", "deploy raw TEAL programs"),
        ("createFromTeal", "deployTeal"),
        [who.arg, approval, clear],
        f"const {{ {names} }} = await {call('algorand.send.appCreate', fields)}",
        result,
        returns,
        (what,),
        details,
    )
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("teal-update", share=4)
def teal_update(dice: Dice) -> Draft:
    """Updates from TEAL."""
    who = signer(dice, dice.one(TOKEN_ADMINS))
    approval, clear = (
        Arg("approvalTeal", "string", "the approval program in TEAL", "await readFile('approval.teal', 'utf8')"),
        Arg("clearTeal", "string", "the clear-state program in TEAL", "await readFile('clear.teal', 'utf8')"),
    )
    fields = [*who.fields, "appId", "approvalProgram: approvalTeal", "clearStateProgram: clearTeal"]
    result, returns, what = dice.pick(
        ("txIds[0]", "string", "the transaction id"),
        ("confirmation.confirmedRound", "bigint | undefined", "the confirmed round"),
        ("compiledApproval?.compiledHash", "string | undefined", "the hash of the new approval program"),
    )
    name = {"t": "txIds", "c": "confirmation"}[result[0]] if not result.startswith("compiled") else "compiledApproval"
    task = Task(
        ("update an application's programs from TEAL source", "replace the code of an existing app with new TEAL"),
        ("updateFromTeal", "upgradeApp"),
        [who.arg, Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)"), approval, clear],
        f"const {{ {name} }} = await {call('algorand.send.appUpdate', fields)}",
        result,
        returns,
        (what,),
    )
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("teal-compile", share=4)
def teal_compile(dice: Dice) -> Draft:
    """Compiling TEAL."""
    template = dice.chance(0.5)
    result, returns, what = dice.pick(
        ("compiled.compiledBase64ToBytes", "Uint8Array", "the program bytes"),
        ("compiled.compiledHash", "string", "the program's hash, which is its address as a logic signature"),
        (
            "{ bytes: compiled.compiledBase64ToBytes.length, hash: compiled.compiledHash }",
            "{ bytes: number; hash: string }",
            "size and hash of the program",
        ),
    )
    body = (
        "const compiled = await algorand.app.compileTealTemplate(teal, { LIMIT: limit })"
        if template
        else "const compiled = await algorand.app.compileTeal(teal)"
    )
    args = [
        Arg("teal", "string", "the TEAL source", "await readFile('program.teal', 'utf8')"),
        *([Arg("limit", "bigint", "the value for TMPL_LIMIT", "5n")] if template else []),
    ]
    if dice.chance(0.5):
        body = join(
            body,
            block(
                "if (compiled.compiledBase64ToBytes.length > 8_192)",
                "throw new RangeError('the program needs more than four pages')",
            ),
        )
        checks = ["Refuse programs of more than 8,192 bytes."]
    else:
        checks = []
    task = Task(
        (
            "compile TEAL source" + (" with a template variable LIMIT" if template else "") + " through algod",
            "assemble a TEAL program" + (" after filling in TMPL_LIMIT" if template else ""),
        ),
        ("compileProgram", "assemble"),
        args,
        body,
        result,
        returns,
        (what,),
        checks,
    )
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("sdk-create", share=4)
def sdk_create(dice: Dice) -> Draft:
    """Creation with algosdk alone."""
    numbers = [dice.number(0, 4) for _ in range(4)]
    words = (
        f"Global state: {numbers[0]} integers and {numbers[1]} byte slices; local state: {numbers[2]} and {numbers[3]}."
    )
    details = [words]
    algod = Arg("algod", "Algodv2", "the algod client")
    lines = code("""
        const approval = await algod.compile(approvalTeal).do()
        const clear = await algod.compile(clearTeal).do()
        const suggestedParams = await algod.getTransactionParams().do()
    """)
    if dice.chance(0.5):
        lines = code("""
            const [approval, clear, suggestedParams] = await Promise.all([
              algod.compile(approvalTeal).do(),
              algod.compile(clearTeal).do(),
              algod.getTransactionParams().do(),
            ])
        """)
    txn = call(
        "makeApplicationCreateTxnFromObject",
        [
            "sender: creator.addr",
            "onComplete: OnApplicationComplete.NoOpOC",
            "approvalProgram: base64ToBytes(approval.result)",
            "clearProgram: base64ToBytes(clear.result)",
            f"numGlobalInts: {numbers[0]}",
            f"numGlobalByteSlices: {numbers[1]}",
            f"numLocalInts: {numbers[2]}",
            f"numLocalByteSlices: {numbers[3]}",
            "suggestedParams",
        ],
    )
    tail = code(f"""
        const [signed] = await creator.signer([txn], [0])
        const {{ txid }} = await algod.sendRawTransaction(signed).do()
        const confirmation = await waitForConfirmation(algod, txid, {dice.pick(4, 5, 6)})
    """)
    task = Task(
        ("create an application from TEAL with algosdk only", "deploy TEAL programs through the JavaScript SDK"),
        ("createAppWithSdk", "deployWithSdk"),
        [
            Arg("creator", "{ addr: Address; signer: TransactionSigner }", "the creator with its signer"),
            Arg("approvalTeal", "string", "the approval program in TEAL"),
            Arg("clearTeal", "string", "the clear-state program in TEAL"),
        ],
        join(lines, f"const txn = {txn}", tail),
        "confirmation.applicationIndex",
        "bigint | undefined",
        ("the application id",),
        details,
        client=algod,
        scriptable=False,
    )
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("fund-application", share=10)
def fund_application(dice: Dice) -> Draft:
    """Money for boxes and inner transactions."""
    who = signer(dice, dice.one(TOKEN_ADMINS))
    money = fixed_algo(dice)
    form = dice.pick("client", "address", "boxes", "ensure")
    app_client = Arg("appClient", "AppClient", "the app client")
    if form == "client":
        fields = [f"amount: {money.expression}", *who.fields]
        task = Task(
            (f"fund an application's account with {money.says}", f"send {money.says} to the account of an app"),
            ("fundApp", "topUpApp"),
            [who.arg],
            f"const {{ txIds }} = await {call('appClient.fundAppAccount', fields)}",
            "txIds[0]",
            "string",
            ("the transaction id",),
            client=app_client,
        )
    elif form == "address":
        fields = [*who.fields, "receiver: getApplicationAddress(appId)", f"amount: {money.expression}"]
        keep = dice.chance(0.5)
        task = Task(
            (
                f"send {money.says} to an application known by its id",
                f"pay {money.says} into an app's account, deriving the address from its id",
            ),
            ("fundById", "payApp"),
            [who.arg, Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")],
            f"{'const { txIds } = ' if keep else ''}await {call('algorand.send.payment', fields)}",
            "txIds[0]" if keep else "",
            "string" if keep else "void",
            ("the transaction id",) if keep else (),
        )
    elif form == "boxes":
        body = code("""
            const perBox = 2_500n + 400n * BigInt(keyBytes + valueBytes)
            const needed = perBox * BigInt(boxes)
        """)
        body = join(body, f"await {call('appClient.fundAppAccount', ['amount: microAlgo(needed)', *who.fields])}")
        task = Task(
            (
                "fund an application for the minimum balance of a number of boxes of known size",
                "pay in advance for the boxes an app is going to create",
            ),
            ("fundBoxes", "prepayBoxes"),
            [
                who.arg,
                Arg("boxes", "number", "how many boxes"),
                Arg("keyBytes", "number", "the length of a box name in bytes"),
                Arg("valueBytes", "number", "the size of a box in bytes"),
            ],
            body,
            "needed",
            "bigint",
            ("the microAlgos sent",),
            ["A box costs 2,500 microAlgos plus 400 for each byte of its name and content."],
            client=app_client,
        )
    else:
        body = (
            f"const funded = await algorand.account.ensureFunded(getApplicationAddress(appId), {who.address},"
            f" {money.expression})"
        )
        task = Task(
            (
                f"make sure that an application's account can spend {money.says}",
                f"keep {money.says} spendable in an app's account",
            ),
            ("ensureAppFunded", "keepAppFunded"),
            [who.arg, Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")],
            body,
            *dice.pick(
                ("funded?.amountFunded.microAlgo ?? 0n", "bigint", ("the microAlgos added",)),
                ("funded !== undefined", "boolean", ("whether a payment was needed",)),
            ),
        )
        if who.arg.type == "TransactionSignerAccount":
            task.body = "algorand.account.setSignerFromAccount(" + who.arg.name + ")\n" + task.body
    return client_draft(dice, task, CONTRACTS)
