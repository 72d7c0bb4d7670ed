"""What a run in the sandbox takes and gives."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from algorand_coder.errors import UserError

HOME = "/box"
"""The private folder, as the program sees it."""

Killed = Literal["", "wall", "cpu", "memory", "output"]


class Cancelled(Exception):
    """The program was ended because nobody waits for it any more."""


class SandboxUnavailable(UserError):
    """Programs cannot be isolated here, or this one could not be started. Says nothing about the program."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one run; exceeding one ends the program, and the result says which it was."""

    wall_seconds: float = 20.0
    cpu_seconds: int = 20
    """Processor time of any one process."""
    memory_mb: int = 1024
    processes: int = 64
    """Processes and threads together."""
    output_bytes: int = 1 << 20
    """Standard output and standard error together."""
    disk_mb: int = 64
    """Each of the private folder and the temp folder."""
    open_files: int = 256


@dataclass(frozen=True, slots=True)
class Mount:
    """A file or folder of the host, readable at ``target`` inside."""

    source: Path
    target: str


@dataclass(frozen=True, slots=True)
class SandboxResult:
    """How a run ended."""

    exit_code: int | None
    """The program's own exit code; 128 + n when signal n ended it; ``None`` when the sandbox ended it."""
    killed: Killed
    """Which limit it exceeded; empty when it ended by itself."""
    stdout: bytes
    stderr: bytes
    seconds: float
    """Wall time from the program's start to its end."""
    isolated: bool = True
    """False when the caller allowed a run without sandbox and there was none."""

    @property
    def ok(self) -> bool:
        """Whether the program ended by itself with exit code 0."""
        return self.exit_code == 0

    @property
    def out(self) -> str:
        """Standard output as text, U+FFFD for what is not UTF-8."""
        return self.stdout.decode("utf-8", "replace")

    @property
    def err(self) -> str:
        """Standard error as text, U+FFFD for what is not UTF-8."""
        return self.stderr.decode("utf-8", "replace")


class PrivateNetwork(Protocol):
    """A server that a program may reach. It takes listening sockets of the program's network and answers on them."""

    @property
    def ports(self) -> Sequence[int]:
        """Where on 127.0.0.1 the program expects it."""

    def serve(self, listening: Mapping[int, socket.socket]) -> AbstractContextManager[None]:
        """Answer on ``listening``, keyed by the port of ``ports`` each stands for; close them on exit."""

    def client_environment(self, actual: Mapping[int, int]) -> Mapping[str, str]:
        """Variables that tell a client which port stands for which, where they differ from ``ports``."""
