"""Both sides of a migration say the same, the old one in its own compiler's words, the new one in today's."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from algorand_coder.instruct.config import MigrationConfig
from algorand_coder.instruct.migration import features, legacy, sdk, utils10
from algorand_coder.instruct.migration import model as m
from algorand_coder.instruct.migration.programs import Direction, draw
from algorand_coder.instruct.migration.python_dialects import Beaker, PyTeal, snake
from algorand_coder.instruct.migration.strategy import ROUTES, MigrationStrategy
from algorand_coder.instruct.migration.typescript_dialects import AlgorandTypeScript, TealScript
from algorand_coder.instruct.patterns.base import Unfit, refuse_reserved
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.strategy import Material, Trial, operator_of
from algorand_coder.records import Kind, Level, Outcome, Pair
from algorand_coder.syntax import has_error
from algorand_coder.verify import Verifier

DIRECTIONS = (sdk.DIRECTION, legacy.DIRECTION, utils10.DIRECTION)


def derived(seed: int = 1, max_pairs: int = 120, accepted: list[Pair] | None = None) -> list[Trial]:
    """Trials of all routes."""
    material = Material(accepted or [], lambda _: {})
    return list(MigrationStrategy().derive(material, MigrationConfig(max_pairs=max_pairs), seed))


def model() -> m.Model:
    """A contract with one of everything."""
    who = m.param("account")
    both = (
        m.Check(m.op(m.SENDER, "===", m.state("owner")), "only the owner can do this"),
        m.Let("more", m.op(m.param("amount"), "*", m.number(2_000))),
        m.When(m.no(m.state("open")), (m.Set("open", m.truth(True)),)),
        m.Set("points", m.op(m.entry_or_zero("points", who), "+", m.local("more")), who),
        m.Pay(who, m.local("more")),
    )
    return m.Model(
        "Everything",
        ["does everything"],
        [m.Field("owner", "account", m.SENDER), m.Field("open", "boolean", m.truth(False))],
        [m.Map("points", "p")],
        [m.Method("giveAll", (("account", "account"), ("amount", "uint64")), both, m.entry("points", who), "uint64")],
    )


def test_a_model_reads_well_in_every_dialect() -> None:
    new, old = AlgorandTypeScript(explicit=True).write(model()), TealScript().write(model())
    assert "owner = GlobalState<Account>({ initialValue: Txn.sender })" in new
    assert "this.points(account).value = this.points(account).get({ default: 0 }) + more" in new
    assert "itxn.payment({ receiver: account, amount: more, fee: 0 }).submit()" in new
    assert "const more: uint64 = amount * 2_000" in new
    assert "this.owner.value = this.txn.sender" in old
    assert "(this.points(account).exists ? this.points(account).value : 0) + more" in old
    assert "sendPayment({ receiver: account, amount: more, fee: 0 })" in old
    assert not has_error(new)
    assert not has_error(old)
    python, beaker = PyTeal().write(model()), Beaker().write(model())
    assert 'Assert(Txn.sender() == App.globalGet(Bytes("owner")), comment="only the owner can do this"),' in python
    assert "If(Not(app.state.open.get())).Then(app.state.open.set(Int(1)))," in beaker
    assert "def give_all(account: abi.Address, amount: abi.Uint64, *, output: abi.Uint64) -> Expr:" in beaker


def test_python_names() -> None:
    assert (snake("lastCaller"), snake("Counter"), snake("a")) == ("last_caller", "counter", "a")


@pytest.mark.parametrize("dialect", [PyTeal, Beaker])
def test_what_is_written_in_python_is_python(dialect: type[PyTeal]) -> None:
    written = 0
    for n in range(60):
        try:
            contract = features.draw(Dice(n), boxes=False)
        except Unfit:
            continue
        tree = ast.parse(dialect().write(contract))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert {snake(method.name) for method in contract.methods} <= functions
        written += 1
    assert written > 30


@pytest.mark.parametrize("direction", DIRECTIONS, ids=lambda direction: direction.name)
def test_every_step_is_drawn_and_both_sides_parse(direction: Direction) -> None:
    drawn = Counter[int]()
    for n in range(4 * len(direction.steps)):
        try:
            program = draw(direction, Dice(direction.name, n), n)
        except Unfit:
            continue
        drawn[n % len(direction.steps)] += 1
        old, new = program.code
        assert old != new
        assert not has_error(old)
        assert not has_error(new)
        assert "{" not in program.goal
    assert len(drawn) == len(direction.steps)


@pytest.mark.slow
def test_the_verifier_agrees_about_both_sides(verifier: Verifier) -> None:
    trials = derived(seed=5, max_pairs=48)
    shown = [trial.shown for trial in trials if trial.shown is not None]
    verdicts = verifier.check([*(trial.pair.candidate() for trial in trials), *shown], Level.COMPILE)
    new, old = verdicts[: len(trials)], iter(verdicts[len(trials) :])
    wrong = [
        (trial.pair.lineage, verdict.diagnostics or verdict.deprecated)
        for trial, verdict in zip(trials, new, strict=True)
        if verdict.outcome is not Outcome.PASSED or verdict.deprecated
    ]
    assert wrong == []
    for trial in trials:
        if trial.shown is not None:
            verdict = next(old)
            assert verdict.outcome is trial.wanted, (trial.pair.input, verdict.diagnostics)
            if "algorand-client" in trial.pair.lineage:
                assert verdict.deprecated, trial.pair.input


def test_every_route_has_its_share_and_its_target() -> None:
    trials = derived()
    routes = Counter(operator_of(trial.pair).partition("/")[2] for trial in trials)
    assert set(routes) == {route.name for route in ROUTES}
    assert min(routes.values()) >= 8
    targets = {trial.pair.lineage.split("/")[1]: trial.pair.target for trial in trials}
    assert targets["utils-10"] == "utils10"
    assert {targets[name] for name in targets if name != "utils-10"} == {"utils9"}
    python = [trial for trial in trials if "```python" in trial.pair.input]
    assert python
    assert all(trial.shown is None and trial.pair.kind is Kind.CONTRACT for trial in python)


def test_new_code_never_works_on_a_reserved_task_and_never_repeats_itself() -> None:
    trials = derived()
    for trial in trials:
        refuse_reserved(trial.pair.lineage)
        assert touched(trial.pair.output) == []
    assert max(Counter(trial.pair.skeleton for trial in trials).values()) <= 2
    assert len({trial.pair.id for trial in trials}) == len(trials)


def test_shapes_that_were_accepted_before_are_left_out() -> None:
    before = derived()
    full = [trial.pair for trial in before for _ in range(2)]
    again = {trial.pair.skeleton for trial in derived(accepted=full)}
    assert not again & {pair.skeleton for pair in full}


def test_requests_read_like_those_of_a_developer() -> None:
    trials = derived(max_pairs=300)
    instructions = [trial.pair.instruction for trial in trials]
    assert len({" ".join(text.split()[:3]) for text in instructions}) >= 12
    assert not any(re.search(r"[{}]|\s{2}|\.\.", text) for text in instructions)
    silent = sum("`" not in text for text in instructions)
    assert silent >= 0.3 * len(instructions)


def test_the_same_seed_gives_the_same_pairs() -> None:
    assert [trial.pair for trial in derived(3)] == [trial.pair for trial in derived(3)]
    assert [trial.pair.id for trial in derived(3)] != [trial.pair.id for trial in derived(4)]
