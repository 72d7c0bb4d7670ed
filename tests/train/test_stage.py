"""The stage as the pipeline runs it: files, counts, resume state, and what the command's flags print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.pipeline import Engine, write_jsonl
from algorand_coder.pipeline.manifest import Manifest, hash_outputs
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import StageReport, run_stage
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.dry_run import dry_run
from algorand_coder.train.show import show_first_masks
from algorand_coder.train.stage import STAGE

Row = Callable[[int], dict[str, Any]]


@pytest.fixture
def run_folder(tmp_path: Path, chat_row: Row) -> Path:
    """A run folder whose data set stage is finished."""
    dataset = tmp_path / "run" / "dataset"
    dataset.mkdir(parents=True)
    write_jsonl(dataset / "train.chat.jsonl", map(chat_row, range(12)))
    write_jsonl(dataset / "validation.chat.jsonl", map(chat_row, range(20, 26)))
    Manifest("dataset", "key", {}, {}, {}, hash_outputs(dataset), {}, "", 0.0).write(dataset)
    return tmp_path / "run"


@pytest.fixture
def config(tiny_model: Path) -> TrainConfig:
    return TrainConfig(
        base_model=str(tiny_model),
        dtype="float32",
        lora_r=4,
        learning_rate=5e-3,
        gradient_accumulation=1,
        epochs=1,
        max_train_tokens=1200,
        max_minutes=5.0,
        validation_rows=3,
        gradient_checkpointing=False,
    )


def train(run_folder: Path, config: TrainConfig) -> StageReport:
    return run_stage(STAGE, run_folder, config, seed=7, engine=Engine(), progress=Progress(quiet=True))


def test_outputs_and_counts(run_folder: Path, config: TrainConfig) -> None:
    report = train(run_folder, config)
    folder, counts = run_folder / "train", report.manifest.counts
    assert sorted(path.name for path in (folder / "adapter").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
        ADAPTER_RECORD,
        "chat_template.jinja",
    ]
    history = json.loads((folder / "history.json").read_text())
    assert [step["step"] for step in history["steps"]] == list(range(1, counts["steps"] + 1))
    assert {"loss", "learning_rate", "grad_norm", "tokens", "tokens_per_second"} <= set(history["steps"][0])
    assert [point["step"] for point in history["eval"]] == [0, counts["steps"]]
    assert history["eval"][0]["perplexity"] > history["eval"][-1]["perplexity"] > 1
    assert counts["validation_loss"] < counts["validation_loss_before"]
    assert counts["train_tokens"] <= 1200
    assert counts["validation_rows"] == 3
    assert counts["peak_rss_bytes"] > 0
    tokens = json.loads((folder / "tokens.json").read_text())
    assert tokens["train"]["rows"] == counts["train_rows"]
    assert tokens["train"]["rows"] + sum(tokens["train"]["left_out"].values()) == 12
    assert not (folder / "work").exists()
    assert train(run_folder, config).reused


def test_the_adapter_says_what_it_was_trained_with(run_folder: Path, config: TrainConfig) -> None:
    counts = train(run_folder, config).manifest.counts
    record = json.loads((run_folder / "train" / "adapter" / ADAPTER_RECORD).read_text())
    assert record["base_model"] == config.base_model
    assert record["chat_template_sha256"] == counts["chat_template_sha256"]
    assert record["dtype"] == "float32"


def test_another_template_at_generation_is_refused(run_folder: Path, config: TrainConfig, tokenizer: Any) -> None:
    from algorand_coder.generate.transformers_engine import TransformersEngine

    train(run_folder, config)
    adapter = run_folder / "train" / "adapter"
    assert TransformersEngine(config.base_model, adapter, device="cpu").generate(
        [[{"role": "user", "content": "hi"}]], 4
    )
    record = json.loads((adapter / ADAPTER_RECORD).read_text())
    (adapter / ADAPTER_RECORD).write_text(json.dumps({**record, "chat_template_sha256": "0" * 64}))
    with pytest.raises(UserError, match="another chat template"):
        TransformersEngine(config.base_model, adapter, device="cpu")


def test_an_interrupted_run_is_not_thrown_away_for_another_recipe(
    run_folder: Path, config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hours of checkpoints stay until a person decides; the old recipe goes on from them."""
    monkeypatch.setattr("algorand_coder.train.stage.write_record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        train(run_folder, config.model_copy(update={"save_every": 1}))
    monkeypatch.undo()
    with pytest.raises(UserError, match=r"the adapter's shape changed \(lora_r 4, now 8\)"):
        train(run_folder, config.model_copy(update={"save_every": 1, "lora_r": 8}))
    counts = train(run_folder, config).manifest.counts
    assert counts["resumed_from"] == counts["steps"]


def test_what_was_left_before_the_first_checkpoint_is_forgotten(run_folder: Path, config: TrainConfig) -> None:
    work = run_folder / "train" / "work"
    (work / "best").mkdir(parents=True)
    (work / "budget.json").write_text('{"tokens": 17, "tokens_per_second": 1.0}')
    (work / "checkpoints" / "checkpoint-3").mkdir(parents=True)
    assert train(run_folder, config).manifest.counts["train_tokens"] > 17


def test_a_broken_row_stops_before_the_model_is_loaded(run_folder: Path, config: TrainConfig) -> None:
    path = run_folder / "dataset" / "train.chat.jsonl"
    path.write_text(path.read_text() + "{}\n")
    with pytest.raises(UserError, match=r"train\.chat\.jsonl:13: 'messages'"):
        train(run_folder, config)


def test_dry_run_of_a_big_recipe_needs_no_weights(run_folder: Path) -> None:
    console = Console(record=True, width=140)
    config = TrainConfig(base_model="Qwen/Qwen3-Coder-30B-A3B-Instruct", quantization="nf4")
    dry_run(console, config, run_folder / "dataset")
    text = console.export_text()
    assert "30.53 billion, 28.99 of them experts" in text
    assert "q_proj × 48" in text
    assert "the run would be refused" in text
    assert "12 training and 6 validation rows" in text


def test_dry_run_reports_broken_data_and_missing_data(run_folder: Path, config: TrainConfig, tmp_path: Path) -> None:
    console = Console(record=True, width=140)
    dry_run(console, config, tmp_path / "nothing")
    assert "holds no data set yet" in console.export_text()
    (run_folder / "dataset" / "validation.chat.jsonl").write_text("nonsense\n")
    with pytest.raises(UserError, match=r"validation\.chat\.jsonl:1: not JSON"):
        dry_run(console, config, run_folder / "dataset")


def test_show_masks_prints_the_row_and_colours_what_is_trained(run_folder: Path, config: TrainConfig) -> None:
    console = Console(record=True, width=200, force_terminal=True)
    show_first_masks(console, config, run_folder / "dataset", 2)
    text = console.export_text(clear=False)
    assert "row row-000:" in text and "row row-001:" in text and "row row-002:" not in text
    assert "tokens carry loss" in text
    styled = console.export_text(styles=True)
    greens = ("\x1b[1;30;42m", "\x1b[30;102m")
    assert sum(styled.count(green + "export") for green in greens) == 2
    first = min(styled.index(green) for green in greens)
    assert styled[first:].startswith(tuple(green + "export" for green in greens)), "nothing before the answer is green"
