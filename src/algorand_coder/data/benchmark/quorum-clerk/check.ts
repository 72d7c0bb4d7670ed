// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('QuorumClerk.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  assert.equal(await call('outcome', [10n, 2n, 1n, 0n]), 'no quorum')
  assert.equal(spec.methods.find(({ name }: { name: string }) => name === 'outcome').readonly, true)
  assert.equal(await call('outcome', [9n, 2n, 1n, 0n]), 'carried')
  assert.equal(await call('outcome', [10n, 2n, 1n, 1n]), 'carried')
  assert.equal(await call('outcome', [10n, 3n, 3n, 0n]), 'rejected')
  assert.equal(await call('outcome', [10n, 3n, 2n, 4n]), 'rejected')
  assert.equal(await call('outcome', [10n, 4n, 2n, 4n]), 'carried')
  assert.equal(await call('outcome', [2n ** 62n, 2n ** 61n, 2n ** 60n, 0n]), 'carried')
  await assert.rejects(call('outcome', [10n, 5n, 5n, 1n]), /too many votes/)
}
