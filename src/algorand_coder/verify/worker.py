"""A worker process that speaks JSON lines, with a deadline, a memory limit and a clear end whatever happens."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from algorand_coder.verify import node

_Bench = TypeVar("_Bench")
_Share = TypeVar("_Share")

_POLL = 0.25
_START = 120.0
"""Seconds until a worker must say that it is ready; a busy machine takes a few."""


class WorkerFailure(Exception):
    """The worker died, hung, grew too big or answered nonsense. Says nothing about the code under judgement."""


class WorkerUnavailable(WorkerFailure):
    """It does not even start; asking again for each piece of code would be in vain."""


class Worker:
    """One node process running ``script``. Started on first use; after a failure the next request starts a new one."""

    def __init__(self, script: Path, arguments: tuple[str, ...], *, memory_limit: int = 2 << 30) -> None:
        self._command = [str(script), *arguments]
        self._memory_limit = memory_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._complaints: deque[str] = deque(maxlen=20)
        self._requests = 0
        self._stopped = False

    def request(self, op: str, payload: dict[str, Any], *, patience: float) -> Iterator[dict[str, Any]]:
        """Send one request and yield its items as they come; ``patience`` is the longest silence in seconds.

        Raises ``WorkerFailure``; the process is gone then.
        """
        try:
            process = self._started()
        except WorkerUnavailable:
            process = self._started()  # Whatever stopped it just now may be gone.
        self._requests += 1
        identity = self._requests
        line = json.dumps({"id": identity, "op": op, **payload}) + "\n"
        try:
            # A thread of its own: a worker that answers while it reads must not block us both.
            threading.Thread(target=_write, args=(process.stdin, line.encode("ascii")), daemon=True).start()
            for answer in self._messages(process, patience):
                if answer.get("id") != identity:
                    raise WorkerFailure("the worker answered another request")
                if "error" in answer:
                    raise WorkerFailure(str(answer["error"]).strip().splitlines()[0])
                if answer.get("done"):
                    return
                yield answer["item"]
        except WorkerFailure:
            self.close()
            raise
        except GeneratorExit:
            # Left half-read: what is still to come belongs to nobody.
            self.close()
            raise

    def stop(self) -> None:
        """End the process now and for good: whoever still asks is told that it is unavailable."""
        self._stopped = True
        self.close()

    def close(self, grace: float = 0.0) -> None:
        """End the process and everything it started; an idle one gets ``grace`` seconds to clean up."""
        process, self._process = self._process, None
        if process is None:
            return
        if grace and process.stdin is not None:
            try:
                process.stdin.close()
                process.wait(grace)
            except (OSError, subprocess.TimeoutExpired):
                pass
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process else None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        if self._stopped:
            raise WorkerUnavailable("it was stopped")
        env = node.environment()
        # For the TypeScript compiler: fewer collections, as long as there is memory. Node needs its share too.
        env.setdefault("GOGC", "200")
        env["GOMEMLIMIT"] = f"{self._memory_limit // 3}B"
        command = [str(node.node()), *self._command]
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, start_new_session=True
            )
        except OSError as error:
            raise WorkerUnavailable(f"node cannot be run: {error}") from None
        self._answers = queue.SimpleQueue()
        self._complaints.clear()
        threading.Thread(target=_read, args=(self._process.stdout, self._answers), daemon=True).start()
        threading.Thread(target=_listen, args=(self._process.stderr, self._complaints), daemon=True).start()
        try:
            next(self._messages(self._process, _START))
        except WorkerFailure as failure:
            self.close()
            raise WorkerUnavailable(f"it does not start: {failure}") from None
        return self._process

    def _messages(self, process: subprocess.Popen[bytes], patience: float) -> Iterator[dict[str, Any]]:
        quiet_since = time.monotonic()
        while True:
            try:
                line = self._answers.get(timeout=_POLL)
            except queue.Empty:
                if time.monotonic() - quiet_since > patience:
                    raise WorkerFailure(f"no answer within {patience:.0f} s") from None
                if (used := group_memory(process.pid)) > self._memory_limit:
                    raise WorkerFailure(f"it used {used >> 20} MB of memory") from None
                continue
            if line is None:
                code = process.wait()
                last = self._complaints[-1] if self._complaints else ""
                raise WorkerFailure(f"the worker ended with code {code}{': ' if last else ''}{last}")
            quiet_since = time.monotonic()
            try:
                message = json.loads(line)
            except ValueError:
                raise WorkerFailure("the worker wrote something that is not JSON") from None
            yield message


def _write(stream: Any, line: bytes) -> None:
    try:
        stream.write(line)
        stream.flush()
    except (OSError, ValueError):
        return  # The reader sees the end of the process and says so.


def _read(stream: Any, answers: queue.SimpleQueue[bytes | None]) -> None:
    try:
        for line in stream:
            answers.put(line)
    except (OSError, ValueError):
        pass
    answers.put(None)


def _listen(stream: Any, complaints: deque[str]) -> None:
    try:
        for line in stream:
            if text := line.decode("utf-8", "replace").strip():
                complaints.append(text[:300])
    except (OSError, ValueError):
        return


def side_by_side(
    benches: Sequence[_Bench],
    shares: Sequence[_Share],
    work: Callable[[_Bench, _Share], None],
    abandon: Callable[[], None],
) -> None:
    """Do ``work`` for each of ``shares`` on whichever of ``benches`` is free, the earlier ones first: they are warm.

    When one fails, or the user interrupts, ``abandon`` has to end the work of the others; then the error is raised.
    """
    free = list(reversed(benches))

    def take(share: _Share) -> None:
        bench = free.pop()
        try:
            work(bench, share)
        finally:
            free.append(bench)

    if len(shares) <= 1:
        # Most calls judge one piece of code, which needs no thread.
        try:
            for share in shares:
                take(share)
        except BaseException:
            abandon()
            raise
        return
    with ThreadPoolExecutor(len(benches)) as pool:
        try:
            for future in [pool.submit(take, share) for share in shares]:
                future.result()
        except BaseException:
            # The pool waits for its threads, and they for their workers.
            pool.shutdown(wait=False, cancel_futures=True)
            abandon()
            raise


def group_memory(leader: int) -> int:
    """Resident bytes of the process group ``leader`` leads, where ``/proc`` tells; 0 elsewhere."""
    total, page = 0, os.sysconf("SC_PAGE_SIZE")
    waiting = [leader]
    while waiting:
        process = Path("/proc") / str(waiting.pop())
        try:
            total += int((process / "statm").read_text().split()[1]) * page
            for children in process.glob("task/*/children"):
                waiting += map(int, children.read_text().split())
        except (OSError, ValueError, IndexError):
            continue
    return total
