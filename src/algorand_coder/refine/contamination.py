"""Decontamination: units that contain a benchmark's solution, or are part of one, are refused."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from algorand_coder.similarity import NgramIndex
from algorand_coder.syntax import code_tokens

BENCHMARK = Path(__file__).parents[1] / "data" / "benchmark"
"""Folder of the benchmark, one folder a problem."""
_SOLUTIONS = "*/reference*.ts"


def benchmark_fingerprint(folder: Path = BENCHMARK) -> str:
    """Hash of all solutions; ``none`` where there is no benchmark."""
    found = sha256()
    paths = sorted(folder.glob(_SOLUTIONS))
    for path in paths:
        found.update(path.relative_to(folder).as_posix().encode() + b"\x00" + path.read_bytes())
    return found.hexdigest()[:16] if paths else "none"


def benchmark_index(folder: Path = BENCHMARK) -> NgramIndex:
    """The solutions' 10-token windows, by problem."""
    return NgramIndex(
        (path.parent.name, code_tokens(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob(_SOLUTIONS))
    )
