"""Renting: what is rendered is read by the platforms' own tools, and a machine is given back whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from algorand_coder.cli import launch as cli
from algorand_coder.errors import MissingTool, UserError
from algorand_coder.launch.carry_out import carry_out
from algorand_coder.launch.order import Order, Plan, estimate, gpu
from tests.launch.conftest import read

ROW = {"messages": [{"role": "user", "content": "a" * 320}, {"role": "assistant", "content": "b" * 320}]}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a finished data part, as far as launch looks at it."""
    (tmp_path / "pyproject.toml").touch()
    for stage in ("instruct", "dataset"):
        (tmp_path / "runs/mine" / stage).mkdir(parents=True)
        (tmp_path / "runs/mine" / stage / "manifest.json").write_text("{}")
    (tmp_path / "runs/mine/dataset/train.chat.jsonl").write_text(f"{json.dumps(ROW)}\n" * 50)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def launch(*arguments: str) -> str:
    options = ["train", "--config", "qwen2.5-coder-7b", "--run-dir", "runs/mine", *arguments]
    return CliRunner().invoke(cli.command, options, catch_exceptions=False).output


def test_a_dry_run_shows_file_cost_and_commands_and_rents_nothing(checkout: Path) -> None:
    shown = launch("--on", "runpod", "--gpu", "A100", "--set", "train.epochs=2", "--dry-run")
    assert "accelerators: A100:1" in shown
    assert "train --config qwen2.5-coder-7b --run-dir runs/mine --set train.epochs=2" in shown
    assert "~/sky_workdir/runs/mine/dataset: runs/mine/dataset" in shown
    assert "20,000 training tokens in all epochs" in shown
    assert "at $1.89 an hour (the project's plan, 2026-01)" in shown
    assert shown.index("sky launch") < shown.index("rsync") < shown.index("sky down")
    assert not (checkout / "runs/mine/launch").exists()


@pytest.mark.parametrize("platform", ["runpod", "modal", "colab"])
def test_qlora_goes_through_unsloth_with_its_own_pins(checkout: Path, platform: str) -> None:
    pins = "-c constraints/unsloth.txt -e '.[train]' unsloth bitsandbytes"
    quoted = json.dumps(pins)[1:-1]
    assert quoted in launch("--on", platform, "--dry-run")
    assert quoted in launch("--on", platform, "--config", "qwen3-coder-30b-a3b", "--dry-run")
    assert "unsloth" not in launch("--on", platform, "--set", "train.backend=trl", "--dry-run")


def test_an_unknown_price_is_said_and_can_be_given(checkout: Path) -> None:
    assert "no price on file for H100 at lambda" in launch("--on", "lambda", "--gpu", "H100", "--dry-run")
    assert "at $3.0 an hour (given, today)" in launch("--on", "lambda", "--gpu", "H100", "--price", "3", "--dry-run")


def test_options_alone_rent_to_train(checkout: Path) -> None:
    options = ["--on", "runpod", "--config", "qwen2.5-coder-7b", "--run-dir", "runs/mine", "--dry-run"]
    alone = CliRunner().invoke(cli.command, options)
    assert alone.exit_code == 0
    assert alone.output == launch("--on", "runpod", "--dry-run")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--gpu", "A1000"], "unknown GPU 'A1000'"),
        (["--config", "qwen3-coder-30b-a3b", "--set", "train.backend=trl"], "train.quantization=none on an 80 GB GPU"),
        (
            ["--config", "qwen3-coder-30b-a3b", "--set", "train.quantization=none", "--gpu", "A100"],
            "one A100 has 40.0",
        ),
        (["--run-dir", "runs/other"], "no finished data set to send"),
        (["--run-dir", "/runs/mine"], "launch sends the checkout"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_rented(checkout: Path, arguments: list[str], line: str) -> None:
    with pytest.raises(UserError, match=line):
        launch("--on", "runpod", "--dry-run", *arguments)


def test_the_estimate_is_the_arithmetic_it_says() -> None:
    order = Order("x", (), Path("runs/x"), gpu("A100"))
    found = estimate(order, "runpod", 10_000_000, 7e9, None)
    seconds = 6 * 7e9 * 10_000_000 / 312e12
    assert found.hours == pytest.approx((seconds / 0.3 / 3600 + 1, seconds / 0.1 / 3600 + 1))
    assert found.dollars == pytest.approx(tuple(hours * 1.89 for hours in found.hours))


@pytest.fixture
def rented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``work``, ``fail`` and ``stop`` as programs that note that they were called."""
    log = tmp_path / "log"
    for name, code in {"sky": 0, "rsync": 0, "fail": 3}.items():
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {log}\nexit {code}\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return log


def test_the_machine_is_stopped_when_all_went_well(rented: Path) -> None:
    carry_out(Plan((("sky", "launch"), ("rsync", "here")), ("sky", "down")))
    assert rented.read_text().splitlines() == ["sky launch", "rsync here", "sky down"]


def test_the_machine_is_stopped_when_training_failed(rented: Path) -> None:
    with pytest.raises(UserError, match="this failed, and the machine was stopped: fail now"):
        carry_out(Plan((("fail", "now"), ("rsync", "here")), ("sky", "down")))
    assert rented.read_text().splitlines() == ["fail now", "sky down"]


def test_a_machine_that_will_not_stop_is_said_aloud(rented: Path) -> None:
    with pytest.raises(UserError, match="may still run and cost money: fail down"):
        carry_out(Plan((("sky", "launch"),), ("fail", "down")))


def test_an_interrupted_run_stops_the_machine(rented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def interrupted(line: tuple[str, ...], **named: object) -> object:
        if line[0] == "rsync":
            raise KeyboardInterrupt
        return real(line, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        carry_out(Plan((("sky", "launch"), ("rsync", "here")), ("sky", "down")))
    assert rented.read_text().splitlines() == ["sky launch", "sky down"]


def test_a_missing_tool_rents_nothing(rented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (rented.parent / "bin/rsync").unlink()
    monkeypatch.setenv("PATH", str(rented.parent / "bin"))
    with pytest.raises(MissingTool, match="rsync is not installed"):
        carry_out(Plan((("sky", "launch"), ("rsync", "here")), ("sky", "down")))
    assert not rented.exists()


MODAL_TRAIN = {
    "gpus": [["A100-80GB", 1]],
    "volumes": {
        "/opt/algorand-coder/runs/mine/train": "algorand-coder-mine-train",
        "/weights": "algorand-coder-weights",
    },
    "secrets": [],
    "seconds": [86_400, 86_400],
    "port": None,
}
EXPECTED: dict[str, dict[str, object]] = {
    "runpod": {"cloud": "runpod", "accelerators": {"A100-80GB": 1}, "autostop": True},
    "lambda": {"cloud": "lambda"},
    "kubernetes": {"cloud": "kubernetes"},
    "modal": {"functions": {"train": MODAL_TRAIN}},
    "colab": {},
}


@pytest.mark.slow
def test_the_platforms_own_tools_read_what_is_rendered(
    tools: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("algorand_coder.launch.fits.expect_fit", lambda config, on: None)
    monkeypatch.setattr("algorand_coder.launch.carry_out.carry_out", lambda plan: None)
    for platform in EXPECTED:
        launch("--on", platform)
    rendered = [next((checkout / "runs/mine/launch").glob(f"*-{platform}.*")) for platform in EXPECTED]
    found = read(tools, rendered, checkout)
    assert {each["name"] for each in found} == {"algorand-coder-mine"}
    for each, expected in zip(found, EXPECTED.values(), strict=True):
        assert {key: each[key] for key in expected} == expected
