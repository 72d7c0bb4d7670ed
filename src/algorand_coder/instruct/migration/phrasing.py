"""How developers ask for a migration: from where to where, what the code does, what to mind."""

from __future__ import annotations

from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import capitalised

_FRAMES: tuple[tuple[str, int], ...] = (
    ("Migrate this code from {old} to {new}.", 5),
    ("Port the following from {old} to {new}.", 5),
    ("Rewrite this for {new}.", 5),
    ("This still uses {old}. Bring it up to {new}.", 4),
    ("How does this look in {new}?", 4),
    ("Upgrade the code below to {new}.", 4),
    ("We are moving from {old} to {new}. Convert this file.", 4),
    ("Translate this into {new}.", 4),
    ("I found this in an old tutorial. Write it with {new}.", 3),
    ("What is the {new} version of this?", 3),
    ("{Old} is no longer an option for us: give me the same in {new}.", 3),
    ("Replace {old} by {new} here.", 3),
    ("Modernise this: it was written for {old}, we are on {new}.", 3),
    ("Can you convert this {old} code to {new}?", 3),
    ("Our code base leaves {old} behind. Do this file, in {new}.", 2),
    ("Here is working code in {old}. I need it in {new}.", 3),
)
_KEPT = ("", "", "", "The behaviour must stay the same.", "Keep the structure.", "Nothing else should change.")
_NAMES = ("Keep the names.", "Leave the exported names as they are.")
_INPUTS = (
    ("```{language}\n{code}\n```", 6),
    ("{Old}:\n\n```{language}\n{code}\n```", 3),
    ("The old code:\n\n```{language}\n{code}\n```", 3),
    ("Before:\n\n```{language}\n{code}\n```", 2),
)


def request(
    dice: Dice, old: str, new: str, purposes: tuple[str, ...], notes: tuple[str, ...], *, must: tuple[str, ...] = ()
) -> str:
    """The instruction; ``purposes`` are sentences that say what the code does, ``must`` those that cannot be left out.

    New names are only asked to be the old ones where ``notes`` say nothing about names.
    """
    sentences = [dice.weighted(_FRAMES).format(old=old, new=new, Old=capitalised(old))]
    if dice.chance(0.4):
        sentences.append(dice.one(purposes))
    if notes and dice.chance(0.5):
        sentences.append(dice.one(notes))
    kept = dice.one(_KEPT if any("case" in note for note in notes) else (*_KEPT, *_NAMES))
    return " ".join(part for part in [*sentences, *must, kept] if part)


def shown(dice: Dice, old: str, code: str, language: str) -> str:
    """The input: the old code."""
    frame = dice.weighted(_INPUTS)
    return frame.replace("{language}", language).replace("{Old}", capitalised(old)).replace("{code}", code.rstrip())
