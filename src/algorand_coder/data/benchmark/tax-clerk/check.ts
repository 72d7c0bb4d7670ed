// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('TaxClerk.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  assert.equal(await call('tax', [10_000n]), 0n)
  assert.equal(await call('tax', [10_009n]), 1n)
  assert.equal(await call('tax', [40_000n]), 6_000n)
  assert.equal(await call('tax', [41_001n]), 6_450n)
  assert.equal(await call('tax', [40_100n]), 6_045n)
  assert.equal(await call('net', [0n]), 0n)
  assert.equal(await call('net', [100_000n]), 67_000n)
}
