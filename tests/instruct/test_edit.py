"""Every change request can be met, and what meets it compiles; what nobody asked for stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.instruct.config import EditConfig
from algorand_coder.instruct.edit.contract import Change, Contract
from algorand_coder.instruct.edit.operators import Operator, operators
from algorand_coder.instruct.edit.strategy import EditStrategy, request
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.strategy import Material, Trial
from algorand_coder.records import Candidate, Kind, Level, Outcome, Pair
from algorand_coder.syntax import has_error, skeleton
from algorand_coder.verify import Verifier
from tests.instruct.conftest import accepted

KIOSK = accepted("edit/kiosk.algo.ts")


def changes(operator: Operator, count: int) -> Iterator[Change]:
    """What the operator makes of the kiosk in ``count`` draws; at least one of them must fit."""
    fitted = 0
    for n in range(count):
        try:
            yield operator.make(Contract(KIOSK.output), Dice(n, operator.name))
            fitted += 1
        except Unfit:
            continue
    assert fitted, operator.name


def outputs(operator: Operator, count: int) -> set[str]:
    """Different answers that the operator gives for the kiosk."""
    return {Contract(KIOSK.output).changed(change.edits) for change in changes(operator, count)}


def derived(pairs: list[Pair], seed: int = 1, max_pairs: int = 100, max_per_unit: int = 1) -> list[Trial]:
    """Trials over ``pairs``."""
    config = EditConfig(max_pairs=max_pairs, max_per_unit=max_per_unit)
    return list(EditStrategy().derive(Material(pairs, lambda _: {}), config, seed))


@pytest.mark.slow
def test_every_change_compiles(verifier: Verifier) -> None:
    made = [(each.name, sorted(outputs(each, 6))[0]) for each in operators()]
    candidates = [KIOSK.candidate(), *(Candidate.single(output, Kind.CONTRACT) for _, output in made)]
    verdicts = verifier.check(candidates, Level.COMPILE)
    names = ["kiosk", *(name for name, _ in made)]
    refused = {name: v.diagnostics for name, v in zip(names, verdicts, strict=True) if v.outcome is not Outcome.PASSED}
    assert refused == {}


@pytest.mark.parametrize("operator", operators(), ids=lambda operator: operator.name)
def test_a_change_is_asked_for_by_what_is_there(operator: Operator) -> None:
    for change in changes(operator, 8):
        output = Contract(KIOSK.output).changed(change.edits)
        assert output != KIOSK.output
        assert not has_error(output)
        assert touched(output) == []
        assert not any("`" in goal for goal in change.goals)
        assert len(change.goals) >= 2
        for name in re.findall(r"`(\w+)", " ".join(change.details)):
            assert re.search(rf"\b{name}\b", KIOSK.output + output), name


@pytest.mark.parametrize("operator", [each for each in operators() if "rename" not in each.name], ids=lambda o: o.name)
def test_methods_that_nobody_asked_about_stay(operator: Operator) -> None:
    untouched = "return this.sold.value\n  }"
    for output in outputs(operator, 6):
        assert untouched in output


def test_imports_follow_the_code() -> None:
    operator = next(each for each in operators() if each.name == "per-account-record")
    for output in outputs(operator, 6):
        head = output[: output.index("} from")]
        assert "BoxMap" in head
        assert "Account" in head


def test_the_one_in_charge_is_who_the_contract_says() -> None:
    assert Contract(KIOSK.output).guard[1] == "the creator"
    owned = KIOSK.output.replace(
        "Txn.sender === Global.creatorAddress, 'only the creator can do this'", "Txn.sender === this.admin.value, 'no'"
    )
    assert Contract(owned).guard == ("assert(Txn.sender === this.admin.value, 'no')", "the admin")
    private = KIOSK.output.replace("  @readonly", "  private onlyKeeper(): void {\n  }\n\n  @readonly", 1)
    assert Contract(private).guard == ("this.onlyKeeper()", "the keeper")


def test_a_box_prefix_is_never_shared() -> None:
    taken = KIOSK.output.replace(
        "open = Global", "marks = BoxMap<Account, uint64>({ keyPrefix: 'to' })\n  open = Global"
    )
    contract = Contract(taken)
    assert contract.prefix("to", "tot", "t", "acc") == "acc"
    with pytest.raises(Unfit):
        contract.prefix("to")


def test_files_of_another_shape_are_left_alone() -> None:
    for text in ("const a = 1\n", KIOSK.output + "\nexport class Other extends Contract {}\n"):
        with pytest.raises(Unfit):
            Contract(text)
    assert derived([replace(KIOSK, output="const a = 1\n"), replace(KIOSK, kind=Kind.CLIENT)]) == []


@given(seed=st.integers(0, 1_000))
def test_trials_show_the_accepted_contract_and_answer_with_another(seed: int) -> None:
    trials = derived([replace(KIOSK, id=str(n)) for n in range(4)], seed, max_per_unit=2)
    assert len(trials) == 8
    shapes = [trial.pair.skeleton for trial in trials]
    for trial in trials:
        pair = trial.pair
        assert trial.wanted is Outcome.PASSED
        assert trial.shown == KIOSK.candidate()
        assert KIOSK.output.rstrip() in pair.input
        assert pair.output != KIOSK.output
        assert (pair.lineage, pair.strategy, pair.category) == (KIOSK.lineage, "edit", KIOSK.category)
        assert pair.skeleton == skeleton(pair.output)
        assert shapes.count(pair.skeleton) <= 2


def test_the_same_seed_gives_the_same_pairs() -> None:
    def pairs(seed: int) -> list[Pair]:
        return [trial.pair for trial in derived([KIOSK], seed, max_per_unit=3)]

    assert pairs(3) == pairs(3)
    assert pairs(3) != pairs(4)


def test_names_stand_in_the_instruction_or_in_the_input() -> None:
    contract = Contract(KIOSK.output)
    operator = next(each for each in operators() if each.name == "getter")
    asked = [request(Dice(n), operator.make(contract, Dice(n)), KIOSK.output) for n in range(40)]
    assert all(("`" in instruction) != ("`" in shown.replace("```", "")) for instruction, shown in asked)
    silent = sum("`" not in instruction for instruction, _ in asked)
    assert 10 <= silent <= 30
    assert len({instruction.split(" ")[0] for instruction, _ in asked}) >= 8
