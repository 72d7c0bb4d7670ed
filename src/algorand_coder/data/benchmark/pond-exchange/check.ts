// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('PondExchange.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  assert.equal(await call('output', [1_000n, 1_000n, 100n]), 90n)
  const huge = 15_000_000_000_000_000_000n
  const worked = 9_000_000_000_000_000_000n * 997n
  assert.equal(await call('output', [huge, huge, 9_000_000_000_000_000_000n]), (huge * worked) / (huge * 1000n + worked))
  assert.equal(await call('output', [5n, 7n, 0n]), 0n)
  assert.equal(await call('input', [1_000n, 1_000n, 90n]), 100n)
  assert.equal(await call('output', [1n, 7n, 7n]), 6n)
  assert.equal(await call('output', [5n, 1n, 9n]), 0n)
  assert.equal(await call('input', [1n, 7n, 1n]), 1n)
  assert.equal(await call('input', [5n, 1n, 0n]), 1n)
  assert.equal(await call('input', [huge, huge, huge / 3n]), (huge * (huge / 3n) * 1000n) / ((huge - huge / 3n) * 997n) + 1n)
  await assert.rejects(call('input', [5n, 7n, 7n]), /pond too small/)
  await assert.rejects(call('output', [0n, 7n, 1n]), /empty pond/)
  await assert.rejects(call('input', [5n, 0n, 1n]), /empty pond/)
}
