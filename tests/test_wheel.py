"""The built wheel works alone: no repository, no extras, an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRACT = """\
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Adder extends Contract {
  add(a: uint64, b: uint64): uint64 {
    return a + b
  }
}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the wheel and its core dependencies only."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    wheel = next(folder.glob("algorand_coder-*.whl"))
    venv.create(folder / "env", with_pip=True)
    constraints = str(ROOT / "constraints.txt")
    python = folder / "env/bin/python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", "-c", constraints, str(wheel)], check=True)
    return folder / "env/bin"


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    command = [str(installed / "algorand-coder"), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_check_judges_a_contract(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "adder.algo.ts").write_text(CONTRACT)
    (tmp_path / "broken.algo.ts").write_text(CONTRACT.replace("a + b", "a + missing"))
    done = run(installed, tmp_path, "check", "--json", "adder.algo.ts", "broken.algo.ts")
    assert done.returncode == 1, done.stderr
    assert {row["file"]: (row["outcome"], row["level"]) for row in json.loads(done.stdout)} == {
        "adder.algo.ts": ("passed", "compile"),
        "broken.algo.ts": ("failed", "types"),
    }


@pytest.mark.slow
def test_doctor_finds_the_core_complete(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "doctor", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(ROOT) not in done.stdout
