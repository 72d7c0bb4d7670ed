"""Blocks for programs that call applications."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import TS_TYPES, AbiMethod, App
from algorand_coder.instruct.patterns.base import Arg
from algorand_coder.instruct.patterns.blocks import Party
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, call, join, quoted

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


def shown_context(dice: Dice, app: App, method: AbiMethod) -> str:
    """What a developer would paste: one signature, or the contract's whole interface."""
    form = dice.pick("signature", "interface", "list")
    if form == "signature":
        return f"ABI method: {method.signature}"
    if form == "interface":
        return f"Contract {app.name}:\n" + "\n".join(f"- {each.shown}" for each in app.methods)
    return f"{app.name} (ARC-4)\n" + "\n".join(each.signature for each in app.methods)


def returned(dice: Dice, method: AbiMethod, sent: str) -> tuple[str, str, str, tuple[str, ...]]:
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


def argument_list(method: AbiMethod, first: str = "") -> str:
    """``[seat, band]``."""
    return "[" + ", ".join([*([first] if first else []), *(param.name for param in method.params)]) + "]"


def built_call(method: AbiMethod, who: Party) -> str:
    """A call made by an app client for a group: ``await appClient.params.call({…})``."""
    fields = [f"method: {quoted(method.name)}", f"args: {argument_list(method)}", *who.fields]
    return f"await {call('appClient.params.call', fields)}"
