"""How a task becomes a request: varied frames, what is taken, what is given back, what must be respected."""

from __future__ import annotations

import re
from collections.abc import Sequence

from algorand_coder.instruct.patterns.base import Draft, Task
from algorand_coder.instruct.patterns.blocks import TXID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.shells import render
from algorand_coder.records import Category, Kind

FRAMES: tuple[tuple[str, int], ...] = (
    ("{Goal}.", 14),
    ("Write a TypeScript function to {goal}.", 7),
    ("Write TypeScript code to {goal}.", 7),
    ("How do I {goal} on Algorand?", 6),
    ("How can I {goal} with AlgoKit Utils?", 5),
    ("What is the right way to {goal} in TypeScript?", 3),
    ("Implement a helper to {goal}.", 5),
    ("I need to {goal}.", 6),
    ("I want to {goal}. Show me the code.", 3),
    ("Using algokit-utils, {goal}.", 6),
    ("Please write the code to {goal}.", 3),
    ("Show how to {goal} with AlgorandClient.", 3),
    ("Give me a reusable piece of TypeScript to {goal}.", 3),
    ("Our backend has to {goal}. Write that part.", 3),
    ("Algorand, TypeScript: {goal}.", 3),
    ("Help me {goal}.", 3),
)
CLIENT_FRAMES = tuple(frame for frame in FRAMES if "AlgorandClient" not in frame[0])
SDK_FRAMES: tuple[tuple[str, int], ...] = (
    ("{Goal}.", 10),
    ("Write a TypeScript function to {goal}.", 6),
    ("Write TypeScript code to {goal}.", 5),
    ("How do I {goal}?", 6),
    ("Implement a helper to {goal}.", 4),
    ("I need to {goal}.", 4),
    ("Using algosdk v3, {goal}.", 6),
    ("Show how to {goal} in TypeScript.", 3),
)
PLAIN_FRAMES = tuple(frame for frame in SDK_FRAMES if "algosdk" not in frame[0])
SYNC_FRAMES: tuple[tuple[str, int], ...] = (
    ("{Goal}.", 8),
    ("Write a pure TypeScript function to {goal}.", 5),
    ("How do I {goal} in TypeScript?", 4),
    ("Write a small helper to {goal}.", 5),
    ("I need a synchronous helper to {goal}.", 3),
)
SCRIPT_FRAMES: tuple[tuple[str, int], ...] = (
    ("{Goal}.", 10),
    ("Write a script to {goal}.", 8),
    ("How do I {goal} from a script?", 4),
    ("I need a quick script to {goal}.", 5),
    ("Using algokit-utils, {goal}.", 4),
    ("Show a minimal program to {goal}.", 4),
)
RETURNING = (
    "Return {what}.",
    "Return {what}.",
    "It should return {what}.",
    "Give back {what}.",
    "I need {what} back.",
    "The result is {what}.",
)
LOGGING = ("Print {what}.", "Log {what}.", "At the end print {what} to the console.")
TAKING = ("It takes {what}.", "Inputs: {what}.", "The caller passes {what}.", "Accept {what}.")
NAMING = ("Call it `{name}`.", "Name it `{name}`.", "Export it as `{name}`.", "The export must be `{name}`.")


_ROUNDS = re.compile(r"(?:waitForConfirmation|\.execute)\([\w., ]+, (\d+)\)")
"""How long a program waits, which a request must say."""


def capitalised(text: str) -> str:
    """``text`` with its first letter in upper case and nothing else changed."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def client_draft(dice: Dice, task: Task, category: Category) -> Draft:
    """A task in a drawn shape with an instruction that asks for exactly that."""
    shape = render(dice, task)
    is_script = not shape.name
    frames = SCRIPT_FRAMES if is_script else frames_for(task)
    goal = dice.one(task.goals)
    if ";" in goal or ":" in goal:
        # Two clauses make no question.
        frames = tuple(frame for frame in frames if "?" not in frame[0])
    sentences = [dice.weighted(frames).format(goal=goal, Goal=capitalised(goal))]
    details = [*task.details]
    if is_script:
        asked = "script" in sentences[0] or "program" in sentences[0]
        details.append(dice.one([note for note in shape.notes if ("script" in note) is not asked]))
    elif shape.notes and task.args:
        details.append(dice.one(shape.notes))
    details += [
        f"Wait up to {n} rounds." for n in _ROUNDS.findall(task.body) if f" {n} rounds" not in " ".join(details)
    ]
    shown = shape.given
    way = dice.weighted([("nothing", 38), ("words", 16), ("list", 20), ("signature", 20), ("name", 10), ("export", 10)])
    if is_script or (way == "signature" and not shape.signature):
        way = "nothing"
    if way == "words":
        spoken = [arg.says for arg in task.args if arg.says]
        if spoken:
            details.insert(0, dice.one(TAKING).format(what=listed(spoken)))
    elif way == "list":
        shown = parameter_list(dice, task)
    elif way == "signature":
        shown = shape.signature
    elif way == "export":
        shown = f"export: {shape.name}"
    elif way == "name":
        details.append(dice.one(NAMING).format(name=shape.name))
    # A signature tells of a transaction id, but not which number or text is meant.
    if task.returning and (way != "signature" or task.returning != TXID or dice.chance(0.4)):
        what = dice.one(task.returning)
        forms: tuple[str, ...] = LOGGING if is_script else RETURNING
        if ";" in what or "," in what:
            forms = forms[:2]
        details.append(dice.one(forms).format(what=what))
    sentences += arranged(dice, details)
    said = " ".join(sentences)
    missing = task.needs and not re.search(rf"(?<!\w){re.escape(task.needs)}(?!\w)", f"{said}\n{shown}")
    context = task.context if missing or dice.chance(0.5) else ""
    return Draft(
        instruction=" ".join(sentences) if "\n" not in sentences[-1] else sentences[0] + sentences[-1],
        input="\n\n".join(part for part in (context, shown) if part),
        output=shape.code,
        category=category,
        kind=Kind.CLIENT,
    )


def frames_for(task: Task) -> tuple[tuple[str, int], ...]:
    """Frames that do not name a library the answer must not use."""
    if task.sync:
        return SYNC_FRAMES
    if task.client is None:
        return PLAIN_FRAMES
    if "algod" in task.client.type.lower():
        return SDK_FRAMES
    return FRAMES if task.client.type == "AlgorandClient" else CLIENT_FRAMES


def article(noun: str) -> str:
    """``noun`` with its indefinite article."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def roles_in_words(roles: Sequence[str]) -> str:
    """``the manager and the reserve address``."""
    return listed([f"the {role}" for role in roles]) + " address"


def parameter_list(dice: Dice, task: Task) -> str:
    """Parameters as the plan writes them: ``sender: string, amount: bigint``."""
    args = [*([task.client] if task.client else []), *sorted(task.args, key=lambda arg: arg.optional)]
    if dice.chance(0.4) and all(arg.says for arg in args):
        return "\n".join(f"- {arg.declaration} ({arg.says})" for arg in args)
    return ", ".join(arg.declaration for arg in args)


def arranged(dice: Dice, details: list[str]) -> list[str]:
    """Details as running sentences, or as one bullet list where there are several."""
    if len(details) >= 3 and dice.chance(0.3):
        return ["\n" + "\n".join(f"- {detail.removesuffix('.')}" for detail in details)]
    return details
