"""Tools that die, hang or are missing: retried, or said plainly; never a verdict about the code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.records import Level, Outcome
from algorand_coder.verify import Verifier, puya, toolchain, typescript
from algorand_coder.verify.worker import Worker, WorkerFailure, WorkerUnavailable
from tests.verify.samples import COUNTER, OLD_PAYMENT, PAYMENT, UNTYPED_SUM, client, contract

MIX = [client(PAYMENT), client(OLD_PAYMENT), contract(COUNTER), contract(UNTYPED_SUM)]


def test_a_worker_killed_between_batches_is_replaced(tools: None) -> None:
    with Verifier(cache=None, workers=1) as verifier:
        before = verifier.check(MIX)
        for worker in verifier.workers():
            assert worker.pid is not None
            os.killpg(worker.pid, signal.SIGKILL)
        assert verifier.check(MIX) == before


def test_workers_killed_in_the_middle_lose_and_swap_nothing(tools: None) -> None:
    many = [client(PAYMENT.replace("One Algo", f"{n} Algo").replace("pay(", f"pay{n}(")) for n in range(150)]
    candidates = [*MIX, *many, contract(COUNTER.replace("Counter", "Second"))]
    with Verifier(cache=None, workers=1) as verifier:
        expected = verifier.check(candidates)
        stop = threading.Event()
        killed: set[int] = set()

        def kill_each_once() -> None:
            # Twice in all: more would be the retry's end, and rightly so.
            while not stop.is_set() and len(killed) < 2:
                time.sleep(0.4)
                for worker in verifier.workers():
                    if worker.pid is not None and worker.pid not in killed and len(killed) < 2:
                        killed.add(worker.pid)
                        os.killpg(worker.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_each_once)
        killer.start()
        try:
            assert verifier.check(candidates) == expected
        finally:
            stop.set()
            killer.join()
    assert killed


def test_type_checkers_killed_side_by_side_lose_and_swap_nothing(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typescript, "_BATCH", 30)
    many = [client((PAYMENT, OLD_PAYMENT)[n % 3 == 0].replace("pay(", f"pay{n}(")) for n in range(120)]
    killed: list[int] = []
    with Verifier(cache=None, workers=2) as verifier:
        expected = verifier.check(many)

        def kill_both_once(_: int) -> None:
            pids = [worker.pid for worker in verifier.workers() if worker.pid is not None]
            while len(killed) < 2 and (new := [pid for pid in pids if pid not in killed]):
                killed.append(new[0])
                os.killpg(new[0], signal.SIGKILL)

        assert verifier.check(many, progress=kill_both_once) == expected
    assert len(killed) == 2 and {verdict.outcome for verdict in expected} == {Outcome.PASSED, Outcome.FAILED}


def test_no_process_and_no_folder_is_left_behind(tools: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with Verifier(cache=None, workers=1) as verifier:
        verifier.check(MIX)
        pids = [worker.pid for worker in verifier.workers()]
        assert pids and all(pids)
    deadline = time.monotonic() + 10
    while (left := {pid for pid in pids if alive(pid or 0)}) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left
    assert list(tmp_path.iterdir()) == []


def test_stopping_it_ends_everything_at_once(tools: None, tmp_path: Path) -> None:
    contracts = [contract(COUNTER.replace("Counter", f"Counter{n}")) for n in range(80)]
    names = [f"c{n}.algo.ts" for n in range(len(contracts))]
    for name, candidate in zip(names, contracts, strict=True):
        (tmp_path / name).write_text(candidate.files[candidate.entry])
    command = [sys.executable, "-m", "algorand_coder.cli", "check", str(tmp_path), "--no-cache"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not (groups := children(process.pid, "puya")) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert groups
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    deadline = time.monotonic() + 10
    while any(map(alive, groups)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, groups))


def children(parent: int, word: str) -> set[int]:
    """Process groups of the children of ``parent`` of which one runs a command with ``word`` in it."""
    found = set()
    for child in Path(f"/proc/{parent}").glob("task/*/children"):
        for group in map(int, child.read_text().split()):
            grown = Path(f"/proc/{group}/task/{group}/children").read_text().split()
            if any(word in Path(f"/proc/{each}/cmdline").read_text() for each in grown):
                found.add(group)
    return found


def alive(group: int) -> bool:
    """Whether a process of ``group`` still runs; one that ended and was not collected yet does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if process_group == str(group) and state != "Z":
            return True
    return False


def missing(*_: object) -> Path:
    raise MissingTool("npm could not install it; run: algorand-coder doctor --fix")


def test_a_missing_toolchain_is_no_verdict_on_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "ensure", missing)
    with Verifier(cache=None) as verifier:
        verdicts = verifier.check(MIX)
    assert {verdict.outcome for verdict in verdicts} == {Outcome.UNJUDGED}
    assert all("doctor --fix" in verdict.levels[-1].reason for verdict in verdicts)


def test_a_missing_puya_leaves_contracts_unjudged(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(puya, "ensure", missing)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr("algorand_coder.verify.contracts._start", refuse)
    with Verifier(cache=None) as verifier:
        verdicts = verifier.check(MIX)
    assert [verdict.outcome.value for verdict in verdicts] == ["passed", "failed", "unjudged", "unjudged"]
    last = verdicts[2].last
    assert last is not None and last.level == Level.COMPILE and "doctor --fix" in last.reason


def refuse(worker: Worker) -> None:
    raise WorkerFailure("puya-ts could not download puya")


SCRIPTS = {
    "dies": "process.exit(3)",
    "babbles": "console.log('hello'); setTimeout(() => {}, 1e6)",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_worker_that_cannot_start_says_so(tmp_path: Path, name: str) -> None:
    script = tmp_path / "worker.mjs"
    script.write_text(SCRIPTS[name])
    with pytest.raises(WorkerUnavailable):
        list(Worker(script, ()).request("check", {}, patience=5.0))


ANSWERS = {
    "no answer within": "setTimeout(() => {}, 1e6)",
    "ended with code": "process.exit(7)",
    "memory": "const hog = []; setInterval(() => hog.push(Buffer.alloc(20e6, 1)), 5)",
    "not JSON": "console.log('nonsense')",
    "it broke": "console.log(JSON.stringify({ id: 1, error: 'it broke\\nwith a trace' }))",
}


@pytest.mark.parametrize("reason", ANSWERS)
def test_a_worker_that_fails_is_ended_with_the_reason(tmp_path: Path, reason: str) -> None:
    script = tmp_path / "worker.mjs"
    script.write_text(f"console.log('{{\"ready\": true}}'); process.stdin.once('data', () => {{ {ANSWERS[reason]} }})")
    worker = Worker(script, (), memory_limit=300 << 20)
    with pytest.raises(WorkerFailure, match=reason):
        list(worker.request("check", {}, patience=30.0 if reason == "memory" else 1.5))
    assert worker.pid is None
