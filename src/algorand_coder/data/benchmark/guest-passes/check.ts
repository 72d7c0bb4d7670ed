// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('GuestPasses.arc56.json', 'utf8'))
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
  const [a, b, c] = [1, 2, 3].map(() => `${algorand.account.random().addr}`)
  const stranger = await user()
  await assert.rejects(call('allow', [[a]], { sender: stranger }), /creator only/)
  await assert.rejects(call('allow', [Array(9).fill(a)]), /too many/)
  assert.equal(await call('allow', [[a, b, a]]), 2n)
  assert.equal(await call('isAllowed', [b]), true)
  assert.equal(await call('isAllowed', [c]), false)
  assert.equal(await call('forbid', [[c]]), 2n)
  assert.equal(await call('forbid', [[b, c]]), 1n)
  assert.equal(await call('isAllowed', [b]), false)
  assert.equal(await call('allow', [[]]), 1n)
  await assert.rejects(call('forbid', [[a]], { sender: stranger }), /creator only/)
  const [box, ...more] = await algorand.app.getBoxNames(app.appId)
  assert.equal(more.length, 0)
  assert.equal(Buffer.from(box!.nameRaw.subarray(0, 1)).toString(), 'a')
}
