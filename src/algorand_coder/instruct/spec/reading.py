"""Tasks that read: state, boxes, groups of calls, dry runs, errors, and what a specification says of itself."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, inner, join, quoted
from algorand_coder.instruct.spec.abi import Spec, upper
from algorand_coder.instruct.spec.tasks import Answer, called, head, module, one, pays, prepared, task
from algorand_coder.records import Category


@task("read-state")
def read_state(spec: Spec, dice: Dice) -> Answer:
    """Typed reading of global state."""
    known = [
        (name, spec.type_of(kind)) for name, kind in spec.globals.items() if spec.type_of(kind) in {"bigint", "string"}
    ]
    if not known:
        raise Unfit
    chosen = dice.some(known, 1, 3)
    name = dice.pick("readState", f"read{spec.name}", f"fetch{spec.name}State", "currentState")
    if len(chosen) == 1:
        key, kind = chosen[0]
        body = f"const value = await appClient.state.global.getValue('{key}')\nreturn value as {kind}"
        text = block(head(f"export async function {name}", ["appClient: AppClient"], f": Promise<{kind}>"), body)
    else:
        shape = f"{upper(name)}Result"
        declared = block(f"export interface {shape}", "\n".join(f"{key}: {kind}" for key, kind in chosen))
        fields = ",\n".join(f"{key}: state.{key} as {kind}" for key, kind in chosen)
        body = join("const state = await appClient.state.global.getAll()", f"return {{\n{inner(fields)},\n}}")
        function = block(head(f"export async function {name}", ["appClient: AppClient"], f": Promise<{shape}>"), body)
        text = join(declared, function, gap=2)
    listed = ", ".join(f"`{key}`" for key, _ in chosen)
    return Answer(
        module(text),
        (
            "read the global state of this application with its proper types",
            "fetch values from the application's global state",
        ),
        (f"Read {listed} in a function `{name}`.",),
        Category.STATE,
    )


@task("read-box-map")
def read_box_map(spec: Spec, dice: Dice) -> Answer:
    """An entry, or all entries, of a box map."""
    found = [
        (name, spec.type_of(key), spec.type_of(value))
        for name, (key, value) in spec.box_maps.items()
        if spec.type_of(key) in {"string", "bigint"} and spec.type_of(value)
    ]
    if not found:
        raise Unfit
    name, key, value = dice.one(found)
    if dice.chance(0.5):
        function = dice.pick(f"{name}Of", f"read{upper(name)}", f"lookUp{upper(name)}")
        body = (
            f"const value = await appClient.state.box.getMapValue('{name}', key)\nreturn value as {value} | undefined"
        )
        text = block(
            head(
                f"export async function {function}",
                ["appClient: AppClient", f"key: {key}"],
                f": Promise<{value} | undefined>",
            ),
            body,
        )
        goals = ("read one entry of a box map by its key", "look up what the application stores in boxes for a key")
    else:
        function = dice.pick(f"all{upper(name)}", f"list{upper(name)}")
        plain = "String(key)" if key == "string" else "BigInt(String(key))"
        body = join(
            f"const entries = await appClient.state.box.getMap('{name}')",
            f"return [...entries].map(([key, value]) => [{plain}, value as {value}])",
        )
        text = block(
            head(f"export async function {function}", ["appClient: AppClient"], f": Promise<[{key}, {value}][]>"), body
        )
        goals = ("list all entries of a box map", "read everything that the application stores in a box map")
    return Answer(
        module(spec.declarations(value), text),
        goals,
        (f"The map is `{name}`, the function `{function}`.",),
        Category.STATE,
    )


@task("grouped-calls")
def grouped_calls(spec: Spec, dice: Dice) -> Answer:
    """Two calls that succeed or fail together."""
    methods = [method for method in spec.ordinary() if not pays(method) and not method.readonly]
    if not methods:
        raise Unfit
    chosen = [dice.one(methods), dice.one(methods)]
    hows = [prepared(spec, method) for method in chosen]
    prefixes = ("first", "second")
    params, steps = ["algorand: AlgorandClient", "appClient: AppClient"], []
    for prefix, method, how in zip(prefixes, chosen, hows, strict=True):
        names = [f"{prefix}{upper(arg.name)}" for arg in method.args]
        params += [f"{prefix}{upper(param)}" for param in how.params]
        inside = [f"method: '{method.name}'", f"args: [{', '.join(names)}]" if names else ""]
        steps.append(f"const {prefix} = await {called('appClient.params.call', inside)}")
    name = dice.pick("callTogether", "runBoth", f"{chosen[0].name}Then{upper(chosen[1].name)}")
    body = join(
        *steps,
        "const { txIds } = await algorand.newGroup().addAppCallMethodCall(first).addAppCallMethodCall(second).send()",
        "return txIds",
    )
    declared = spec.declarations(*(param for how in hows for param in how.params))
    return Answer(
        module(declared, block(head(f"export async function {name}", params, ": Promise<string[]>"), body)),
        (
            "make two calls of this application in one atomic group and return the transaction ids",
            "send two method calls that succeed or fail together",
        ),
        (f"Call `{chosen[0].name}`, then `{chosen[1].name}`, in a function `{name}`.",),
        Category.TRANSACTIONS,
    )


@task("dry-run")
def dry_run(spec: Spec, dice: Dice) -> Answer:
    """Why a call would fail."""
    method = one(spec, dice, lambda m: not pays(m))
    how = prepared(spec, method)
    name = dice.pick(f"would{upper(method.name)}Fail", f"try{upper(method.name)}", f"preview{upper(method.name)}")
    inside = [f"method: '{method.name}'", how.args]
    body = join(
        f"const params = await {called('appClient.params.call', inside)}",
        block(
            "try",
            join(
                "await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })",
                "return undefined",
            ),
            block(" catch (error)", "return error instanceof Error ? error.message : String(error)"),
        ),
    )
    params = ["algorand: AlgorandClient", "appClient: AppClient", *how.params]
    return Answer(
        module(
            how.declared, block(head(f"export async function {name}", params, ": Promise<string | undefined>"), body)
        ),
        (
            "find out by simulation whether a call of this application would fail, and why",
            "simulate a call without sending it and return the reason if it fails",
        ),
        (f"Simulate `{method.name}` in a function `{name}`.",),
        Category.ERRORS,
    )


@task("explained-error")
def explained_error(spec: Spec, dice: Dice) -> Answer:
    """A call whose failure is told in the contract's own words."""
    method = one(spec, dice, lambda m: not pays(m) and not m.readonly)
    how = prepared(spec, method)
    name = dice.pick(f"{method.name}OrExplain", f"safely{upper(method.name)}", f"attempt{upper(method.name)}")
    sent = called("appClient.send.call", [f"method: '{method.name}'", how.args])
    fallback = dice.pick("'the call failed'", "String(error)", f"'{method.name} failed'")
    told = f"return error instanceof Error ? error.message : {fallback}"
    body = block("try", f"await {sent}\nreturn undefined", block(" catch (error)", told))
    return Answer(
        module(
            how.declared,
            block(
                head(
                    f"export async function {name}",
                    ["appClient: AppClient", *how.params],
                    ": Promise<string | undefined>",
                ),
                body,
            ),
        ),
        (
            "call a method of this application and return the error message when it is refused",
            "turn a refused call into a message for the user, and return nothing on success",
        ),
        (f"Call `{method.name}` in a function `{name}`.",),
        Category.ERRORS,
    )


