"""A finished data set, read back: its rows, their sides, and the questions people ask about them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from algorand_coder.dataset.counts import STATS, licence_of, source_of
from algorand_coder.dataset.formats import alpaca, chat
from algorand_coder.errors import UserError, nearest
from algorand_coder.pipeline import manifest as manifests
from algorand_coder.pipeline import read_table, write_jsonl
from algorand_coder.pipeline.manifest import Manifest
from algorand_coder.pipeline.tables import schema_of, to_plain
from algorand_coder.records import Pair

SIDES = ("train", "validation")
FACETS: dict[str, Callable[[Pair], str]] = {
    "strategy": lambda pair: pair.strategy,
    "category": lambda pair: pair.category.value,
    "kind": lambda pair: pair.kind.value,
    "target": lambda pair: pair.target,
    "licence": licence_of,
    "source": source_of,
}
"""What rows can be chosen by."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class DataSet:
    """The rows of one run, training rows first."""

    folder: Path
    manifest: Manifest
    pairs: tuple[Pair, ...]
    sides: dict[str, str]
    """Row id → ``train`` or ``validation``."""

    def side(self, name: str) -> list[Pair]:
        """The rows of one side, or all of them for ``all``."""
        return [pair for pair in self.pairs if name in {"all", self.sides[pair.id]}]

    def row(self, id: str) -> Pair:
        """The row whose id starts with ``id``. Raises ``UserError`` where there is none or more than one."""
        found = [pair for pair in self.pairs if pair.id.startswith(id)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(f"{len(found)} rows of {self.folder} have an id that starts with {id!r}: give more of it")
        raise UserError(f"no row {id!r} in {self.folder}; see algorand-coder dataset search")


def read_data_set(run_folder: Path) -> DataSet:
    """The data set of a run. Raises ``UserError`` where the run has none that is finished and readable."""
    folder = run_folder / "dataset"
    manifest = manifests.load(folder)
    if manifest is None:
        raise UserError(f"{run_folder} holds no finished data set: run 'algorand-coder dataset', or name another run")
    try:
        pairs = read_table(folder / "pairs.parquet", Pair)
        sides = json.loads((folder / "splits.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        words = " ".join(str(error).split())[:120]
        raise UserError(f"{folder} cannot be read ({words}): run 'algorand-coder dataset --force'") from None
    return DataSet(folder, manifest, tuple(pairs), sides)


def stats(data: DataSet) -> dict[str, Any]:
    """The figures of a data set; ``tokens`` is their number over all rows."""
    counts = data.manifest.counts
    missing = [name for name in STATS if name not in counts]
    if missing:
        raise UserError(f"{data.folder} was made by an older version ({missing[0]} is not counted): run it again")
    return {name: counts[name]["total"] if name == "tokens" else counts[name] for name in STATS}


def search(data: DataSet, text: str, chosen: dict[str, str], side: str = "all") -> list[Pair]:
    """Rows that have all words of ``text``, best match first: whole phrase, then in the instruction, then shorter.

    ``chosen`` maps names of :data:`FACETS` to the value wanted. Raises ``UserError`` for a value that no row has.
    """
    for name, value in chosen.items():
        known = sorted({FACETS[name](pair) for pair in data.pairs})
        if value not in known:
            raise UserError(f"--{name} {value!r}: no row has it{nearest(value, known)} (there are {', '.join(known)})")
    wanted = _WORD.findall(text.lower())
    phrase = " ".join(text.lower().split())
    found = []
    for pair in data.side(side):
        if any(FACETS[name](pair) != value for name, value in chosen.items()):
            continue
        instruction = " ".join(pair.instruction.lower().split())
        everything = f"{instruction}\n{pair.input.lower()}\n{' '.join(pair.output.lower().split())}"
        if all(word in everything for word in wanted):
            in_instruction = sum(word in instruction for word in wanted)
            found.append(((phrase not in everything, -in_instruction, len(everything), pair.id), pair))
    return [pair for _, pair in sorted(found, key=lambda item: item[0])]


def export(data: DataSet, form: str, side: str, path: Path) -> int:
    """Write one side (or ``all``) as ``alpaca``, ``chat`` or ``parquet`` to ``path``; returns the number of rows."""
    rows = data.side(side)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if form == "parquet":
            _write_parquet(path, rows, data.sides)
        else:
            write_jsonl(path, map(alpaca if form == "alpaca" else chat, rows))
    except (FileExistsError, NotADirectoryError, PermissionError, IsADirectoryError) as error:
        raise UserError(f"cannot write {path}: {error.strerror}; choose another --out") from None
    return len(rows)


def _write_parquet(path: Path, rows: Sequence[Pair], sides: dict[str, str]) -> None:
    """All metadata of a row, and its side as the column ``split``."""

    def plain() -> Iterator[dict[str, Any]]:
        for row in rows:
            yield to_plain(row) | {"split": sides[row.id]}

    schema = schema_of(Pair).append(pa.field("split", pa.string()))
    temporary = path.with_name(path.name + ".tmp")
    pq.write_table(pa.Table.from_pylist(list(plain()), schema=schema), temporary, compression="zstd")
    temporary.replace(path)
