"""Deploying with app factories: idempotent deployment and fresh instances."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS, App
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import Party, fixed_algo, signer
from algorand_coder.instruct.patterns.clients.call_blocks import argument_list
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, join, quoted
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


def policies(dice: Dice, deploy: list[str], details: list[str]) -> None:
    """Draw what happens when code or schema have changed, and what the application permits later."""
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


def creation(
    dice: Dice, app: App, *, factory_fields: list[str], deploy: list[str], args: list[Arg], details: list[str]
) -> None:
    """Draw how the application is created: bare, by an ABI method, or with a template variable."""
    create = dice.weighted([("bare", 45), ("method", 40), ("template", 15)])
    if create == "method":
        name, arguments, extra = dice.pick(
            ("create", "[title]", Arg("title", "string", "the title", quoted(app.name))),
            (
                "createApplication",
                "[owner]",
                Arg("owner", "string", "the owner's address", "process.env.OWNER ?? ''"),
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
    policies(dice, deploy, details)
    creation(dice, app, factory_fields=factory_fields, deploy=deploy, args=args, details=details)
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
                    Arg("owner", "string", "the owner's address", "process.env.OWNER ?? ''"),
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
                f" {call('appClient.send.call', [f'method: {quoted(method.name)}', f'args: {argument_list(method)}'])}"
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
