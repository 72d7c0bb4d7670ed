"""Gates: the whole interval decides, a missing figure decides nothing, an unsound run decides nothing at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.evaluate.gates import RATES, Decision, Gate, integration_gate, model_gate
from algorand_coder.evaluate.statistics import rate, wilson


def rates(passed: int, n: int = 400) -> dict[str, Any]:
    found = rate(passed, n)
    return {"passed": found.passed, "n": found.n, "rate": found.rate, "low": found.low, "high": found.high}


def difference(low: float, high: float) -> dict[str, Any]:
    return {"difference": (low + high) / 2, "low": low, "high": high, "p": 0.01, "n": 164}


def scores(passed: int, **changes: Any) -> dict[str, Any]:
    made = {
        "valid": True,
        "synthetic": False,
        "models": {"tuned": {"rates": {level.value: rates(passed) for _, level, _, _ in RATES}}},
        "humaneval": {
            "models": {"base": rates(130, 164), "tuned": rates(140, 164)},
            "paired": difference(-0.02, 0.1),
        },
    }
    return {**made, **changes}


@pytest.mark.parametrize(
    ("passed", "decision"),
    [(396, Decision.GO), (350, Decision.INCONCLUSIVE), (250, Decision.NO_GO)],
)
def test_the_whole_interval_decides(passed: int, decision: Decision) -> None:
    gate = model_gate(scores(passed))
    assert gate.decision == decision
    assert gate.decision.exit_code == [Decision.GO, Decision.NO_GO, Decision.INCONCLUSIVE].index(decision)
    assert [criterion.minimum for criterion in gate.criteria] == [0.85, 0.75, 0.80, 0.65, 0.65, -0.05]


def test_the_target_is_shown_apart() -> None:
    met = {criterion.name: criterion.on_target for criterion in model_gate(scores(396)).criteria}
    assert met["compile success rate"] and met["Algorand suite score"]
    assert not any(criterion.on_target for criterion in model_gate(scores(350)).criteria[:1])


def test_losing_general_ability_is_a_no_go() -> None:
    lost = scores(396)
    lost["humaneval"]["paired"] = difference(-0.3, -0.1)
    assert model_gate(lost).decision == Decision.NO_GO


@pytest.mark.parametrize(
    "changes",
    [{"humaneval": None}, {"models": {}}, {"valid": False}, {"synthetic": True}, {"humaneval": {"models": {}}}],
)
def test_what_is_missing_or_unsound_decides_nothing(changes: dict[str, Any]) -> None:
    assert model_gate(scores(396, **changes)).decision == Decision.INCONCLUSIVE


def test_an_unsound_run_cannot_say_no_either() -> None:
    assert model_gate(scores(10, valid=False)).decision == Decision.INCONCLUSIVE


def test_integration_needs_every_rival_beaten() -> None:
    better, worse, unclear = difference(0.1, 0.3), difference(-0.3, -0.1), difference(-0.1, 0.3)
    sound = {"valid": True}
    assert integration_gate({"a": better, "b": better}, sound).decision == Decision.GO
    assert integration_gate({"a": better, "b": worse}, sound).decision == Decision.NO_GO
    assert integration_gate({"a": better, "b": unclear}, sound).decision == Decision.INCONCLUSIVE
    assert integration_gate({}, sound).decision == Decision.INCONCLUSIVE


@given(st.integers(1, 500), st.data())
def test_a_better_result_never_turns_a_go_into_less(n: int, data: st.DataObject) -> None:
    passed = data.draw(st.integers(0, n - 1))
    order = [Decision.NO_GO, Decision.INCONCLUSIVE, Decision.GO]

    def decided(count: int) -> int:
        low, high = wilson(count, n)
        found = {"passed": count, "n": n, "rate": count / n, "low": low, "high": high}
        return order.index(
            Gate(
                "x", model_gate({"valid": True, "models": {"tuned": {"rates": {"compile": found}}}}).criteria[:1]
            ).decision
        )

    assert decided(passed) <= decided(passed + 1)
