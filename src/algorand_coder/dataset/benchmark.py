"""The benchmark's reference solutions, as far as the data set must keep clear of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from algorand_coder.records import digest
from algorand_coder.similarity import shingles
from algorand_coder.syntax import code_tokens, skeleton

CANARY = "5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17"
"""Stands in every file of the benchmark, so that copies of it are known wherever they turn up."""

FOLDER = Path(__file__).parent.parent / "data" / "benchmark"


@dataclass(frozen=True)
class Reference:
    """One reference solution: its problem, its token n-grams and its AST skeleton."""

    problem: str
    shingles: frozenset[int]
    skeleton: str = ""


def load_references(ngram: int, folder: Path = FOLDER) -> list[Reference]:
    """All reference solutions under ``folder``, by problem id."""
    found = []
    for path in reference_files(folder):
        code = path.read_text(encoding="utf-8")
        found.append(Reference(path.parent.name, shingles(code_tokens(code), ngram), skeleton(code)))
    return found


def fingerprint(folder: Path = FOLDER) -> str:
    """Hash of all reference solutions: a new problem makes a finished data set stale."""
    files = reference_files(folder)
    return digest([[path.parent.name, path.name, path.read_text(encoding="utf-8")] for path in files])[:16]


def reference_files(folder: Path = FOLDER) -> Sequence[Path]:
    """``<problem>/reference*.ts`` in order."""
    return sorted(folder.glob("*/reference*.ts"))
