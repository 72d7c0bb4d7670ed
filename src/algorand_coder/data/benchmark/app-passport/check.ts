// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Given = { large: bigint; small: bigint; creator: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const program = '#pragma version 10\nint 1'
  const schema = { globalInts: 3, globalByteSlices: 5, localInts: 2, localByteSlices: 7 }
  const large = await algorand.send.appCreate({
    sender, approvalProgram: program, clearStateProgram: program, schema, extraProgramPages: 2,
  })
  const small = await algorand.send.appCreate({ sender, approvalProgram: program, clearStateProgram: program })
  return { large: large.appId, small: small.appId, creator: `${sender}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return [await answer.passport(algorand, given.large), await answer.passport(algorand, given.small)]
}

export async function verify(given: Given, observed: Answer.Passport[]): Promise<void> {
  const { creator } = given
  assert.deepEqual(observed, [
    { creator, globalInts: 3, globalByteSlices: 5, localInts: 2, localByteSlices: 7, extraPages: 2 },
    { creator, globalInts: 0, globalByteSlices: 0, localInts: 0, localByteSlices: 0, extraPages: 0 },
  ])
}
