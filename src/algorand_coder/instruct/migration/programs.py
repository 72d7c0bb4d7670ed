"""Client programs of one or two steps, each step said in two dialects, in a shape that both share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.typescript import block, inner, join, used_words, wrapped
from algorand_coder.records import Category

Both = tuple[str, str]
"""The same in the old dialect and in the new one."""
WIDE = 100


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter, whose name and type may change."""

    name: Both
    type: Both


def same(name: str, kind: str) -> Param:
    """A parameter that stays as it is."""
    return Param((name, name), (kind, kind))


@dataclass
class Step:
    """What one part of a program does."""

    name: str
    """Verb phrase in camel case, for the function: ``payInvoice``."""
    goal: str
    """Infinitive phrase: ``send a payment``."""
    category: Category
    params: list[Param]
    body: Both
    result: Both = ("", "")
    """Expressions of what the step gives; empty where it gives nothing."""
    returns: Both = ("void", "void")
    """Their types."""


Maker = Callable[[Dice, str], Step]
"""Makes a step whose local names end in the given suffix."""


Note = tuple[str, str]
"""A sentence that an instruction may carry, and a regular expression that the old code must match for it."""


@dataclass
class Direction:
    """From one API to another."""

    name: str
    old: str
    """How a developer names where the code comes from."""
    new: str
    targets: Both
    clients: tuple[tuple[str, str], tuple[str, str]]
    """Name and type of the first parameter, in both dialects."""
    imports: tuple[dict[str, str], dict[str, str]]
    """Name → module; a leading ``type `` of the module marks a type, ``* `` a namespace, ``= `` a default import."""
    refused: bool
    """Whether the old code no longer type-checks; otherwise it does, with deprecated names."""
    notes: tuple[Note, ...] = ()
    steps: list[Maker] = field(default_factory=list)

    def step(self, make: Maker) -> Maker:
        """Register a step."""
        self.steps.append(make)
        return make


@dataclass(frozen=True, slots=True)
class Program:
    """A drawn program in both dialects."""

    goal: str
    category: Category
    code: Both


def draw(direction: Direction, dice: Dice, number: int) -> Program:
    """The ``number``-th program: steps take turns. Raises ``Unfit`` where names clash."""
    first = direction.steps[number % len(direction.steps)]
    steps = [first(dice, "")]
    if dice.chance(0.4):
        steps.append(dice.one(direction.steps)(dice, "2"))
    params: dict[str, Param] = {}
    for param in (param for step in steps for param in step.params):
        known = params.setdefault(param.name[0], param)
        if known != param:
            raise Unfit
    declared = re.findall(r"\bconst (\w+) =", "\n".join(step.body[1] for step in steps))
    if {*declared} & {param.name[1] for param in params.values()} or len(set(declared)) < len(declared):
        raise Unfit
    shape = dice.weighted([("function", 5), ("arrow", 2), ("class", 2), ("object", 3)])
    name = steps[0].name + (f"And{steps[1].name[0].upper()}{steps[1].name[1:]}" if len(steps) > 1 else "")
    if len({step.name for step in steps}) < len(steps):
        raise Unfit
    owner = dice.pick("Service", "Client", "Helper")
    code = [_Writer(direction, side, list(params.values()), steps).write(shape, name, owner) for side in (0, 1)]
    if code[0] == code[1]:
        raise Unfit
    return Program(listed([step.goal for step in steps]), steps[0].category, (code[0], code[1]))


@dataclass
class _Writer:
    """One side of a program."""

    direction: Direction
    side: int
    params: Sequence[Param]
    steps: Sequence[Step]

    def write(self, shape: str, name: str, owner: str) -> str:
        """The module, with what it exports called ``name`` (a class gets ``owner`` as well)."""
        side = self.side
        client, client_type = self.direction.clients[side]
        given = [f"{param.name[side]}: {param.type[side]}" for param in self.params]
        first = f"{client}: {client_type}"
        returned, kind = self.ending()
        body = join(*(step.body[side] for step in self.steps), f"return {returned}" if returned else "")
        end = f": Promise<{kind}>"
        title = f"{name[0].upper()}{name[1:]}"
        if shape == "class":
            body = re.sub(rf"\b{client}\b", f"this.{client}", body)
            method = block(_head(f"async {name}", given, end), body)
            constructor = f"constructor(private readonly {first}) {{}}"
            text = block(f"export class {title}{owner}", join(constructor, method, gap=2))
        elif shape == "object" and len(given) > 1:
            names = ", ".join(param.name[side] for param in self.params)
            head = _head(f"export async function {name}", [first, f"{{ {names} }}: {title}Params"], end)
            text = join(block(f"export interface {title}Params", "\n".join(given)), block(head, body), gap=2)
        elif shape == "arrow":
            text = block(_head(f"export const {name} = async ", [first, *given], f"{end} =>"), body)
        else:
            text = block(_head(f"export async function {name}", [first, *given], end), body)
        return wrapped(join(_imports(text, self.direction.imports[side]), text, gap=2)) + "\n"

    def ending(self) -> tuple[str, str]:
        """What the program returns, and its type: one result as it is, two as a tuple."""
        results = [(s.result[self.side], s.returns[self.side]) for s in self.steps if s.result[self.side]]
        if len(results) < 2:
            return results[0] if results else ("", "void")
        return f"[{', '.join(value for value, _ in results)}]", f"[{', '.join(kind for _, kind in results)}]"


def _head(start: str, params: Sequence[str], end: str) -> str:
    line = f"{start}({', '.join(params)}){end}"
    return line if len(line) <= WIDE else f"{start}(\n" + inner(",\n".join(params) + ",") + f"\n){end}"


def _imports(text: str, known: dict[str, str]) -> str:
    words = used_words(text)
    lines: dict[str, list[str]] = {}
    for name, module in known.items():
        if name in words:
            lines.setdefault(module, []).append(name)
    found = []
    for module, names in lines.items():
        mark, _, path = module.rpartition(" ")
        if mark == "*":
            found += [f"import * as {name} from '{path}'" for name in names]
        elif mark == "=":
            found += [f"import {name} from '{path}'" for name in names]
        else:
            keyword = "import type" if mark == "type" else "import"
            found.append(f"{keyword} {{ {', '.join(sorted(names, key=str.lower))} }} from '{path}'")
    return "\n".join(found)
