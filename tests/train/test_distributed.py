"""Two processes over gloo train what one process trains, with every weight sharded between them."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from algorand_coder.errors import UserError
from algorand_coder.train.backends import Job, choose
from algorand_coder.train.backends.sharding import check_sharded
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.distributed import check_division, is_first, share

LORA = TrainConfig(
    base_model="twin",
    dtype="float32",
    lora_r=4,
    lora_alpha=8,
    lora_dropout=0.0,
    learning_rate=5e-3,
    batch_size=3,
    gradient_accumulation=2,
    epochs=1,
    save_every=2,
    gradient_checkpointing=False,
)


@pytest.mark.slow
def test_two_processes_train_what_one_trains(twin_job: Callable[[str, TrainConfig], Job], tmp_path: Path) -> None:
    """Losses, gradients and weights, with a last step that is too short for both; and a kill in between."""
    configs = {
        "full": LORA.model_copy(update={"method": "full", "learning_rate": 1e-3, "max_steps": 2}),
        "packed": LORA.model_copy(update={"packing": True}),
    }
    whole = twin_job("qwen2", LORA)

    def job(name: str, where: str) -> Job:
        work = tmp_path / where / name
        work.mkdir(parents=True)
        return replace(whole, config=configs[name], work=work, output=work / "weights")

    alone = {name: choose(configs[name]).train(job(name, "one")) for name in configs}
    folder = tmp_path / "jobs"
    folder.mkdir()
    shared = {name: job(name, "two") for name in configs}
    for name, each in shared.items():
        (folder / f"{name}.job").write_bytes(pickle.dumps(each))
    (folder / "then-killed.job").write_bytes(pickle.dumps(shared["packed"]))  # its last checkpoint is taken away
    *together, resumed = launch(folder)
    assert resumed["resumed_from"] == 4
    assert resumed["steps"] == [
        {**step, "tokens_per_second": ANY, "loader_share": ANY} for step in together[1]["steps"]
    ]
    for name, result in zip(configs, together, strict=True):
        one = alone[name]
        assert result["sharded"], f"{name}: weights were whole on each process"
        assert result["trainable"] == one.trainable_parameters
        assert result["total"] == one.total_parameters
        for key in ("loss", "grad_norm", "learning_rate", "tokens"):
            expected = [getattr(step, key) for step in one.history.steps]
            assert [step[key] for step in result["steps"]] == pytest.approx(expected, rel=2e-5), (name, key)
        assert [p["loss"] for p in result["held_out"]] == pytest.approx(
            [p.loss for p in one.history.held_out], abs=2e-6
        )
        same_weights(tmp_path / "one" / name / "weights", tmp_path / "two" / name / "weights")


def launch(folder: Path) -> list[dict[str, Any]]:
    """Run the jobs in ``folder`` under torchrun; the first process's results."""
    command = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [sys.executable, *command, str(Path(__file__).with_name("sharded_worker.py")), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    results: list[dict[str, Any]] = json.loads((folder / "result-0.json").read_text())
    return results


def same_weights(one: Path, two: Path) -> None:
    import torch
    from safetensors.torch import load_file

    first, second = (load_file(next(folder.glob("*.safetensors"))) for folder in (one, two))
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        torch.testing.assert_close(second[name], tensor, rtol=1e-4, atol=1e-5)


def test_a_whole_weight_is_refused() -> None:
    import torch

    with pytest.raises(UserError, match=r"2 weights are whole on each of .* \(first weight\)"):
        check_sharded(torch.nn.Linear(2, 2))


def test_processes_must_divide_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_division(8) == 8
    monkeypatch.setenv("WORLD_SIZE", "3")
    with pytest.raises(UserError, match=r"3 processes cannot share a step of 8 .*multiple of 3"):
        check_division(8)


def test_one_process_shares_with_nobody() -> None:
    assert is_first()
    assert share("value") == "value"
