"""Reading state from outside: global, local and box, typed and raw."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS, Key
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import refuse
from algorand_coder.instruct.patterns.calls import APP_CLIENT, APP_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, code, join, quoted
from algorand_coder.records import Category

FAMILY = Family("state")
STATE = Category.STATE

ACCOUNT = Arg("account", "string", "the account's address", "process.env.ACCOUNT ?? ''")


def typed(expression: str, kind: str) -> str:
    """A cast of a decoded value."""
    return f"{expression} as {kind}"


def state_context(keys: tuple[Key, ...], place: str) -> str:
    """The state keys as a developer would list them."""
    words = {"bigint": "uint64", "string": "string", "boolean": "bool"}
    lines = [f"- {key.name}: {key.abi or words.get(key.type, key.type)} ({key.says})" for key in keys]
    return f"{place} state:\n" + "\n".join(lines)


@FAMILY.recipe("global-typed", share=24)
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


@FAMILY.recipe("global-raw", share=18)
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


@FAMILY.recipe("local-state", share=20)
def local_state(dice: Dice) -> Draft:
    """Local state of one or many accounts."""
    app = dice.one(APPS)
    key = app.locals[0]
    form = dice.weighted([("typed", 25), ("raw", 25), ("optedIn", 20), ("many", 30)])
    if form == "typed":
        way = dice.chance(0.5)
        body = (
            f"const value = await appClient.state.local(account).getValue({quoted(key.name)})"
            if way
            else "const state = await appClient.state.local(account).getAll()"
        )
        result, returns, what = (
            ("value as bigint | undefined", "bigint | undefined", key.says)
            if way
            else dice.pick(
                (f"state.{key.name} as bigint", "bigint", key.says),
                ("state", "Record<string, unknown>", "all local values of the account"),
            )
        )
        task = Task(
            (
                f"read {key.says} from an account's local state in {app.noun}'s contract",
                f"get an account's local state of {app.noun}: {key.says}",
            ),
            ("readLocal", f"{key.name}Of"),
            [ACCOUNT],
            body,
            result,
            returns,
            (what,),
            context=state_context(app.locals, "Local"),
            needs=key.name,
            client=APP_CLIENT,
        )
    elif form == "raw":
        body = join(
            "const state = await algorand.app.getLocalState(appId, account)",
            f"const value = state[{quoted(key.name)}]?.value",
        )
        if dice.chance(0.5):
            body = join(body, block("if (typeof value !== 'bigint')", "return 0n"))
            task = Task(
                (f"read {key.says} from local state by application id, zero when there is none",),
                ("localNumber",),
                [APP_ID, ACCOUNT],
                body,
                "value",
                "bigint",
                (key.says,),
                [f"The key is `{key.name}`."],
                scriptable=False,
            )
        else:
            result, returns = dice.pick(
                ("typeof value === 'bigint' ? value : undefined", "bigint | undefined"),
                ("value?.toString() ?? 'unset'", "string"),
            )
            task = Task(
                (
                    f"look up the local state key `{key.name}` of an account by application id",
                    f"read {key.says} without an app specification",
                ),
                ("localValue", "readLocalById"),
                [APP_ID, ACCOUNT],
                body,
                result,
                returns,
                (key.says if "bigint" in returns else f"{key.says} as text, 'unset' when it is missing",),
            )
    elif form == "optedIn":
        body = "const { appsLocalState = [] } = await algorand.account.getInformation(account)"
        result, returns, what = dice.pick(
            ("appsLocalState.some((state) => state.id === appId)", "boolean", "whether it has opted in"),
            (
                "appsLocalState.find((state) => state.id === appId)?.schema.numUint ?? 0",
                "number",
                "how many integers the app may keep there, zero without an opt-in",
            ),
        )
        if dice.chance(0.3):
            task = Task(
                ("list the applications that an account has opted in to",),
                ("optedInApps",),
                [ACCOUNT],
                body,
                "appsLocalState.map((state) => state.id)",
                "bigint[]",
                ("the application ids",),
            )
        else:
            task = Task(
                (
                    "check whether an account has opted in to an application",
                    "find out about an account's opt-in to an app",
                ),
                ("isOptedIn", "hasLocalState"),
                [ACCOUNT, APP_ID],
                body,
                result,
                returns,
                (what,),
            )
    else:
        many = Arg("accounts", "string[]", "the addresses", "['ADDRESS1', 'ADDRESS2']")
        how = dice.pick("loop", "all", "skip", "sum")
        if how == "loop":
            body = join(
                "const values = new Map<string, bigint>()",
                block(
                    "for (const account of accounts)",
                    "const value = await"
                    f" appClient.state.local(account).getValue({quoted(key.name)})\nvalues.set(account, (value as"
                    " bigint | undefined) ?? 0n)",
                ),
            )
            result, returns, what = (
                "values",
                "Map<string, bigint>",
                "a map from address to value, where a missing value counts as zero",
            )
        elif how == "all":
            body = (
                "const values = await Promise.all(\n  accounts.map((account) =>"
                f" appClient.state.local(account).getValue({quoted(key.name)})),\n)"
            )
            result, returns, what = (
                "values.map((value) => (value as bigint | undefined) ?? 0n)",
                "bigint[]",
                "the values in the order of the addresses",
            )
        elif how == "sum":
            body = join(
                "let total = 0n",
                block(
                    "for (const account of accounts)",
                    f"const value = await appClient.state.local(account).getValue({quoted(key.name)})\ntotal += (value"
                    " as bigint | undefined) ?? 0n",
                ),
            )
            result, returns, what = "total", "bigint", "the sum over all accounts"
        else:
            inside = join(
                "const state = await appClient.getLocalState(account).catch(() => undefined)",
                block("if (state === undefined)", "missing.push(account)"),
            )
            body = join("const missing: string[] = []", block("for (const account of accounts)", inside))
            result, returns, what = "missing", "string[]", "the addresses that have not opted in"
        task = Task(
            (
                (
                    f"read {key.says} for a list of accounts from local state of {app.noun}'s contract"
                    if how != "skip"
                    else f"find out which accounts of a list have no local state in {app.noun}'s contract"
                ),
            ),
            ("localForAll", "scanAccounts"),
            [many],
            body,
            result,
            returns,
            (what,),
            context=state_context(app.locals, "Local"),
            needs=key.name,
            client=APP_CLIENT,
        )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("box-typed", share=22)
def box_typed(dice: Dice) -> Draft:
    """Box maps and boxes decoded by the specification."""
    app = dice.one(APPS)
    key = app.boxes[0]
    form = dice.weighted([("one", 30), ("map", 25), ("missing", 20), ("filter", 25)])
    context = state_context(app.boxes, f"Box map with {key.key_type} keys,")
    demo = {"bigint": "1n", "string": "'276098'"}[key.key_type]
    entry = Arg("key", key.key_type, "the key in the map", demo)
    if form == "one":
        body = f"const value = await appClient.state.box.getMapValue({quoted(key.name)}, key)"
        task = Task(
            (
                f"read one entry of the box map `{key.name}` of {app.noun}: {key.says}",
                f"look up {key.says} in {app.noun}'s boxes",
            ),
            ("readEntry", f"{key.name}Entry"),
            [entry],
            body,
            typed("value", key.type),
            key.type,
            ("the decoded entry",),
            context=context,
            needs=key.name,
            client=APP_CLIENT,
        )
    elif form == "map":
        body = f"const entries = await appClient.state.box.getMap({quoted(key.name)})"
        result, returns, what = dice.pick(
            ("entries.size", "number", "how many entries there are"),
            (f"[...entries.keys()] as {key.key_type}[]", f"{key.key_type}[]", "the keys"),
            (
                f"new Map([...entries].map(([key, value]) => [String(key), value as {key.type}]))",
                f"Map<string, {key.type}>",
                "a map from the key as text to the value",
            ),
            (
                f"[...entries.values()] as {key.type}[]",
                f"({key.type})[]" if " " in key.type else f"{key.type}[]",
                "the values",
            ),
        )
        task = Task(
            (
                f"load the whole box map `{key.name}` of {app.noun}'s contract",
                f"read all entries of {app.noun}'s box map that holds {key.says}",
            ),
            ("readMap", f"all{key.name[0].upper()}{key.name[1:]}"),
            [],
            body,
            result,
            returns,
            (what,),
            context=context,
            needs=key.name,
            client=APP_CLIENT,
        )
    elif form == "missing":
        body = code(f"""
            const value = await appClient.state.box.getMapValue({quoted(key.name)}, key).catch((error: unknown) => {{
              if (error instanceof Error && error.message.includes('box not found')) {{
                return undefined
              }}
              throw error
            }})
        """)
        task = Task(
            (
                f"read an entry of the box map `{key.name}` and tell a missing box from other errors",
                f"look up {key.says} where the box may not exist",
            ),
            ("findEntry", "readIfPresent"),
            [entry],
            body,
            f"value as {key.type} | undefined",
            f"{key.type} | undefined",
            ("the entry, or undefined when its box does not exist; other errors are passed on",),
            context=context,
            needs=key.name,
            client=APP_CLIENT,
        )
    else:
        body = f"const entries = await appClient.state.box.getMap({quoted(key.name)})"
        numeric = key.abi == "uint64"
        if numeric:
            result, returns, what, goal = dice.pick(
                (
                    "[...entries].filter(([, value]) => (value as bigint) >= minimum).length",
                    "number",
                    "how many there are",
                    "count the entries of the box map `{k}` that reach a minimum",
                ),
                (
                    "[...entries].flatMap(([key, value]) => ((value as bigint) >= minimum ? [String(key)] : []))",
                    "string[]",
                    "their keys as text",
                    "find the entries of the box map `{k}` that reach a minimum",
                ),
            )
            args = [Arg("minimum", "bigint", "the smallest value that counts", "10n")]
        else:
            result, returns, what, goal = dice.pick(
                (
                    "[...entries].filter(([key]) => String(key).startsWith(prefix)).length",
                    "number",
                    "how many there are",
                    "count the entries of the box map `{k}` whose key starts with a prefix",
                ),
                (
                    "[...entries.keys()].map(String).filter((key) => key.startsWith(prefix))",
                    "string[]",
                    "the keys as text",
                    "list the keys of the box map `{k}` that start with a prefix",
                ),
            )
            args = [Arg("prefix", "string", "the prefix", "'2'")]
        task = Task(
            (goal.format(k=key.name), goal.format(k=key.name) + f" ({app.noun})"),
            ("searchMap", "matchingEntries"),
            args,
            body,
            result,
            returns,
            (what,),
            context=context,
            needs=key.name,
            client=APP_CLIENT,
        )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("box-raw", share=22)
def box_raw(dice: Dice) -> Draft:
    """Boxes by name and ABI type, names and prefixes, by application id."""
    form = dice.weighted([("abi", 25), ("names", 20), ("prefix", 20), ("text", 15), ("many", 20)])
    details: list[str] = []
    if form == "abi":
        abi, ts, mapped = dice.pick(
            (
                "(string,uint64)",
                "{ title: string; amount: bigint }",
                "{ title: value[0] as string, amount: value[1] as bigint }",
            ),
            (
                "(address,uint64,bool)",
                "{ owner: string; price: bigint; forSale: boolean }",
                "{ owner: value[0] as string, price: value[1] as bigint, forSale: value[2] as boolean }",
            ),
            (
                "(uint64,uint64)",
                "{ start: bigint; end: bigint }",
                "{ start: value[0] as bigint, end: value[1] as bigint }",
            ),
            ("uint64", "bigint", "value as bigint"),
            ("string", "string", "value as string"),
            ("uint64[]", "bigint[]", "value as bigint[]"),
        )
        cast = "(" if "value[" in mapped else ""
        inside = "await algorand.app.getBoxValueFromABIType({ appId, boxName, type: ABIType.from('" + abi + "') })"
        body = f"const value = ({inside}) as ABIValue[]" if cast else f"const value = {inside}"
        how = dice.pick("name", "number", "address")
        name_arg, name_expr, says = {
            "name": (Arg("boxName", "string", "the box name", "'settings'"), "", "the box name"),
            "number": (
                Arg("id", "bigint", "a number", "7n"),
                "const boxName = encodeUint64(id)",
                "The box name is the number as eight bytes.",
            ),
            "address": (
                Arg("owner", "string", "an address", "algorand.account.random().addr.toString()"),
                "const boxName = Address.fromString(owner).publicKey",
                "The box name is the public key of an address.",
            ),
        }[how]
        if name_expr:
            details.append(says)
        task = Task(
            (f"decode an application's box as ABI type {abi}", f"read a box by application id whose content is {abi}"),
            ("readBox", "decodeBox"),
            [APP_ID, name_arg],
            join(name_expr, body),
            mapped,
            ts,
            ("the decoded value",),
            details,
        )
    elif form == "names":
        body = "const names = await algorand.app.getBoxNames(appId)"
        result, returns, what = dice.pick(
            ("names.map((box) => box.name)", "string[]", "the names as text"),
            ("names.map((box) => bytesToHex(box.nameRaw))", "string[]", "the names as hex"),
            ("names.length", "number", "how many boxes there are"),
            (
                "names.filter((box) => box.nameRaw.length === 32).map((box) => new Address(box.nameRaw).toString())",
                "string[]",
                "the addresses among the names: every name of 32 bytes is one",
            ),
        )
        task = Task(
            ("list the boxes of an application", "look at the box names of an app by id"),
            ("listBoxes", "boxNames"),
            [APP_ID],
            body,
            result,
            returns,
            (what,),
        )
    elif form == "prefix":
        body = code("""
            const names = await algorand.app.getBoxNames(appId)
            const matching = names.filter((box) => box.name.startsWith(prefix))
        """)
        values = dice.chance(0.6)
        if values:
            body = join(body, "const values = await algorand.app.getBoxValues(appId, matching)")
            result, returns, what = dice.pick(
                ("values", "Uint8Array[]", "their contents"),
                (
                    "new Map(matching.map((box, index) => [box.name, values[index]]))",
                    "Map<string, Uint8Array>",
                    "a map from name to content",
                ),
                ("values.reduce((sum, value) => sum + value.length, 0)", "number", "the bytes they hold in all"),
            )
        else:
            result, returns, what = (
                "matching.map((box) => box.name.slice(prefix.length))",
                "string[]",
                "the names without the prefix",
            )
        task = Task(
            (
                "read all boxes of an application whose name starts with a prefix",
                "go through the boxes that share a name prefix",
            ),
            ("boxesWithPrefix", "readPrefixed"),
            [APP_ID, Arg("prefix", "string", "the prefix", "'order'")],
            body,
            result,
            returns,
            (what,),
        )
    elif form == "text":
        body = "const content = await algorand.app.getBoxValue(appId, boxName)"
        result, returns, what = dice.pick(
            ("new TextDecoder().decode(content)", "string", "the text"),
            ("decodeUint64(content, 'bigint')", "bigint", "the number"),
            ("JSON.parse(new TextDecoder().decode(content)) as unknown", "unknown", "the parsed JSON"),
            ("bytesToBase64(content)", "string", "the content as base64"),
        )
        if "decodeUint64" in result:
            body = join(body, refuse("content.length !== 8", "`expected eight bytes, got ${content.length}`"))
            details.append("The box holds eight bytes; anything else is an error.")
        task = Task(
            ("read a box of an application by name and decode its content", "fetch the raw content of one box"),
            ("readBoxContent", "boxContent"),
            [APP_ID, Arg("boxName", "string", "the box name", "'config'")],
            body,
            result,
            returns,
            (what,),
            details,
        )
    else:
        names = Arg("boxNames", "string[]", "the box names", "['a', 'b']")
        abi, ts = dice.pick(("uint64", "bigint"), ("string", "string"), ("bool", "boolean"))
        how = dice.pick("batch", "client", "algod")
        if how == "batch":
            body = (
                "const values = await algorand.app.getBoxValuesFromABIType({ appId, boxNames, type:"
                f" ABIType.from('{abi}') }})"
            )
            task = Task(
                (f"read several boxes of an application as {abi}", f"decode a list of boxes that each hold {abi}"),
                ("readBoxes", "decodeBoxes"),
                [APP_ID, names],
                body,
                (
                    f"new Map(boxNames.map((name, index) => [name, values[index] as {ts}]))"
                    if dice.chance(0.6)
                    else f"values as {ts}[]"
                ),
                "",
                ("a map from name to value",),
                details,
            )
            task.returns = f"Map<string, {ts}>" if task.result.startswith("new Map") else f"{ts}[]"
            task.returning = (
                ("a map from name to value",) if task.result.startswith("new Map") else ("the values in order",)
            )
        elif how == "client":
            body = (
                f"const boxes = await appClient.getBoxValuesFromABIType(ABIType.from('{abi}'), ({{ name }}) =>"
                " boxNames.includes(name))"
            )
            task = Task(
                (f"read the boxes of an app client whose names are on a list, as {abi}",),
                ("readListed",),
                [names],
                body,
                f"Object.fromEntries(boxes.map(({{ name, value }}) => [name.name, value as {ts}]))",
                f"Record<string, {ts}>",
                ("a record from name to value",),
                client=APP_CLIENT,
            )
        else:
            body = join(
                "const contents: Uint8Array[] = []",
                block(
                    "for (const boxName of boxNames)",
                    "const box = await algod.getApplicationBoxByName(appId, new"
                    " TextEncoder().encode(boxName)).do()\ncontents.push(box.value)",
                ),
            )
            task = Task(
                ("read several boxes with algosdk's algod client", "fetch boxes through algod only"),
                ("boxesFromAlgod",),
                [APP_ID, names],
                body,
                "contents",
                "Uint8Array[]",
                ("their contents",),
                client=Arg("algod", "Algodv2", "the algod client"),
                scriptable=False,
            )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("account-facts", share=16)
def account_facts(dice: Dice) -> Draft:
    """Balances, minimum balances and status of accounts and the network."""
    form = dice.pick("balance", "spendable", "min", "several", "network", "round", "history")
    if form == "balance":
        body = "const { balance } = await algorand.account.getInformation(account)"
        task = Task(
            ("look up an account's balance", "read how much Algo an account holds"),
            ("balanceOf", "readBalance"),
            [ACCOUNT],
            body,
            *dice.pick(
                ("balance.algo", "number", ("the balance in Algo",)),
                ("balance.microAlgo", "bigint", ("the balance in microAlgos",)),
                ("`${balance.algo} ALGO`", "string", ("a text such as 12.5 ALGO",)),
            ),
        )
    elif form == "spendable":
        reserve = dice.pick(0, 1000, 10_000)
        body = code("""
            const { balance, minBalance } = await algorand.account.getInformation(account)
            const spendable = balance.microAlgo - minBalance.microAlgo
        """)
        if reserve:
            body = body + f" - {reserve:_}n"
        task = Task(
            (
                "work out how much Algo an account can spend without touching its minimum balance"
                + (f" and with {reserve:,} microAlgos left for fees" if reserve else ""),
            ),
            ("spendableOf", "maxPayment"),
            [ACCOUNT],
            body,
            *dice.pick(
                ("spendable > 0n ? spendable : 0n", "bigint", ("the microAlgos, never negative",)),
                (
                    "microAlgo(spendable > 0n ? spendable : 0n)",
                    "AlgoAmount",
                    ("the amount, never negative, as an AlgoAmount",),
                ),
            ),
        )
    elif form == "min":
        body = "const info = await algorand.account.getInformation(account)"
        task = Task(
            (
                "explain where an account's minimum balance comes from",
                "read an account's minimum balance together with what causes it",
            ),
            ("minimumBalance", "explainMinBalance"),
            [ACCOUNT],
            body,
            *dice.pick(
                (
                    (
                        "{ minBalance: info.minBalance.microAlgo, assets: info.totalAssetsOptedIn, apps:"
                        " info.totalAppsOptedIn }"
                    ),
                    "{ minBalance: bigint; assets: number; apps: number }",
                    ("the minimum balance in microAlgos with the number of asset and app opt-ins",),
                ),
                (
                    (
                        "{ minBalance: info.minBalance.microAlgo, boxes: info.totalBoxes ?? 0, boxBytes:"
                        " info.totalBoxBytes ?? 0 }"
                    ),
                    "{ minBalance: bigint; boxes: number; boxBytes: number }",
                    ("the minimum balance in microAlgos with the number and bytes of boxes",),
                ),
            ),
        )
    elif form == "several":
        many = Arg("accounts", "string[]", "the addresses", "['ADDRESS1', 'ADDRESS2']")
        body, result, returns, what = dice.pick(
            (
                "const infos = await Promise.all(accounts.map((account) => algorand.account.getInformation(account)))",
                "infos.reduce((sum, info) => sum + info.balance.microAlgo, 0n)",
                "bigint",
                "the sum in microAlgos",
            ),
            (
                join(
                    "const balances = new Map<string, bigint>()",
                    block(
                        "for (const account of accounts)",
                        "const { balance } = await algorand.account.getInformation(account)\nbalances.set(account,"
                        " balance.microAlgo)",
                    ),
                ),
                "balances",
                "Map<string, bigint>",
                "a map from address to microAlgos",
            ),
            (
                join(
                    "const empty: string[] = []",
                    block(
                        "for (const account of accounts)",
                        "const { balance } = await algorand.account.getInformation(account)\nif (balance.microAlgo ==="
                        " 0n) empty.push(account)",
                    ),
                ),
                "empty",
                "string[]",
                "the addresses without any Algo",
            ),
        )
        task = Task(
            ("look at the Algo balances of a list of accounts",),
            ("scanBalances", "balancesOf"),
            [many],
            body,
            result,
            returns,
            (what,),
        )
    elif form == "network":
        task = Task(
            ("find out which network the client is connected to", "identify the connected Algorand network"),
            ("networkName", "whichNetwork"),
            [],
            "const network = await algorand.client.network()",
            *dice.pick(
                ("network.genesisId", "string", ("the genesis id",)),
                (
                    "network.isMainNet ? 'mainnet' : network.isTestNet ? 'testnet' : 'local'",
                    "string",
                    ("'mainnet', 'testnet' or 'local'",),
                ),
                (
                    "{ genesisId: network.genesisId, isLocal: network.isLocalNet }",
                    "{ genesisId: string; isLocal: boolean }",
                    ("the genesis id and whether it is LocalNet",),
                ),
            ),
        )
    elif form == "round":
        count = dice.pick(1, 3, 10)
        task = Task(
            (
                f"wait until {count} more round{'s have' if count > 1 else ' has'} passed",
                f"block until the chain has moved on by {count} round{'s' if count > 1 else ''}",
            ),
            ("waitRounds", "waitForRound"),
            [],
            "const { lastRound } = await algorand.client.algod.status().do()\nconst status = await"
            f" algorand.client.algod.statusAfterBlock(lastRound + {count - 1}n).do()",
            *dice.pick(
                ("status.lastRound", "bigint", ("the latest round",)),
                ("status.lastRound - lastRound", "bigint", ("how many rounds passed",)),
            ),
        )
    else:
        limit = dice.pick(10, 25, 50)
        body = (
            f"const page = await algorand.client.indexer.searchForTransactions().address(account).limit({limit}).do()"
        )
        task = Task(
            (f"fetch the last {limit} transactions of an account from the indexer",),
            ("recentTransactions", "historyOf"),
            [ACCOUNT],
            body,
            *dice.pick(
                ("page.transactions.map((txn) => txn.id ?? '')", "string[]", ("their ids",)),
                (
                    "page.transactions.filter((txn) => txn.paymentTransaction?.receiver === account).length",
                    "number",
                    ("how many of them paid the account",),
                ),
                (
                    "page.transactions.reduce((sum, txn) => sum + (txn.sender === account ? txn.fee : 0n), 0n)",
                    "bigint",
                    ("the fees the account paid in them, in microAlgos",),
                ),
            ),
        )
    return client_draft(dice, task, STATE)
