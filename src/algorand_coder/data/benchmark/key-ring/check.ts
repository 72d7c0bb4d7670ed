// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('KeyRing.arc56.json', 'utf8'))
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
  await fund(500_000)
  const person = `${await user()}`
  assert.equal(await call('grant', [person, 0n]), 1n)
  assert.equal(await call('grant', [person, 63n]), 2n ** 63n + 1n)
  assert.equal(await call('grant', [person, 0n]), 2n ** 63n + 1n)
  assert.equal(await call('may', [person, 2n ** 63n]), true)
  assert.equal(await call('may', [person, 2n ** 63n + 2n]), false)
  assert.equal(await call('may', [`${creator}`, 1n]), false)
  assert.equal(await call('revoke', [person, 5n]), 2n ** 63n + 1n)
  assert.equal(await call('revoke', [person, 63n]), 1n)
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 1)
  assert.equal(await call('revoke', [person, 0n]), 0n)
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 0)
  await assert.rejects(call('grant', [person, 64n]), /no such permission/)
  await assert.rejects(call('grant', [person, 1n], { sender: person }), /creator only/)
}
