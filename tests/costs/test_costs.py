"""Every row of the plan's tables, with prices from the dated tables alone and figures of a run told from estimates."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from algorand_coder.cli.costs import amount, command
from algorand_coder.costs.budget import Row
from algorand_coder.costs.measured import read_run
from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints.prices import PRICES
from algorand_coder.launch import order
from algorand_coder.pipeline.manifest import Manifest

BILL = {"answers": 900, "dollars": 31.5, "unsettled_dollars": 0.5}
TRAINING: dict[str, Any] = {
    "tokens": {"train": {"tokens_at_hand": 2_000_000}},
    "train_tokens": 90_000,
    "training_seconds": 7200.0,
    "device": "cpu",
}


def finish(folder: Path, stage: str, counts: dict[str, Any], seconds: float = 360.0, **config: Any) -> None:
    (folder / stage).mkdir(parents=True, exist_ok=True)
    started = f"2026-11-22T{['collect', 'instruct', 'train', 'evaluate'].index(stage):02}:00:00+00:00"
    Manifest(stage, "k", {}, config, {}, {}, counts, started, seconds).write(folder / stage)


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    finish(tmp_path, "instruct", {"synthesis": {"skipped": "no model is configured"}})
    finish(tmp_path, "train", TRAINING, base_model="small")
    finish(tmp_path, "collect", {})
    answers = {"name": "small", "completion_tokens": 700, "dollars": 1.25}
    finish(tmp_path, "evaluate", {"models": {"base": answers, "tuned": {**answers, "dollars": None}}})
    return tmp_path


def costs(folder: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    options = ["--run-dir", str(folder), "--config", "qwen2.5-coder-7b", *arguments, "--json"]
    shown = CliRunner().invoke(command, options, catch_exceptions=False).output
    return {row["item"]: row for row in json.loads(shown)["rows"]}


def test_every_row_of_the_plan_is_there_with_dated_prices(run_folder: Path) -> None:
    found = costs(run_folder, "--price", "lambda=1.29", "--tokens-per-second", "1000")
    gpus = yaml.safe_load(Path(order.__file__).with_name("gpus.yaml").read_text())
    for platform in ("runpod", "modal"):
        row, price = found[f"{platform} A100"], gpus["prices"][platform]["A100"]
        assert (row["low"], row["basis"], row["per"]) == (price["dollars"], "listed", "hour")
        assert price["date"] in row["how"]
    assert found["lambda"]["how"].endswith("lambda $1.29/h (given, today)")
    training = found["GPU training (A100, the plan: 20-40 h)"]
    best, worst = order.hours(order.gpu("A100"), 6_000_000, 7_615_616_512)
    assert training["basis"] == "estimated"
    assert "6,000,000 tokens in 3 epochs (counted by the tokenizer of small)" in training["how"]
    assert training["low"] == pytest.approx(best * 1.29)
    assert training["high"] == pytest.approx(worst * 2.78)
    hosting, total = found["Hosting/inference (first month)"], found["Total to MVP"]
    assert (hosting["low"], hosting["high"]) == (pytest.approx(50 * 1.29), pytest.approx(50 * 2.78))
    assert total["low"] == pytest.approx(training["low"] + hosting["low"])
    assert total["basis"] == "unknown"
    assert "without LLM API" in total["how"], "its units are missing in this run"
    assert found["training, as run"]["how"].startswith("2.00 h on cpu, 90,000 tokens")
    assert found["Self-hosted, by the token"]["high"] == pytest.approx(2.78 / 3600)
    for name, price in yaml.safe_load(PRICES.read_text())["prices"].items():
        item = f"Cloud API ({name}, prompt to completion)"
        if item in found:
            listed = (found[item]["low"], found[item]["high"])
            assert listed == (price["prompt"] / 1000, price["completion"] / 1000)
    assert {row["plan"] for row in found.values()} >= {
        "$30-80 (3.2, strategy B: $20-50)",
        "$80-200",
        "$50-100",
        "$160-380 (budget: $150-400)",
        "$50-150",
        "$1.89/h",
        "$2.78/h",
        "$49.99/month",
        "~$1-2/h when running",
        "~$0.001-0.002/1K tokens",
    }


def test_what_a_run_paid_takes_the_place_of_estimates(run_folder: Path) -> None:
    report = {"bill": BILL, "model": "gpt-4o", "price": "page, 2026-03"}
    finish(run_folder, "instruct", {"synthesis": report})
    finish(run_folder, "train", TRAINING | {"device": "cuda:0"}, base_model="small")
    found = costs(run_folder)
    synthesis = found["LLM API for instruction generation"]
    assert (synthesis["low"], synthesis["high"], synthesis["basis"]) == (32.0, 32.0, "measured")
    assert synthesis["how"] == "900 answers of gpt-4o (page, 2026-03)"
    training = found["GPU training (A100, the plan: 20-40 h)"]
    assert (training["low"], training["high"]) == (pytest.approx(2 * 1.89), pytest.approx(2 * 2.78))
    assert training["basis"] == "measured"
    assert found["Total to MVP"]["how"] == "sum of the plan's lines"


def test_unknown_prices_are_said_to_be_unknown(run_folder: Path) -> None:
    found = costs(run_folder, "--gpu", "H100")
    for item in ("Hosting/inference (first month)", "Self-hosted (vLLM/Ollama)", "lambda", "modal"):
        assert found[item]["basis"] == "unknown"
        assert "--price" in found[item]["how"]


def test_figures_of_a_run_are_read_in_the_order_of_its_stages(run_folder: Path) -> None:
    measured = read_run(run_folder)
    assert list(measured.hours) == ["collect", "instruct", "train", "evaluate"]
    assert measured.hours["train"] == 0.1
    assert (measured.answers_dollars, measured.trained_tokens) == (1.25, 90_000)
    assert asdict(measured)["epoch_tokens"] == 2_000_000


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--price", "runpod"], "PLATFORM=DOLLARS"),
        (["--price", "runpod=-1"], "PLATFORM=DOLLARS"),
        (["--price", "runpod=nan"], "PLATFORM=DOLLARS"),
        (["--gpu", "A1000"], "unknown GPU"),
        (["--run-dir", "nowhere"], "holds no finished stage"),
    ],
)
def test_what_cannot_be_costed_is_refused_with_one_line(run_folder: Path, arguments: list[str], line: str) -> None:
    with pytest.raises(UserError, match=line):
        CliRunner().invoke(command, ["--run-dir", str(run_folder), *arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("low", "high", "per", "shown"),
    [
        (None, None, "", "?"),
        (3.0, None, "", "from $3.00"),
        (1.0, 1.0, "hour", "$1.00/h"),
        (1.0, 2.5, "month", "$1.00-2.50/month"),
        (0.002, 0.01, "1K tokens", "$0.0020-0.0100/1K"),
    ],
)
def test_dollars_are_shown_with_what_they_are_for(low: float | None, high: float | None, per: str, shown: str) -> None:
    assert amount(Row("t", "i", "", low, high, per, "listed", "")) == shown
