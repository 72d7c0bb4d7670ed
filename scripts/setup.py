"""Create ``.venv`` with what a make target needs. Runs on the bare system Python, standard library only.

Usage: python3 scripts/setup.py EXTRA[,EXTRA…]

Each finished set-up leaves a stamp keyed by pyproject.toml, constraints.txt and this file, so the next call
takes milliseconds. Environment: PYTHON names the interpreter to use; TORCH_INDEX names a package index to
take torch from (for example the PyTorch project's CPU index).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = ROOT / ".setup"
TORCH = "torch==2.13.0"
MINIMUM = (3, 11)


def main() -> int:
    """Set up and return the exit code."""
    extras = ",".join(sorted(set(sys.argv[1].split(",")))) if len(sys.argv) > 1 else "train,eval,ledger"
    stamp = STAMPS / hashlib.sha256((_key() + extras).encode()).hexdigest()[:16]
    if stamp.is_file() and (VENV / "bin" / "python").is_file():
        return 0
    python = VENV / "bin" / "python"
    if not python.is_file():
        interpreter = _interpreter()
        _say(f"creating .venv with {interpreter} ({_version(interpreter)})")
        _run(interpreter, "-m", "venv", str(VENV))
    if "train" in extras:
        _install_torch(str(python))
    _say(f"installing algorand-coder[{extras}]")
    constraints = ROOT / "constraints.txt"
    _run(str(python), "-m", "pip", "install", "-q", "-c", str(constraints), "-e", f"{ROOT}[{extras}]")
    if "train" in extras or "dev" in extras:
        _run(str(VENV / "bin" / "algorand-coder"), "doctor", "--fix", quiet=True)
    STAMPS.mkdir(exist_ok=True)
    stamp.touch()
    return 0


def _key() -> str:
    return "".join((ROOT / name).read_text() for name in ("pyproject.toml", "constraints.txt", "scripts/setup.py"))


def _interpreter() -> str:
    """Python 3.11 where present (torch has a CPU build for it in most places), else any newer one."""
    wanted = os.environ.get("PYTHON")
    if wanted:
        return wanted
    pyenv = sorted(Path.home().glob(".pyenv/versions/3.11*/bin/python3.11"))
    for candidate in ["python3.11", *map(str, pyenv), sys.executable]:
        path = shutil.which(candidate)
        if path and _version(path):
            return path
    sys.exit(f"setup: Python 3.11 or newer is needed, this is {sys.version.split()[0]}; set PYTHON=/path/to/python3.11")


def _version(python: str) -> str:
    """Version of an interpreter that runs and is new enough, else an empty string."""
    code = f"import sys; print('.'.join(map(str, sys.version_info[:3])) if sys.version_info >= {MINIMUM} else '')"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _install_torch(python: str) -> None:
    if subprocess.run([python, "-c", "import torch"], capture_output=True, check=False).returncode == 0:
        return
    index = os.environ.get("TORCH_INDEX")
    if index:
        _say(f"installing {TORCH} from {index}")
        _run(python, "-m", "pip", "install", "-q", "--index-url", index, TORCH)
        return
    if sys.platform == "linux" and not _version(python).startswith("3.11."):
        _say("no Python 3.11 found: pip takes torch's default Linux build, which brings CUDA (about 3 GB);")
        _say("to avoid it, set TORCH_INDEX to the PyTorch project's CPU index, or install Python 3.11")
    _say(f"installing {TORCH}")
    _run(python, "-m", "pip", "install", "-q", TORCH)


def _run(*command: str, quiet: bool = False) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    output = subprocess.DEVNULL if quiet else None
    code = subprocess.run(command, env=environment, stdout=output, check=False).returncode
    if code:
        sys.exit(f"setup: '{' '.join(command)}' failed with exit code {code}; mend it and run make again")


def _say(message: str) -> None:
    print(f"    setup  {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
