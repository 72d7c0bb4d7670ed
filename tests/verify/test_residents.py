"""One process verifies candidate after candidate of a check: nothing of one may decide about the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from algorand_coder.records import Candidate, Kind, Level, Verdict
from algorand_coder.sandbox import Resident
from algorand_coder.verify import Verifier
from tests.verify.samples import COUNTER

READS = """import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'

const NAME = './Counter.arc56.json'
let uses = 0

export async function verify(): Promise<void> {
  uses += 1
  const read: { methods: { name: string }[] } = JSON.parse(readFileSync(NAME, 'utf8'))
  assert.deepEqual((await import(NAME)).default, read)
  assert.deepEqual((await import(new URL(NAME, import.meta.url).href)).default, read)
  assert.equal(uses, 1)
  assert.equal(read.methods[0]?.name, 'add')
}
"""
REMEMBERS = """import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const seen = AlgorandClient as { uses?: number }

export async function verify(): Promise<void> {
  seen.uses = (seen.uses ?? 0) + 1
  ACT
}
"""
TIMER = REMEMBERS.replace("ACT", "setTimeout(() => {}, 60_000)\n  if (seen.uses > 1) throw new Error('used before')")
ENDS = REMEMBERS.replace("ACT", "if (seen.uses > 1) process.exit(0)")
WAITS = REMEMBERS.replace("ACT", "if (seen.uses > 1) await new Promise(() => {})")


@pytest.fixture(autouse=True)
def isolated(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Resident]]:
    """The processes that were started to verify."""
    found: list[Resident] = []
    start = Resident.__init__

    def starting(resident: Resident, *args: Any, **more: Any) -> None:
        start(resident, *args, **more)
        found.append(resident)

    monkeypatch.setattr(Resident, "__init__", starting)
    yield found
    assert not any(resident.alive for resident in found)


def counter(check: str, code: str = COUNTER, note: int = 0) -> Candidate:
    files = {"contract.algo.ts": f"{code}// {note}\n", "check.ts": check}
    return Candidate(files, "contract.algo.ts", Kind.CONTRACT, check="check.ts")


def outcomes(verdicts: list[Verdict]) -> list[str]:
    assert all(verdict.last and verdict.last.level == Level.BEHAVE for verdict in verdicts), verdicts
    return [verdict.outcome.value for verdict in verdicts]


def test_each_candidate_is_seen_with_its_own_files_and_modules(verifier: Verifier, started: list[Resident]) -> None:
    other = COUNTER.replace("add(", "plus(")
    renamed = COUNTER.replace("class Counter", "class Other")
    codes = [COUNTER, renamed, other, COUNTER]
    candidates = [counter(READS, code, note) for note, code in enumerate(codes)]
    assert outcomes(verifier.check(candidates, Level.BEHAVE)) == ["passed", "failed", "failed", "passed"]
    assert len(started) == 1


def test_another_check_gets_a_process_of_its_own(verifier: Verifier, started: list[Resident]) -> None:
    checks = [REMEMBERS.replace("ACT", f"if (seen.uses > 2) throw new Error('{n}')") for n in (1, 2)]
    candidates = [counter(checks[note % 2], note=note) for note in range(4)]
    assert outcomes(verifier.check(candidates, Level.BEHAVE)) == ["passed"] * 4
    assert len(started) == 2


@pytest.mark.parametrize("check", [TIMER, ENDS, WAITS])
def test_a_process_in_which_something_was_left_behind_decides_nothing(
    check: str, verifier: Verifier, started: list[Resident]
) -> None:
    candidates = [counter(check, note=note) for note in range(2)]
    assert outcomes(verifier.check(candidates, Level.BEHAVE)) == ["passed"] * 2
    assert len(started) == 2
