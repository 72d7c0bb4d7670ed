// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('QuietHours.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = async (from: bigint, to: bigint) => (await factory.send.create({ method: 'createApplication', args: [from, to] })).appClient
  await assert.rejects(create(24n, 1n), /no such hour/)
  await assert.rejects(create(1n, 24n), /no such hour/)
  const quiet = async (app: Awaited<ReturnType<typeof create>>, ...hours: number[]) => {
    const found = []
    for (const hour of hours) found.push((await app.send.call({ method: 'isQuiet', args: [86_400n * 20_000n + BigInt(hour * 3600)] })).return)
    return found
  }
  assert.deepEqual(await quiet(await create(22n, 7n), 21.99, 22, 23.5, 0, 6.99, 7, 12), [false, true, true, true, true, false, false])
  assert.deepEqual(await quiet(await create(13n, 15n), 12, 13, 14.99, 15), [false, true, true, false])
  assert.deepEqual(await quiet(await create(5n, 5n), 5, 4), [false, false])
}
