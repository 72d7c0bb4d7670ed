"""Stage ``grpo`` on the twin of Qwen2: rewards reach the weights, missing ones do not, and a kill changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.posttrain import grpo
from algorand_coder.posttrain.config import GrpoConfig
from algorand_coder.posttrain.judging import Judged
from algorand_coder.records import Level, Outcome, Pair
from algorand_coder.train.config import TrainConfig
from tests.posttrain.conftest import StandIn, carry_out, row
from tests.posttrain.test_dpo import dying_at

pytestmark = pytest.mark.usefixtures("stand_in")
CALLS: list[list[str]] = []


def config(train: TrainConfig, **changed: Any) -> GrpoConfig:
    options = {
        "start": "base",
        "learning_rate": 5e-2,
        "answers_per_prompt": 4,
        "prompts_per_step": 1,
        "batch_size": 4,
        "max_new_tokens": 8,
        "max_steps": 3,
        "save_every": 1,
    }
    return GrpoConfig(train=train, **{**options, **changed})


def by_length(_: Any, rows: list[Pair], answers: list[str], level: Level) -> list[Judged]:
    """A judge that a random model can please: the share of letters in the answer."""
    CALLS.append([each.id for each in rows])
    shares = [sum(letter.isalpha() for letter in text) / max(1, len(text)) for text in answers]
    return [Judged("", Outcome.FAILED, level, "few letters", "", share) for share in shares]


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    CALLS.clear()
    monkeypatch.setattr(grpo, "judge", by_length)


def weights(run_folder: Path) -> dict[str, Any]:
    from safetensors.torch import load_file

    return dict(load_file(run_folder / "grpo" / "adapter" / "adapter_model.safetensors"))


def test_killed_and_resumed_equals_uninterrupted(
    run_folder: Path, twin_config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = carry_out(grpo.STAGE, run_folder, config(twin_config)).manifest
    assert any(bool(weight.any()) for name, weight in weights(run_folder).items() if "lora_B" in name), "it has learnt"
    counts = whole.counts
    assert (counts["prompts"], counts["steps"], counts["answers"]) == (18, 3, 12)
    assert counts["by_outcome"] == {"failed": 12} and counts["refused_by_reason"] == {"few letters": 12}
    assert all(len(set(rows)) == 1 for rows in CALLS), "the answers of a group are to one prompt"
    trained = {f"row-{number:03d}" for number in range(9)}
    assert {rows[0].removeprefix("fix-") for rows in CALLS} <= trained, "held-out rows are not asked"
    history = json.loads((run_folder / "grpo" / "history.json").read_text())["steps"]
    assert [step["step"] for step in history] == [1, 2, 3]
    assert all(0 <= step["reward"] <= 1 for step in history)

    (run_folder / "grpo").rename(run_folder / "whole")
    with monkeypatch.context() as patch:
        patch.setattr("algorand_coder.posttrain.trainers._Watch.on_log", dying_at(2))
        with pytest.raises(KeyboardInterrupt):
            carry_out(grpo.STAGE, run_folder, config(twin_config))
    resumed = carry_out(grpo.STAGE, run_folder, config(twin_config)).manifest
    assert resumed.counts.pop("resumed_from") == 1 and counts.pop("resumed_from") == 0
    assert resumed.counts == counts
    assert resumed.outputs == whole.outputs


def test_without_rewards_nothing_moves(
    run_folder: Path, twin_config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_judged(_: Any, rows: list[Pair], *__: Any) -> list[Judged]:
        return [Judged("", Outcome.UNJUDGED, Level.TYPES, "unjudged/types", "no node", None) for _ in rows]

    monkeypatch.setattr(grpo, "judge", none_judged)
    counts = carry_out(grpo.STAGE, run_folder, config(twin_config, max_steps=1)).manifest.counts
    assert counts["reward"] is None and counts["by_outcome"] == {"unjudged": 4}
    assert not any(bool(weight.any()) for name, weight in weights(run_folder).items() if "lora_B" in name)
    monkeypatch.setattr(grpo, "ALL_UNJUDGED", 1)
    with pytest.raises(UserError, match=r"1 steps without an answer that could be judged .no node.: run .*doctor"):
        carry_out(grpo.STAGE, run_folder, config(twin_config, max_steps=3))


def test_an_unjudged_answer_is_no_part_of_its_groups_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    reward = grpo.VerifierReward(StandIn(), [row(1)], Level.TYPES, tmp_path / "answers.jsonl")  # type: ignore[arg-type]
    good, broken, lost = row(1).output, row(1).output.replace("bigint", "BROKEN"), row(1).output + "// UNJUDGED"
    turns = [[{"role": "assistant", "content": text}] for text in (good, broken, lost)]
    assert reward([[]] * 3, turns, row=["row-001"] * 3) == [1.0, 0.1, None]
    counts = reward.counts()
    assert counts["answers"] == 3
    assert counts["by_outcome"] == {"failed": 1, "passed": 1, "unjudged": 1}
    assert counts["refused_by_reason"] == {"types/TS2304": 1, "unjudged/types": 1}


def test_the_reward_never_leaves_the_sandbox(run_folder: Path, twin_config: TrainConfig, monkeypatch: Any) -> None:
    made: list[dict[str, Any]] = []

    def opened(**options: Any) -> StandIn:
        made.append(options)
        raise KeyboardInterrupt

    monkeypatch.setattr(grpo, "Verifier", opened)
    with pytest.raises(KeyboardInterrupt):
        carry_out(grpo.STAGE, run_folder, config(twin_config, level="behave"))
    assert made == [{"level": Level.BEHAVE, "metrics": True}], "allow_unsandboxed is nobody's to set here"
