from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

import pytest

from algorand_coder.records import Candidate, Kind, Level, Outcome
from algorand_coder.verify import Verifier, toolchain
from algorand_coder.verify import store as store_module
from algorand_coder.verify import verifier as verifier_module
from algorand_coder.verify.store import Store
from tests.verify.samples import COUNTER, OLD_PAYMENT, PAYMENT, UNTYPED_SUM, client, contract
from tests.verify.test_faults import missing

MIX = [client(PAYMENT), client(OLD_PAYMENT), contract(COUNTER), contract(UNTYPED_SUM)]


def no_tools(*_: object) -> None:
    raise AssertionError("a remembered verdict must start nothing")


def test_a_remembered_verdict_starts_nothing(tools: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Verifier(cache=tmp_path) as verifier:
        fresh = verifier.check(MIX)
        artifacts = dict(verifier.compile_artifacts(MIX[2]))
    monkeypatch.setattr(toolchain, "ensure", no_tools)
    monkeypatch.setattr("algorand_coder.verify.worker.Worker.request", no_tools)
    counted: list[int] = []
    with Verifier(cache=tmp_path) as verifier:
        assert verifier.check(MIX, progress=counted.append) == fresh
        assert dict(verifier.compile_artifacts(MIX[2])) == artifacts
    assert sum(counted) == len(MIX)


def test_another_toolchain_judges_anew(tools: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Verifier(cache=tmp_path) as verifier:
        [before] = verifier.check([client(PAYMENT)])
        monkeypatch.setattr(verifier_module, "fingerprint", lambda: "another")
        monkeypatch.setattr(toolchain, "ensure", missing)
        verifier._judges(Level.TYPES)[0].close()
        [after] = verifier.check([client(PAYMENT)])
    assert (before.outcome, after.outcome) == (Outcome.PASSED, Outcome.UNJUDGED)
    assert before.toolchain != after.toolchain


def test_what_could_not_be_judged_is_not_remembered(tools: None, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(toolchain, "ensure", missing)
        with Verifier(cache=tmp_path) as verifier:
            assert verifier.check([client(PAYMENT)])[0].outcome == Outcome.UNJUDGED
    with Verifier(cache=tmp_path) as verifier:
        assert verifier.check([client(PAYMENT)])[0].outcome == Outcome.PASSED


def test_levels_and_kinds_do_not_share_verdicts(tools: None, tmp_path: Path) -> None:
    as_client = Candidate({"contract.algo.ts": UNTYPED_SUM}, "contract.algo.ts", Kind.CLIENT)
    with Verifier(cache=tmp_path, workers=1) as verifier:
        assert verifier.check([contract(UNTYPED_SUM)], Level.TYPES)[0].outcome == Outcome.PASSED
        assert verifier.check([contract(UNTYPED_SUM)], Level.COMPILE)[0].outcome == Outcome.FAILED
        assert verifier.check([contract(UNTYPED_SUM)], Level.PARSE)[0].levels[-1].level == Level.PARSE
        assert verifier.check([as_client])[0].outcome == Outcome.FAILED


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 500])
def test_a_damaged_store_is_replaced(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "verdicts.sqlite"
    path.write_bytes(damage)
    store = Store(path)
    store.put({"a": b"1"})
    assert store.get(["a", "b"]) == {"a": b"1"}
    store.close()


def test_two_processes_may_share_a_store(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "s.sqlite"), Store(tmp_path / "s.sqlite")
    first.put({str(n): b"x" * n for n in range(1200)})
    second.put({"0": b"new"})
    assert len(first.get([str(n) for n in range(1200)])) == 1200
    assert first.get(["0"]) == {"0": b"new"}
    first.close()
    second.close()


def held(path: Path) -> sqlite3.Connection:
    """A store with an entry that another process holds for itself."""
    store = Store(path)
    store.put({"a": b"1"})
    store.close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for line in ("PRAGMA journal_mode=DELETE", "BEGIN EXCLUSIVE"):
        other.execute(line)
    return other


def test_a_store_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.sqlite"
    other = held(path)
    release = threading.Timer(0.5, other.close)
    release.start()
    store = Store(path)
    assert store.get(["a"]) == {"a": b"1"}
    store.close()
    release.join()


def test_a_store_that_stays_held_is_done_without_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "verdicts.sqlite"
    other = held(path)
    monkeypatch.setattr(store_module, "_PATIENCE", 0.2)
    with caplog.at_level(logging.WARNING, "algorand_coder"):
        store = Store(path)
        store.put({"b": b"2"})
        assert store.get(["a", "b"]) == {}
        store.close()
    [said] = caplog.messages
    assert "database is locked" in said and "not remembered" in said
    other.close()
    again = Store(path)
    assert again.get(["a", "b"]) == {"a": b"1"}
    again.close()


def test_where_no_file_can_be_code_is_judged_all_the_same(
    tools: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "verdicts.sqlite").mkdir()
    with caplog.at_level(logging.WARNING, "algorand_coder"), Verifier(cache=tmp_path) as verifier:
        assert verifier.check([client(PAYMENT)], Level.TYPES)[0].outcome == Outcome.PASSED
    assert "unable to open database file" in caplog.text
