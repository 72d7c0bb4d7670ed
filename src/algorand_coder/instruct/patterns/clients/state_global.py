"""Reading global state, typed and raw."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS, Key
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import refuse
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, APP_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, code, join, quoted
from algorand_coder.records import Category

FAMILY = Family("state")
STATE = Category.STATE


def typed(expression: str, kind: str) -> str:
    """A cast of a decoded value."""
    return f"{expression} as {kind}"


def state_context(keys: tuple[Key, ...], place: str) -> str:
    """The state keys as a developer would list them."""
    words = {"bigint": "uint64", "string": "string", "boolean": "bool"}
    lines = [f"- {key.name}: {key.abi or words.get(key.type, key.type)} ({key.says})" for key in keys]
    return f"{place} state:\n" + "\n".join(lines)


@FAMILY.recipe("global-typed", share=29)
def global_typed(dice: Dice) -> Draft:
    """Decoded global state through an app client."""
    app = dice.one(APPS)
    form = dice.weighted([("one", 25), ("several", 25), ("all", 20), ("default", 15), ("compare", 15)])
    details: list[str] = []
    context = state_context(app.globals, "Global")
    key = dice.one(app.globals)
    if form == "one":
        required = dice.chance(0.5)
        body = f"const value = await appClient.state.global.getValue({quoted(key.name)})"
        if required:
            body = join(body, refuse("value === undefined", f"'{key.name} is not set'"))
            details.append("Throw when it is not set.")
        kind = key.type if required else f"{key.type} | undefined"
        task = Task(
            (
                f"read {key.says} from the global state of {app.noun}'s contract",
                f"get {key.says} of {app.noun} (global state key `{key.name}`)",
            ),
            (f"read{key.name[0].upper()}{key.name[1:]}", "readGlobal"),
            [],
            body,
            typed("value", kind),
            kind,
            (key.says,),
            details,
            context=context,
            needs=key.name,
            client=APP_CLIENT,
        )
    elif form == "several":
        keys = dice.some(app.globals, 2, 3)
        if dice.chance(0.5):
            body = "const state = await appClient.state.global.getAll()"
            values = {k.name: f"state.{k.name}" for k in keys}
        else:
            parts = ",\n".join(f"  appClient.state.global.getValue({quoted(k.name)})" for k in keys)
            body = f"const [{', '.join(k.name for k in keys)}] = await Promise.all([\n{parts},\n])"
            values = {k.name: k.name for k in keys}
        fields = ", ".join(
            f"{name}: {expr} as {kind}"
            for (name, expr), kind in zip(values.items(), (k.type for k in keys), strict=True)
        )
        shape = "; ".join(f"{k.name}: {k.type}" for k in keys)
        task = Task(
            (
                f"read {listed([k.says for k in keys])} of {app.noun}'s contract in one go",
                f"load {listed([k.says for k in keys])} from global state",
            ),
            ("readState", f"load{app.name}"),
            [],
            body,
            "{ " + fields + " }",
            "{ " + shape + " }",
            (f"an object with {listed([f'`{k.name}`' for k in keys])}",),
            context=context,
            needs=keys[0].name,
            client=APP_CLIENT,
        )
    elif form == "all":
        body = "const state = await appClient.state.global.getAll()"
        result, returns, what = dice.pick(
            ("state", "Record<string, unknown>", "all values by key name"),
            ("Object.keys(state)", "string[]", "the names of the keys"),
            (
                "Object.entries(state).map(([name, value]) => `${name}=${String(value)}`)",
                "string[]",
                "lines of the form name=value",
            ),
            (
                "Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined))",
                "Record<string, unknown>",
                "only the keys that have a value",
            ),
        )
        task = Task(
            (
                f"fetch the whole decoded global state of {app.noun}'s contract",
                "dump an application's global state through its app client",
            ),
            ("readAllState", "dumpState"),
            [],
            body,
            result,
            returns,
            (what,),
            client=APP_CLIENT,
        )
    elif form == "default":
        number = next(k for k in app.globals if k.type == "bigint")
        body = f"const value = await appClient.state.global.getValue({quoted(number.name)})"
        result, returns, what = dice.pick(
            ("(value as bigint | undefined) ?? 0n", "bigint", f"{number.says}, zero while it has not been set"),
            ("Number(value ?? 0n)", "number", f"{number.says} as a number, zero while it has not been set"),
        )
        task = Task(
            (
                f"read {number.says} of {app.noun} and treat a missing value as zero",
                f"get {number.says} from global state with a default of zero",
            ),
            (f"{number.name}OrZero", "readOrZero"),
            [],
            body,
            result,
            returns,
            (what,),
            context=context,
            needs=number.name,
            client=APP_CLIENT,
        )
    else:
        number = next(k for k in app.globals if k.type == "bigint")
        body = join(
            f"const before = (await appClient.state.global.getValue({quoted(number.name)})) as bigint",
            "await action()",
            f"const after = (await appClient.state.global.getValue({quoted(number.name)})) as bigint",
        )
        task = Task(
            (
                f"measure how an action changes {number.says} in {app.noun}'s global state",
                f"compare {number.says} before and after an action",
            ),
            ("measureChange", "stateDelta"),
            [Arg("action", "() => Promise<unknown>", "the action to run")],
            body,
            "after - before",
            "bigint",
            ("the difference",),
            context=context,
            needs=number.name,
            client=APP_CLIENT,
        )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("global-raw", share=22)
def global_raw(dice: Dice) -> Draft:
    """Global state by application id, without a specification."""
    app = dice.one(APPS)
    form = dice.weighted([("number", 25), ("text", 20), ("address", 20), ("all", 20), ("algod", 15)])
    key = dice.one(app.globals)
    details: list[str] = []
    if form == "number":
        key = next(k for k in app.globals if k.type == "bigint")
        body = f"const state = await algorand.app.getGlobalState(appId)\nconst entry = state[{quoted(key.name)}]"
        check = dice.pick(
            "if (typeof entry?.value !== 'bigint')", "if (entry === undefined || typeof entry.value !== 'bigint')"
        )
        body = join(body, block(check, f"throw new Error('{key.name} is not a number in global state')"))
        task = Task(
            (
                f"read {key.says} from an application's global state by id, under the key `{key.name}`",
                f"get the uint64 stored under `{key.name}` in an app's global state",
            ),
            ("readNumber", f"read{key.name[0].upper()}{key.name[1:]}"),
            [APP_ID],
            body,
            "entry.value",
            "bigint",
            (key.says,),
            ["Throw when the key is missing or holds no number."],
        )
    elif form == "text":
        body = code("""
            const state = await algorand.app.getGlobalState(appId)
            const entry = state[key]
        """)
        result, returns, what = dice.pick(
            (
                "entry && 'valueRaw' in entry ? entry.value : undefined",
                "string | undefined",
                "the text, or undefined when the key is missing or holds a number",
            ),
            (
                "entry && 'valueRaw' in entry ? entry.valueRaw : new Uint8Array()",
                "Uint8Array",
                "the raw bytes, empty when the key is missing or holds a number",
            ),
        )
        task = Task(
            (
                "read a byte value of an application's global state by key",
                "look up one key of an app's global state that holds bytes",
            ),
            ("readBytes", "readText"),
            [APP_ID, Arg("key", "string", "the key", "'title'")],
            body,
            result,
            returns,
            (what,),
        )
    elif form == "address":
        body = join(
            "const state = await algorand.app.getGlobalState(appId)",
            "const entry = state[key]",
            block(
                "if (!entry || !('valueRaw' in entry) || entry.valueRaw.length !== 32)",
                "throw new Error(`${key} does not hold an address`)",
            ),
        )
        result, returns = dice.pick(
            ("new Address(entry.valueRaw).toString()", "string"), ("new Address(entry.valueRaw)", "Address")
        )
        task = Task(
            (
                "read an account address out of an application's global state",
                "decode a 32-byte global state value as an Algorand address",
            ),
            ("readAddress", "addressInState"),
            [APP_ID, Arg("key", "string", "the key", "'owner'")],
            body,
            result,
            returns,
            ("the address",),
            ["Throw when the value is not 32 bytes long."],
        )
    elif form == "all":
        body = "const state = await algorand.app.getGlobalState(appId)"
        result, returns, what = dice.pick(
            (
                "new Map(Object.entries(state).map(([key, entry]) => [key, entry.value]))",
                "Map<string, string | bigint>",
                "a map from key to value",
            ),
            (
                "Object.values(state).filter((entry) => 'valueRaw' in entry).length",
                "number",
                "how many values are bytes",
            ),
            (
                (
                    "Object.entries(state).flatMap(([key, { value }]) => (typeof value === 'bigint' ? [{ key, value }]"
                    " : []))"
                ),
                "{ key: string; value: bigint }[]",
                "only the numbers, with their keys",
            ),
            ("Object.keys(state).sort()", "string[]", "the sorted keys"),
        )
        task = Task(
            ("list what an application keeps in its global state", "read the raw global state of an app by id"),
            ("listGlobalState", "rawState"),
            [APP_ID],
            body,
            result,
            returns,
            (what,),
        )
    else:
        body = code("""
            const { params } = await algod.getApplicationByID(appId).do()
            const entry = params.globalState?.find(({ key }) => bytesToString(key) === name)
        """)
        body = (
            body.replace("const { params }", "const application").replace(
                "params.globalState", "application.params?.globalState"
            )
            if dice.chance(0.5)
            else body.replace("params.globalState", "params?.globalState")
        )
        result, returns, what = dice.pick(
            ("entry?.value.uint", "bigint | undefined", "the number, or undefined when there is none"),
            ("entry?.value.bytes", "Uint8Array | undefined", "the bytes, or undefined when there are none"),
        )
        task = Task(
            (
                "look up a global state key with algosdk's algod client",
                "read global state through algod without AlgoKit",
            ),
            ("globalValue", "lookUpGlobal"),
            [APP_ID, Arg("name", "string", "the key's name")],
            body,
            result,
            returns,
            (what,),
            details,
            client=Arg("algod", "Algodv2", "the algod client"),
            scriptable=False,
        )
    return client_draft(dice, task, STATE)
