"""Every mutation is a mistake that the real compilers refuse; every repair ends in the accepted code, byte by byte."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.instruct.config import RepairConfig
from algorand_coder.instruct.repair.operators import Operator, operators
from algorand_coder.instruct.repair.strategy import MAX_DIAGNOSTICS, RepairStrategy, diagnostics
from algorand_coder.instruct.rewriting import Source
from algorand_coder.instruct.strategy import Material, Trial, operator_of
from algorand_coder.records import CONTRACT_KINDS, Candidate, Diagnostic, Level, LevelResult, Outcome, Pair, Verdict
from algorand_coder.verify import Verifier
from tests.instruct.conftest import accepted

SAMPLES = [
    accepted(f"repair/{name}")
    for name in ("transfers.ts", "lookup.ts", "store.algo.ts", "latch.algo.ts", "quiz.algo.ts")
]


def first_mutant(operator: Operator) -> Candidate:
    """What the operator makes first of the first sample that it can break."""
    for sample in SAMPLES:
        code = Source(sample.output)
        for edits in operator.find(code) if operator.fits(sample.kind) else ():
            return Candidate.single(code.apply(edits), sample.kind)
    raise AssertionError(f"no sample for {operator.name}")


def derived(pairs: list[Pair], seed: int = 1, max_pairs: int = 1000, max_per_unit: int = 2) -> list[Trial]:
    """Trials over ``pairs``."""
    config = RepairConfig(max_pairs=max_pairs, max_per_unit=max_per_unit)
    return list(RepairStrategy().derive(Material(pairs, lambda _: {}), config, seed))


REFUSED = Verdict(
    "key",
    (
        LevelResult(
            Level.TYPES,
            Outcome.FAILED,
            tuple(Diagnostic(Level.TYPES, "main.ts", n, 2, "TS1", f"message {n}", "advice") for n in range(9)),
        ),
    ),
)


@pytest.mark.slow
def test_every_operator_makes_code_that_the_compilers_refuse(verifier: Verifier) -> None:
    samples = [sample.candidate() for sample in SAMPLES]
    verdicts = verifier.check([*samples, *map(first_mutant, operators())], Level.COMPILE)
    assert [v.diagnostics for v in verdicts[: len(samples)] if v.outcome is not Outcome.PASSED] == []
    outcomes = {each.name: verdict.outcome for each, verdict in zip(operators(), verdicts[len(samples) :], strict=True)}
    assert {name: outcome for name, outcome in outcomes.items() if outcome is not Outcome.FAILED} == {}


def test_there_are_enough_different_mistakes() -> None:
    names = [operator.name for operator in operators()]
    assert len(names) == len(set(names))
    kinds = Counter(operator.contract for operator in operators())
    assert min(kinds.values()) >= 25


@pytest.mark.parametrize("operator", operators(), ids=lambda operator: operator.name)
def test_a_mutation_changes_the_code(operator: Operator) -> None:
    outputs = {sample.output for sample in SAMPLES}
    assert next(iter(first_mutant(operator).files.values())) not in outputs


@given(seed=st.integers(0, 10_000))
def test_the_answer_is_the_accepted_code_and_the_question_is_not(seed: int) -> None:
    by_id = {sample.lineage: sample for sample in SAMPLES}
    for trial in derived(SAMPLES, seed, max_pairs=8):
        source = by_id[trial.pair.lineage]
        assert trial.pair.output == source.output
        assert (trial.pair.skeleton, trial.pair.kind, trial.pair.category) == (
            source.skeleton,
            source.kind,
            source.category,
        )
        assert trial.wanted is Outcome.FAILED
        assert trial.shown is not None
        assert trial.shown.files[trial.shown.entry] != source.output


def test_the_same_seed_makes_the_same_trials_and_another_one_others() -> None:
    def told(seed: int) -> list[tuple[str, str, str]]:
        pairs = [trial.told(trial.pair, REFUSED) for trial in derived(SAMPLES, seed)]
        return [(pair.id, pair.instruction, pair.input) for pair in pairs]

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_no_unit_is_repaired_more_often_than_allowed() -> None:
    pairs = [replace(SAMPLES[0], id=str(n), skeleton=str(n)) for n in range(6)]
    assert max(Counter(t.pair.skeleton for t in derived(pairs, max_per_unit=2)).values()) == 2
    twins = [replace(SAMPLES[0], id=str(n), skeleton="s") for n in range(2)]
    assert len(derived(twins, max_per_unit=3)) == 1, "three rows may share a skeleton"


def test_operators_take_turns() -> None:
    pairs = [replace(sample, id=f"{n}{sample.id}", skeleton=f"{n}{sample.id}") for n in range(20) for sample in SAMPLES]
    used = Counter(operator_of(trial.pair) for trial in derived(pairs))
    contracts = [used[f"repair/{each.name}"] for each in operators() if each.contract]
    assert min(contracts) > 0
    assert sum(used.values()) == 200


def test_half_of_the_trials_are_contracts_while_there_are_enough() -> None:
    pairs = [replace(sample, id=f"{n}{sample.id}", skeleton=f"{n}{sample.id}") for n in range(9) for sample in SAMPLES]
    kinds = Counter(trial.pair.kind in CONTRACT_KINDS for trial in derived(pairs, max_pairs=20))
    assert kinds == {True: 10, False: 10}
    clients = [pair for pair in pairs if pair.kind not in CONTRACT_KINDS]
    assert len(derived(clients, max_pairs=20)) == 20


def test_the_input_shows_the_broken_code_and_what_the_verifier_said() -> None:
    for trial in derived(SAMPLES):
        pair = trial.told(trial.pair, REFUSED)
        assert trial.shown is not None
        assert trial.shown.files[trial.shown.entry].rstrip() in pair.input
        assert "main.ts:4:2  TS1  message 4" in pair.input
        assert "message 5" not in pair.input
        assert len(pair.instruction) > 12


def test_diagnostics_read_as_the_verifier_prints_them() -> None:
    assert diagnostics(REFUSED, False).splitlines()[0] == "main.ts:0:2  TS1  message 0"
    assert len(diagnostics(REFUSED, False).splitlines()) == MAX_DIAGNOSTICS
    assert diagnostics(REFUSED, True).splitlines()[1] == "  hint: advice"


def test_files_that_the_code_needs_are_shown() -> None:
    pair = replace(SAMPLES[0], support={"context.ts": "export const one = 1\n"})
    told = derived([pair])[0].told(pair, REFUSED)
    assert told.input.startswith("`context.ts`:\n\n```ts\nexport const one = 1\n```")
    shown = derived([pair])[0].shown
    assert shown is not None
    assert set(shown.files) == {"context.ts", "main.ts"}
