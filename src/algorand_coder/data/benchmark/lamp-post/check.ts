// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('LampPost.arc56.json', 'utf8'))
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
  const press = async (times: number) => {
    const group = algorand.newGroup()
    for (let i = 0; i < times; i++) group.addAppCallMethodCall(await app.params.call({ method: 'press', note: `${calls++}` }))
    return (await group.send()).returns?.map((each) => each.returnValue)
  }
  assert.equal(await call('look'), 'off')
  await assert.rejects(call('repair'), /not broken/)
  assert.deepEqual(await press(10), ['on', 'off', 'on', 'off', 'on', 'off', 'on', 'off', 'on', 'broken'])
  await assert.rejects(call('press'), /broken/)
  await assert.rejects(call('repair', [], { sender: await user() }), /creator only/)
  await call('repair')
  assert.equal(await call('look'), 'off')
  assert.deepEqual(await press(10), ['on', 'off', 'on', 'off', 'on', 'off', 'on', 'off', 'on', 'broken'])
}
