"""Ledger: deployments a minute beside bare evaluations, and small behaviour checks a minute."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from algorand_coder.ledger import EmbeddedLedger, binary, snapshot
from algorand_coder.records import Candidate, Kind, Level
from algorand_coder.verify import toolchain
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.behave import BehaveJudge
from algorand_coder.verify.deploy import DeployJudge
from algorand_coder.verify.judge import Judge
from algorand_coder.verify.ledgers import Ledgers

WORKERS = min(2, os.cpu_count() or 1)
EACH = 20

Row = tuple[str, str, str, str, str]

TEAL = "#pragma version 10\n" + "byte 0x01\nsha256\npop\n" * 15 + "int 1"
SPECIFICATION = (
    '{"name": "X", "methods": [], "bareActions": {"create": ["NoOp"], "call": []},'
    ' "state": {"schema": {"global": {"ints": 1, "bytes": 1}, "local": {"ints": 0, "bytes": 0}}}}'
)
ANSWER = """import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function pay(algorand: AlgorandClient, sender: string, receiver: string): Promise<void> {
  await algorand.send.payment({ sender, receiver, amount: algo(1) })
}
"""
CHECK = """import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

export async function drive(answer: typeof Answer, given: null, algorand: AlgorandClient): Promise<string> {
  const [alice, bob] = [algorand.account.random(), algorand.account.random()]
  await algorand.account.ensureFunded(alice, await algorand.account.localNetDispenser(), algo(10))
  await answer.pay(algorand, alice.addr.toString(), bob.addr.toString())
  return bob.addr.toString()
}

export async function verify(given: null, bob: string, algorand: AlgorandClient): Promise<void> {
  const { balance } = await algorand.account.getInformation(bob)
  assert.equal(balance.microAlgo, 1_000_000n)
}
"""


def rate(work: Callable[[int], None]) -> float:
    """Runs of ``work(count)`` a minute with all workers busy."""
    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, [EACH] * WORKERS))
    return WORKERS * EACH / (time.perf_counter() - started) * 60


def bare_evaluations(count: int) -> None:
    """The executable as it comes: one process a block, its own settings, nothing read back."""
    with tempfile.TemporaryDirectory(dir=snapshot.scratch_root()) as root:
        folder = Path(root) / "ledger"
        snapshot.fresh(folder)
        (folder / binary.INPUT).touch()
        command = ["bwrap", "--dev-bind", "/", "/", "--bind", str(folder), binary.JIG, str(binary.executable()), "eval"]
        Path(binary.JIG).mkdir(exist_ok=True)
        for _ in range(count):
            subprocess.run(command, capture_output=True, check=True)


def deployments() -> float:
    """Level deploy as the verifier judges it: one application after the other, checked on the chain."""
    with EmbeddedLedger() as ledger:
        program = ledger.node().compile(TEAL)
    compiled = (ContractArtifact("X", "contract.algo.ts", 10, TEAL, program, TEAL, program, SPECIFICATION),)
    candidates = [Candidate.single(f"// {n}", Kind.CONTRACT) for n in range(WORKERS * EACH)]
    ledgers = Ledgers("embedded", WORKERS)
    judge = DeployJudge(ledgers, lambda candidate: compiled)
    return judged_a_minute(judge, Level.DEPLOY, candidates)


def behaviour_checks() -> float:
    """Level behave as the verifier judges it: set-up and code in one process, assertions in another, a chain each."""
    candidates = [
        Candidate({"main.ts": f"{ANSWER}// {n}\n", "check.ts": CHECK}, "main.ts", Kind.CLIENT, check="check.ts")
        for n in range(WORKERS * EACH)
    ]
    judge = BehaveJudge(Ledgers("embedded", WORKERS), lambda candidate: ())
    return judged_a_minute(judge, Level.BEHAVE, candidates)


def judged_a_minute(judge: Judge, level: Level, candidates: list[Candidate]) -> float:
    """All of ``candidates`` must pass; the ledgers are warm, as they are after the first verdict."""
    judge.judge(candidates[: 2 * WORKERS], level, lambda index, judgement: None)
    started = time.perf_counter()
    judgements = judge.judge(candidates, level, lambda index, judgement: None)
    seconds = time.perf_counter() - started
    judge.close()
    if not all(judgement.passed for judgement in judgements):
        raise RuntimeError(str(next(judgement for judgement in judgements if not judgement.passed)))
    return 60 * len(candidates) / seconds


def run() -> list[Row]:
    """Rows of name, value, counterpart, ratio and target."""
    snapshot.base()
    toolchain.ensure("client")
    bare = rate(bare_evaluations)
    deployed = deployments()
    checked = behaviour_checks()
    ratio = f"{deployed / bare:.2f}"
    return [
        ("deployments", f"{deployed:.0f} a minute", f"{bare:.0f} bare evaluations", ratio, ">= 0.7"),
        ("small behaviour checks", f"{checked:.0f} a minute", "", "", ">= 100 a minute"),
    ]


if __name__ == "__main__":
    for row in run():
        print(" | ".join(row))
