"""A run folder with a small data set, a verifier that reads its verdict out of the code, and the twin of Qwen2."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.dataset.formats import chat
from algorand_coder.pipeline import Engine, Stage, write_jsonl, write_table
from algorand_coder.pipeline.manifest import Manifest, hash_outputs
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import StageReport, run_stage
from algorand_coder.records import (
    Candidate,
    Category,
    Diagnostic,
    Kind,
    Level,
    LevelResult,
    Outcome,
    Pair,
    Provenance,
    Verdict,
)
from algorand_coder.syntax import skeleton
from algorand_coder.train.config import TrainConfig

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
CATEGORIES = (Category.TRANSACTIONS, Category.ASSETS, Category.STATE)


def code(number: int) -> str:
    steps = "\n".join(f"  total += await fee(algorand, {step})" for step in range(number % 4 + 1))
    return (
        "import type { AlgorandClient } from '@algorandfoundation/algokit-utils'\n\n"
        f"export async function sum{number}(algorand: AlgorandClient): Promise<bigint> {{\n"
        f"  let total = {number}n\n{steps}\n  return total\n}}\n"
    )


def row(number: int) -> Pair:
    """Row ``number``: another request, category and length each."""
    return Pair(
        id=f"row-{number:03d}",
        instruction=f"Write `sum{number}`, which adds up what the fees of the sender come to.",
        input="",
        output=code(number),
        strategy="patterns",
        category=CATEGORIES[number % 3],
        kind=Kind.CLIENT,
        target="utils9",
        skeleton=skeleton(code(number)),
        lineage=f"patterns/fees/{number}",
        mined=False,
        provenance=(Provenance("generated", "patterns-1", "fees.py", "MIT", "generated"),),
    )


def repair(of: Pair, broken: str | None = None) -> Pair:
    """The repair row whose answer is that of ``of``."""
    shown = (of.output.replace("bigint", "BROKEN") if broken is None else broken).rstrip()
    made = Provenance("generated", "repair-1", "repair/wrong-type", "MIT", "generated")
    return Pair(
        id=f"fix-{of.id}",
        instruction="This does not type-check. Fix it.",
        input=f"```ts\n{shown}\n```\n\nmain.ts:3:9  TS2304  Cannot find name 'BROKEN'.",
        output=of.output,
        strategy="repair",
        category=of.category,
        kind=of.kind,
        target=of.target,
        skeleton=of.skeleton,
        lineage=of.lineage,
        mined=of.mined,
        provenance=(*of.provenance, made),
    )


def verdict(candidate: Candidate) -> Verdict:
    """What the code says of itself: BROKEN fails at level types, UNJUDGED cannot be judged, all else passes."""
    text = candidate.files[candidate.entry]
    parsed = LevelResult(Level.PARSE, Outcome.PASSED)
    if "UNJUDGED" in text:
        return Verdict(candidate.key, (parsed, LevelResult(Level.TYPES, Outcome.UNJUDGED, reason="no node")))
    if "BROKEN" in text:
        finding = Diagnostic(Level.TYPES, "main.ts", 3, 9, "TS2304", "Cannot find name 'BROKEN'.")
        return Verdict(candidate.key, (parsed, LevelResult(Level.TYPES, Outcome.FAILED, (finding,))))
    return Verdict(candidate.key, (parsed, LevelResult(Level.TYPES, Outcome.PASSED)))


class StandIn:
    """Takes the verifier's place where no tool has to run."""

    def __init__(self, **_: Any) -> None:
        self.asked: list[Candidate] = []

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def check(self, candidates: Sequence[Candidate], *_: Any) -> list[Verdict]:
        self.asked += candidates
        return [verdict(candidate) for candidate in candidates]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for stage in ("dpo", "grpo", "sample"):
        monkeypatch.setattr(f"algorand_coder.posttrain.{stage}.Verifier", StandIn)


def finish(folder: Path) -> None:
    """Write the manifest that says the stage in ``folder`` is done."""
    Manifest(folder.name, "key", {}, {}, {}, hash_outputs(folder), {}, "", 0.0).write(folder)


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    """A run folder whose data set is finished: 9 rows to train on and 3 held out, each with a repair of it."""
    dataset = tmp_path / "run" / "dataset"
    dataset.mkdir(parents=True)
    rows = [row(number) for number in range(12)]
    sides = {each.id: "train" if number < 9 else "validation" for number, each in enumerate(rows)}
    sides |= {f"fix-{name}": side for name, side in sides.items()}
    pairs = [*rows, *map(repair, rows)]
    write_table(dataset / "pairs.parquet", Pair, pairs)
    (dataset / "splits.json").write_text(json.dumps(sides))
    for side in ("train", "validation"):
        write_jsonl(dataset / f"{side}.chat.jsonl", [chat(pair) for pair in pairs if sides[pair.id] == side])
    finish(dataset)
    return tmp_path / "run"


@pytest.fixture
def twin_config(twin_folder: Callable[[str], Path]) -> TrainConfig:
    import torch

    torch.set_num_threads(1)
    return TrainConfig(
        base_model=str(twin_folder("qwen2")),
        dtype="float32",
        lora_r=4,
        lora_alpha=8,
        lora_dropout=0.0,
        gradient_checkpointing=False,
    )


@pytest.fixture
def adapter(run_folder: Path, twin_config: TrainConfig) -> Path:
    """The adapter of stage ``train`` in the run folder; random where a fresh one would be zero."""
    import torch
    from peft import get_peft_model

    from algorand_coder.posttrain.policy import load_policy, open_start, save_policy

    start = open_start(twin_config, "base", {}, print)
    model, fresh = load_policy(start, twin_config)
    worn = get_peft_model(model, fresh)
    torch.manual_seed(11)
    for name, parameter in worn.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.05)
    folder = run_folder / "train" / "adapter"
    folder.mkdir(parents=True)
    save_policy(worn, folder, start, twin_config)
    finish(run_folder / "train")
    return folder


def carry_out(stage: Stage, run_folder: Path, config: Any) -> StageReport:
    return run_stage(stage, run_folder, config, seed=7, engine=Engine(), progress=Progress(quiet=True))
