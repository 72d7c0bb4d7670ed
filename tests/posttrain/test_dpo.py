"""Stage ``dpo`` on the twin of Qwen2: what it learns, what it is held to, and what survives a kill."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.pipeline import read_table
from algorand_coder.posttrain import dpo
from algorand_coder.posttrain.config import DpoConfig
from algorand_coder.posttrain.policy import open_start
from algorand_coder.posttrain.preferences import Preference
from algorand_coder.train.config import TrainConfig
from tests.posttrain.conftest import carry_out

pytestmark = pytest.mark.usefixtures("stand_in")


def config(train: TrainConfig, **changed: Any) -> DpoConfig:
    options = {"learning_rate": 5e-3, "batch_size": 2, "gradient_accumulation": 1, "epochs": 2, "save_every": 2}
    return DpoConfig(train=train, **{**options, **changed})


def test_it_goes_on_from_the_adapter_and_learns_to_prefer(
    run_folder: Path, adapter: Path, twin_config: TrainConfig
) -> None:
    before = (adapter / "adapter_model.safetensors").read_bytes()
    report = carry_out(dpo.STAGE, run_folder, config(twin_config))
    counts, folder = report.manifest.counts, run_folder / "dpo"
    assert set(report.manifest.inputs) == {"dataset", "train"}
    assert (counts["preferences"], counts["validation_preferences"], counts["steps"]) == (9, 3, 10)
    assert counts["loss_first"] == pytest.approx(0.6931, abs=1e-3), "at the start the model is its own reference"
    assert counts["loss"] < 0.6
    assert counts["accuracy"] == 1.0 and counts["margin"] > 0
    assert sorted(path.name for path in (folder / "adapter").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
        ADAPTER_RECORD,
        "chat_template.jinja",
    ]
    assert (folder / "adapter" / "adapter_model.safetensors").read_bytes() != before
    assert (adapter / "adapter_model.safetensors").read_bytes() == before, "what it started from is as it was"
    record, first = (json.loads((at / ADAPTER_RECORD).read_text()) for at in (folder / "adapter", adapter))
    assert record["chat_template_sha256"] == first["chat_template_sha256"]
    assert json.loads((folder / "history.json").read_text())["steps"][-1]["step"] == 10
    sides = [pair.side for pair in read_table(folder / "preferences.parquet", Preference)]
    assert sides == ["train"] * 9 + ["validation"] * 3
    assert not (folder / "work").exists()
    assert carry_out(dpo.STAGE, run_folder, config(twin_config)).reused


def test_from_the_base_needs_no_earlier_adapter(run_folder: Path, twin_config: TrainConfig) -> None:
    chosen = config(twin_config, start="base", max_pairs=4, validation_pairs=1, max_steps=2)
    report = carry_out(dpo.STAGE, run_folder, chosen)
    assert set(report.manifest.inputs) == {"dataset"}
    assert report.manifest.counts["loss_first"] == pytest.approx(0.6931, abs=1e-3)
    assert report.manifest.counts["steps"] == 2


def test_killed_and_resumed_equals_uninterrupted(
    run_folder: Path, adapter: Path, twin_config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = config(twin_config, epochs=1)
    whole = carry_out(dpo.STAGE, run_folder, short).manifest
    (run_folder / "dpo").rename(run_folder / "whole")
    with monkeypatch.context() as patch:
        patch.setattr("algorand_coder.posttrain.trainers._Watch.on_log", dying_at(3))
        with pytest.raises(KeyboardInterrupt):
            carry_out(dpo.STAGE, run_folder, short)
    with pytest.raises(UserError, match=r"belongs to another run.*other settings changed .beta 0.1, now 0.2."):
        carry_out(dpo.STAGE, run_folder, short.model_copy(update={"beta": 0.2}))
    resumed = carry_out(dpo.STAGE, run_folder, short).manifest
    assert resumed.counts.pop("resumed_from") == 2
    assert whole.counts.pop("resumed_from") == 0
    assert resumed.counts == whole.counts
    assert resumed.outputs == whole.outputs, "weights and history to the byte"


def dying_at(step: int) -> Callable[..., None]:
    def on_log(self: Any, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.global_step == step:
            raise KeyboardInterrupt

    return on_log


def test_an_adapter_of_another_model_is_refused(run_folder: Path, adapter: Path, twin_config: TrainConfig) -> None:
    inputs = {"train": adapter.parent}
    other = twin_config.model_copy(update={"base_model": "Qwen/Qwen2.5-Coder-7B-Instruct"})
    with pytest.raises(UserError, match=r"was trained on .*, and train.base_model is Qwen/Qwen2.5-Coder-7B-Instruct"):
        open_start(other, "train", inputs, print)
    record = json.loads((adapter / ADAPTER_RECORD).read_text())
    (adapter / ADAPTER_RECORD).write_text(json.dumps({**record, "chat_template_sha256": "0" * 64}))
    with pytest.raises(UserError, match="another chat template"):
        open_start(twin_config, "train", inputs, print)
    with pytest.raises(UserError, match="makes no adapter"):
        open_start(twin_config.model_copy(update={"method": "full"}), "train", inputs, print)


def test_without_an_adapter_the_line_says_what_to_run(run_folder: Path, twin_config: TrainConfig) -> None:
    with pytest.raises(UserError, match="run 'algorand-coder train' first"):
        carry_out(dpo.STAGE, run_folder, config(twin_config))


def test_a_loss_that_is_no_number_ends_the_run(run_folder: Path, twin_config: TrainConfig) -> None:
    exploding = config(twin_config, start="base", learning_rate=0.1, max_grad_norm=1e9, beta=10.0, epochs=50)
    from algorand_coder.posttrain.dpo_trainer import Trainer

    def infinite(self: Any, model: Any, inputs: Any, **_: Any) -> Any:
        return sum(p.sum() for p in model.parameters() if p.requires_grad) * float("nan")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Trainer, "compute_loss", infinite)
        with pytest.raises(UserError, match=r"the loss became nan at step 1; the batch is in .*bad-batch.json"):
            carry_out(dpo.STAGE, run_folder, exploding)
    saved = json.loads((run_folder / "dpo" / "work" / "bad-batch.json").read_text())
    assert saved["step"] == 1 and len(saved["texts"]) == 4, "two preferences of two sides"
