"""Whether training has seen the benchmark: a last look before figures are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from algorand_coder.evaluate.problems import Problem, has_canary
from algorand_coder.syntax import skeleton

COLUMNS = ("id", "instruction", "input", "output", "skeleton")


def overlap(pairs: Path, problems: Sequence[Problem]) -> dict[str, Any]:
    """Pairs of ``pairs`` (Parquet) that bear the canary, or share the skeleton of a correct solution.

    The data set's own checks refuse such rows; a data set that is older than a problem may still hold them.
    """
    taken = {
        skeleton(solution.code): problem.id
        for problem in problems
        for solution in (problem.reference, *problem.alternatives)
    }
    rows = pq.read_table(pairs, columns=list(COLUMNS)).to_pylist()
    marked = [row["id"] for row in rows if has_canary(row["instruction"] + row["input"] + row["output"])]
    same = {row["id"]: taken[row["skeleton"]] for row in rows if row["skeleton"] in taken}
    return {
        "pairs": len(rows),
        "with_canary": len(marked),
        "same_skeleton": len(same),
        "problems": sorted({*same.values()}),
    }
