"""Gates: the whole interval decides, a missing figure decides nothing, an unsound run decides nothing at all."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.cli import gate as cli
from algorand_coder.errors import UserError
from algorand_coder.evaluate.gates import RATES, integration_criteria, model_criteria
from algorand_coder.evaluate.humaneval import HumanEvalRow, figures
from algorand_coder.evaluate.scores import score
from algorand_coder.evaluate.statistics import clustered_rate, paired, rate
from algorand_coder.pipeline.gate import Decision, decide
from algorand_coder.pipeline.manifest import Manifest, hash_outputs
from algorand_coder.records import Outcome, digest
from tests.evaluate.conftest import row


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
    assert decide(model_criteria(scores(passed))) == decision


def test_the_target_is_said_apart() -> None:
    on_target = [each.name for each in model_criteria(scores(396)) if "on target" in each.note]
    assert on_target == [*(name for name, *_ in RATES), "HumanEval"]
    assert "on target" not in model_criteria(scores(370))[0].note


def test_losing_general_ability_is_a_no_go() -> None:
    lost = scores(396)
    lost["humaneval"]["paired"] = difference(-0.3, -0.1)
    assert decide(model_criteria(lost)) == Decision.NO_GO


@pytest.mark.parametrize(
    "changes",
    [{"humaneval": None}, {"models": {}}, {"valid": False}, {"synthetic": True}, {"humaneval": {"models": {}}}],
)
def test_what_is_missing_or_unsound_decides_nothing(changes: dict[str, Any]) -> None:
    assert decide(model_criteria(scores(396, **changes))) == Decision.INCONCLUSIVE


def test_an_unsound_run_cannot_say_no_either() -> None:
    assert decide(model_criteria(scores(10, valid=False))) == Decision.INCONCLUSIVE


@pytest.mark.parametrize("model", ["base", "tuned"])
@pytest.mark.parametrize(("lost", "decided"), [(0, True), (1, True), (2, False), (144, False)])
def test_humaneval_without_its_answers_decides_nothing(model: str, lost: int, decided: bool) -> None:
    rows = [
        HumanEvalRow(f"t{n}", label, "a", "unjudged" if label == model and n < lost else "passed", "", "stop")
        for label in ("base", "tuned")
        for n in range(164)
    ]
    found = figures(rows, bootstrap_samples=100, seed=0)
    assert {label: each["unjudged"] for label, each in found["models"].items()} == {
        **dict.fromkeys(("base", "tuned"), 0),
        model: lost,
    }
    criteria = model_criteria(scores(396, humaneval=found))[-2:]
    assert [each.outcome == Outcome.PASSED for each in criteria] == [decided] * 2
    if not decided:
        assert {each.note for each in criteria} == {f"{lost} of 164 answers of {model} could not be judged"}
    for each in found["models"].values():
        del each["unjudged"]
    assert [each.outcome == Outcome.PASSED for each in model_criteria(scores(396, humaneval=found))[-2:]] == [
        decided
    ] * 2


def compared(**rivals: dict[str, Any]) -> dict[str, Any]:
    pairs = [{"first": "tuned", "second": name, "levels": {"behave": figures}} for name, figures in rivals.items()]
    return {"valid": True, "models": {}, "comparisons": [{"first": "base", "second": "tuned", "levels": {}}, *pairs]}


def test_integration_needs_every_rival_beaten() -> None:
    # Figures are the rival's minus ours.
    better, worse, unclear = difference(-0.3, -0.1), difference(0.1, 0.3), difference(-0.3, 0.1)
    assert decide(integration_criteria(compared(a=better, b=better))) == Decision.GO
    assert decide(integration_criteria(compared(a=better, b=worse))) == Decision.NO_GO
    assert decide(integration_criteria(compared(a=better, b=unclear))) == Decision.INCONCLUSIVE
    assert decide(integration_criteria(compared())) == Decision.INCONCLUSIVE
    turned = {"valid": True, "comparisons": [{"first": "a", "second": "tuned", "levels": {"behave": worse}}]}
    assert decide(integration_criteria(turned)) == Decision.GO


def test_own_models_are_no_rivals() -> None:
    worse = difference(0.1, 0.3)
    for models in ({}, {label: {"hosted": False} for label in ("tuned", "tuned+docs", "base+docs", "folder")}):
        labels = {"tuned+docs": worse, "base+docs": worse, **({"folder": worse} if models else {})}
        [only] = integration_criteria({**compared(**labels), "models": models})
        assert (only.outcome, only.note) == (Outcome.UNJUDGED, "no hosted model answered in this run")
    hosted = {"gpt": {"hosted": True}, "tuned+docs": {"hosted": False}}
    [only] = integration_criteria({**compared(gpt=worse, **{"tuned+docs": worse}), "models": hosted})
    assert (only.name, only.outcome) == ("suite score against gpt", Outcome.FAILED)


def test_scores_say_whom_an_endpoint_gave() -> None:
    rows = [row("one", "tuned", "ppp"), row("one", "gpt", "ppp", served="gpt-4o-2024-11-20")]
    found = score(rows, {"tuned": "small", "gpt": "large"}, bootstrap_samples=100, seed=0)
    assert {label: each["hosted"] for label, each in found["models"].items()} == {"tuned": False, "gpt": True}


def test_a_few_problems_do_not_decide_between_two_models() -> None:
    def against(count: int, *, better: bool) -> Decision:
        ours, theirs = ([1.0] * count, [0.0] * count) if better else ([0.0] * count, [1.0] * count)
        return decide(integration_criteria(compared(a=asdict(paired(ours, theirs, 100, 0)))))

    assert [against(count, better=True) for count in (1, 3, 5)] == [Decision.INCONCLUSIVE] * 3
    assert [against(count, better=False) for count in (1, 3, 5)] == [Decision.INCONCLUSIVE] * 3
    assert against(6, better=True) == Decision.GO
    assert against(6, better=False) == Decision.NO_GO


def test_few_problems_with_several_answers_do_not_reach_a_line() -> None:
    sure = asdict(clustered_rate([(2, 2)] * 3))
    run = scores(396, models={"tuned": {"rates": {level.value: sure for _, level, _, _ in RATES}}})
    run["humaneval"]["paired"] = asdict(paired([0.0], [0.0], 100, 0))
    assert decide(model_criteria(run)) == Decision.INCONCLUSIVE
    assert model_criteria(run)[-1].outcome == Outcome.UNJUDGED


@given(st.integers(1, 500), st.data())
def test_a_better_result_never_turns_a_go_into_less(n: int, data: st.DataObject) -> None:
    passed = data.draw(st.integers(0, n - 1))
    order = [Outcome.FAILED, Outcome.UNJUDGED, Outcome.PASSED]

    def decided(count: int) -> int:
        run = {"valid": True, "models": {"tuned": {"rates": {"compile": rates(count, n)}}}}
        return order.index(model_criteria(run)[0].outcome)

    assert decided(passed) <= decided(passed + 1)


def finish(run: Path, stage: str, name: str, text: str, consumes: tuple[str, ...] = ()) -> None:
    """A stage as the pipeline leaves it, with one output."""
    folder = run / stage
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    (folder / name).write_text(text)
    inputs = {each: digest(json.loads((run / each / "manifest.json").read_text())["outputs"]) for each in consumes}
    Manifest(stage, "key", inputs, {}, {}, hash_outputs(folder), {}, "2026-11-22T10:00:00+00:00", 1.0).write(folder)


def gate(*arguments: str) -> Result:
    return CliRunner().invoke(cli.command, arguments)


def test_the_commands_end_with_the_decision(tmp_path: Path) -> None:
    finish(tmp_path, "evaluate", "scores.json", json.dumps(scores(250)))
    result = gate("model", str(tmp_path))
    assert result.exit_code == 1
    assert "62.5%" in result.output
    assert "no-go" in result.output
    finish(tmp_path, "evaluate", "scores.json", json.dumps(compared(gpt=difference(-0.3, -0.1))))
    result = gate("integration", str(tmp_path), "--json")
    assert result.exit_code == 0
    assert json.loads(result.output)["decision"] == "go"


@pytest.mark.parametrize("name", ["model", "integration"])
def test_outdated_scores_decide_nothing(name: str, tmp_path: Path) -> None:
    finish(tmp_path, "train", "weights", "first")
    finish(
        tmp_path, "evaluate", "scores.json", json.dumps({**compared(a=difference(0.1, 0.3)), **scores(10)}), ("train",)
    )
    assert gate(name, str(tmp_path)).exit_code == 1
    finish(tmp_path, "train", "weights", "second")
    result = gate(name, str(tmp_path), "--json")
    assert result.exit_code == 2
    found = json.loads(result.output)
    assert found["decision"] == "inconclusive"
    assert {each["note"].partition(":")[0] for each in found["criteria"]} == {"evaluate was made before train last ran"}


@pytest.mark.parametrize("name", ["model", "integration"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, "holds no scores") for text in ("[]", "{}", '{"models": null}', '"scores"', '{"models": []}')),
        ('{"models": {"tuned": 3}, "comparisons": [{}]}', "holds no scores"),
        *((text, "missing or damaged") for text in ("null", "{", "")),
    ],
)
def test_what_holds_no_scores_is_no_decision(name: str, text: str, said: str, tmp_path: Path) -> None:
    finish(tmp_path, "evaluate", "scores.json", text)
    error = gate(name, str(tmp_path)).exception
    assert isinstance(error, UserError)
    assert said in str(error)


def test_a_run_without_a_finished_evaluation_is_no_decision(tmp_path: Path) -> None:
    (tmp_path / "evaluate").mkdir()
    (tmp_path / "evaluate/scores.json").write_text(json.dumps(scores(396)))
    assert isinstance(gate("model", str(tmp_path)).exception, UserError)
    finish(tmp_path, "train", "weights", "first")
    error = gate("model", str(tmp_path)).exception
    assert isinstance(error, UserError)
    assert "is not evaluated yet" in str(error)
