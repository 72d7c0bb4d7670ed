"""Extraction beside the parser that it is built on: the same TypeScript, in one process, in one run.

``run()`` gives rows (name, value, counterpart, ratio, target). The files are written here; ``BENCH_COLLECTED`` names a
``files.parquet`` of the collect stage to measure on as well, and ``BENCH_FILES`` changes how many files are written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.filerules import refuse_file
from algorand_coder.extract.reading import ReadTask, read_file
from algorand_coder.extract.stage import extract_units
from algorand_coder.pipeline import Engine, read_table
from algorand_coder.records import Provenance, SourceFile, digest
from algorand_coder.syntax.parsing import parse_bytes

FILES = int(os.environ.get("BENCH_FILES", "400"))
ROUNDS = 3

Row = tuple[str, str, str, str, str]

HEAD = """\
import { AlgorandClient, algo } from '@algorandfoundation/algokit-utils'
import algosdk, { type Transaction } from 'algosdk'
import { Ledger@BEFORE@, limit@BEFORE@ } from './module@BEFORE@'

/** What may be spent in one go, in microAlgo. */
export const limit@N@ = 2_000_000n
"""
PART = """
/**
 * Pays everybody on the list who is owed something, sixteen transactions a group.
 *
 * @param algorand The client to send with
 * @param owed What each address is owed, in microAlgo
 * @returns The ids of the payments, in the order they were sent
 */
export async function settle@N@_@PART@(
  algorand: AlgorandClient,
  sender: string,
  owed: Map<string, bigint>,
): Promise<string[]> {
  const ids: string[] = []
  const entries = [...owed].filter(([, amount]) => amount > 0n && amount <= limit@N@)
  for (let start = 0; start < entries.length; start += 16) {
    const group = algorand.newGroup()
    for (const [receiver, amount] of entries.slice(start, start + 16)) {
      group.addPayment({ sender, receiver, amount: algo(amount), note: `settled ${start + @PART@}` })
    }
    const { txIds } = await group.send()
    ids.push(...txIds)
  }
  if (ids.length === 0 && owed.size > 0) {
    throw new Error('nobody was owed an amount that can be paid')
  }
  return ids
}

interface Entry@N@_@PART@ {
  id: bigint
  owner: string
  transactions: Transaction[]
}

/** Keeps entries by their id. */
export class Ledger@N@_@PART@ extends Ledger@BEFORE@ {
  private entries = new Map<bigint, Entry@N@_@PART@>()

  constructor(private readonly client: algosdk.Algodv2) {
    super()
  }

  /** The entry with an id; throws when there is none. */
  get(id: bigint): Entry@N@_@PART@ {
    const found = this.entries.get(id)
    if (!found) throw new Error(`no entry ${id}`)
    return found
  }

  async add(entry: Entry@N@_@PART@): Promise<number> {
    const params = await this.client.getTransactionParams().do()
    // Known ids are kept as they are.
    if (!this.entries.has(entry.id) && params.fee < limit@BEFORE@) {
      this.entries.set(entry.id, { ...entry, transactions: [] })
    }
    return this.entries.size
  }
}
"""


def written(count: int) -> list[SourceFile]:
    """Modules of one library, each importing the one before."""
    files = []
    for number in range(count):
        parts = HEAD + "".join(PART.replace("@PART@", str(part)) for part in range(1 + number % 5))
        text = parts.replace("@N@", str(number)).replace("@BEFORE@", str(max(0, number - 1)))
        where = Provenance("bench", "1", f"src/module{number}.ts", "MIT")
        files.append(SourceFile(digest(where.path), text, "ts", where))
    return files


def best(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of some rounds: what else the machine does counts less."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def rows(name: str, files: list[SourceFile], config: ExtractConfig) -> Iterator[Row]:
    """Reading alone (units with metrics), and the whole of extraction (names resolved across files), beside parsing."""
    raw = [file.text.encode() for file in files]
    megabytes = sum(map(len, raw)) / 1e6
    parsing = best(lambda: [parse_bytes(source) for source in raw])
    tasks = [ReadTask(file, config) for file in files]
    reading = best(lambda: [read_file(task) for task in tasks])
    facts = [read_file(task) for task in tasks]
    resolving = best(lambda: extract_units(facts, config, Engine("local", 1)))
    parser = f"tree-sitter {megabytes / parsing:.1f} MB/s"
    yield f"units with metrics, {name}", f"{megabytes / reading:.1f} MB/s", parser, f"{parsing / reading:.2f}", "≥ 0.40"
    whole = reading + resolving
    yield f"names resolved too, {name}", f"{megabytes / whole:.1f} MB/s", parser, f"{parsing / whole:.2f}", "≥ 0.40"


def run() -> Iterator[Row]:
    config = ExtractConfig(tsx=True)
    yield from rows(f"{FILES} files written here", written(FILES), config)
    if collected := os.environ.get("BENCH_COLLECTED"):
        files = [file for file in read_table(Path(collected), SourceFile) if file.language in {"ts", "tsx"}]
        yield from rows(f"{len(files):,} collected files", files, config)
        read = [file for file in files if refuse_file(file, config) is None]
        yield from rows(f"{len(read):,} of them that are not refused unread", read, config)
