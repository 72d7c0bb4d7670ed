"""Small pieces of code with known verdicts."""

from __future__ import annotations

from algorand_coder.records import Candidate, Kind

ALGORAND_TYPESCRIPT = "@algorandfoundation/algorand-typescript"

PAYMENT = """\
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

/** Pays one Algo. */
export async function pay(algorand: AlgorandClient, sender: string, receiver: string): Promise<string> {
  const result = await algorand.send.payment({ sender, receiver, amount: (1).algo() })
  return result.txIds[0]
}
"""
OLD_PAYMENT = PAYMENT.replace("sender, receiver,", "from: sender, to: receiver,")
COUNTER = f"""\
import {{ Contract, GlobalState, assert, uint64 }} from '{ALGORAND_TYPESCRIPT}'

export class Counter extends Contract {{
  count = GlobalState<uint64>({{ initialValue: 0 }})

  add(by: uint64): uint64 {{
    assert(by > 0, 'by must be positive')
    this.count.value += by
    return this.count.value
  }}
}}
"""
UNTYPED_SUM = COUNTER.replace("this.count.value += by", "const next = this.count.value + by")
LIMIT = f"""\
import {{ LogicSig, Txn }} from '{ALGORAND_TYPESCRIPT}'

export class Limit extends LogicSig {{
  program(): boolean {{
    return Txn.fee < 5000
  }}
}}
"""
TEALSCRIPT = """\
import { Contract } from '@algorandfoundation/tealscript'

export class Counter extends Contract {
  count = GlobalStateKey<uint64>()

  createApplication(): void {
    this.count.value = 0
  }

  add(by: uint64): uint64 {
    this.count.value = this.count.value + by
    return this.count.value
  }
}
"""
NUMBER_IN_TEALSCRIPT = TEALSCRIPT.replace("by: uint64", "by: number")


def client(code: str, target: str = "utils9") -> Candidate:
    """A client snippet."""
    return Candidate.single(code, Kind.CLIENT, target)


def contract(code: str) -> Candidate:
    """A contract file."""
    return Candidate.single(code, Kind.CONTRACT)