@task("documented-interface")
def documented_interface(spec: Spec, dice: Dice) -> Answer:
    """The methods as an interface with a comment on each."""
    methods = [method for method in spec.ordinary() if not pays(method)]
    if len(methods) < 2:
        raise Unfit
    name = f"{spec.name}{dice.pick('Methods', 'Contract', 'Interface')}"
    lines, used = [], []
    for method in methods:
        how = prepared(spec, method)
        used += [how.type, *how.params]
        access = "Read-only: simulated, costs nothing." if method.readonly else "Changes state: sends a transaction."
        comment = f"/** ABI signature `{method.signature}`. {access} */"
        lines.append(join(comment, head(method.name, how.params, f": Promise<{how.type}>")))
    return Answer(
        module(spec.declarations(*used), block(f"export interface {name}", join(*lines, gap=2))),
        (
            "document this application's methods as a TypeScript interface, with a comment on each that gives its ABI "
            "signature and says whether it changes state",
            "explain what this application offers: an interface with the ABI signature of every method and whether it "
            "is read-only",
        ),
        (
            f"The interface is called `{name}`; leave out methods that need another transaction or more than a plain "
            "call, as creation does.",
        ),
    )


@task("signatures")
def signatures(spec: Spec, dice: Dice) -> Answer:
    """A table of signatures and selectors."""
    methods = spec.methods[: dice.pick(3, 4, 5, 6)]
    if len(methods) < 2:
        raise Unfit
    name = dice.pick("SIGNATURES", "METHODS", f"{spec.name.upper()}_METHODS", "ABI")
    rows = "\n".join(f"{method.name}: {quoted(method.signature)}," for method in methods)
    function = dice.pick("selectorOf", "methodSelector", "selector")
    result, expression = dice.pick(
        ("Uint8Array", "ABIMethod.fromSignature({name}[method]).getSelector()"),
        ("string", "bytesToHex(ABIMethod.fromSignature({name}[method]).getSelector())"),
    )
    text = join(
        f"export const {name} = {{\n{inner(rows)}\n}} as const",
        block(
            f"export function {function}(method: keyof typeof {name}): {result}",
            f"return {expression.format(name=name)}",
        ),
        gap=2,
    )
    form = "bytes" if result == "Uint8Array" else "hex"
    return Answer(
        module(text),
        (
            "write down the ABI signatures of this application's methods as a constant, with a function that gives a "
            f"method's selector as {form}",
            f"list the method signatures and compute their four-byte selectors as {form}",
        ),
        (
            f"The constant is `{name}`, the function `{function}`.",
            f"Cover {', '.join(f'`{m.name}`' for m in methods)}.",
        ),
    )
