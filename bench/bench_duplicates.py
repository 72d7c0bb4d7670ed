"""Near-duplicates among synthetic units: texts a minute and memory, beside datatrove's MinHash pipeline.

``python bench/bench_duplicates.py 1000000`` measures another number of units than the 20,000 of ``make bench``.
Datatrove is no part of this package: name an interpreter that has it in ``DATATROVE_PYTHON`` to measure it too.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from algorand_coder.pipeline import Engine
from algorand_coder.similarity import ShingleSets, keep_first, shingle_array
from algorand_coder.syntax import code_tokens

Row = tuple[str, str, str, str, str]

UNITS = 20_000
WORKERS = min(2, os.cpu_count() or 1)
BATCH = 1_000
COPIES = 0.25
"""Share of the units that are edited copies of another one."""
DATATROVE = "DATATROVE_PYTHON"


STATEMENTS = (
    "const # = await # . # ( { # , # : # } )",
    "if ( # . # !== # ) { throw new # ( # ) }",
    "const # = # ( # , # )",
    "return # . # ( # )",
    "# . # = # ?? #",
    "for ( const # of # . # ) { # ( # ) }",
    "expect ( # . # ) . # ( # )",
    "export function # ( # : # , # : # ) : # { return # }",
)
WORDS = tuple(f"{stem}{number}" for number in range(5_000) for stem in ("key", "txn", "app", "pay"))


def corpus(count: int) -> Iterator[str]:
    """``count`` pieces of code whose tokens stand apart by spaces.

    Lengths are log-normal with the median (48 tokens) and spread (sigma 1.2; 99th percentile 880) measured on 5,662
    units of published packages; words are drawn by Zipf's law. A quarter are copies with 0 to 12 % of the words
    replaced, so that similarities lie on both sides of the threshold.
    """
    rng = np.random.default_rng(20261122)
    shapes = [statement.replace("#", "%s") for statement in STATEMENTS]
    slots = [shape.count("%s") for shape in shapes]
    mean = sum(len(shape.split()) for shape in shapes) / len(shapes)
    recent: list[tuple[str, list[str]]] = []
    for _ in range(count):
        if recent and rng.random() < COPIES:
            shape, words = recent[rng.integers(len(recent))]
            words = list(words)
            for place in rng.integers(0, len(words), rng.integers(0, 1 + len(words) * 12 // 100)):
                words[place] = WORDS[rng.integers(len(WORDS))]
        else:
            lines = int(np.clip(np.rint(rng.lognormal(np.log(48 / mean), 1.2)), 1, 400))
            chosen = rng.integers(0, len(shapes), lines).tolist()
            shape = " ; ".join(shapes[kind] for kind in chosen)
            places = np.minimum(rng.zipf(1.3, sum(slots[kind] for kind in chosen)), len(WORDS)) - 1
            words = [WORDS[place] for place in places.tolist()]
            recent = [*recent[-99:], (shape, words)]
        yield shape % tuple(words)


def write(count: int, target: Path) -> None:
    """One JSON-lines file a worker, named ``target`` with a number."""
    files = [target.with_name(f"{target.stem}-{part}.jsonl").open("w") for part in range(WORKERS)]
    for number, text in enumerate(corpus(count)):
        files[number * WORKERS // count].write(json.dumps({"text": text, "id": str(number)}) + "\n")
    for file in files:
        file.close()


def batches(target: Path) -> Iterator[list[str]]:
    """The lines of the files, in order, ``BATCH`` at a time."""
    for part in range(WORKERS):
        with target.with_name(f"{target.stem}-{part}.jsonl").open() as lines:
            while batch := [line for _, line in zip(range(BATCH), lines, strict=False)]:
                yield batch


def shingle(lines: list[str]) -> list[NDArray[np.uint64]]:
    """Of each line of JSON the shingles of its text."""
    return [shingle_array(code_tokens(json.loads(line)["text"])) for line in lines]


def ours(target: Path) -> int:
    """Texts kept."""
    arrays = Engine(workers=WORKERS).map(shingle, list(batches(target)), batch=1)
    answer = keep_first(ShingleSets.of(chain.from_iterable(arrays)))
    return sum(index == kept for index, kept in enumerate(answer))


def measured(command: list[str]) -> tuple[float, int]:
    """Seconds of a command and the number that it prints last."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - started, int(done.stdout.split()[-1])


def run(count: int = UNITS) -> list[Row]:
    """Rows of name, value, counterpart, ratio and target."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "texts.jsonl"
        write(count, target)
        seconds, kept = measured([sys.executable, __file__, "--only", str(target)])
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        other = os.environ.get(DATATROVE)
        beside, ratio = f"{DATATROVE} is not set", ""
        if other:
            script = str(Path(__file__).with_name("datatrove_minhash.py"))
            theirs, remaining = measured([other, script, str(target), folder, str(WORKERS)])
            beside = f"datatrove {theirs:.1f} s, {remaining:,} kept"
            ratio = f"{theirs / seconds:.1f}"
    return [
        (f"{count:,} units", f"{seconds:.1f} s, {kept:,} kept", beside, ratio, ">= 1"),
        ("units a minute", f"{count / seconds * 60:,.0f}", "", "", ">= 200,000"),
        ("most memory of one process", f"{memory:.2f} GiB", "", "", "<= 4 GiB at 1,000,000"),
    ]


def main() -> None:
    if sys.argv[1:2] == ["--only"]:
        print(ours(Path(sys.argv[2])))
        return
    for row in run(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS):
        print(" | ".join(row))


if __name__ == "__main__":
    main()
