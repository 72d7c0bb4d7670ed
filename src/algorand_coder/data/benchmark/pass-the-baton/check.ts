// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('PassTheBaton.arc56.json', 'utf8'))
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
  const [ada, bob] = [await user(), await user()]
  assert.equal(await call('holder'), `${creator}`)
  await assert.rejects(call('offer', [`${ada}`], { sender: ada }), /holder only/)
  await assert.rejects(call('accept'), /nothing offered to you/)
  await call('offer', [`${ada}`])
  assert.equal(await call('holder'), `${creator}`)
  await call('offer', [`${bob}`])
  await assert.rejects(call('accept', [], { sender: ada }), /nothing offered to you/)
  await call('accept', [], { sender: bob })
  assert.equal(await call('holder'), `${bob}`)
  await assert.rejects(call('offer', [`${creator}`]), /holder only/)
  await call('offer', [`${ada}`], { sender: bob })
  await call('accept', [], { sender: ada })
  await assert.rejects(call('accept', [], { sender: ada }), /nothing offered to you/)
  assert.equal(await call('holder'), `${ada}`)
}
