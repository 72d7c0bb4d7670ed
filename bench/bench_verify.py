"""How fast the verifier is beside the bare tools it is built on, over the same files in the same run.

``run()`` gives rows (name, value, counterpart, ratio, target). Sizes follow the corpus: half of the snippets have
30 lines or more. ``BENCH_SNIPPETS`` and ``BENCH_CONTRACTS`` change how many there are.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from algorand_coder.records import Candidate, Kind, Level, Outcome
from algorand_coder.verify import Verifier, node, puya, toolchain
from algorand_coder.verify.worker import group_memory

SNIPPETS = int(os.environ.get("BENCH_SNIPPETS", "2000"))
CONTRACTS = int(os.environ.get("BENCH_CONTRACTS", "60"))
SINGLES = 60
PROCESSES = 5
STARTERS = 1_100
"""Enough to start every worker that the measured batch will have."""

Row = tuple[str, str, str, str, str]

HEAD = """\
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import algosdk from 'algosdk'
"""
FUNCTIONS = [
    """
/** Pays @AMOUNT@ microAlgo and returns the transaction's id. */
export async function pay@N@(algorand: AlgorandClient, sender: string, receiver: string): Promise<string> {
  const amount = AlgoAmount.MicroAlgo(@AMOUNT@)
  if (amount.microAlgo < 1n) {
    throw new Error('amount must be positive')
  }
  const result = await algorand.send.payment({ sender, receiver, amount, note: 'payment @N@' })
  return result.txIds[0]
}
""",
    """
export interface Token@N@ {
  name: string
  unit: string
  total: bigint
}

export async function create@N@(algorand: AlgorandClient, creator: algosdk.Address, token: Token@N@): Promise<bigint> {
  const created = await algorand.send.assetCreate({
    sender: creator,
    total: token.total,
    decimals: @DIGIT@,
    assetName: token.name,
    unitName: token.unit,
    manager: creator,
  })
  return created.assetId
}
""",
    """
// Moves the asset to everybody on the list in groups of sixteen.
export async function airdrop@N@(algorand: AlgorandClient, sender: string, assetId: bigint, receivers: string[]) {
  const ids: string[] = []
  for (let start = 0; start < receivers.length; start += 16) {
    const group = algorand.newGroup()
    for (const receiver of receivers.slice(start, start + 16)) {
      group.addAssetTransfer({ sender, receiver, assetId, amount: @AMOUNT@n })
    }
    const sent = await group.send()
    ids.push(...sent.txIds)
  }
  return ids.map((id) => id.toLowerCase()).filter((id) => id.length > @DIGIT@)
}
""",
    """
export async function balances@N@(algorand: AlgorandClient, addresses: string[]): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>()
  for (const address of addresses) {
    const information = await algorand.account.getInformation(address)
    found.set(address, information.balance.microAlgo - @AMOUNT@n)
  }
  return new Map([...found].sort(([, a], [, b]) => Number(a - b)))
}
""",
]
CONTRACT = """\
import { Account, BoxMap, Contract, GlobalState, Txn } from '@algorandfoundation/algorand-typescript'
import { assert, clone, uint64 } from '@algorandfoundation/algorand-typescript'

type Entry@N@ = { amount: uint64; note: string }

export class Ledger@N@ extends Contract {
  total = GlobalState<uint64>({ initialValue: @AMOUNT@ })
  entries = BoxMap<Account, Entry@N@>({ keyPrefix: 'e' })
@METHODS@}
"""
METHODS = [
    """
  add@K@(amount: uint64, note: string): uint64 {
    assert(amount > @DIGIT@, 'too small')
    const before: uint64 = this.entries(Txn.sender).exists ? this.entries(Txn.sender).value.amount : 0
    this.entries(Txn.sender).value = { amount: before + amount, note }
    this.total.value += amount
    return this.total.value
  }
""",
    """
  look@K@(who: Account): Entry@N@ {
    const entry = clone(this.entries(who).value)
    return entry
  }
""",
    """
  sum@K@(values: uint64[]): uint64 {
    let sum: uint64 = 0
    for (const value of values) {
      sum += value * @AMOUNT@
    }
    return sum
  }
