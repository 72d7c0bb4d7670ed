"""The prompts of further training: rows of the data set's training side, and never one of an evaluation set."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from algorand_coder.dataset.checks import check_contamination
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.errors import UserError
from algorand_coder.generate.chat import Message, messages
from algorand_coder.pipeline import read_table
from algorand_coder.records import Pair, digest
from algorand_coder.similarity.evaluation_sets import evaluation_sets

DATASET = DatasetConfig()
"""Thresholds of decontamination."""


@dataclass(frozen=True)
class Rows:
    """A data set by its sides."""

    train: list[Pair]
    validation: list[Pair]


@dataclass(frozen=True)
class Tasks:
    """Rows whose requests are put to a model, and how many were left out by reason."""

    rows: list[Pair]
    left_out: dict[str, int] = field(default_factory=dict)


def read_rows(dataset: Path) -> Rows:
    """The rows of a data set folder (``pairs.parquet`` and ``splits.json``). Raises ``UserError`` for a damaged one."""
    try:
        pairs = read_table(dataset / "pairs.parquet", Pair)
        sides = json.loads((dataset / "splits.json").read_text(encoding="utf-8"))
        train = [pair for pair in pairs if sides[pair.id] == "train"]
        return Rows(train, [pair for pair in pairs if sides[pair.id] != "train"])
    except (OSError, ValueError, KeyError) as error:
        words = " ".join(str(error).split())[:120]
        raise UserError(f"{dataset} cannot be read ({words}): run 'algorand-coder dataset --force'") from None


def choose_tasks(
    rows: Sequence[Pair], *, seed: int, count: int | None, fits: Callable[[Pair], bool] = lambda _: True
) -> Tasks:
    """At most ``count`` of ``rows``, evenly over the categories, in an order that depends on ``seed`` and ids alone.

    Rows that share too much with a task of an evaluation set are left out whatever the data set stage thought of them,
    and so are those that do not ``fits``. Raises ``UserError`` when nothing is left.
    """
    sets = evaluation_sets()
    left_out: Counter[str] = Counter()
    queues: dict[str, list[Pair]] = {}
    for row in sorted(rows, key=lambda row: digest([seed, row.id]), reverse=True):
        if check_contamination(row, sets, DATASET) is not None:
            left_out["evaluation-set"] += 1
        elif not fits(row):
            left_out["too-long"] += 1
        else:
            queues.setdefault(row.category, []).append(row)
    chosen: list[Pair] = []
    taken = dict.fromkeys(queues, 0)
    while queues and (count is None or len(chosen) < count):
        category = min(queues, key=lambda name: (taken[name], name))
        chosen.append(queues[category].pop())
        taken[category] += 1
        if not queues[category]:
            del queues[category]
    if not chosen:
        raise UserError(f"none of {len(rows):,} training rows can be asked ({dict(left_out)}): look at the data set")
    return Tasks(chosen, dict(sorted(left_out.items())))


def conversation(row: Pair) -> list[Message]:
    """What a model is asked with."""
    return messages(row.instruction, row.input)
