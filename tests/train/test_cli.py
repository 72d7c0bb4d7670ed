"""``algorand-coder train`` as a person calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from algorand_coder.cli import main
from algorand_coder.config import load_config
from algorand_coder.pipeline import write_jsonl


def call(*arguments: str) -> int:
    """Exit code of ``algorand-coder train …``."""
    with pytest.raises(SystemExit) as ended:
        main(["train", *arguments])
    return int(ended.value.code or 0)


@pytest.mark.parametrize("recipe", ["qwen3-coder-30b-a3b", "nemotron-3-nano-30b-a3b", "qwen2.5-coder-7b"])
def test_the_big_recipes_pass_a_dry_run(recipe: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--config", recipe, "--run-dir", str(tmp_path), "--dry-run") == 0
    out = capsys.readouterr().out
    assert load_config(recipe).train.base_model in out
    assert "A100 or H100 80 GB" in out
    assert "overhead" in out
    assert list(tmp_path.iterdir()) == [], "a dry run writes nothing"


def test_a_config_value_out_of_range_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--run-dir", str(tmp_path), "--set", "train.lora_r=0", "--dry-run") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_show_masks_reads_the_runs_data(
    tiny_model: Path, chat_row: Callable[[int], dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "mine.yaml"
    config.write_text(yaml.safe_dump({"name": "mine", "train": {"base_model": str(tiny_model)}}))
    (tmp_path / "run" / "dataset").mkdir(parents=True)
    write_jsonl(tmp_path / "run" / "dataset" / "train.chat.jsonl", map(chat_row, range(3)))
    assert call("--config", str(config), "--run-dir", str(tmp_path / "run"), "--show-masks", "2") == 0
    out = capsys.readouterr().out
    assert out.count("tokens carry loss") == 2


def test_without_a_data_set_the_line_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--run-dir", str(tmp_path), "--show-masks", "1") == 2
    assert "run the dataset stage first" in capsys.readouterr().err
