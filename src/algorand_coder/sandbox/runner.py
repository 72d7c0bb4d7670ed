"""Runs a program in the sandbox: once, or one that stays and answers question after question."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Self, cast

from algorand_coder.sandbox.job import Job
from algorand_coder.sandbox.model import Limits, Mount, PrivateNetwork, SandboxResult


def run(
    command: Sequence[str],
    *,
    files: Mapping[str, str | bytes] | None = None,
    env: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    network: PrivateNetwork | None = None,
    read_only: Sequence[Path | Mount] = (),
    cwd: str = ".",
    stdin: bytes = b"",
    cancel: threading.Event | None = None,
    allow_unsandboxed: bool = False,
) -> SandboxResult:
    """Run ``command`` over ``files`` (relative path to content) and wait for its end.

    ``read_only`` paths are visible where they are on the host, or at a mount's target; ``cwd`` is relative to the
    private folder. What is and is not isolated is said in the package's documentation. Raises ``SandboxUnavailable``
    where nothing can be isolated (unless ``allow_unsandboxed``) or the program could not be started, ``ValueError`` for
    a path that leaves the private folder, and ``Cancelled`` once another thread has set ``cancel``.
    """
    with ExitStack() as stack:
        job = Job.start(
            stack,
            command,
            files=files,
            env=env,
            limits=limits,
            network=network,
            read_only=read_only,
            cwd=cwd,
            stdin=stdin,
            cancel=cancel,
            allow_unsandboxed=allow_unsandboxed,
        )
        with job.served(network):
            return job.watch()


class Resident:
    """A program that stays: it answers lines on its standard input, each with output that ends in ``until``.

    Starting a program costs more than most questions to it. What it keeps in memory from one question to the next is
    its own affair, so it may only be asked again where nothing could have been left behind that changes an answer. The
    limits are those of the whole program, the wall time and the output those of one answer. A context manager.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        until: bytes,
        network: PrivateNetwork,
        files: Mapping[str, str | bytes] | None = None,
        env: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        read_only: Sequence[Path | Mount] = (),
        cancel: threading.Event | None = None,
        allow_unsandboxed: bool = False,
    ) -> None:
        """Start it; as for ``run``. ``network`` only says which ports there are: each question brings its own."""
        self._until = until
        with ExitStack() as stack:
            self._job = Job.start(
                stack,
                command,
                files=files,
                env=env,
                limits=limits,
                network=network,
                read_only=read_only,
                cwd=".",
                stdin=None,
                cancel=cancel,
                allow_unsandboxed=allow_unsandboxed,
            )
            self._questions = cast("IO[bytes]", self._job.process.stdin)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._job.process.poll() is None

    def ask(self, question: bytes, network: PrivateNetwork) -> SandboxResult:
        """What it says to ``question`` (one line, without its end) while ``network`` answers on its sockets.

        The exit code is ``None`` when it stays; otherwise it has ended, and the result says how.
        """
        self._job.started = time.monotonic()
        # A program that does not read must not hold up the judge: the thread ends when the pipe does.
        threading.Thread(target=_tell, args=(self._questions, question + b"\n"), daemon=True).start()
        with self._job.served(network):
            return self._job.watch(self._until)

    def close(self) -> None:
        """End it."""
        self._stack.close()
        with contextlib.suppress(OSError):
            self._questions.close()


def _tell(pipe: IO[bytes], message: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        pipe.write(message)
        pipe.flush()
