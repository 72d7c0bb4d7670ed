"""What the compiler lets through and the chain does not: see docs/decisions/0009."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from algorand_coder.records import Candidate, Kind, Level
from algorand_coder.verify import Verifier

HEAD = """import { BoxMap, clone, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

type Entry = { amount: uint64; note: string }
type Fixed = { amount: uint64; number: uint64 }

export class Keep extends Contract {
  entries = BoxMap<uint64, Entry>({ keyPrefix: 'e' })
  frozen = BoxMap<uint64, Readonly<Entry>>({ keyPrefix: 'r' })
  fixed = BoxMap<uint64, Fixed>({ keyPrefix: 'f' })
  global = GlobalState<Entry>({ key: 'g' })

  put(): void {
    this.entries(1).value = { amount: 1, note: 'old' }
    this.frozen(1).value = { amount: 1, note: 'old' }
    this.fixed(1).value = { amount: 1, number: 1 }
    this.global.value = { amount: 1, note: 'old' }
  }
"""
NEW = "{ amount: 2, note: 'new' }"
WRITE = f"this.entries(1).value = {NEW}"
RIGHT = {
    "field": f"const note = this.entries(1).value.note\n    {WRITE}\n    return note",
    "fieldOfClone": f"const note = clone(this.entries(1).value).note\n    {WRITE}\n    return note",
    "named": f"const before = clone(this.entries(1).value)\n    const note = before.note\n    {WRITE}\n    return note",
    "destructured": f"const {{ note }} = clone(this.entries(1).value)\n    {WRITE}\n    return note",
    "readonly": f"const before = this.frozen(1).value\n    this.frozen(1).value = {NEW}\n    return before.note",
    "fixedSize": "const before = clone(this.fixed(1).value)\n    this.fixed(1).value = { amount: 2, number: 2 }\n"
    "    return before.number === 1 ? 'old' : 'new'",
    "changedFirst": f"const before = clone(this.entries(1).value)\n    before.amount += 1\n    {WRITE}\n"
    "    return before.note",
    "globalState": f"const before = clone(this.global.value)\n    this.global.value = {NEW}\n    return before.note",
}
LAZY = {
    "copied": f"const before = clone(this.entries(1).value)\n    {WRITE}\n    return before.note",
    "deleted": "const before = clone(this.entries(1).value)\n    this.entries(1).delete()\n    return before.note",
}
CHECK = """import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

const METHODS = [NAMES]

export async function verify(given: undefined, observed: undefined, algorand: AlgorandClient): Promise<void> {
  const { addr } = await algorand.account.localNetDispenser()
  const appSpec = readFileSync('Keep.arc56.json', 'utf8')
  const { appClient } = await algorand.client.getAppFactory({ appSpec, defaultSender: addr }).send.bare.create()
  await appClient.fundAppAccount({ amount: algo(5) })
  const said: string[] = []
  for (const method of METHODS) {
    await appClient.send.call({ method: 'put', note: method })
    const told = appClient.send.call({ method }).then((result) => String(result.return))
    said.push(`${method} ${await told.catch(() => 'ends')}`)
  }
  assert.deepEqual(said, METHODS.map((method) => `${method} old`))
}
"""


def keep(methods: dict[str, str]) -> Candidate:
    body = "".join(f"\n  {name}(): string {{\n    {code}\n  }}\n" for name, code in methods.items())
    check = CHECK.replace("NAMES", ", ".join(map(repr, methods)))
    files = {"contract.algo.ts": f"{HEAD}{body}}}\n", "check.ts": check}
    return Candidate(files, "contract.algo.ts", Kind.CONTRACT, check="check.ts")


@pytest.mark.slow
def test_a_copy_of_a_box_is_read_when_it_is_used(verifier: Verifier, require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    right, *lazy = verifier.check([keep(RIGHT), *(keep({name: code}) for name, code in LAZY.items())], Level.BEHAVE)
    assert right.outcome.value == "passed", right.diagnostics
    for name, verdict in zip(LAZY, lazy, strict=True):
        assert verdict.last
        assert (verdict.outcome.value, verdict.last.level) == ("failed", Level.BEHAVE), (name, verdict)
