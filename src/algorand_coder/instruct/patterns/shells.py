"""The shapes that client code comes in: function, arrow function, options object, class, script."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from algorand_coder.instruct.patterns.base import ALGORAND, Arg, Task, Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, client_module, inner, join

LINE = 108


@dataclass(frozen=True, slots=True)
class Rendered:
    """A task in its final shape."""

    code: str
    name: str
    """What a caller imports; empty for a script."""
    signature: str
    """The exported function's head; empty for scripts and classes."""
    notes: tuple[str, ...]
    """Sentences of which the instruction must carry one, so that the shape is asked for; may be empty."""
    given: str = ""
    """What a script fixes: values, accounts and variables of its environment, files. The request must name them."""


def render(dice: Dice, task: Task) -> Rendered:
    """``task`` in a drawn shape, with imports."""
    names = [arg.name for arg in _args(task)]
    if len(set(names)) < len(names):
        raise Unfit(f"parameters clash: {names}")
    choices: list[tuple[Callable[[Dice, Task], Rendered], int]] = [(_function, 45)]
    # A name with a type parameter (`retrying<T>`) is only written as a plain function.
    is_generic = "<" in task.names[0]
    if len(task.args) >= 2 and not is_generic:
        choices.append((_options, 16))
    if not is_generic:
        choices.append((_arrow, 12))
    if task.client is not None and not task.sync:
        choices.append((_class, 10))
        known = [*task.args, *([task.client] if task.client.name != "algorand" else [])]
        if task.scriptable and all(arg.demo or arg.optional for arg in known):
            choices.append((_script, 17))
    task.body, task.result, task.declarations = restyled(dice, task)
    return dice.weighted(choices)(dice, task)


_MONEY = re.compile(r"(?<![\w.])(algo|microAlgo)\(([^()]*)\)")


def restyled(dice: Dice, task: Task) -> tuple[str, str, str]:
    """Body, result and declarations with one way of writing amounts: functions, ``AlgoAmount`` or methods.

    Blocks write ``algo(…)`` and ``microAlgo(…)``.
    """
    # The methods on numbers come with the package's root module, which only AlgorandClient is sure to import.
    with_root = task.client is not None and task.client.type == "AlgorandClient"
    style = dice.weighted([("class", 46), ("functions", 38), ("methods", 16 if with_root else 0)])

    def rewrite(match: re.Match[str]) -> str:
        unit, value = match.groups()
        if style == "class":
            return f"AlgoAmount.{unit[0].upper()}{unit[1:]}({value})"
        if style == "methods" and re.fullmatch(r"[\d_.]+", value):
            return f"({value}).{unit}()"
        if style == "methods" and re.fullmatch(r"\w+", value):
            return f"{value}.{unit}()"
        return match.group(0)

    body, result, declarations = (_MONEY.sub(rewrite, text) for text in (task.body, task.result, task.declarations))
    return body, result, declarations


def _args(task: Task) -> list[Arg]:
    return [*([task.client] if task.client else []), *sorted(task.args, key=lambda arg: arg.optional)]


def _returns(task: Task) -> str:
    return task.returns if task.sync else f"Promise<{task.returns}>"


def _statements(task: Task) -> str:
    return join(task.body, f"return {task.result}" if task.result else "")


def _head(start: str, parameters: list[str], end: str) -> str:
    one_line = f"{start}({', '.join(parameters)}){end}"
    if len(one_line) <= LINE:
        return one_line
    return f"{start}(\n" + inner(",\n".join(parameters) + ",") + f"\n){end}"


def _function(dice: Dice, task: Task) -> Rendered:
    name = dice.one(task.names)
    keyword = "export function" if task.sync else "export async function"
    head = _head(f"{keyword} {name}", [arg.declaration for arg in _args(task)], f": {_returns(task)}")
    source = client_module(join(task.declarations, block(head, _statements(task)), gap=2))
    return Rendered(source, name.partition("<")[0], head, ())


def _arrow(dice: Dice, task: Task) -> Rendered:
    name = dice.one(task.names)
    keyword = "" if task.sync else "async "
    head = _head(f"export const {name} = {keyword}", [arg.declaration for arg in _args(task)], f": {_returns(task)} =>")
    source = client_module(join(task.declarations, block(head, _statements(task)), gap=2))
    notes = (
        "Write it as an arrow function.",
        "Use an exported arrow function.",
        "Export it as a const arrow function.",
    )
    return Rendered(source, name, head.removesuffix(" =>"), notes)


