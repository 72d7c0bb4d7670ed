"""The puya compiler, in a Python environment of its own (it needs Python >= 3.12) inside the user's cache.

Where no such Python exists, puya-ts downloads a build of its own; where that fails too, contracts cannot be judged.
puya is a separate tool under its own licence: it is installed from PyPI and run as a program, never bundled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from algorand_coder.cache import cache_dir
from algorand_coder.errors import MissingTool
from algorand_coder.verify.toolchain import Announce, data, lock, project_folder, puya_version, say

MINIMUM = (3, 12)
_READY = ".ready"


def folder() -> Path:
    """Where the environment is, or will be."""
    pins = sha256((data() / "puya" / "requirements.txt").read_bytes()).hexdigest()[:12]
    return cache_dir("puya") / f"{puya_version()}-{pins}"


def executable() -> Path:
    """The ``puya`` program of the environment."""
    return folder() / "bin" / "puya"


def installed() -> bool:
    """Whether the environment is there, whole, and its Python still is."""
    return (folder() / _READY).is_file() and executable().is_file() and (folder() / "bin" / "python").exists()


def downloaded() -> bool:
    """Whether puya-ts has fetched a build of its own, which serves where no Python can run ours."""
    home = project_folder("puya") / "node_modules" / "@algorandfoundation" / "puya-ts"
    return (home / ".puya" / puya_version() / "puya").is_file()


def ensure(announce: Announce = say) -> Path:
    """Install puya unless it is there; returns the program's path.

    Raises ``MissingTool`` when no Python >= 3.12 is found or pip fails.
    """
    if installed():
        return executable()
    target = folder()
    with lock(target.with_name(f".{target.name}.lock")):
        if installed():
            return executable()
        python = find_python()
        if python is None:
            raise MissingTool(
                f"puya needs Python >= {_dotted(MINIMUM)} and none was found: install python3.12 or newer"
            )
        announce(f"installing the puya compiler {puya_version()} (with {python}, once) …")
        # A virtual environment cannot be moved, so the marker, written last, says whether it is whole.
        shutil.rmtree(target, ignore_errors=True)
        _run([str(python), "-m", "venv", str(target)], "create an environment for puya")
        pins = data() / "puya" / "requirements.txt"
        pip = [str(target / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input", "--no-deps"]
        _run([*pip, "-r", str(pins)], f"install puya {puya_version()}")
        (target / _READY).touch()
    return executable()


def find_python() -> Path | None:
    """A Python >= 3.12 that can make virtual environments: this one, one on ``PATH``, or one of pyenv's."""
    names = [f"python3.{minor}" for minor in range(15, MINIMUM[1] - 1, -1)] + ["python3"]
    on_path = [Path(found) for name in names if (found := shutil.which(name))]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    of_pyenv = sorted(pyenv.glob("3.*/bin/python3"), reverse=True)
    return next((python for python in [Path(sys.executable), *on_path, *of_pyenv] if _fits(python)), None)


def _fits(python: Path) -> bool:
    probe = f"import ensurepip, sys, venv; sys.exit(sys.version_info < {MINIMUM})"
    try:
        return subprocess.run([str(python), "-c", probe], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _run(command: list[str], what: str) -> None:
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    done = subprocess.run(command, env=env, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines or ["no output"]
        raise MissingTool(f"could not {what} ({errors[-1][:200]}); mend it with: algorand-coder doctor --fix")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
