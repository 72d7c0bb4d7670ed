"""Sections and commands: the base model is said once, and a dry run says what would be done."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from algorand_coder.cli import main
from algorand_coder.config import load_config, recipe_names
from algorand_coder.errors import UserError
from algorand_coder.posttrain.config import DpoConfig, GrpoConfig
from algorand_coder.train.config import TrainConfig


@pytest.mark.parametrize("recipe", recipe_names())
def test_what_follows_sft_is_about_the_recipes_own_model(recipe: str) -> None:
    config = load_config(recipe)
    for section in (config.sample, config.dpo, config.grpo):
        assert section.train == config.train
    assert config.rft.base_model == config.train.base_model and config.rft.lora_r == config.train.lora_r


def test_an_override_of_train_reaches_all_and_rft_says_only_what_differs() -> None:
    config = load_config("laptop", ["train.lora_r=5", "rft.epochs=7", "dpo.beta=0.3"])
    assert config.dpo.train.lora_r == config.grpo.train.lora_r == config.sample.train.lora_r == config.rft.lora_r == 5
    assert (config.rft.epochs, config.train.epochs, config.dpo.beta) == (7, 1, 0.3)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("train.lora_rr=5", r"unknown key 'train.lora_rr'.*lora_r"),
        ("dpo.betta=0.1", r"unknown key 'dpo.betta'.*beta"),
        ("grpo.batch_size=3", "batch_size must divide the 8 answers of a step, not 3"),
        ("grpo.start=rest", "grpo.start: input should be 'base', 'train', 'rft' or 'dpo'"),
        ("sample=3", "sample"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_and_where(override: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as found:
        load_config("laptop", [override])
    assert "\n" not in str(found.value) and "more)" not in str(found.value)


def test_defaults_stand_alone() -> None:
    assert DpoConfig().train == GrpoConfig().train == TrainConfig()


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_a_dry_run_says_what_would_be_done(
    run_folder: Path, twin_config: TrainConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "mine.yaml"
    train = {"base_model": twin_config.base_model, "dtype": "float32"}
    recipe.write_text(yaml.safe_dump({"name": "mine", "train": train, "grpo": {"max_steps": 3}}))
    before = sorted(run_folder.rglob("*"))
    options = ("--config", str(recipe), "--run-dir", str(run_folder), "--dry-run")
    assert call("dpo", *options) == 0
    out = capsys.readouterr().out
    assert "9 before judging" in out and "+ train/adapter" in out and "1 of 1 × 16" in out
    assert call("grpo", *options) == 0
    out = capsys.readouterr().out
    assert "3 of 4 prompts × 8 answers" in out and "96, of 768 tokens at most, judged up to compile" in out
    assert call("rft", *options) == 0
    assert "no data set yet" in capsys.readouterr().out
    assert sorted(run_folder.rglob("*")) == before, "a dry run writes nothing"


@pytest.mark.parametrize(
    ("command", "needed"), [("dpo", "dataset"), ("grpo", "dataset"), ("sample", "dataset"), ("rft", "sample")]
)
def test_what_is_missing_is_named(
    command: str, needed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(command, "--run-dir", str(tmp_path / "run")) == 2
    assert f"run 'algorand-coder {needed}' first" in capsys.readouterr().err
