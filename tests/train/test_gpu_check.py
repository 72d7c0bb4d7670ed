"""The script for a GPU, on a CPU with twins: every step leaves its figures, and a second call has nothing to do."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEPS = ("environment", "packing", "quantization", "experts", "sft", "speed", "answers")


def gpu_check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "scripts" / "gpu_check.sh"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


@pytest.mark.slow
def test_a_dry_run_does_every_step_and_a_second_none(tmp_path: Path) -> None:
    done = gpu_check("--dry-run", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    figures = json.loads((tmp_path / "summary.json").read_text())
    assert set(figures) == set(STEPS)
    assert figures["packing"]["largest_relative_difference"] < 1e-5
    assert "needs a GPU" in figures["experts"]["refused"]
    assert figures["sft"]["validation_loss"][1] < figures["sft"]["validation_loss"][0]
    assert figures["speed"]["tokens_per_second"][0] > 0 < figures["speed"]["trl_tokens_per_second"][0]
    assert len((tmp_path / "answers-tuned.jsonl").read_text().splitlines()) >= 1
    again = gpu_check("--dry-run", "--out", str(tmp_path))
    assert again.returncode == 0
    assert again.stdout.count("done before") == len(STEPS)


def test_it_says_how_it_is_called_and_what_it_needs() -> None:
    usage = gpu_check("--no-such-option")
    assert usage.returncode == 2
    assert "--dry-run" in usage.stderr
    needed = gpu_check("--list-wheels").stdout.split()
    pinned = (ROOT / "constraints.txt").read_text().lower().replace("_", "-").split()
    assert {"trl==1.15.0", "bitsandbytes==0.50.2"} <= set(needed)
    assert {wheel.lower() for wheel in needed} <= set(pinned), "the pins are those of constraints.txt"
