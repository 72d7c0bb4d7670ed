"""The page of guards names tests; each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_on_the_page_exists() -> None:
    named = re.findall(r"`([\w/.]+\.py)::(\w+)`", (ROOT / "docs" / "results" / "guards.md").read_text("utf-8"))
    assert len(named) > 25
    for file, test in named:
        path = ROOT / file if "/" in file else Path(__file__).parent / file
        assert f"def {test}(" in path.read_text("utf-8"), f"{file}::{test}"
