"""A process that is killed: what it bought stays bought, and the run ends as if nothing had happened."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.generate.standin import COMPLETION_TOKENS, PROMPT_TOKENS, StandIn

ROOT = Path(__file__).parents[3]
COUNT = 60
ONE = PROMPT_TOKENS * 2.5e-6 + COMPLETION_TOKENS * 10e-6
SCRIPT = """
import json, sys
from pathlib import Path
from algorand_coder.generate.endpoints import Endpoint, EndpointConfig, batches
from tests.generate.endpoints.conftest import questions
batches.POLL_SECONDS = 0.1
url, folder, count, batch = sys.argv[1:]
config = EndpointConfig(base_url=url, model="synthetic", price="gpt-4o", timeout_seconds=20, concurrency=4)
asked = Endpoint(config, folder=Path(folder), batch=batch == "batch")
texts = [getattr(reply, "text", repr(reply)) for reply in asked.complete(questions(int(count)))]
print(json.dumps({"texts": texts, "dollars": asked.bill.dollars, "unsettled": asked.bill.unsettled_dollars}))
"""


def start(server: StandIn, folder: Path, batch: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, f"{server.address}/v1", str(folder), str(COUNT), batch]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def stored(folder: Path) -> set[str]:
    """The answers on disk."""
    path = next(folder.glob("*.sqlite"))
    with sqlite3.connect(path) as base:
        return {json.loads(text)["text"] for (text,) in base.execute("SELECT reply FROM answers")}


def until(condition: object, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.005)


@pytest.mark.slow
@pytest.mark.parametrize("idempotent", [True, False])
def test_kill_loses_nothing_and_pays_nothing_twice(tmp_path: Path, idempotent: bool) -> None:
    with StandIn(delay=0.03, idempotent=idempotent) as server:
        for stop_at in (COUNT // 4, COUNT // 2):
            process = start(server, tmp_path)
            until(lambda stop_at=stop_at: server.books.billed.total() >= stop_at)
            process.send_signal(signal.SIGKILL)
            process.wait()
            on_disk = stored(tmp_path)
            hits = dict(server.books.hits)
            assert stop_at - 8 <= len(on_disk) < COUNT
        process = start(server, tmp_path)
        out = json.loads(process.communicate(timeout=240)[0])
    assert out["texts"] == [f"answer to {n}" for n in range(COUNT)]
    asked_again = {turn for turn, count in server.books.hits.items() if count > hits.get(turn, 0)}
    assert {f"answer to {turn}" for turn in asked_again}.isdisjoint(on_disk)
    twice = server.books.billed.total() - COUNT
    if idempotent:
        assert twice == 0
    # Without the provider's help only what was on the wire at a kill can be billed again, and the bill says so.
    assert twice <= 2 * 4
    assert server.books.billed.total() * ONE <= out["dollars"] + out["unsettled"] + 1e-9


@pytest.mark.slow
def test_an_interrupted_run_waits_for_what_it_has_sent(tmp_path: Path) -> None:
    with StandIn(delay=0.1) as server:
        process = start(server, tmp_path)
        until(lambda: server.books.billed.total() >= 8)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=120)
        billed = set(server.books.billed)
        assert process.returncode != 0
        assert stored(tmp_path) == {f"answer to {turn}" for turn in billed}
    assert 8 <= len(billed) < COUNT


@pytest.mark.slow
def test_a_killed_batch_is_found_again(tmp_path: Path) -> None:
    with StandIn(polls=3) as server:
        process = start(server, tmp_path, "batch")
        until(lambda: server.books.batches == 1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        out = json.loads(start(server, tmp_path, "batch").communicate(timeout=240)[0])
    assert out["texts"] == [f"answer to {n}" for n in range(COUNT)]
    assert server.books.batches == 1
    assert set(server.books.billed.values()) == {1}
    assert out["dollars"] == pytest.approx(COUNT * ONE / 2)
