"""A stage's manifest: what went in, what came out, how long it took. Written last; its presence means done."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

NAME = "manifest.json"
KEY_FILE = ".key"
"""Written first: which work an unfinished folder belongs to."""
PREVIOUS = ".previous"
"""Finished outputs that an attempt set aside: kept until it has finished ones of its own."""


@dataclass(frozen=True)
class Manifest:
    """Proof of a finished stage.

    ``key`` identifies the work (config, inputs, code, versions); ``outputs`` maps each file to its SHA-256.
    """

    stage: str
    key: str
    inputs: dict[str, str]
    config: dict[str, Any]
    versions: dict[str, str]
    outputs: dict[str, str]
    counts: dict[str, Any]
    started: str
    """UTC, ISO 8601."""
    seconds: float

    def write(self, folder: Path) -> None:
        """Write atomically; a killed process leaves no half manifest."""
        temporary = folder / (NAME + ".tmp")
        temporary.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        os.replace(temporary, folder / NAME)


def load(folder: Path) -> Manifest | None:
    """The manifest of ``folder``, or ``None`` where there is none or it cannot be read."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def file_hash(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def hash_outputs(folder: Path) -> dict[str, str]:
    """Hashes of every output under ``folder``: not of the manifest, of ``work/``, or of what was set aside."""
    found = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and relative.parts[0] not in {"work", NAME, KEY_FILE, PREVIOUS}:
            found[relative.as_posix()] = file_hash(path)
    return found


def first_mismatch(folder: Path, manifest: Manifest) -> str | None:
    """The first output that is missing or altered since the manifest was written."""
    for name, expected in manifest.outputs.items():
        path = folder / name
        if not path.is_file() or file_hash(path) != expected:
            return name
    return None
