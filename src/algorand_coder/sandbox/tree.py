"""How much memory a process and everything below it uses, from ``/proc``."""

from __future__ import annotations

import contextlib
from pathlib import Path


def memory_mb(root: int) -> int:
    """Mebibytes that are not file contents, over the tree below process ``root``; 0 where there is no ``/proc``."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir() if Path("/proc/self").exists() else ():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError, IndexError, ValueError):
                # The command, in parentheses, may hold spaces; what follows it starts with state and parent.
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(folder.name))
    total, pending = 0, [root]
    while pending:
        process = pending.pop()
        pending += children.get(process, [])
        total += _own_kib(process)
    return total >> 10


def _own_kib(process: int) -> int:
    total = 0
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:")):
                total += int(line.split()[1])
    return total
