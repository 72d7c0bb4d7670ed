"""The stage: accepted pairs in, a data set folder out that a trainer and a hub can read as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from algorand_coder.dataset.card import attribution, data_card, licences, notices
from algorand_coder.dataset.checks import apply_checks
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.counts import count
from algorand_coder.dataset.formats import alpaca, chat
from algorand_coder.dataset.leakage import Leak, nearest_training_rows
from algorand_coder.dataset.split import split_rows
from algorand_coder.dataset.tokens import counter
from algorand_coder.errors import UserError
from algorand_coder.generate.chat import SYSTEM_PROMPT
from algorand_coder.pipeline import Stage, StageContext, read_table, write_jsonl, write_table
from algorand_coder.records import Pair, Reject, digest
from algorand_coder.similarity.evaluation_sets import evaluation_sets, fingerprints

NAME = "dataset"


def run(context: StageContext) -> dict[str, Any]:
    """Check, split and write; returns the counts.

    Raises ``UserError`` when no pair is left, since nothing could be trained on.
    """
    config: DatasetConfig = context.config
    pairs = read_table(context.inputs["instruct"] / "pairs.parquet", Pair)
    context.progress.note(NAME, f"checking {len(pairs):,} pairs")
    tokens = counter(config.tokenizer)
    kept, rejects = apply_checks(pairs, evaluation_sets(), config, tokens)
    if not kept:
        raise UserError(
            f"no pair is left for the data set ({len(pairs)} came from 'instruct', all refused): "
            "look at instruct/rejects.parquet of this run, or collect more sources"
        )
    # Mixed order: a trainer that reads the file as it is sees no long runs of one strategy.
    kept.sort(key=lambda pair: digest([context.seed, pair.id]))
    sides, groups = split_rows(kept, config, context.seed)
    train = [pair for pair, side in zip(kept, sides, strict=True) if side == "train"]
    validation = [pair for pair, side in zip(kept, sides, strict=True) if side == "validation"]
    leaks = nearest_training_rows(validation, train)
    by_id = {pair.id: side for pair, side in zip(kept, sides, strict=True)}
    counts = count(kept, by_id, groups, rejects, leaks, tokens)
    write(context.folder, train, validation, rejects, leaks)
    _write_text(context.folder / "splits.json", json.dumps(dict(sorted(by_id.items())), indent=0) + "\n")
    _write_text(context.folder / "README.md", data_card(counts, licences(kept), config))
    _write_text(
        context.folder / "ATTRIBUTION.md", attribution(kept, notices(context.inputs["collect"] / "sources.json"))
    )
    context.progress.note(
        NAME,
        f"{counts['train']:,} training and {counts['validation']:,} validation rows, {counts['mined']:,} of them "
        f"mined, {counts['distinct_skeletons']:,} distinct skeletons, {len(rejects):,} refused",
    )
    return counts


def write(
    folder: Path, train: Sequence[Pair], validation: Sequence[Pair], rejects: Sequence[Reject], leaks: Sequence[Leak]
) -> None:
    """All tables of the data set, training rows first."""
    for side, rows in (("train", train), ("validation", validation)):
        write_jsonl(folder / f"{side}.jsonl", map(alpaca, rows))
        write_jsonl(folder / f"{side}.chat.jsonl", map(chat, rows))
    write_table(folder / "pairs.parquet", Pair, [*train, *validation])
    write_table(folder / "leakage.parquet", Leak, leaks)
    write_table(folder / "rejects.parquet", Reject, rejects)


def _write_text(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    os.replace(temporary, path)


STAGE = Stage(
    name=NAME,
    consumes=("collect", "instruct"),
    run=run,
    code=(
        "algorand_coder.dataset",
        "algorand_coder.similarity",
        "algorand_coder.syntax.skeletons",
        "algorand_coder.generate.chat",
    ),
    versions=lambda: {**fingerprints(), "system_prompt": digest(SYSTEM_PROMPT)[:16]},
)
