"""How developers ask for a fix: composed of what happened, what is wanted, and what must stay as it is."""

from __future__ import annotations

from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.records import CONTRACT_KINDS, Kind, Level

_HAPPENED = {
    Level.PARSE: (
        "This does not even parse.",
        "There is a syntax error in this file.",
        "The file below is broken: the parser stops in it.",
        "The answer I got was cut off and no longer parses.",
    ),
    Level.TYPES: (
        "The type checker refuses this code.",
        "This does not type-check.",
        "`tsc` complains about this file.",
        "I get type errors here and do not see why.",
        "My editor marks this red.",
        "The build fails on this module.",
        "TypeScript and I disagree about this code.",
        "CI rejects this commit with the errors below.",
        "An assistant wrote this for me, and it fails the type check.",
    ),
    Level.COMPILE: (
        "The contract compiler refuses this.",
        "puya-ts does not accept this contract.",
        "This type-checks, yet it does not compile to TEAL.",
        "Compiling the contract fails.",
        "The compiler stops with an error on this contract.",
        "`algokit compile` does not get past this file.",
    ),
}
_WANTED = (
    "Fix it.",
    "Please correct it.",
    "Give me a version that passes.",
    "What is the right way to write it?",
    "Repair the code.",
    "How should it look?",
    "Correct the mistake and show the whole file.",
    "Find the mistake and fix it.",
    "Make it compile.",
    "Mend it according to the diagnostics.",
    "Rewrite it so that the errors go away.",
    "What do I have to change? Show the result.",
)
_KEPT = (
    "",
    "",
    "",
    "Change nothing else.",
    "Keep the behaviour.",
    "Leave names and structure as they are.",
    "Touch only what the errors are about.",
    "The rest is as it should be.",
    "Return the complete corrected file.",
    "What it does must not change.",
)
_LEADING = {
    True: (
        "Fix this Algorand TypeScript contract.",
        "Correct the smart contract below.",
        "Repair this contract so that it compiles.",
        "What is wrong with this contract? Show it corrected.",
        "Debug this contract for me.",
        "Here is a contract and what the compiler says about it. Write it correctly.",
        "Get this contract through the compiler.",
    ),
    False: (
        "Fix this TypeScript.",
        "Correct the Algorand client code below.",
        "Repair this function so that it type-checks.",
        "What is wrong with this code? Show it corrected.",
        "Debug this for me.",
        "Here is some code with its diagnostics. Write it correctly.",
        "Get this through the type checker.",
        "Make this compile again.",
    ),
}
_INPUTS = (
    ("```ts\n{code}\n```\n\n{said}", 6),
    ("```ts\n{code}\n```\n\nDiagnostics:\n{said}", 6),
    ("Errors:\n{said}\n\nCode:\n```ts\n{code}\n```", 4),
    ("{said}\n\n```ts\n{code}\n```", 4),
)


def request(dice: Dice, level: Level, kind: Kind) -> str:
    """What a developer would write about code that was refused at ``level``."""
    if level is not Level.PARSE and dice.chance(0.4):
        said = [dice.one(_LEADING[kind in CONTRACT_KINDS])]
    else:
        said = [dice.one(_HAPPENED[level]), dice.one(_WANTED)]
    return " ".join(part for part in [*said, dice.one(_KEPT)] if part)


def shown(dice: Dice, code: str, said: str, task: str) -> str:
    """The input: the broken code, what the verifier says of it, and now and then what the code is for."""
    text = dice.weighted(_INPUTS).replace("{said}", said).replace("{code}", code.rstrip())
    return f"The task was: {task}\n\n{text}" if task else text
