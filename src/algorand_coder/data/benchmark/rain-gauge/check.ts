// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('RainGauge.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await assert.rejects(call('summary'), /no rain yet/)
  await call('add', [12n])
  assert.deepEqual(await call('summary'), [1n, 12n, 12n, 12n])
  await call('add', [7n])
  await call('add', [30n])
  await call('add', [9n])
  assert.deepEqual(await call('summary'), [4n, 58n, 7n, 30n])
  await assert.rejects(call('reset', [], { sender: await user() }), /creator only/)
  await call('reset')
  await assert.rejects(call('summary'), /no rain yet/)
  await call('add', [20n])
  assert.deepEqual(await call('summary'), [1n, 20n, 20n, 20n])
}
