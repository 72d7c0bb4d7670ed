// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Given = { app: bigint; bare: bigint }

const STATE = `#pragma version 10
byte "points"
int 18446744073709551615
app_global_put
byte "prize"
byte "Derby"
app_global_put
byte "rounds"
int 0
app_global_put
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const clearStateProgram = '#pragma version 10\nint 1'
  const schema = { globalInts: 2, globalByteSlices: 1, localInts: 0, localByteSlices: 0 }
  const full = await algorand.send.appCreate({ sender, approvalProgram: STATE, clearStateProgram, schema })
  const bare = await algorand.send.appCreate({ sender, approvalProgram: clearStateProgram, clearStateProgram })
  return { app: full.appId, bare: bare.appId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return { full: await answer.readCounters(algorand, given.app), bare: await answer.readCounters(algorand, given.bare) }
}

export async function verify(_given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, { full: { rounds: 0n, points: 2n ** 64n - 1n }, bare: {} })
}
