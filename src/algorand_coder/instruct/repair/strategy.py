"""The repair strategy: one mistake at a time in accepted code, spread evenly over all operators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.repair import phrasing
from algorand_coder.instruct.repair.operators import Operator, operators
from algorand_coder.instruct.rewriting import Source
from algorand_coder.instruct.strategy import Material, Trial, made_by
from algorand_coder.records import CONTRACT_KINDS, Candidate, Outcome, Pair, Verdict, digest

NAME = "repair"
MAX_DIAGNOSTICS = 5
PLACES = 3
"""Rows that may share an AST skeleton in the data set; a repair takes one of them."""
MAX_CODE = 6_000
"""Characters of code; it stands in the request and in the answer."""
MAX_TASK = 300
"""Characters of the original request that an input may repeat."""


class RepairStrategy:
    """Accepted pairs → broken code and its diagnostics, to be answered with the accepted code."""

    name = NAME

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """Trials whose mutant the verifier must refuse; at most ``config.max_per_unit`` a piece of code.

        Half of them are contracts where there are enough.
        """
        yield from _Mutations(seed, config.max_per_unit).draw(material.accepted, config.max_pairs)


class _Mutations:
    """The state of one draw: how often each operator was used, so that the rarest goes first."""

    def __init__(self, seed: int, per_unit: int) -> None:
        self._seed, self._per_unit = seed, per_unit
        self._used: Counter[str] = Counter()

    def draw(self, pairs: Sequence[Pair], count: int) -> Iterator[Trial]:
        """Trials over ``pairs`` in a mixed order."""
        rooms = Counter(pair.skeleton for pair in pairs)
        queues: dict[bool, list[Pair]] = {True: [], False: []}
        for pair in sorted(pairs, key=lambda pair: digest([self._seed, NAME, pair.id])):
            if len(pair.output) <= MAX_CODE and "\r" not in pair.output:
                queues[pair.kind in CONTRACT_KINDS].append(pair)
        taken: defaultdict[str, int] = defaultdict(int)
        left = {True: count // 2, False: count - count // 2}
        # What one kind cannot fill is the other's.
        for contract in (True, False):
            wanted = left[contract]
            for pair in queues[contract]:
                room = min(self._per_unit, PLACES - rooms[pair.skeleton] - taken[pair.skeleton], wanted)
                for trial in self._mutants(pair, max(0, room)):
                    taken[pair.skeleton] += 1
                    wanted -= 1
                    yield trial
            if contract:
                left[False] += wanted

    def _mutants(self, pair: Pair, count: int) -> Iterator[Trial]:
        source = Source(pair.output)
        seen = {pair.output}
        fitting = [each for each in operators() if each.fits(pair.kind)]
        for operator in sorted(fitting, key=lambda each: (self._used[each.name], digest([pair.id, each.name]))):
            if count <= 0:
                return
            dice = Dice(self._seed, NAME, pair.id, operator.name)
            for edits in dice.shuffled(operator.find(source))[:3]:
                broken = source.apply(edits)
                if broken not in seen:
                    seen.add(broken)
                    self._used[operator.name] += 1
                    count -= 1
                    yield trial_of(pair, operator, broken, dice)
                    break


def trial_of(pair: Pair, operator: Operator, broken: str, dice: Dice) -> Trial:
    """The trial that asks for ``pair.output``, given ``broken`` and what the verifier will say of it."""
    accepted = pair.candidate()
    mutant = Candidate({**accepted.files, accepted.entry: broken}, accepted.entry, pair.kind, pair.target)
    task = pair.instruction if len(pair.instruction) <= MAX_TASK and dice.chance(0.25) else ""
    hinted = dice.chance(0.5)

    def told(draft: Pair, verdict: Verdict) -> Pair:
        given = [f"`{name}`:\n\n```ts\n{text.rstrip()}\n```" for name, text in pair.support.items()]
        code = phrasing.shown(dice, broken, diagnostics(verdict, hinted), task)
        instruction = phrasing.request(dice, verdict.levels[-1].level, pair.kind)
        return replace(draft, instruction=instruction, input="\n\n".join([*given, code]))

    draft = replace(
        pair,
        id=digest([NAME, pair.id, operator.name, broken])[:24],
        strategy=NAME,
        provenance=(*pair.provenance, made_by(NAME, operator.name)),
    )
    return Trial(draft, mutant, Outcome.FAILED, told)


def diagnostics(verdict: Verdict, hinted: bool) -> str:
    """The findings as the verifier prints them: place, code, message, and its hint where ``hinted``."""
    lines = []
    for found in verdict.diagnostics[:MAX_DIAGNOSTICS]:
        lines.append(f"{found.file}:{found.line}:{found.column}  {found.code}  {found.message}")
        if hinted and found.hint:
            lines.append(f"  hint: {found.hint}")
    return "\n".join(lines)