def _options(dice: Dice, task: Task) -> Rendered:
    name = dice.one(task.names)
    fields = [arg.declaration for arg in sorted(task.args, key=lambda arg: arg.optional)]
    type_name = name[0].upper() + name[1:] + dice.pick("Options", "Params", "Args", "Request")
    names = ", ".join(arg.name for arg in sorted(task.args, key=lambda arg: arg.optional))
    first = [task.client.declaration] if task.client else []
    keyword = "export function" if task.sync else "export async function"
    form = dice.pick("destructured", "destructured", "unpacked", "type")
    if form == "unpacked" and "options" in names.split(", "):
        form = "destructured"
    declared = block(
        f"export {'type' if form == 'type' else 'interface'} {type_name}{' =' if form == 'type' else ''}",
        "\n".join(fields),
    )
    statements = _statements(task)
    if form == "unpacked":
        head = _head(f"{keyword} {name}", [*first, f"options: {type_name}"], f": {_returns(task)}")
        statements = join(f"const {{ {names} }} = options", statements)
    else:
        head = _head(f"{keyword} {name}", [*first, f"{{ {names} }}: {type_name}"], f": {_returns(task)}")
    source = client_module(join(task.declarations, declared, block(head, statements), gap=2))
    notes = (
        "Pass the inputs as one typed options object.",
        "Everything but the client comes in a single object with its own exported type.",
        "Use an object parameter with a named type.",
        "Group the parameters into one options argument.",
    )
    return Rendered(source, name, join(declared, head, gap=2), notes if task.client else notes[2:])


def _class(dice: Dice, task: Task) -> Rendered:
    given = task.client or ALGORAND
    name = dice.one(task.names)
    client = given.name
    owner = dice.pick("Service", "Helper", "Client", "Gateway", "Manager", "Desk")
    class_name = name[0].upper() + name[1:] + owner
    head = _head(
        f"async {name}", [a.declaration for a in sorted(task.args, key=lambda arg: arg.optional)], f": {_returns(task)}"
    )
    body = replace_name(_statements(task), client, f"this.{client}")
    constructor = f"constructor(private readonly {given.declaration}) {{}}"
    source = join(
        task.declarations, block(f"export class {class_name}", join(constructor, block(head, body), gap=2)), gap=2
    )
    notes = (
        f"Put it into a class that gets {given.says} in its constructor.",
        f"Make it a method of a small class holding {given.says}.",
        f"Wrap it in a class; the constructor takes {given.says}.",
    )
    return Rendered(client_module(source), class_name, "", notes)


def _script(dice: Dice, task: Task) -> Rendered:
    given = task.client or ALGORAND
    network, where = dice.weighted(
        [
            (("AlgorandClient.defaultLocalNet()", "LocalNet"), 5),
            (("AlgorandClient.fromEnvironment()", "the network configured in the environment"), 4),
            (("AlgorandClient.testNet()", "TestNet"), 2),
        ]
    )
    lines = [f"const algorand = {network}"]
    if given.name != "algorand":
        lines.append(f"const {given.name} = {given.demo}")
    lines += [f"const {arg.name} = {arg.demo}" for arg in task.args if arg.demo and arg.demo != arg.name]
    finish = f"console.log({task.result})" if task.result else ""
    if task.result.startswith("{"):
        finish = f"const summary = {task.result}\nconsole.log(summary)"
    statements = join("\n".join(lines), join(task.body, finish), gap=2)
    if dice.chance(0.35):
        statements = join(
            block("async function main(): Promise<void>", statements),
            block("main().catch((error: unknown) =>", "console.error(error)\nprocess.exitCode = 1", ")"),
            gap=2,
        )
        notes: tuple[str, ...] = (
            f"Write a script with an async entry point that runs against {where}.",
            f"Make it a runnable script for {where}, wrapped in one async function.",
            f"It runs against {where}, with an async entry point.",
            f"Wrap everything in one async function that runs against {where}.",
        )
    else:
        notes = (
            f"Write it as a short script against {where}.",
            f"A plain top-level script for {where} is enough.",
            f"Make it a script I can run against {where}.",
            f"It runs against {where}; top-level statements are enough.",
            f"It connects to {where}.",
        )
    source = client_module(join(task.declarations, statements, gap=2))
    return Rendered(source, "", "", notes, fixed(dice, "\n".join(lines[1:]), task.body))


_FIXED = re.compile(r"^const (\w+) = (?!.*(?:process\.env|await |readFile|getAppClient))(.+)$", re.MULTILINE)
_VARIABLE, _ACCOUNT = re.compile(r"process\.env\.(\w+)"), re.compile(r"fromEnvironment\('(\w+)'")
_FILE = re.compile(r"readFile(?:Sync)?\('([^'\n]+)'")


def fixed(dice: Dice, constants: str, body: str) -> str:
    """Lines that say what a script takes for granted: its ``constants``, and what it reads."""
    values = [f"{name} = {value}" for name, value in _FIXED.findall(constants)]
    text = f"{constants}\n{body}"
    lists = (
        (dice.pick("Values", "Use these values", "Constants"), values),
        (dice.pick("Accounts by name in the environment", "Accounts from the environment"), _ACCOUNT.findall(text)),
        (dice.pick("Environment variables", "From process.env"), _VARIABLE.findall(text)),
        (dice.pick("Files", "It reads"), _FILE.findall(text)),
    )
    return "\n".join(f"{title}: {', '.join(dict.fromkeys(items))}" for title, items in lists if items)


def replace_name(source: str, name: str, by: str) -> str:
    """``source`` with the variable ``name`` (no property, no key) replaced."""
    return re.sub(rf"(?<![\w.'$]){name}\b(?!\s*:)(?!')", by, source)
