// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('GameSettings.arc56.json', 'utf8'))
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
  const stranger = await user()
  assert.equal(await call('get', ['speed', 9n]), 9n)
  await call('set', ['speed', 0n])
  await call('set', ['gravity', 981n])
  assert.equal(await call('get', ['speed', 9n]), 0n)
  assert.equal(await call('get', ['gravity', 9n]), 981n)
  assert.equal((await app.getGlobalState())['gravity']?.value, 981n)
  const { params } = await algorand.client.algod.getApplicationByID(app.appId).do()
  assert.deepEqual([params?.globalStateSchema?.numUint, params?.globalStateSchema?.numByteSlice], [20, 0])
  await assert.rejects(call('set', ['speed', 1n], { sender: stranger }), /creator only/)
  await assert.rejects(call('drop', ['speed'], { sender: stranger }), /creator only/)
  await call('drop', ['speed'])
  assert.equal(await call('get', ['speed', 9n]), 9n)
}
