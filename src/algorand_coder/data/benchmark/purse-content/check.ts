// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Given = { rich: string; empty: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr } = await algorand.account.localNetDispenser()
  const [rich, empty] = [algorand.account.random().addr, algorand.account.random().addr]
  await algorand.send.payment({ sender: addr, receiver: rich, amount: microAlgo(1_234_567) })
  return { rich: `${rich}`, empty: `${empty}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return [await answer.purseContent(algorand, given.rich), await answer.purseContent(algorand, given.empty)]
}

export async function verify(_given: Given, observed: bigint[]): Promise<void> {
  assert.deepEqual(observed, [1_234_567n, 0n])
}
