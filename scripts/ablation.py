"""What single strategies of the data set are worth: the same training with them and without them.

usage: python scripts/ablation.py RUN OUT [--without repair,patterns] [--seeds 1,2,3] [--set KEY=VALUE …]

RUN is a finished run, whose data set is read. Every arm trains on as many tokens of the rows that it keeps, with every
seed, and is measured on the same held-out rows: rows of strategies that all arms train on, drawn once. OUT gets a run
folder an arm and seed, and ``ablation.md`` with mean and standard deviation over the seeds. Call it again to go on
where it was stopped: what is finished stays.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from statistics import fmean, stdev

from algorand_coder.cli.stages import run_stages
from algorand_coder.config import load_config
from algorand_coder.dataset.finished import DataSet, read_data_set
from algorand_coder.dataset.formats import chat
from algorand_coder.errors import UserError
from algorand_coder.pipeline import manifest as manifests
from algorand_coder.pipeline import write_jsonl, write_table
from algorand_coder.records import Pair, digest

SMALL = (
    "train.max_train_tokens=16000",
    "train.max_minutes=null",
    "train.max_row_tokens=384",
    "train.validation_rows=null",
    "evaluate.most_problems=20",
    "evaluate.level=types",
    "evaluate.inspect_logs=false",
)
"""The small size; ``--set`` comes after it and wins."""
HELD_OUT = 64
"""Held-out rows that every arm is measured on."""
SHORT = 1_200
"""Characters of a row that fits into a row of training at the small size."""
LEVELS = ("parse", "types", "compile", "behave")


@dataclass(frozen=True)
class Arm:
    """One way of choosing the training rows."""

    name: str
    without: frozenset[str]


def arms(strategies: Sequence[str]) -> list[Arm]:
    """All rows; without each strategy; without any of them."""
    single = [Arm(f"without {name}", frozenset({name})) for name in strategies]
    both = [Arm(f"without {' and '.join(strategies)}", frozenset(strategies))] if len(strategies) > 1 else []
    return [Arm("all strategies", frozenset()), *single, *both]


def held_out(data: DataSet, strategies: Iterable[str], count: int) -> list[Pair]:
    """Validation rows of the other strategies, evenly over the categories, the same ones every time; short ones first,
    for what does not fit into a row of training is not measured either.

    Raises ``UserError`` when there are none.
    """
    left_out = set(strategies)
    rows = [pair for pair in data.side("validation") if pair.strategy not in left_out]
    if not rows:
        raise UserError("no validation row is of a strategy that every arm trains on")
    queues: dict[str, list[Pair]] = {}
    for pair in sorted(rows, key=lambda pair: (_characters(pair) > SHORT, digest(pair.id))):
        queues.setdefault(pair.category, []).append(pair)
    turns = zip_longest(*(queues[name] for name in sorted(queues)))
    return [pair for turn in turns for pair in turn if pair is not None][:count]


def _characters(pair: Pair) -> int:
    return len(pair.instruction) + len(pair.input) + len(pair.output)


def write_arm(data: DataSet, arm: Arm, rows: Sequence[Pair], folder: Path) -> None:
    """A data set folder of ``arm``, with ``rows`` held out; left alone where it is there."""
    key = digest([data.manifest.outputs, sorted(arm.without), [pair.id for pair in rows]])
    finished = manifests.load(folder)
    if finished and finished.key == key and manifests.first_mismatch(folder, finished) is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    train = [pair for pair in data.side("train") if pair.strategy not in arm.without]
    write_jsonl(folder / "train.chat.jsonl", map(chat, train))
    write_jsonl(folder / "validation.chat.jsonl", map(chat, rows))
    write_table(folder / "pairs.parquet", Pair, [*train, *rows])
    counts = {"train": len(train), "validation": len(rows)}
    replace(data.manifest, key=key, outputs=manifests.hash_outputs(folder), counts=counts).write(folder)


def measured(run: Path) -> dict[str, float]:
    """Held-out perplexity and benchmark rates of one finished run."""
    train = manifests.load(run / "train")
    scores = json.loads((run / "evaluate/scores.json").read_text(encoding="utf-8"))
    (model,) = scores["models"].values()
    found = {"perplexity": train.counts["perplexity"], "rows": train.counts["train_rows"]} if train else {}
    return found | {level: model["rates"][level]["rate"] for level in LEVELS if level in model["rates"]}


def page(results: Mapping[str, Sequence[Mapping[str, float]]], about: Sequence[str]) -> Iterator[str]:
    """The lines of the Markdown page: an arm a row, mean ± standard deviation over its seeds."""
    columns = [
        name
        for name in ("rows", "perplexity", *LEVELS)
        if any(name in run for runs in results.values() for run in runs)
    ]
    yield from ("# Ablation", "", *about, "")
    yield f"| training rows | {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * len(columns)}"
    for name, runs in results.items():
        yield f"| {name} | {' | '.join(_cell(column, [run[column] for run in runs]) for column in columns)} |"
    yield ""


def _cell(column: str, values: Sequence[float]) -> str:
    scale, digits = (1.0, 3) if column == "perplexity" else (1.0, 0) if column == "rows" else (100.0, 1)
    mean = f"{fmean(values) * scale:.{digits}f}"
    spread = f" ± {stdev(values) * scale:.{digits}f}" if len(values) > 1 else ""
    return f"{mean}{spread}{' %' if scale > 1 else ''}"


def main(argv: Sequence[str]) -> None:
    """Train, measure and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", default="repair,patterns", help="Strategies to leave out, by comma.")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--held-out", type=int, default=HELD_OUT, help="Rows that perplexity is measured on.")
    parser.add_argument("--config", default="laptop")
    parser.add_argument("--set", action="append", default=[], dest="overrides", metavar="KEY=VALUE")
    asked = parser.parse_args(argv)
    write_page(ablate(asked), asked)


def ablate(asked: argparse.Namespace) -> dict[str, list[dict[str, float]]]:
    """Results of every arm, a dictionary a seed."""
    data = read_data_set(asked.run)
    strategies = asked.without.split(",")
    if unknown := set(strategies) - {pair.strategy for pair in data.pairs}:
        raise UserError(f"--without: no row of {asked.run} is of strategy {sorted(unknown)[0]!r}")
    rows = held_out(data, strategies, asked.held_out)
    results: dict[str, list[dict[str, float]]] = {}
    for arm in arms(strategies):
        for seed in map(int, asked.seeds.split(",")):
            run = asked.out / f"{arm.name.replace(' ', '-')}-{seed}"
            write_arm(data, arm, rows, run / "dataset")
            settings = [*SMALL, *asked.overrides, f"seed={seed}", "evaluate.models=[tuned]"]
            run_stages(("train", "evaluate"), load_config(asked.config, settings), run)
            results.setdefault(arm.name, []).append(measured(run))
    return results


def write_page(results: Mapping[str, Sequence[Mapping[str, float]]], asked: argparse.Namespace) -> None:
    """``ablation.md`` in the output folder."""
    config = load_config(asked.config, [*SMALL, *asked.overrides])
    budget = f"{config.train.max_train_tokens:,}" if config.train.max_train_tokens else "all"
    about = (
        f"{config.train.base_model}, {budget} training tokens for every arm, seeds {asked.seeds}; mean ± standard",
        f"deviation over the seeds. Perplexity on the same {asked.held_out} held-out rows at most, of strategies that",
        "every arm trains on; rates of answers to the benchmark's problems that pass a level.",
    )
    (asked.out / "ablation.md").write_text("\n".join(page(results, about)), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except UserError as error:
        sys.exit(f"ablation: {error}")
