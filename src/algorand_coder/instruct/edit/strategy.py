"""The edit strategy: accepted contracts meet change requests, spread evenly over all kinds of change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from algorand_coder.instruct.edit.contract import Change, Contract
from algorand_coder.instruct.edit.operators import Operator, operators
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import capitalised
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.spread import spread
from algorand_coder.instruct.strategy import Material, Trial, made_by
from algorand_coder.records import Kind, Pair, digest
from algorand_coder.syntax import skeleton

NAME = "edit"
FRAMES: tuple[tuple[str, int], ...] = (
    ("{Goal}.", 6),
    ("Change the contract below: {goal}.", 5),
    ("Please {goal}.", 4),
    ("I want to {goal}. Show the whole contract.", 3),
    ("The contract below works. Now {goal}.", 4),
    ("How do I {goal}?", 4),
    ("In this contract we need to {goal}.", 3),
    ("Update this Algorand TypeScript contract: {goal}.", 5),
    ("Take this contract and {goal}.", 4),
    ("Extend the following contract: {goal}.", 3),
    ("Review comment: {goal}. Apply it.", 3),
    ("Our auditors ask us to {goal}. Make the change.", 2),
    ("Change request: {goal}.", 3),
    ("For the next release, {goal}.", 3),
    ("Can you {goal}?", 3),
    ("Rewrite the contract so as to {goal}.", 2),
)
KEPT = (
    "",
    "",
    "",
    "Leave everything else as it is.",
    "Nothing else changes.",
    "Keep the rest.",
    "Return the whole file.",
)


class EditStrategy:
    """Accepted contract + change request → changed contract."""

    name = NAME

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """At most ``config.max_pairs`` trials that are least alike, at most ``config.max_per_unit`` a contract.

        Every skeleton comes once.
        """
        used: Counter[str] = Counter()
        shapes = {pair.skeleton for pair in material.accepted}
        contracts = [pair for pair in material.accepted if pair.kind is Kind.CONTRACT and not pair.support]
        trials: list[Trial] = []
        seen: set[str] = set()
        for turn in range(config.max_per_unit):
            for pair in sorted(contracts, key=lambda pair: digest([seed, NAME, turn, pair.id])):
                trial = _first(pair, used, shapes, Dice(seed, NAME, turn, pair.id))
                if trial is not None and trial.pair.output not in seen:
                    seen.add(trial.pair.output)
                    trials.append(trial)
        yield from (trials[place] for place in spread([t.pair.output for t in trials], config.max_pairs))


def _first(pair: Pair, used: Counter[str], shapes: set[str], dice: Dice) -> Trial | None:
    """The change of ``pair`` that was made least often so far and gives a program of a new shape."""
    try:
        contract = Contract(pair.output)
    except Unfit:
        return None
    for operator in sorted(dice.shuffled(operators()), key=lambda each: used[each.name]):
        try:
            change = operator.make(contract, dice)
        except Unfit:
            continue
        output = contract.changed(change.edits)
        shape = skeleton(output)
        if (shape in shapes and not operator.name.startswith("rename")) or output == pair.output or touched(output):
            continue
        shapes.add(shape)
        used[operator.name] += 1
        return trial_of(pair, operator, change, output, dice)
    return None


def trial_of(pair: Pair, operator: Operator, change: Change, output: str, dice: Dice) -> Trial:
    """The trial that asks for ``output``, given the accepted contract."""
    instruction, shown = request(dice, change, pair.output)
    draft = replace(
        pair,
        id=digest([NAME, pair.id, operator.name, output])[:24],
        instruction=instruction,
        input=shown,
        output=output,
        strategy=NAME,
        skeleton=skeleton(output),
        provenance=(*pair.provenance, made_by(NAME, operator.name)),
    )
    return Trial(draft, pair.candidate())


def request(dice: Dice, change: Change, code: str) -> tuple[str, str]:
    """Instruction and input: what the change is about in words, its names in one or the other."""
    goal = dice.one(change.goals)
    sentences = [dice.weighted(FRAMES).format(goal=goal, Goal=capitalised(goal))]
    block = f"```ts\n{code.rstrip()}\n```"
    details = list(change.details)
    if dice.chance(0.5):
        sentences += details
        details = []
    kept = dice.one(KEPT)
    return " ".join([*sentences, kept] if kept else sentences), _laid_out(dice, details, block)


def _laid_out(dice: Dice, details: Sequence[str], block: str) -> str:
    if not details:
        return block
    listed = "\n".join(f"- {detail.removesuffix('.')}" for detail in details) if dice.chance(0.5) else " ".join(details)
    return f"{listed}\n\n{block}" if dice.chance(0.5) else f"{block}\n\n{listed}"
