"""The bubblewrap command line, and whether it works on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePosixPath

from algorand_coder.sandbox.model import HOME, Limits, Mount

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_LOADER = ("/etc/ld.so.cache", "/etc/alternatives")
_ACCOUNTS = "program:x:{uid}:{uid}::/box:/bin/sh\n"
_HOSTS = "127.0.0.1 localhost\n"
_NSSWITCH = "passwd: files\ngroup: files\nhosts: files\n"
_FIRST_UID = 1 << 30


@cache
def unavailable() -> str:
    """Why programs cannot be isolated here, in one line; empty when they can."""
    if sys.platform != "linux":
        return f"there is no sandbox for {sys.platform}: run inside Linux or WSL 2"
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed: apt install bubblewrap (or your system's package of that name)"
    probe = [*command([], Limits(memory_mb=64), uid=unprivileged_uid(), data=())[0], "/bin/true"]
    try:
        done = subprocess.run(probe, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run here: {error}"
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        return f"bubblewrap cannot make a sandbox here ({reason[0]}): user namespaces may be switched off"
    return ""


def counts_processes_by_namespace() -> bool:
    """Whether a limit on processes counts those of the user's namespace alone (Linux 5.14 and later)."""
    numbers = re.findall(r"\d+", os.uname().release)[:2]
    return tuple(map(int, numbers)) >= (5, 14)


def unprivileged_uid() -> int | None:
    """A user id that owns nothing and that no other run uses; ``None`` when this process may not choose one."""
    if os.geteuid() != 0:
        return None
    return _FIRST_UID + int.from_bytes(os.urandom(3), "big")


def interpreter() -> tuple[Path, list[Mount]]:
    """The Python that runs the launcher, and what must be visible for it to start."""
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    prefix = Path(sys.base_prefix).resolve()
    visible = any(prefix.is_relative_to(root) for root in _SYSTEM)
    return base, [] if visible else [Mount(prefix, str(prefix))]


def command(
    mounts: Iterable[Mount], limits: Limits, *, uid: int | None, data: Iterable[tuple[int, str]]
) -> tuple[list[str], list[int]]:
    """The command line up to the program, and the descriptors that it names.

    ``uid`` is the user that the launcher will become (the caller is root then); ``data`` are descriptors whose content
    appears at a path.
    """
    line = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    if uid is None:
        line += ["--unshare-user", "--disable-userns"]
    else:
        line += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    line += ["--die-with-parent", "--hostname", "sandbox", "--proc", "/proc", "--dev", "/dev"]
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            line += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            line += ["--ro-bind", str(path), str(path)]
    line += ["--perms", "0755", "--dir", "/etc", "--perms", "0755", "--dir", "/run"]
    for name in _LOADER:
        line += ["--ro-bind-try", name, name]
    size = str(limits.disk_mb << 20)
    for folder in ("/tmp", HOME):  # noqa: S108  inside the sandbox
        line += ["--perms", "1777" if folder != HOME else "0777", "--size", size, "--tmpfs", folder]
    for mount in mounts:
        # Folders on the way are made with the mode of those of the host otherwise, which may be closed to the program.
        for parent in reversed(PurePosixPath(mount.target).parents):
            made = str(parent) in {"/", "/tmp", HOME} or any(parent.is_relative_to(root) for root in _SYSTEM)  # noqa: S108
            if not made:
                line += ["--perms", "0755", "--dir", str(parent)]
        line += ["--ro-bind", str(mount.source), mount.target]
    descriptors = []
    for descriptor, target in data:
        line += ["--perms", "0444", "--ro-bind-data", str(descriptor), target]
        descriptors.append(descriptor)
    # Nothing but the folders above may be written, not even the empty root.
    line += ["--remount-ro", "/", "--chdir", HOME, "--"]
    return line, descriptors


def system_files(uid: int | None) -> dict[str, str]:
    """The few files below ``/etc`` that programs look for, with nothing of the host in them."""
    owner = os.getuid() if uid is None else uid
    return {"/etc/passwd": _ACCOUNTS.format(uid=owner), "/etc/hosts": _HOSTS, "/etc/nsswitch.conf": _NSSWITCH}
