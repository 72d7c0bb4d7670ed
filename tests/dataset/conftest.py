"""A factory for pairs and a way to run the stage on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.stage import STAGE
from algorand_coder.pipeline import Engine, write_table
from algorand_coder.pipeline.manifest import Manifest, hash_outputs
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import StageReport, run_stage
from algorand_coder.records import Category, Kind, Pair, Provenance
from algorand_coder.syntax import skeleton

MakePair = Callable[..., Pair]
RunDataset = Callable[..., StageReport]

CATEGORIES = list(Category)
SOURCES = [
    {
        "name": "kit",
        "revision": "kit@1.0.0",
        "notices": [{"path": "LICENSE", "copyright": ["Copyright (c) 2024 The makers of kit"]}],
    },
    {"name": "older", "revision": "older@0.1.0"},
]


def pair(number: int, **changes: Any) -> Pair:
    """Row ``number``: a function of its own shape (``number`` statements), unlike every other number's."""
    mined = bool(changes.pop("mined", number % 3 == 0))
    words = ("alpha", "bravo", "cedar", "delta", "ember", "fjord", "grove")
    name = words[number % 7].capitalize()
    body = "\n".join(
        f"  const {words[(number * step) % 7]}{step} = {'await ' if (number >> step) & 1 else ''}"
        f"use{words[(number + step) % 7]}({', '.join(words[: (number + step) % 4 + 1])}{number})"
        for step in range(4 + number % 5)
    )
    output = str(
        changes.get("output", f"export async function make{name}{number}() {{\n{body}\n  return {number}\n}}\n")
    )
    path = changes.pop("path", f"src/file{number}.ts")
    origin = (
        Provenance("kit", "kit@1.0.0", path, "MIT", start_line=number + 1, end_line=number + 9)
        if mined
        else Provenance("generated", "1", f"patterns/family{number}", "MIT", tier="generated")
    )
    defaults: dict[str, Any] = {
        "id": f"pair-{number:05d}",
        "instruction": f"Write `make{name}{number}`, which {' '.join(words[i % 7] for i in range(number % 11, 12))}.",
        "input": "",
        "output": output,
        "strategy": "docs" if mined else "patterns",
        "category": CATEGORIES[number % len(CATEGORIES)],
        "kind": Kind.CLIENT,
        "target": "utils9",
        "skeleton": skeleton(output),
        "lineage": f"unit-{number}" if mined else f"family{number}",
        "mined": mined,
        "provenance": (origin,),
    }
    return Pair(**{**defaults, **changes})


@pytest.fixture
def make_pair() -> MakePair:
    return pair


@pytest.fixture
def run_dataset(tmp_path: Path) -> RunDataset:
    """Run the stage over ``pairs`` in ``folder`` (a fresh run folder by default)."""

    def run(pairs: Sequence[Pair], folder: Path | None = None, seed: int = 17, **config: Any) -> StageReport:
        run_folder = folder or tmp_path / "run"
        instruct = run_folder / "instruct"
        instruct.mkdir(parents=True, exist_ok=True)
        write_table(instruct / "pairs.parquet", Pair, pairs)
        collect = run_folder / "collect"
        collect.mkdir(exist_ok=True)
        (collect / "sources.json").write_text(json.dumps(SOURCES))
        Manifest("collect", "key", {}, {}, {}, hash_outputs(collect), {}, "2025-01-01", 1.0).write(collect)
        Manifest("instruct", "key", {}, {}, {}, hash_outputs(instruct), {}, "2025-01-01", 1.0).write(instruct)
        return run_stage(
            STAGE, run_folder, DatasetConfig(**config), seed=seed, engine=Engine(), progress=Progress(quiet=True)
        )

    return run
