// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('GreenRoom.arc56.json', 'utf8'))
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
  await assert.rejects(call('leave'), /nobody there/)
  assert.equal(await call('enter'), 1n)
  assert.equal(await call('enter', [], { sender: stranger }), 2n)
  await assert.rejects(call('pause', [], { sender: stranger }), /creator only/)
  await call('pause')
  await assert.rejects(call('enter'), /paused/)
  assert.equal(await call('leave'), 1n)
  await assert.rejects(call('resume', [], { sender: stranger }), /creator only/)
  await call('resume')
  assert.equal(await call('enter'), 2n)
  assert.equal(await call('leave'), 1n)
  assert.equal(await call('leave'), 0n)
  await assert.rejects(call('leave'), /nobody there/)
}
