"""What ``collect/sources.json`` says about the place of a unit: its npm package, and its source's target."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname

from algorand_coder.records import Provenance


@dataclass(frozen=True)
class Packages:
    """Source → folder → name of the package whose ``package.json`` lies there."""

    names: Mapping[str, Mapping[str, str]]
    targets: Mapping[str, str]
    """Source → the versions it is written for, where the source list says so."""

    @classmethod
    def read(cls, path: Path) -> Packages:
        """From the report that the collect stage writes."""
        entries = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            names={
                entry["name"]: {
                    folder: str(manifest["name"])
                    for folder, manifest in entry["packages"].items()
                    if "name" in manifest
                }
                for entry in entries
            },
            targets={entry["name"]: entry["target"] for entry in entries if entry["target"]},
        )

    def of(self, place: Provenance) -> str:
        """Name of the nearest package around a file, or an empty string."""
        known = self.names.get(place.source, {})
        folder = dirname(place.path)
        while folder not in known and folder:
            folder = dirname(folder)
        return known.get(folder, "")
