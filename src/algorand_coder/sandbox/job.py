"""A program in the sandbox: how it is started, watched while it works, and ended when it exceeds a limit."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from algorand_coder.sandbox import bubblewrap, cgroup
from algorand_coder.sandbox.model import (
    HOME,
    Cancelled,
    Killed,
    Limits,
    Mount,
    PrivateNetwork,
    SandboxResult,
    SandboxUnavailable,
)
from algorand_coder.sandbox.output import Reader
from algorand_coder.sandbox.tree import memory_mb

START_SECONDS = 30.0
_LAUNCHER = Path(__file__).with_name("launcher.py")
_INSIDE = "/run/launcher.py"
_WATCH_SECONDS = 0.05
_RESERVED_MB = 768
"""V8 reserves this much before it does anything; what is touched counts against the limit proper."""
_CPU_SIGNAL = 128 + signal.SIGXCPU


@dataclass(slots=True)
class Job:
    """One program. ``start`` it, then ``watch`` it, on an exit stack that ends it and gives everything back."""

    command: list[str]
    env: dict[str, str]
    limits: Limits
    network: PrivateNetwork | None
    stdin: bytes | None
    """What it reads; ``None`` for a pipe that stays open."""
    order: dict[str, object]
    cancel: threading.Event
    """Set from another thread, it ends the program."""
    process: subprocess.Popen[bytes] = field(init=False)
    reader: Reader = field(init=False)
    listening: dict[int, socket.socket] = field(default_factory=dict)
    """Sockets of the program's own network by the port it knows them by; nobody answers on them yet."""
    isolated: bool = True
    group: cgroup.Group | None = None
    started: float = 0.0
    ended: bool = False

    @classmethod
    def start(
        cls,
        stack: ExitStack,
        command: Sequence[str],
        *,
        files: Mapping[str, str | bytes] | None,
        env: Mapping[str, str] | None,
        limits: Limits | None,
        network: PrivateNetwork | None,
        read_only: Sequence[Path | Mount],
        cwd: str,
        stdin: bytes | None,
        cancel: threading.Event | None,
        allow_unsandboxed: bool,
    ) -> Job:
        """See ``runner.run`` for what is taken and raised."""
        limits = limits or Limits()
        reason = bubblewrap.unavailable()
        if reason and not allow_unsandboxed:
            raise SandboxUnavailable(reason)
        order: dict[str, object] = {
            "files": {inside(name): _encoded(content) for name, content in (files or {}).items()},
            "cwd": inside(cwd),
            "limits": _kernel_limits(limits, isolated=not reason),
            "uid": None,
            "ports": [],
        }
        stop = cancel or threading.Event()
        job = cls(list(command), dict(env or {}), limits, network, stdin, order, stop, isolated=not reason)
        if reason:
            job._start_openly(stack, read_only)
        else:
            job._start_isolated(stack, [m if isinstance(m, Mount) else Mount(m, str(m)) for m in read_only])
        job.reader = stack.enter_context(Reader(job.process, limits.output_bytes))
        return job

    def _start_isolated(self, stack: ExitStack, mounts: list[Mount]) -> None:
        """Under bubblewrap."""
        python, needed = bubblewrap.interpreter()
        uid = bubblewrap.unprivileged_uid()
        texts = {**bubblewrap.system_files(uid), _INSIDE: _LAUNCHER.read_text(encoding="utf-8")}
        data = [(stack.enter_context(_file(text)).fileno(), path) for path, text in texts.items()]
        line, descriptors = bubblewrap.command([*needed, *mounts], self.limits, uid=uid, data=data)
        self.order |= {"root": HOME, "uid": uid, "ports": list(self.network.ports) if self.network else []}
        self.env = {"PATH": "/usr/bin:/bin", "HOME": HOME, "TMPDIR": "/tmp", "LANG": "C.UTF-8", **self.env}  # noqa: S108
        self.group = stack.enter_context(cgroup.limited(self.limits.memory_mb, self.limits.processes))
        line += [str(python), "-I", "-S", "-B", _INSIDE]
        control = self._start(stack, self.group.wrap(line) if self.group else line, descriptors)
        self._give_order(control)
        self._take_listeners(stack, control)
        self._await_start(control)

    def _start_openly(self, stack: ExitStack, read_only: Sequence[Path | Mount]) -> None:
        """Without isolation; the caller has allowed it."""
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="algorand-coder-")))
        for mount in read_only:
            if isinstance(mount, Mount) and mount.target.startswith(HOME + "/"):
                link = root / PurePosixPath(mount.target).relative_to(HOME)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(mount.source)
        if self.network:
            self.listening = {port: stack.enter_context(_any_port()) for port in self.network.ports}
            self.env |= self.network.client_environment({p: s.getsockname()[1] for p, s in self.listening.items()})
        self.order["root"] = str(root)
        inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.env = {"HOME": str(root), "TMPDIR": str(root), **inherited, **self.env}
        python, _ = bubblewrap.interpreter()
        control = self._start(stack, [str(python), "-I", "-S", "-B", str(_LAUNCHER)], [])
        self._give_order(control)
        self._await_start(control)

    def _start(self, stack: ExitStack, line: list[str], descriptors: list[int]) -> socket.socket:
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        ours.settimeout(START_SECONDS)
        given: IO[bytes] | int = subprocess.PIPE if self.stdin is None else subprocess.DEVNULL
        if self.stdin:
            given = stack.enter_context(_file(self.stdin))
        with theirs:
            try:
                self.process = subprocess.Popen(
                    [*line, str(theirs.fileno())],
                    stdin=given,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    pass_fds=[*descriptors, theirs.fileno()],
                    start_new_session=True,
                    env={"PATH": "/usr/bin:/bin:/usr/local/bin"},
                )
            except OSError as error:
                raise SandboxUnavailable(f"cannot start {line[0]}: {error.strerror}") from error
        stack.callback(self.end)
        return ours

    def _give_order(self, control: socket.socket) -> None:
        self.order |= {"command": self.command, "env": self.env}
        message = json.dumps(self.order).encode()
        try:
            control.sendall(len(message).to_bytes(8, "big") + message)
        except OSError:
            self._could_not_start()

    def _take_listeners(self, stack: ExitStack, control: socket.socket) -> None:
        if not self.network:
            return
        ports = list(self.network.ports)
        try:
            said, descriptors, _, _ = socket.recv_fds(control, 1, len(ports))
        except OSError:
            self._could_not_start()
        listening = [stack.enter_context(socket.socket(fileno=descriptor)) for descriptor in descriptors]
        if said != b"L" or len(listening) != len(ports):
            self._could_not_start(said + _rest(control))
        self.listening = dict(zip(ports, listening, strict=True))

    def _await_start(self, control: socket.socket) -> None:
        try:
            said = control.recv(1)
        except OSError:
            said = b""
        if said != b"S":
            self._could_not_start(said + _rest(control))
        self.started = time.monotonic()

    def _could_not_start(self, said: bytes = b"") -> None:
        self.end()
        err = self.process.stderr.read(4096) if self.process.stderr else b""
        reason = (said[1:] or err).decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
        raise SandboxUnavailable(f"the sandbox could not start the program: {reason[0]}")

    @contextmanager
    def served(self, network: PrivateNetwork | None) -> Iterator[None]:
        """While ``network`` answers on the program's sockets."""
        if network is None:
            yield
            return
        # A server closes what it is given, and the program may be served again.
        with network.serve({port: item.dup() for port, item in self.listening.items()}):
            yield

    def watch(self, until: bytes = b"") -> SandboxResult:
        """Until the end, or until it has said ``until``. Raises ``Cancelled``, and nothing that it could cause."""
        deadline = self.started + self.limits.wall_seconds
        killed: Killed = ""
        reader = self.reader
        while not killed:
            reader.read(_WATCH_SECONDS)
            if until and until in reader.stdout:
                seconds = time.monotonic() - self.started
                return SandboxResult(None, "", *reader.take(), seconds, self.isolated)
            # Short of output only while the main program lives: what it left behind dies with its namespace.
            if reader.finished or self.process.poll() is not None:
                break
            self._go_on()
            if reader.overflowed:
                killed = "output"
            elif time.monotonic() > deadline:
                killed = "wall"
            elif self.group is None and memory_mb(self.process.pid) > self.limits.memory_mb:
                killed = "memory"
        if not killed:
            killed = self._wait(deadline)
        self.end()
        reader.drain()
        seconds = time.monotonic() - self.started
        code = None if killed else self.process.returncode
        if code is not None and code < 0:
            code = 128 - code
        if self.group and self.group.out_of_memory() and code != 0:
            code, killed = None, "memory"
        elif code == _CPU_SIGNAL:
            code, killed = None, "cpu"
        return SandboxResult(code, killed, *reader.take(), seconds, self.isolated)

    def _wait(self, deadline: float) -> Killed:
        """The program has closed its output: it may still be running."""
        while self.process.poll() is None:
            self._go_on()
            if time.monotonic() > deadline:
                return "wall"
            if self.group is None and memory_mb(self.process.pid) > self.limits.memory_mb:
                return "memory"
            time.sleep(0.002)
        self.reader.read(0.0)
        return "output" if self.reader.overflowed else ""

    def _go_on(self) -> None:
        if self.cancel.is_set():
            self.end()
            raise Cancelled

    def end(self) -> None:
        """Kill it and everything it started, once: its number may be somebody else's later."""
        if self.ended:
            return
        self.ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _kernel_limits(limits: Limits, *, isolated: bool) -> dict[str, int]:
    bounds = {
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_DATA": (limits.memory_mb + _RESERVED_MB) << 20,
        "RLIMIT_FSIZE": limits.disk_mb << 20,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
    }
    # Processes are counted for the user: of the sandbox where it has one of its own, otherwise everything else that
    # the caller runs would count as well.
    if isolated and (os.geteuid() == 0 or bubblewrap.counts_processes_by_namespace()):
        bounds["RLIMIT_NPROC"] = limits.processes
    return bounds


def inside(name: str) -> str:
    """``name`` as a path of the private folder. Raises ``ValueError`` for one that leaves it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"path {name!r} leaves the private folder")
    return str(path)


def _encoded(content: str | bytes) -> str:
    # Lone surrogates cannot be written as UTF-8; a program's file then holds the replacement that editors show.
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    return base64.b64encode(data).decode("ascii")


@contextmanager
def _file(content: str | bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.seek(0)
        yield file


def _any_port() -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    return listening


def _rest(control: socket.socket) -> bytes:
    with contextlib.suppress(OSError):
        return control.recv(4096)
    return b""
