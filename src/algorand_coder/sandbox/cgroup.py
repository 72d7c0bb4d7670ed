"""Control groups: bounds on the memory and the processes of a whole tree, where this process may make a group.

Both generations of the interface are handled. Where no group can be made the caller watches memory itself.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_JOIN = 'for group in $GROUPS_TO_JOIN; do echo $$ > "$group/cgroup.procs" || exit 125; done; exec "$@"'
_REMOVE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Group:
    """A control group that exists; more than one folder in the first generation."""

    folders: tuple[Path, ...]
    memory: Path
    """The folder that counts memory."""

    def wrap(self, command: list[str]) -> list[str]:
        """``command`` as a member of the group from its first instruction on."""
        joined = " ".join(map(str, self.folders))
        return ["/usr/bin/env", f"GROUPS_TO_JOIN={joined}", "/bin/sh", "-c", _JOIN, "sh", *command]

    def out_of_memory(self) -> bool:
        """Whether the kernel ended a process of the group for its memory."""
        for name, key in (("memory.events", "oom_kill"), ("memory.oom_control", "oom_kill")):
            with contextlib.suppress(OSError):
                for line in (self.memory / name).read_text().splitlines():
                    field, _, value = line.partition(" ")
                    if field == key and value.isdecimal():
                        return int(value) > 0
        return False


@contextmanager
def limited(memory_mb: int, processes: int) -> Iterator[Group | None]:
    """A fresh group with these bounds, removed afterwards; ``None`` where none can be made."""
    group = _second(memory_mb, processes) or _first(memory_mb, processes)
    try:
        yield group
    finally:
        if group:
            _remove(group)


def _second(memory_mb: int, processes: int) -> Group | None:
    own = _memberships().get("")
    if own is None:
        return None
    here = _ROOT / own.lstrip("/")
    for parent in (here, here.parent):
        try:
            if not {"memory", "pids"} <= set((parent / "cgroup.subtree_control").read_text().split()):
                continue
        except OSError:
            continue
        group = _make((parent,), {"memory.max": memory_mb << 20, "pids.max": processes})
        if group:
            return group
    return None


def _first(memory_mb: int, processes: int) -> Group | None:
    own = _memberships()
    if "memory" not in own:
        return None
    parents = [_ROOT / "memory" / own["memory"].lstrip("/")]
    if "pids" in own:
        parents.append(_ROOT / "pids" / own["pids"].lstrip("/"))
    return _make(tuple(parents), {"memory.limit_in_bytes": memory_mb << 20, "pids.max": processes})


def _memberships() -> dict[str, str]:
    """Controller to path; the second generation under the empty name."""
    found = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            for controller in controllers.split(","):
                found[controller] = path
    return found


def _make(parents: tuple[Path, ...], bounds: dict[str, int]) -> Group | None:
    name = f"algorand-coder-{os.getpid()}-{os.urandom(4).hex()}"
    group = Group(tuple(parent / name for parent in parents), parents[0] / name)
    try:
        for folder in group.folders:
            folder.mkdir()
            for file, value in bounds.items():
                if (folder / file).exists():
                    (folder / file).write_text(str(value))
            if not os.access(folder / "cgroup.procs", os.W_OK):
                raise PermissionError
        swap = group.memory / "memory.swap.max"
        if swap.exists():
            swap.write_text("0")
    except OSError:
        _remove(group)
        return None
    return group


def _remove(group: Group) -> None:
    deadline = time.monotonic() + _REMOVE_SECONDS
    for folder in group.folders:
        # The kernel needs a moment to reap what has just been killed.
        while folder.exists():
            with contextlib.suppress(OSError):
                folder.rmdir()
                break
            if time.monotonic() > deadline:
                break
            time.sleep(0.002)
