// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Observed = { good: { result: bigint; runs: number }; pauses: number[]; thrown: string[]; counts: number[]; same: boolean }

const fail = (message: string, status?: unknown) => Object.assign(new Error(message), status === undefined ? {} : { status })

export async function drive(answer: typeof Answer, _given: undefined, algorand: AlgorandClient): Promise<Observed> {
  const queue = [fail('busy', 503), fail('slow down', 429), fail('fetch failed')]
  const times: number[] = []
  const good = await answer.stubborn(async () => {
    times.push(performance.now())
    const next = queue.shift()
    if (next) throw next
    return (await algorand.client.algod.status().do()).lastRound >= 0n ? 7n : 0n
  }, 4, 150)
  const pauses = times.slice(1).map((time, index) => time - times[index])
  const counts: number[] = []
  const thrown: string[] = []
  let same = true
  for (const error of [fail('refused', 400), fail('fetch failed', 404), fail('busy', 500), fail('other'), fail('text', '503'), fail('busy', 599), fail('odd', 600), fail('odd', 499)]) {
    let runs = 0
    const caught = await answer.stubborn(async () => {
      runs++
      throw error
    }, 3, 1).catch((e: unknown) => e)
    same &&= caught === error
    thrown.push((caught as Error).message)
    counts.push(runs)
  }
  return { good, pauses, thrown, counts, same }
}

export async function verify(_given: undefined, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.good, { result: 7n, runs: 4 })
  // A busy machine makes pauses longer, never shorter.
  assert.ok([149, 298, 597].every((least, index) => observed.pauses[index] >= least), `paused ${observed.pauses.join(', ')} ms`)
  assert.deepEqual(observed.counts, [1, 1, 3, 1, 1, 3, 1, 1])
  assert.ok(observed.same)
}
