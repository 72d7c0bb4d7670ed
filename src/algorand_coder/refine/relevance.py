"""What belongs to Algorand: packages by name, and files by what they import or by what imports them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

import pyarrow.parquet as pq

from algorand_coder.records import Provenance
from algorand_coder.refine.config import RefineConfig

_IMPORTED = re.compile(r"(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['\"]([^'\"\n]+)['\"]")
_SUFFIX = re.compile(r"\.[mc]?[jt]sx?$")


def imported_modules(text: str) -> list[str]:
    """Every module that ``text`` names in an import, export or require."""
    return _IMPORTED.findall(text)


def is_algorand_package(module: str, config: RefineConfig) -> bool:
    """Whether an import names one of ``algorand_packages`` or a path inside it."""
    return any(
        module.startswith(name) if name.endswith("/") else module == name or module.startswith(name + "/")
        for name in config.algorand_packages
    )


@dataclass(frozen=True)
class Sources:
    """What the collect stage knows of the place of a unit."""

    packages: Mapping[str, Mapping[str, str]]
    """Source → folder → name of the npm package whose ``package.json`` lies there."""
    targets: Mapping[str, str]
    """Source → the versions it is written for, where the source list says so."""
    files: Mapping[str, int]
    """Source → number of its files; sources that gave none are left out."""
    relevant: frozenset[tuple[str, str]]
    """Source and path of the files that import an Algorand package or are imported by one that does."""

    @classmethod
    def read(cls, folder: Path, config: RefineConfig) -> Sources:
        """From the output of the collect stage."""
        entries = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
        table = pq.read_table(folder / "files.parquet", columns=["text", "provenance.source", "provenance.path"])
        # A nested field comes back under its last name alone.
        files = [(row["source"], row["path"], row["text"]) for row in table.to_pylist()]
        return cls(
            packages={
                entry["name"]: {
                    place: str(manifest["name"]) for place, manifest in entry["packages"].items() if "name" in manifest
                }
                for entry in entries
            },
            targets={entry["name"]: entry["target"] for entry in entries if entry["target"]},
            files=dict(sorted(Counter(source for source, _, _ in files).items())),
            relevant=relevant_files(files, config),
        )

    def package_of(self, place: Provenance) -> str:
        """Name of the nearest package around a file, or an empty string."""
        known = self.packages.get(place.source, {})
        folder = dirname(place.path)
        while folder not in known and folder:
            folder = dirname(folder)
        return known.get(folder, "")

    def is_relevant(self, place: Provenance) -> bool:
        """Whether a file is among the relevant ones."""
        return (place.source, place.path) in self.relevant


def relevant_files(files: Iterable[tuple[str, str, str]], config: RefineConfig) -> frozenset[tuple[str, str]]:
    """Of ``(source, path, text)`` the places that import an Algorand package or are imported by one that does."""
    imports = {(source, path): imported_modules(text) for source, path, text in files}
    stems = {(source, _SUFFIX.sub("", path)): (source, path) for source, path in imports}
    users = {place for place, modules in imports.items() if any(is_algorand_package(name, config) for name in modules)}
    used = set()
    for source, path in users:
        for module in imports[source, path]:
            if module.startswith("."):
                stem = _SUFFIX.sub("", normpath(join(dirname(path), module)))
                used |= {stems[key] for key in ((source, stem), (source, f"{stem}/index")) if key in stems}
    return frozenset(users | used)
