"""Reading boxes: maps decoded by the specification, and boxes by name and ABI type."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import refuse
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, APP_ID
from algorand_coder.instruct.patterns.clients.state_global import state_context, typed
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, code, join, quoted
from algorand_coder.records import Category

FAMILY = Family("state")
STATE = Category.STATE


@FAMILY.recipe("box-typed", share=26)
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


@FAMILY.recipe("box-raw", share=26)
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
                Arg("owner", "string", "an address", "process.env.OWNER ?? ''"),
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
