"""Second round of the stage: strategies that work on accepted pairs, and the judgement of both sides of each trial."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from algorand_coder.instruct.config import InstructConfig
from algorand_coder.instruct.strategy import DERIVED, Material, Trial, load_deriving, operator_of
from algorand_coder.records import Candidate, Outcome, Pair, Verdict

Check = Callable[[Sequence[Candidate]], Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class Tried:
    """Trials whose shown code is what it should be, with the verdicts on their outputs; and the others."""

    pairs: list[Pair]
    verdicts: list[Verdict]
    refused: list[tuple[Pair, str, str]]
    """Pair, reason and detail."""


def propose_trials(material: Material, config: InstructConfig, seed: int) -> list[Trial]:
    """Trials of all enabled derived strategies.

    Raises ``ValueError`` when two have the same id, which only a faulty strategy can cause.
    """
    trials: list[Trial] = []
    for name in DERIVED:
        section = getattr(config, name)
        if section.enabled:
            trials += load_deriving(name).derive(material, section, seed)
    seen: set[str] = set()
    for trial in trials:
        if trial.pair.id in seen:
            raise ValueError(f"pair id {trial.pair.id} came twice, from {trial.pair.lineage}")
        seen.add(trial.pair.id)
    return trials


def try_all(trials: Sequence[Trial], check: Check) -> Tried:
    """Judge both sides of all ``trials`` in one go."""
    outputs = [trial.pair.candidate() for trial in trials]
    shown = [trial.shown for trial in trials if trial.shown is not None]
    verdicts = list(check([*outputs, *shown]))
    of_shown = iter(verdicts[len(outputs) :])
    result = Tried([], [], [])
    for trial, verdict in zip(trials, verdicts, strict=False):
        pair = trial.pair
        if trial.shown is not None:
            about = next(of_shown)
            if about.outcome is Outcome.UNJUDGED:
                result.refused.append((pair, "unjudged/shown", about.last.reason if about.last else ""))
                continue
            if about.outcome is not trial.wanted:
                said = "; ".join(f"{d.code} {d.message}" for d in about.diagnostics[:1])
                reason = "mutant-accepted" if trial.wanted is Outcome.FAILED else "shown-refused"
                result.refused.append((pair, f"{reason}/{operator_of(pair)}", said))
                continue
            pair = trial.told(pair, about)
        result.pairs.append(pair)
        result.verdicts.append(verdict)
    return result