""",
]


def client(chance: random.Random, number: int) -> str:
    """A module whose length is drawn from the corpus's distribution (log-normal, median 36 lines)."""
    wanted = chance.lognormvariate(3.6, 0.55)
    code, part = HEAD, 0
    while code.count("\n") < wanted:
        code += fill(chance.choice(FUNCTIONS), chance, f"{number}_{part}")
        part += 1
    return code if chance.random() > 0.1 else code.replace("sender, receiver", "from: sender, receiver")


def contract(chance: random.Random, number: int) -> str:
    parts = range(max(1, round(chance.lognormvariate(1.2, 0.5))))
    methods = "".join(fill(chance.choice(METHODS), chance, str(number)).replace("@K@", str(part)) for part in parts)
    return fill(CONTRACT, chance, str(number)).replace("@METHODS@", methods)


def fill(template: str, chance: random.Random, number: str) -> str:
    text = template.replace("@N@", number).replace("@AMOUNT@", str(chance.randrange(1, 10**6)))
    return text.replace("@DIGIT@", str(chance.randrange(10)))


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run() -> list[Row]:
    """Measure everything; takes some minutes on two cores."""
    chance = random.Random(7)
    codes = [client(chance, number) for number in range(SNIPPETS)]
    snippets = [Candidate.single(code, Kind.CLIENT) for code in codes]
    lines = statistics.median(code.count("\n") for code in codes)
    rows: list[Row] = [("snippets", f"{SNIPPETS:,}", f"median {lines:.0f} lines", "", ">= 30 lines")]
    with tempfile.TemporaryDirectory() as folder:
        rows += types(snippets, Path(folder))
    rows += singles(snippets)
    rows += contracts([contract(chance, number) for number in range(CONTRACTS)])
    return rows


def types(snippets: list[Candidate], folder: Path) -> list[Row]:
    starters = [Candidate.single(f"{HEAD}export const n = {n}\n", Kind.CLIENT) for n in range(STARTERS)]
    with Verifier(cache=None) as warm, peak_memory(warm) as memory:
        warm.check(starters, Level.TYPES)
        plain = timed(lambda: warm.check(snippets, Level.TYPES))
    with Verifier(cache=None, metrics=True) as warm, peak_memory(warm) as memory_measured:
        warm.check(starters, Level.TYPES)
        measured = timed(lambda: warm.check(snippets, Level.TYPES))
    project = toolchain.ensure("client")
    (folder / "node_modules").symlink_to(project / "node_modules")
    for number, snippet in enumerate(snippets):
        (folder / f"s{number}.ts").write_text(snippet.files["main.ts"])
    bare = timed(lambda: tsc(project, folder, [f"s{number}.ts" for number in range(len(snippets))]))
    each = statistics.mean(timed(partial(tsc, project, folder, [f"s{number}.ts"])) for number in range(PROCESSES))
    one_by_one = each * len(snippets)
    with Verifier(cache=folder / "verdicts") as remembering:
        remembering.check(snippets, Level.TYPES)
    with Verifier(cache=folder / "verdicts") as remembering:
        remembering.check(snippets[:1], Level.TYPES)
        # As they come from a file in another run: nothing about them is known to this process.
        anew = [Candidate.single(snippet.files["main.ts"], Kind.CLIENT) for snippet in snippets]
        cached = timed(lambda: remembering.check(anew, Level.TYPES))
    return [
        ("parse + types, batch", s(plain), f"{s(bare)} one tsc 7 batch", f"{plain / bare:.2f}", "<= 1.5"),
        ("… with deprecations and any", s(measured), f"{s(bare)} one tsc 7 batch", f"{measured / bare:.2f}", "<= 2"),
        ("… one process a file", s(plain), f"{s(one_by_one)} tsc per file", f"{one_by_one / plain:.0f}", ">= 100"),
        ("remembered verdicts, batch", s(cached), f"{s(plain)} fresh", f"{cached / plain:.3f}", "<= 0.01"),
        ("memory of the workers", f"{memory[0] / 1e6:.0f} MB", "", "", "<= 2000 MB"),
        ("… with deprecations and any", f"{memory_measured[0] / 1e6:.0f} MB", "", "", "<= 2000 MB"),
    ]


