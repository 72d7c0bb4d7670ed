"""The TRL backend on a model of a tenth of a million weights: what it learns, and what survives a kill."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.train.backends import Job, choose
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.masks import IGNORED, TokenRow

CONFIG = TrainConfig(
    base_model="tiny",
    dtype="float32",
    lora_r=4,
    lora_alpha=8,
    lora_dropout=0.1,
    learning_rate=5e-3,
    batch_size=2,
    gradient_accumulation=2,
    epochs=2,
    save_every=2,
    eval_every=4,
    gradient_checkpointing=False,
)


@pytest.fixture
def job(twin_job: Callable[[str, TrainConfig], Job]) -> Job:
    return twin_job("qwen2", CONFIG)


def curve(history: Any) -> list[tuple[Any, ...]]:
    """Everything of a history but the times."""
    return [(s.step, s.loss, s.learning_rate, s.grad_norm, s.tokens) for s in history.steps] + [
        (h.step, h.loss, h.by_category) for h in history.held_out
    ]


def test_training_lowers_the_loss_and_writes_an_adapter(job: Job, tiny_model: Path) -> None:
    seen: list[int] = []
    trained = choose(CONFIG).train(replace(job, on_step=lambda step: seen.append(step.step)))
    history = trained.history
    assert seen == [s.step for s in history.steps] == list(range(1, job.steps + 1))
    assert [h.step for h in history.held_out] == [0, 4, 7]
    assert history.held_out[-1].loss < history.held_out[0].loss - 0.05
    assert set(history.held_out[0].by_category) == {"assets", "state", "transactions"}
    assert sum(s.tokens for s in history.steps) == sum(len(job.rows[i].input_ids) for i in job.order)
    assert trained.trainable_parameters == 4 * 2 * ((64 + 64) * 2 + (64 + 32) * 2)

    config = json.loads((job.output / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == "tiny"
    assert str(tiny_model) not in (job.output / "adapter_config.json").read_text()
    assert config["target_modules"] == sorted(CONFIG.target_modules)
    assert sorted(path.name for path in job.output.iterdir()) == ["adapter_config.json", "adapter_model.safetensors"]


def test_batches_come_in_the_planned_order(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.train.backends.sft import Trainer

    seen: list[list[int]] = []
    step = Trainer.training_step

    def spy(self: Any, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        seen.extend(
            ids[mask.bool()].tolist() for ids, mask in zip(inputs["input_ids"], inputs["attention_mask"], strict=True)
        )
        return step(self, model, inputs, *args, **kwargs)

    monkeypatch.setattr(Trainer, "training_step", spy)
    choose(CONFIG).train(job)
    assert seen == [list(job.rows[index].input_ids) for index in job.order]


def test_the_same_job_gives_the_same_bytes(job: Job, tmp_path: Path) -> None:
    first = choose(CONFIG).train(job)
    again = replace(job, work=tmp_path / "work2", output=tmp_path / "adapter2")
    again.work.mkdir()
    second = choose(CONFIG).train(again)
    assert curve(first.history) == curve(second.history)
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        assert (job.output / name).read_bytes() == (again.output / name).read_bytes()


def test_a_loss_that_is_no_number_stops_and_keeps_the_batch(job: Job) -> None:
    with pytest.raises(UserError, match=r"(loss|gradient) became (nan|inf) at step \d") as raised:
        choose(CONFIG).train(replace(job, config=_exploding(job)))
    assert "\n" not in str(raised.value)
    kept = json.loads((job.work / "bad-batch.json").read_text())
    assert str(job.work / "bad-batch.json") in str(raised.value)
    assert len(kept["texts"]) == len(kept["rows"]) == len(kept["input_ids"]) == len(kept["labels"]) == 2
    known = {row.id: " ".join(map(str, row.input_ids)) for row in job.rows}
    lines = [" ".join(map(str, ids)) for ids in kept["input_ids"]]
    for name in kept["rows"]:
        assert name in str(raised.value)
        assert any(line.startswith(known[name]) for line in lines)
    assert "export async function" in kept["texts"][0]
    assert not job.output.exists()


def test_a_gradient_that_is_no_number_keeps_the_rows_of_its_step(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.train.backends.sft import Trainer

    real = Trainer.log

    def log(self: Any, logs: dict[str, float], *args: Any) -> None:
        overflowed = "grad_norm" in logs and self.state.global_step == 2
        real(self, {**logs, "grad_norm": float("inf")} if overflowed else logs, *args)

    monkeypatch.setattr(Trainer, "log", log)
    with pytest.raises(UserError, match="the gradient became inf at step 2"):
        choose(CONFIG).train(job)
    kept = json.loads((job.work / "bad-batch.json").read_text())
    assert kept["step"] == 2
    assert sorted(kept["rows"]) == sorted({job.rows[index].id for index in job.order[4:8]})


def _exploding(job: Job) -> TrainConfig:
    return job.config.model_copy(update={"learning_rate": 1e38, "max_grad_norm": 1e30, "warmup_ratio": 0.0})


def test_a_full_disk_keeps_its_name_and_the_last_checkpoint(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    saved, real = [], torch.save

    def save(value: Any, path: Any, *args: Any, **kwargs: Any) -> None:
        saved.append(path)
        if "checkpoint-4" in str(path):
            raise RuntimeError("[enforce fail at inline_container.cc:664] . unexpected pos 64 vs 0")
        real(value, path, *args, **kwargs)

    monkeypatch.setattr(torch, "save", save)
    with pytest.raises(OSError, match="No space left") as raised:
        choose(CONFIG).train(job)
    assert raised.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert choose(CONFIG).train(job).resumed_from == 2


def test_a_misspelt_target_stops_before_training(job: Job) -> None:
    config = CONFIG.model_copy(update={"target_modules": ("q_proj", "c_attn")})
    with pytest.raises(UserError, match="'c_attn' matches no layer"):
        choose(config).train(replace(job, config=config))


def test_max_steps_and_checkpointing_are_honoured(job: Job) -> None:
    config = CONFIG.model_copy(update={"max_steps": 3, "gradient_checkpointing": True, "epochs": 1})
    trained = choose(config).train(replace(job, config=config))
    assert len(trained.history.steps) == 3
    plain = choose(config).train(
        replace(job, config=config.model_copy(update={"gradient_checkpointing": False}), work=job.work / "plain")
    )
    assert [s.loss for s in plain.history.steps] == pytest.approx([s.loss for s in trained.history.steps], rel=1e-5)


def test_speed_is_measured_and_leaves_nothing(job: Job, tmp_path: Path) -> None:
    assert choose(CONFIG).tokens_per_second(job.model_dir, CONFIG, job.rows) > 100
    assert not (job.work / "checkpoints").exists()


def test_the_loss_is_that_of_the_models_own_logits(job: Job) -> None:
    """Scoring only labelled positions changes nothing: compared with the plain cross-entropy over full logits."""
    import torch
    from transformers import AutoModelForCausalLM
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    from algorand_coder.train.backends.heldout import held_out_loss

    model = AutoModelForCausalLM.from_pretrained(job.model_dir, dtype=torch.float32).eval()
    rows: list[TokenRow] = list(job.rows[:5])
    point = held_out_loss(model, rows, DataCollatorForLanguageModeling(pad_token_id=0), step=0, autocast=torch.no_grad)
    total, count = 0.0, 0
    for row in rows:
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([row.input_ids])).logits[0, :-1]
        labels = torch.tensor(row.labels[1:])
        total += float(torch.nn.functional.cross_entropy(logits, labels, ignore_index=IGNORED, reduction="sum"))
        count += int((labels != IGNORED).sum())
    assert point.tokens == count == sum(row.trained for row in rows)
    assert point.loss == pytest.approx(total / count, abs=1e-5)
