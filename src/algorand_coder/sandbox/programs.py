"""Commands for the two kinds of program that are judged: TypeScript or JavaScript on node, and Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from algorand_coder.sandbox import bubblewrap
from algorand_coder.sandbox.model import HOME, Limits, Mount

_V8_SHARE = 0.75
"""Of the memory limit for V8's old space: the rest is for young objects, buffers, code and node itself."""


@dataclass(frozen=True, slots=True)
class Program:
    """What ``run`` takes: ``run(program.command, read_only=program.read_only, env=program.env, …)``."""

    command: list[str]
    read_only: list[Mount] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)


def node(
    executable: Path, entry: str, *, modules: Path | None = None, limits: Limits | None = None, args: Sequence[str] = ()
) -> Program:
    """``entry`` (relative to the private folder; TypeScript, enums included, from node 22.18 on).

    ``modules`` is a ``node_modules`` folder that appears in the private folder. Under node's permission model the
    program may read its own folder and the modules, write its own folder, and start neither processes nor workers;
    without a sandbox there is no folder that could be named to it, and so no permission model either.
    """
    executable = executable.resolve()
    limits = limits or Limits()
    readable = [f"--allow-fs-read={HOME}/*", f"--allow-fs-write={HOME}/*", "--allow-fs-write=/tmp/*"]
    isolated = not bubblewrap.unavailable()
    command = [
        str(executable),
        *(["--permission", *readable] if isolated else []),
        f"--max-old-space-size={int(limits.memory_mb * _V8_SHARE)}",
        "--experimental-transform-types",
        "--disable-warning=ExperimentalWarning",
        f"{HOME}/{entry}" if isolated else entry,
        *args,
    ]
    mounts = [] if str(executable).startswith("/usr/") else [Mount(executable, str(executable))]
    if modules is not None:
        mounts.append(Mount(modules.resolve(), f"{HOME}/node_modules"))
    return Program(command, mounts, {"NO_COLOR": "1"})


def python(entry: str, *, packages: Sequence[Path] = (), args: Sequence[str] = ()) -> Program:
    """``entry`` under this Python, isolated from its environment; ``packages`` are folders to import from."""
    executable, mounts = bubblewrap.interpreter()
    mounts = [*mounts, *(Mount(folder.resolve(), str(folder.resolve())) for folder in packages)]
    path = ":".join(str(folder.resolve()) for folder in packages)
    env = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", **({"PYTHONPATH": path} if path else {})}
    return Program([str(executable), "-s", entry, *args], mounts, env)
