"""Deploying applications: factories, idempotent deployment, raw creation, updates, funding."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import Party, fixed_algo, signer
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join, quoted
from algorand_coder.instruct.patterns.words import CALLERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("deployment")
CONTRACTS = Category.CONTRACTS

SPEC = Arg(
    "appSpec",
    "Arc56Contract",
    "the ARC-56 specification",
    "JSON.parse(await readFile('artifacts/app.arc56.json', 'utf8'))",
)
SPEC_PATH = Arg("specPath", "string", "the path of the ARC-56 file", "'artifacts/app.arc56.json'")


def specification(dice: Dice) -> tuple[Arg, str, str]:
    """How the specification comes in: its parameter, statements that load it, and the field for a factory."""
    form = dice.weighted([("object", 45), ("file", 40), ("sync", 15)])
    if form == "object":
        return SPEC, "", "appSpec"
    if form == "file":
        return SPEC_PATH, "const appSpec = await readFile(specPath, 'utf8')", "appSpec"
    return SPEC_PATH, "", "appSpec: readFileSync(specPath, 'utf8')"


def deployer(dice: Dice) -> Party:
    """Whoever deploys; a plain address with a registered signer."""
    return signer(dice, dice.one((*TOKEN_ADMINS[:3], *CALLERS[-3:])), bare=True)


def default_sender(who: Party) -> str:
    """The factory field that makes ``who`` the sender."""
    return f"defaultSender: {who.address}"


@FAMILY.recipe("idempotent-deploy", share=30)
def idempotent_deploy(dice: Dice) -> Draft:
    """``factory.deploy`` with policies, create arguments and template values."""
    app, who = dice.one(APPS), deployer(dice)
    spec, load, field = specification(dice)
    details: list[str] = []
    factory_fields = [field, default_sender(who)]
    deploy: list[str] = []
    args = [spec, who.arg]
    if dice.chance(0.3):
        version = dice.pick("2.0", "1.4", "3.1")
        factory_fields.append(f"version: '{version}'")
        details.append(f"Deploy it as version {version}.")
    if dice.chance(0.25):
        factory_fields.append(f"appName: {quoted(app.name)}")
        details.append(f"Use {app.name} as the name that identifies the deployment.")
    update = dice.weighted([("", 25), ("update", 30), ("replace", 15), ("append", 15), ("fail", 15)])
    if update:
        deploy.append(f"onUpdate: '{update}'")
        details.append(
            {
                "update": "Update the existing application when the code has changed.",
                "replace": "When the code has changed, delete the old application and create a new one.",
                "append": "When the code has changed, create a second application and leave the old one.",
                "fail": "Fail when the code has changed.",
            }[update]
        )
    schema = dice.weighted([("", 45), ("replace", 20), ("append", 20), ("fail", 15)])
    if schema:
        deploy.append(f"onSchemaBreak: '{schema}'")
        details.append(
            {
                "replace": "Replace the application when the state schema no longer fits.",
                "append": "Create a new application when the state schema no longer fits.",
                "fail": "Fail when the state schema no longer fits.",
            }[schema]
        )
    flags = dice.some(
        ["updatable: true", "deletable: true", "updatable: false", "deletable: false"][dice.pick(0, 2) :][:2], 0, 2
    )
    if flags:
        deploy += flags
        details.append(
            "The application is " + " and ".join(("" if "true" in f else "not ") + f.split(":")[0] for f in flags) + "."
        )
    create = dice.weighted([("bare", 45), ("method", 40), ("template", 15)])
    if create == "method":
        name, arguments, extra = dice.pick(
            ("create", "[title]", Arg("title", "string", "the title", quoted(app.name))),
            (
                "createApplication",
                "[owner]",
                Arg("owner", "string", "the owner's address", "algorand.account.random().addr.toString()"),
            ),
            ("create", "[limit]", Arg("limit", "bigint", "the limit", "100n")),
            ("initialise", "[price, currency]", Arg("price", "bigint", "the price", "250_000n")),
        )
        deploy.append(f"createParams: {{ method: '{name}', args: {arguments} }}")
        args.append(extra)
        if "currency" in arguments:
            args.append(Arg("currency", "string", "the currency", "'EUR'"))
        details.append(f"Creation is the ABI method `{name}`, called with {' and '.join(a.says for a in args[2:])}.")
    elif create == "template":
        template = dice.pick("FEE", "SEASON", "MAX_ENTRIES", "PRICE")
        factory_fields.append(f"deployTimeParams: {{ {template}: templateValue }}")
        args.append(Arg("templateValue", "bigint", f"the value of the template variable {template}", "10n"))
        details.append(f"Fill in the template variable {template} at deployment.")
    factory = f"const factory = {call('algorand.client.getAppFactory', factory_fields)}"
    argument = call("factory.deploy", deploy) if deploy else "factory.deploy({})"
    form = dice.weighted([("client", 30), ("result", 25), ("id", 25), ("fund", 20)])
    lines = [load, factory]
    if form == "client":
        lines.append(f"const {{ appClient }} = await {argument}")
        result, returns, what = "appClient", "AppClient", "the app client"
    elif form == "result":
        lines.append(f"const {{ appClient, result }} = await {argument}")
        result, returns, what = (
            "{ appId: appClient.appId, operation: result.operationPerformed }",
            "{ appId: bigint; operation: string }",
            "the application id and which operation was performed",
        )
    elif form == "id":
        lines.append(f"const {{ appClient }} = await {argument}")
        result, returns, what = dice.pick(
            ("appClient.appId", "bigint", "the application id"),
            ("appClient.appAddress.toString()", "string", "the application's address"),
            (
                "{ appId: appClient.appId, appAddress: appClient.appAddress.toString() }",
                "{ appId: bigint; appAddress: string }",
                "id and address of the application",
            ),
        )
    else:
        money = fixed_algo(dice)
        lines.append(f"const {{ appClient, result }} = await {argument}")
        operations = dice.pick(
            "result.operationPerformed === 'create'", "['create', 'replace'].includes(result.operationPerformed)"
        )
        lines.append(block(f"if ({operations})", f"await appClient.fundAppAccount({{ amount: {money.expression} }})"))
        kind = "has been created or replaced" if "replace" in operations else "has been created just now"
        details.append(f"Fund the application's account with {money.says} when it {kind}.")
        result, returns, what = "appClient.appId", "bigint", "the application id"
    return client_draft(
        dice,
        Task(
            (
                f"deploy {app.noun}'s contract idempotently from its ARC-56 specification",
                f"deploy the contract of {app.noun} so that running it twice changes nothing",
                f"write the deployment of {app.noun}'s smart contract with an app factory",
                "deploy a smart contract with AppFactory",
            ),
            (f"deploy{app.name}", "deployApp", "deploy", "deployContract"),
            args,
            join(*lines),
            result,
            returns,
            (what,),
            details,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("create-instance", share=20)
def create_instance(dice: Dice) -> Draft:
    """A fresh application each time: bare or by ABI method, with funding or a first call."""
    app, who = dice.one(APPS), deployer(dice)
    spec, load, field = specification(dice)
    factory = f"const factory = {call('algorand.client.getAppFactory', [field, default_sender(who)])}"
    args, details = [spec, who.arg], []
    fields: list[str] = []
    if dice.chance(0.3):
        fields.append(dice.pick("updatable: false", "deletable: true", "extraProgramPages: 1"))
        details.append(
            {
                "updatable: false": "It cannot be updated later.",
                "deletable: true": "It can be deleted later.",
                "extraProgramPages: 1": "Reserve one extra program page for later growth.",
            }[fields[0]]
        )
    by_method = dice.chance(0.5)
    if by_method:
        name, listed_args, extra = dice.pick(
            ("create", "[label]", [Arg("label", "string", "a label", quoted(app.name))]),
            (
                "create",
                "[owner, capacity]",
                [
                    Arg("owner", "string", "the owner's address", "algorand.account.random().addr.toString()"),
                    Arg("capacity", "bigint", "the capacity", "50n"),
                ],
            ),
            ("createApplication", "[startRound]", [Arg("startRound", "bigint", "the first round", "1_000n")]),
        )
        sent = call("factory.send.create", [f"method: '{name}'", f"args: {listed_args}", *fields])
        args += extra
        details.insert(0, f"Creation goes through the ABI method `{name}`.")
    else:
        sent = call("factory.send.bare.create", fields) if fields else "factory.send.bare.create()"
        details.insert(0, "Creation is a bare call.") if dice.chance(0.6) else None
    lines = [load, factory]
    form = dice.weighted([("id", 25), ("client", 20), ("funded", 30), ("called", 25)])
    if form == "id":
        lines.append(f"const {{ result }} = await {sent}")
        result, returns, what = dice.pick(
            ("result.appId", "bigint", "the application id"),
            (
                "{ appId: result.appId, txId: result.txIds[0] }",
                "{ appId: bigint; txId: string }",
                "application and transaction id",
            ),
        )
    elif form == "client":
        lines.append(f"const {{ appClient }} = await {sent}")
        result, returns, what = "appClient", "AppClient", "the app client of the new instance"
    elif form == "funded":
        money = fixed_algo(dice)
        lines += [
            f"const {{ appClient }} = await {sent}",
            f"await appClient.fundAppAccount({{ amount: {money.expression} }})",
        ]
        details.append(f"Fund its account with {money.says} right away, for boxes and inner transactions.")
        result, returns, what = "appClient.appId", "bigint", "the application id"
    else:
        method = dice.one(app.methods)
        while method.pays or method.inner or method.returns == "void":
            method = dice.one(app.methods)
        lines += [
            f"const {{ appClient }} = await {sent}",
            (
                "const first = await"
                f" {call('appClient.send.call', [f'method: {quoted(method.name)}', 'args: [' + ', '.join(p.name for p in method.params) + ']'])}"
            ),
        ]
        args += [p.arg for p in method.params]
        details.append(f"Then call `{method.name}` on it once, to {method.goal}.")
        result, returns, what = (
            "{ appId: appClient.appId, answer: first.return }",
            "{ appId: bigint; answer: unknown }",
            "the application id and what that call returned",
        )
    return client_draft(
        dice,
        Task(
            (
                f"create a new instance of {app.noun}'s contract",
                f"create an application from the specification of {app.noun}",
                f"launch a separate copy of {app.noun}'s contract",
            ),
            (f"create{app.name}", "createInstance", "launchApp"),
            args,
            join(*lines),
            result,
            returns,
            (what,),
            details,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("teal-deployment", share=16)
def teal_deployment(dice: Dice) -> Draft:
    """Creation and update from TEAL sources with an explicit schema."""
    who = signer(dice, dice.one(TOKEN_ADMINS))
    form = dice.weighted([("create", 40), ("update", 20), ("compile", 20), ("sdk", 20)])
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
    if form == "create":
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
    elif form == "update":
        fields = [*who.fields, "appId", "approvalProgram: approvalTeal", "clearStateProgram: clearTeal"]
        result, returns, what = dice.pick(
            ("txIds[0]", "string", "the transaction id"),
            ("confirmation.confirmedRound", "bigint | undefined", "the confirmed round"),
            ("compiledApproval?.compiledHash", "string | undefined", "the hash of the new approval program"),
        )
        name = (
            {"t": "txIds", "c": "confirmation"}[result[0]] if not result.startswith("compiled") else "compiledApproval"
        )
        task = Task(
            ("update an application's programs from TEAL source", "replace the code of an existing app with new TEAL"),
            ("updateFromTeal", "upgradeApp"),
            [who.arg, Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)"), approval, clear],
            f"const {{ {name} }} = await {call('algorand.send.appUpdate', fields)}",
            result,
            returns,
            (what,),
        )
    elif form == "compile":
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
    else:
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


@FAMILY.recipe("find-application", share=14)
def find_application(dice: Dice) -> Draft:
    """Getting clients for what is deployed already, and facts about it."""
    app, who = dice.one(APPS), deployer(dice)
    form = dice.pick("creator", "network", "facts", "list", "clone", "funds")
    if form == "creator":
        fields = [
            "appSpec",
            "creatorAddress",
            f"appName: {quoted(app.name)}",
            *([default_sender(who)] if dice.chance(0.5) else []),
        ]
        args = [
            SPEC,
            Arg("creatorAddress", "string", "the creator's address", "process.env.CREATOR ?? ''"),
            *([who.arg] if len(fields) == 4 else []),
        ]
        body = f"const appClient = await {call('algorand.client.getAppClientByCreatorAndName', fields)}"
        result, returns, what = dice.pick(
            ("appClient", "AppClient", "the app client"), ("appClient.appId", "bigint", "the application id")
        )
        task = Task(
            (
                f"find the application named {app.name} that a creator has deployed",
                "resolve an app client by creator address and name",
            ),
            ("findByCreator", "resolveApp"),
            args,
            body,
            result,
            returns,
            (what,),
        )
    elif form == "network":
        body = (
            f"const appClient = await {call('algorand.client.getAppClientByNetwork', ['appSpec', default_sender(who)])}"
        )
        result, returns, what = dice.pick(
            ("appClient", "AppClient", "the app client"),
            ("appClient.appId", "bigint", "the application id on this network"),
        )
        task = Task(
            ("get an app client for the network we are connected to, using the application ids in the specification",),
            ("clientForNetwork", "appOnNetwork"),
            [SPEC, who.arg],
            body,
            result,
            returns,
            (what,),
        )
    elif form == "facts":
        options = {
            "creator: creator.toString()": "string",
            "appAddress: appAddress.toString()": "string",
            "globalInts": "number",
            "globalByteSlices": "number",
            "programBytes: approvalProgram.length": "number",
            "version": "number | undefined",
        }
        chosen = dice.some(list(options), 2, 4)
        picks = sorted({c.split(":")[1].strip().split(".")[0] if ":" in c else c for c in chosen})
        shape = "; ".join(f"{c.split(':')[0]}: {options[c]}" for c in chosen)
        body = f"const {{ {', '.join(picks)} }} = await algorand.app.getById(appId)"
        says = {
            "creator": "creator",
            "appAddress": "address",
            "globalInts": "number of global integers",
            "globalByteSlices": "number of global byte slices",
            "programBytes": "size of the approval program",
            "version": "version",
        }
        spoken = [says[c.split(":")[0]] for c in chosen]
        task = Task(
            (
                f"look up an application's {', '.join(spoken[:-1])} and {spoken[-1]}",
                f"read {', '.join(spoken[:-1])} and {spoken[-1]} of an app from algod",
            ),
            ("describeApp", "appFacts"),
            [Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")],
            body,
            "{ " + ", ".join(chosen) + " }",
            "{ " + shape + " }",
            ("those values as an object",),
        )
    elif form == "list":
        body = (
            "const { apps } = await algorand.appDeployer.getCreatorAppsByName(creatorAddress)\nconst live ="
            " Object.values(apps).filter((app) => !app.deleted)"
        )
        result, returns, what = dice.pick(
            ("live.map((app) => app.name)", "string[]", "their names"),
            (
                "new Map(live.map((app) => [app.name, app.appId]))",
                "Map<string, bigint>",
                "a map from name to application id",
            ),
            (
                "live.map(({ name, version, appId }) => ({ name, version, appId }))",
                "{ name: string; version: string; appId: bigint }[]",
                "name, version and id of each",
            ),
        )
        task = Task(
            (
                "list the applications that a creator has deployed with AlgoKit and not deleted",
                "find all live deployments of a creator",
            ),
            ("listDeployments", "liveApps"),
            [Arg("creatorAddress", "string", "the creator's address", "process.env.CREATOR ?? ''")],
            body,
            result,
            returns,
            (what,),
        )
    elif form == "clone":
        app_client = Arg("appClient", "AppClient", "an app client")
        other = Arg("otherSender", "string", "another sender's address")
        body = (
            "const clone = appClient.clone({ defaultSender: otherSender })"
            if dice.chance(0.5)
            else "const clone = appClient.clone({ appId: otherAppId })"
        )
        args = [other] if "Sender" in body else [Arg("otherAppId", "bigint", "another application's id")]
        goal = (
            ("make an app client that sends from another account but is otherwise the same",)
            if "Sender" in body
            else ("point an app client at another instance of the same contract",)
        )
        task = Task(
            goal,
            ("withSender", "forInstance"),
            args,
            body,
            "clone",
            "AppClient",
            ("the new app client",),
            client=app_client,
            sync=True,
        )
    else:
        floor = fixed_algo(dice)
        body = code("""
            const appAddress = getApplicationAddress(appId)
            const { balance, minBalance } = await algorand.account.getInformation(appAddress)
            const spendable = balance.microAlgo - minBalance.microAlgo
        """)
        result, returns, what = dice.pick(
            ("spendable", "bigint", "the microAlgos it can spend"),
            (f"spendable >= {floor.micro}", "boolean", f"whether it can spend {floor.says}"),
            (
                "{ balance: balance.microAlgo, spendable }",
                "{ balance: bigint; spendable: bigint }",
                "balance and spendable part in microAlgos",
            ),
        )
        task = Task(
            ("find out how much Algo an application's account can spend", "check the funding of an app's account"),
            ("appFunds", "spendableByApp"),
            [Arg("appId", "bigint", "the application id", "BigInt(process.env.APP_ID ?? 0)")],
            body,
            result,
            returns,
            (what,),
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
