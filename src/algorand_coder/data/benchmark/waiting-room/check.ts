// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('WaitingRoom.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(1_000_000)
  const [ada, bob] = [await user(), await user()]
  await assert.rejects(call('next'), /nobody waits/)
  assert.equal(await call('arrive', [], { sender: ada }), 0n)
  assert.equal(await call('arrive', [], { sender: bob }), 1n)
  await assert.rejects(call('arrive', [], { sender: ada }), /waiting already/)
  await assert.rejects(call('next', [], { sender: ada }), /creator only/)
  assert.equal(await call('next'), `${ada}`)
  assert.equal(await call('arrive', [], { sender: ada }), 1n)
  assert.equal(await call('length'), 2n)
  assert.equal(await call('next'), `${bob}`)
  assert.equal(await call('next'), `${ada}`)
  assert.equal(await call('length'), 0n)
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 0)
}
