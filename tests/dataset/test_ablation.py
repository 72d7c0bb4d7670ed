"""The ablation trains every arm on its rows alone, measures all on the same ones, and goes on where it stopped."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from algorand_coder.dataset.finished import read_data_set
from algorand_coder.errors import UserError
from algorand_coder.pipeline import read_table
from algorand_coder.pipeline.stage import StageReport
from algorand_coder.records import Pair

SCRIPT = Path(__file__).parents[2] / "scripts/ablation.py"
RunDataset = Callable[..., StageReport]
MakePair = Callable[..., Pair]


@pytest.fixture(scope="module")
def ablation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ablation", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["ablation"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> Path:
    strategies = ("docs", "patterns", "repair")
    run_dataset([make_pair(n, strategy=strategies[n % 3]) for n in range(90)])
    return tmp_path / "run"


def test_arms_leave_out_what_they_say_and_are_measured_alike(ablation: ModuleType, run: Path, tmp_path: Path) -> None:
    data = read_data_set(run)
    rows = ablation.held_out(data, ["repair", "patterns"], 6)
    assert {pair.strategy for pair in rows} == {"docs"}
    at_hand = {pair.category for pair in data.side("validation") if pair.strategy == "docs"}
    assert {pair.category for pair in rows} == at_hand
    for arm in ablation.arms(["repair", "patterns"]):
        ablation.write_arm(data, arm, rows, tmp_path / arm.name)
        pairs = read_table(tmp_path / arm.name / "pairs.parquet", Pair)
        assert pairs[-len(rows) :] == rows
        assert {pair.strategy for pair in pairs} == {"docs", "patterns", "repair"} - arm.without
        assert not {pair.id for pair in pairs} & {pair.id for pair in data.side("validation")} - {p.id for p in rows}


def test_the_page_has_mean_and_spread(ablation: ModuleType) -> None:
    runs = [{"rows": 10, "perplexity": 2.0, "parse": 0.25}, {"rows": 12, "perplexity": 3.0, "parse": 0.75}]
    lines = list(ablation.page({"all strategies": runs, "without repair": runs[:1]}, ["About."]))
    assert "| all strategies | 11 ± 1 | 2.500 ± 0.707 | 50.0 ± 35.4 % |" in lines
    assert "| without repair | 10 | 2.000 | 25.0 % |" in lines


def test_an_unknown_strategy_is_refused(ablation: ModuleType, run: Path, tmp_path: Path) -> None:
    asked = argparse.Namespace(run=run, out=tmp_path / "out", without="repair,poems", held_out=4)
    with pytest.raises(UserError, match="'poems'"):
        ablation.ablate(asked)


@pytest.mark.slow
def test_it_trains_measures_and_goes_on(
    ablation: ModuleType,
    run: Path,
    tmp_path: Path,
    twin_folder: Callable[[str], Path],
    require_tool: Callable[..., str],
) -> None:
    require_tool("node")
    settings = {
        "train.base_model": twin_folder("qwen2"),
        "train.max_train_tokens": 3000,
        "train.max_row_tokens": 1024,
        "evaluate.most_problems": 1,
        "evaluate.max_new_tokens": 16,
        "evaluate.level": "parse",
    }
    overrides = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
    call = [str(run), str(tmp_path / "out"), "--without", "repair", "--seeds", "1", "--held-out", "5", *overrides]
    ablation.main(call)
    page = (tmp_path / "out/ablation.md").read_text()
    assert {"| all strategies |", "| without repair |"} <= {line[: line.find("|", 2) + 1] for line in page.split("\n")}
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("manifest.json")}
    assert len(before) == 6
    ablation.main(call)
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("manifest.json")}
    assert (tmp_path / "out/ablation.md").read_text() == page
