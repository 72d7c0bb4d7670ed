"""Ledger: deployments a minute beside bare evaluations, and small behaviour checks a minute."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from algorand_coder import sandbox
from algorand_coder.ledger import EmbeddedLedger, binary, snapshot
from algorand_coder.ledger.deploy import deploy
from algorand_coder.verify import node, toolchain

WORKERS = min(2, os.cpu_count() or 1)
EACH = 20

Row = tuple[str, str, str, str, str]

TEAL = "#pragma version 10\n" + "byte 0x01\nsha256\npop\n" * 15 + "int 1"
SPECIFICATION = (
    '{"name": "X", "methods": [], "bareActions": {"create": ["NoOp"], "call": []},'
    ' "state": {"schema": {"global": {"ints": 1, "bytes": 1}, "local": {"ints": 0, "bytes": 0}}}}'
)
CHECK = """
import { AlgorandClient, algo } from '@algorandfoundation/algokit-utils'
const algorand = AlgorandClient.defaultLocalNet()
const [alice, bob] = [algorand.account.random(), algorand.account.random()]
await algorand.account.ensureFunded(alice, await algorand.account.localNetDispenser(), algo(10))
await algorand.send.payment({ sender: alice, receiver: bob, amount: algo(1) })
const { balance } = await algorand.account.getInformation(bob)
if (balance.microAlgo !== 1_000_000n) throw new Error('wrong balance')
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


def deployments(count: int) -> None:
    """Creation of one application after the other, checked on the chain."""
    with EmbeddedLedger() as ledger:
        program = ledger.node().compile(TEAL)
        for _ in range(count):
            deploy(ledger, SPECIFICATION, program, program)


def behaviour_checks(count: int) -> None:
    """A small client program in the sandbox on a fresh chain each."""
    program = sandbox.node(node.node(), "check.ts", modules=toolchain.ensure("client") / "node_modules")
    files = {"check.ts": CHECK, "package.json": '{"type": "module"}'}
    with EmbeddedLedger() as ledger:
        for _ in range(count):
            ledger.reset()
            result = sandbox.run(
                program.command, files=files, read_only=program.read_only, env=program.env, network=ledger
            )
            if not result.ok:
                raise RuntimeError(result.err)


def run() -> list[Row]:
    """Rows of name, value, counterpart, ratio and target."""
    snapshot.base()
    toolchain.ensure("client")
    bare = rate(bare_evaluations)
    deployed = rate(deployments)
    checked = rate(behaviour_checks)
    ratio = f"{deployed / bare:.2f}"
    return [
        ("deployments", f"{deployed:.0f} a minute", f"{bare:.0f} bare evaluations", ratio, ">= 0.7"),
        ("small behaviour checks", f"{checked:.0f} a minute", "", "", ">= 100 a minute"),
    ]


if __name__ == "__main__":
    for row in run():
        print(" | ".join(row))
