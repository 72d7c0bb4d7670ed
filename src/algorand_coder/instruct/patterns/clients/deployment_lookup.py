"""Clients for what is deployed already, and facts about it."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo
from algorand_coder.instruct.patterns.clients.deployment import SPEC, default_sender, deployer
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, call, code, join, quoted
from algorand_coder.records import Category

FAMILY = Family("deployment")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("client-by-creator", share=3)
def client_by_creator(dice: Dice) -> Draft:
    """App clients by creator and name."""
    app, who = dice.one(APPS), deployer(dice)
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
            f"resolve an app client by creator address and the name {app.name}",
        ),
        ("findByCreator", "resolveApp"),
        args,
        body,
        result,
        returns,
        (what,),
    )
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("client-by-network", share=1)
def client_by_network(dice: Dice) -> Draft:
    """App clients by network."""
    who = deployer(dice)
    # Not getAppClientByNetwork: algokit-utils 9.2.2 looks the network up by its position and throws for every network.
    fields = ["appSpec", "appId: BigInt(known.appID)", default_sender(who)]
    body = join(
        "const { genesisHash } = await algorand.client.network()",
        "const known = appSpec.networks?.[genesisHash]",
        block("if (!known)", "throw new Error('the specification names no application on this network')"),
        f"const appClient = {call('algorand.client.getAppClientById', fields)}",
    )
    result, returns, what = dice.pick(
        ("appClient", "AppClient", "the app client"),
        ("appClient.appId", "bigint", "the application id on this network"),
    )
    task = Task(
        (
            "get an app client for the network we are connected to, using the application ids in the specification",
            "build an app client from a specification that lists its application ids by genesis hash",
        ),
        ("clientForNetwork", "appOnNetwork"),
        [SPEC, who.arg],
        body,
        result,
        returns,
        (what,),
        ["Throw when the specification names none for this network."],
    )
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("app-facts", share=5)
def app_facts(dice: Dice) -> Draft:
    """Facts about an application."""
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
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("live-deployments", share=3)
def live_deployments(dice: Dice) -> Draft:
    """What a creator has deployed."""
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
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("cloned-client", share=2)
def cloned_client(dice: Dice) -> Draft:
    """App clients made from app clients."""
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
    return client_draft(dice, task, CONTRACTS)


@FAMILY.recipe("app-funds", share=3)
def app_funds(dice: Dice) -> Draft:
    """What an application can spend."""
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