def singles(snippets: list[Candidate]) -> list[Row]:
    some = snippets[1 : SINGLES + 1]
    with tempfile.TemporaryDirectory() as folder, Verifier(cache=Path(folder)) as warm:
        warm.check(snippets[:1], Level.TYPES)
        times = sorted(timed(partial(warm.check, [snippet], Level.TYPES)) for snippet in some)
        again = statistics.median(timed(partial(warm.check, [snippet], Level.TYPES)) for snippet in some)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    ratio = f"{again / p50:.4f}"
    return [
        ("single remembered verdict", f"{again * 1e6:.0f} µs", f"{p50 * 1000:.0f} ms fresh", ratio, "<= 0.01"),
        ("single warm check, p50", f"{p50 * 1000:.0f} ms", "", "", "<= 30 ms"),
        ("single warm check, p95", f"{p95 * 1000:.0f} ms", "", "", "<= 80 ms"),
    ]


def contracts(codes: list[str]) -> list[Row]:
    candidates = [Candidate.single(code, Kind.CONTRACT) for code in codes]
    with Verifier(cache=None) as warm:
        warm.check(candidates[:1])
        verdicts = []
        ours = timed(lambda: verdicts.extend(warm.check(candidates)))
        alone = timed(lambda: warm.check([Candidate.single(codes[0] + "\n", Kind.CONTRACT)]))
    assert all(verdict.outcome == Outcome.PASSED for verdict in verdicts), verdicts[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = toolchain.ensure("puya")
        (folder / "node_modules").symlink_to(project / "node_modules")
        (folder / "contracts").mkdir()
        for number, code in enumerate(codes):
            (folder / "contracts" / f"c{number}.algo.ts").write_text(code)
        bare = timed(lambda: puyats(project, folder))
    rate = (len(codes) / ours) / (len(codes) / bare)
    return [
        ("contracts, batch", s(ours), f"{s(bare)} one puya-ts call, {len(codes)} contracts", f"{rate:.2f}", ">= 0.8"),
        ("contract, single warm", s(alone), "", "", ""),
    ]


def tsc(project: Path, folder: Path, names: list[str]) -> None:
    options = {
        "target": "ESNext", "lib": ["ESNext"], "module": "ESNext", "moduleResolution": "Bundler", "types": ["node"],
        "moduleDetection": "force", "strict": True, "noEmit": True, "skipLibCheck": True,
    }  # fmt: skip
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": names}))
    command = [str(node.node()), str(project / "node_modules" / "typescript" / "bin" / "tsc"), "-p", str(folder)]
    subprocess.run(command, env=node.environment(), stdout=subprocess.DEVNULL, check=False)


def puyats(project: Path, folder: Path) -> None:
    home = project / "node_modules" / "@algorandfoundation" / "puya-ts"
    program = json.loads((home / "package.json").read_text())["bin"]["puyats"]
    flags = ["--puya-path", str(puya.ensure()), "--output-bytecode", "--target-avm-version", "10"]
    command = [str(node.node()), str(home / program), "contracts", *flags, "--skip-version-check", "--out-dir", "out"]
    done = subprocess.run(command, cwd=folder, env=node.environment(), capture_output=True, text=True, check=False)
    built = len(list(folder.rglob("*.approval.bin")))
    assert built == len(list((folder / "contracts").glob("*.ts"))), f"{built} built; {done.stdout[-500:]}"


@contextmanager
def peak_memory(verifier: Verifier) -> Iterator[list[int]]:
    """The highest resident size of all workers together, in bytes, in a list of one."""
    highest, stop = [0], threading.Event()

    def look() -> None:
        while not stop.wait(0.1):
            used = sum(group_memory(worker.pid) for worker in verifier.workers() if worker.pid)
            highest[0] = max(highest[0], used)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield highest
    finally:
        stop.set()
        watcher.join()


def s(seconds: float) -> str:
    return f"{seconds:.2f} s"


if __name__ == "__main__":
    for row in run():
        print(" | ".join(row))
