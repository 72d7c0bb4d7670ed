"""The platforms' own tools, and what they make of a rendered file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.cache import cache_dir
from tests.conftest import IN_CI

TOOLS = ("skypilot==0.14.1", "modal==1.6.4", "nbformat==5.11.0")


@pytest.fixture(scope="session")
def tools() -> Iterator[Path]:
    """The platforms' own tools, in an environment apart: their dependencies do not agree with ours."""
    home = cache_dir("launch-tools")
    python = home / "bin/python"
    done = home / "-".join(TOOLS).replace("==", "-")
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        made = subprocess.run([str(python), "-m", "pip", "install", "-q", *TOOLS], check=False, capture_output=True)
        if made.returncode and not IN_CI:
            pytest.skip("the platforms' tools cannot be installed here")
        assert made.returncode == 0, made.stderr.decode()
        done.touch()
    yield python


def read(tools: Path, rendered: Sequence[Path], home: Path) -> list[dict[str, Any]]:
    """What the tools say of each rendered file."""
    done = subprocess.run(
        [str(tools), str(Path(__file__).with_name("tools.py")), *map(str, rendered)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(home), "SKYPILOT_DISABLE_USAGE_COLLECTION": "1"},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()[-len(rendered) :]]
