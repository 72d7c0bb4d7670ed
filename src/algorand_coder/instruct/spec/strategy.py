"""The spec strategy: specifications of accepted contracts meet the tasks of client code, in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import capitalised
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.spec import reading, tests  # noqa: F401  (they register their tasks)
from algorand_coder.instruct.spec.abi import Spec
from algorand_coder.instruct.spec.tasks import TASKS, Answer
from algorand_coder.instruct.spread import first_of_each, spread
from algorand_coder.instruct.strategy import Material, Trial, made_by, operator_of
from algorand_coder.records import DEFAULT_TARGET, Kind, Pair, digest
from algorand_coder.syntax import skeleton
from algorand_coder.verify.artifacts import ContractArtifact

NAME = "spec"
PER_SKELETON = 2
FEW = 25
"""Answers that every task may have, alike or not."""
MAX_SPEC = 5_000
"""Characters of a specification that a request may show."""
FRAMES: tuple[tuple[str, int], ...] = (
    ("{Goal}.", 6),
    ("Here is an ARC-56 specification: {goal}.", 5),
    ("Given the ARC-56 file below, {goal}.", 5),
    ("This is the app spec of our contract. Please {goal}.", 4),
    ("I have this application specification and need to {goal}.", 4),
    ("Using AlgoKit Utils and the spec below, {goal}.", 4),
    ("How do I {goal}?", 3),
    ("For the application described below, {goal}.", 4),
    ("We got this ARC-56 file from the contract team. {Goal}.", 3),
    ("Our front end talks to this application: {goal}.", 3),
    ("TypeScript, algokit-utils: {goal}.", 3),
    ("Read the specification and {goal}.", 3),
    ("I only have the app spec, not the source. {Goal}.", 3),
    ("Can you {goal}?", 3),
)


class SpecStrategy:
    """ARC-56 specification → client code, tests, documented interfaces."""

    name = NAME

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """At most ``config.max_pairs`` trials that are least alike, a few of every task among them."""
        shapes = Counter(pair.skeleton for pair in material.accepted)
        used: Counter[str] = Counter()
        trials: list[Trial] = []
        contracts = [pair for pair in material.accepted if pair.kind is Kind.CONTRACT]
        for turn in range(config.max_per_unit):
            for pair in sorted(contracts, key=lambda pair: digest([seed, NAME, turn, pair.id])):
                spec = spec_of(material.artifacts(pair.candidate()))
                if spec is not None and (trial := _first(pair, spec, used, shapes, Dice(seed, NAME, turn, pair.id))):
                    trials.append(trial)
        few = first_of_each((operator_of(trial.pair) for trial in trials), FEW)
        yield from (trials[place] for place in spread([t.pair.output for t in trials], config.max_pairs, few))


def spec_of(artifacts: Mapping[str, ContractArtifact]) -> Spec | None:
    """The specification of a file with one contract, unless it is too long to show."""
    found = [each for each in artifacts.values() if each.arc56]
    if len(found) != 1:
        return None
    spec = Spec(found[0].arc56)
    return spec if len(spec.text) <= MAX_SPEC else None


def _first(pair: Pair, spec: Spec, used: Counter[str], shapes: Counter[str], dice: Dice) -> Trial | None:
    """The task that was set least often so far and gives a new program of a shape with room left.

    ``shapes`` counts both shapes and programs.
    """
    for name in sorted(dice.shuffled(TASKS), key=lambda each: used[each]):
        try:
            answer = TASKS[name](spec, dice)
        except Unfit:
            continue
        shape = skeleton(answer.code)
        if shapes[shape] >= PER_SKELETON or shapes[answer.code] or touched(answer.code):
            continue
        shapes.update((shape, answer.code))
        used[name] += 1
        return trial_of(pair, spec, name, answer, dice)
    return None


def trial_of(pair: Pair, spec: Spec, name: str, answer: Answer, dice: Dice) -> Trial:
    """The trial that asks for ``answer``, given the specification."""
    instruction, shown = request(dice, answer, spec)
    return Trial(
        Pair(
            id=digest([NAME, pair.id, name, answer.code])[:24],
            instruction=instruction,
            input=shown,
            output=answer.code,
            strategy=NAME,
            category=answer.category,
            kind=Kind.CLIENT,
            target=DEFAULT_TARGET,
            skeleton=skeleton(answer.code),
            lineage=pair.lineage,
            mined=False,
            provenance=(*pair.provenance, made_by(NAME, name)),
        )
    )


def request(dice: Dice, answer: Answer, spec: Spec) -> tuple[str, str]:
    """Instruction and input: the task in words, its names in one or the other."""
    goal = dice.one(answer.goals)
    sentences = [dice.weighted(FRAMES).format(goal=goal, Goal=capitalised(goal))]
    details = [detail for detail in answer.details if detail]
    block = (
        f"`{spec.name}.arc56.json`:\n\n```json\n{spec.text}\n```" if dice.chance(0.5) else f"```json\n{spec.text}\n```"
    )
    if dice.chance(0.5):
        return " ".join([*sentences, *details]), block
    listed = "\n".join(f"- {detail.removesuffix('.')}" for detail in details) if dice.chance(0.5) else " ".join(details)
    return " ".join(sentences), f"{listed}\n\n{block}" if dice.chance(0.5) else f"{block}\n\n{listed}"
