"""Git as a command: settings under which nothing of a repository is executed, a time limit, one-line errors."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from algorand_coder.collect.tree import HostUnreachable, Unavailable

_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.askPass=",
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
    "protocol.https.allow=always",
    "protocol.file.allow=always",
    "transfer.bundleURI=false",
    "advice.detachedHead=false",
)
_UNREACHABLE = re.compile(
    r"could not resolve|failed to connect|couldn't connect|connection (?:refused|reset|timed out)|timed out"
    r"|network is unreachable|no route to host|proxy|ssl|tls|gnutls|unable to access.*(?:5\d\d|empty reply)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"'[^'\n]*'|\S+://\S+")
"""Addresses and paths in what git says: their words say nothing of the host."""
_FOREIGN = ("GIT_", "SSH_ASKPASS")
_KEPT = frozenset({"GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"})
"""What of the caller's environment git still sees: certificates and the user's own configuration (proxies)."""
_running: set[subprocess.Popen[bytes]] = set()


def git(arguments: Sequence[str], folder: Path | None, timeout: float, stdin: bytes = b"") -> bytes:
    """Run git with the safe settings; returns stdout.

    Raises ``Unavailable`` when git is not there, fails, or takes longer than ``timeout`` seconds (then it and its
    helpers are ended).
    """
    command = ["git"]
    if folder is not None:
        command.append(f"--git-dir={folder}")
    for setting in _SAFE:
        command += ["-c", setting]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN) or key in _KEPT}
    environment |= {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "https:file",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C",
    }
    try:
        process = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except FileNotFoundError:
        raise HostUnreachable("git is not installed") from None
    with process:
        _running.add(process)
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except BaseException as stop:
            _end(process)
            if isinstance(stop, subprocess.TimeoutExpired):
                raise HostUnreachable(f"no answer in {timeout:g} s") from None
            raise
        finally:
            _running.discard(process)
    if process.returncode != 0:
        message = err.decode("utf-8", "replace").strip()
        if _UNREACHABLE.search(_NAMED.sub("", message)):
            raise HostUnreachable("the host cannot be reached")
        raise Unavailable(f"git: {_one_line(message) or f'exit code {process.returncode}'}")
    return out


def end_all() -> None:
    """End every git that other threads of this process wait for."""
    for process in list(_running):
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    # The whole group: git-remote-https would otherwise go on waiting for the host.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _one_line(message: str) -> str:
    """The telling line of git's complaint, without addresses."""
    lines = [line for line in message.splitlines() if line.startswith(("fatal:", "error:"))] or message.splitlines()
    words = [word for word in (lines[0].split() if lines else []) if "://" not in word and not word.startswith("'/")]
    return " ".join(words)[:200]
