"""The project around a file: what the ``package.json`` files above it say about the versions it is written for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname
from typing import Any

UTILS = "@algorandfoundation/algokit-utils"
ALGO_TS = "@algorandfoundation/algorand-typescript"
TEALSCRIPT = "@algorandfoundation/tealscript"
_SDKS = {UTILS: "utils", "algosdk": "algosdk"}
_DEPENDENCIES = ("dependencies", "peerDependencies", "devDependencies")
_MAJOR = re.compile(r"(?<![\w.-])[v=~^]*(\d+)(?:\.[\dx*]|(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Project:
    """What a project depends on. Versions are majors; 0 where nothing says."""

    utils: int = 0
    algosdk: int = 0
    contracts: str = ""
    """The contract language it uses: ``puya-ts``, ``tealscript`` or empty."""
    sdk: str = ""
    """``utils`` or ``algosdk`` where the project is that package itself."""
    is_compiler: bool = False
    """Whether the project is TEALScript itself, whose contracts import it by path."""


@dataclass(frozen=True)
class Projects:
    """The projects of one source, asked path by path."""

    packages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Folder → fields of its ``package.json``."""
    target: str = ""
    """What the source list says the source is written for, where no manifest tells."""
    _known: dict[str, Project] = field(default_factory=dict, compare=False)

    def of(self, path: str) -> Project:
        """The project around the file at ``path``; a nearer manifest wins over those above it."""
        folder = dirname(path)
        if folder not in self._known:
            self._known[folder] = self._read(folder)
        return self._known[folder]

    def _read(self, folder: str) -> Project:
        found: dict[str, int] = {}
        languages: list[str] = []
        sdk, is_compiler = "", False
        for manifest in self._above(folder):
            name, version = str(manifest.get("name", "")), str(manifest.get("version", ""))
            if name in _SDKS:
                sdk = sdk or _SDKS[name]
                found.setdefault(_SDKS[name], major(version))
            is_compiler = is_compiler or name == TEALSCRIPT
            ranges = _ranges(manifest)
            for package, key in _SDKS.items():
                if package in ranges and not found.get(key):
                    found[key] = major(ranges[package])
            used = [language for package, language in _LANGUAGES.items() if package in ranges or package == name]
            languages = languages or used
        for key, version_said in re.findall(r"(utils|algosdk)(\d+)", self.target):
            found[key] = found.get(key) or int(version_said)
        return Project(
            utils=found.get("utils", 0),
            algosdk=found.get("algosdk", 0),
            contracts=languages[0] if languages else "",
            sdk=sdk,
            is_compiler=is_compiler,
        )

    def _above(self, folder: str) -> list[Mapping[str, Any]]:
        """Manifests from ``folder`` up to the root of the source."""
        found = []
        while True:
            if folder in self.packages:
                found.append(self.packages[folder])
            if not folder:
                return found
            folder = dirname(folder)


_LANGUAGES = {ALGO_TS: "puya-ts", TEALSCRIPT: "tealscript"}


def major(version: str) -> int:
    """The highest major version that a version or range of npm begins with; 0 for a path, a tag or a placeholder."""
    if ":" in version:  # file:, workspace:, git+https:
        return 0
    alternatives = [_MAJOR.search(part) for part in version.split("||")]
    return max((int(match[1]) for match in alternatives if match), default=0)


def _ranges(manifest: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in _DEPENDENCIES:
        section = manifest.get(key)
        if isinstance(section, Mapping):
            for name, wanted in section.items():
                if isinstance(wanted, str):
                    found.setdefault(name, wanted)
    return found


def read_projects(collected: Path) -> dict[str, Projects]:
    """Projects by the name of their source, as the collect stage wrote them; empty where it wrote none."""
    try:
        entries = json.loads((collected / "sources.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {entry["name"]: Projects(entry.get("packages") or {}, entry.get("target") or "") for entry in entries}
