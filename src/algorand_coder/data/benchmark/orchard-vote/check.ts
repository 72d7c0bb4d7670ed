// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('OrchardVote.arc56.json', 'utf8'))
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
  const other = await user()
  assert.equal(await call('support', [1n, 3n]), 91n)
  assert.equal(await call('support', [5n, 5n]), 66n)
  assert.equal(await call('support', [1n, 2n]), 50n)
  await assert.rejects(call('support', [1n, 4n]), /not enough credits/)
  await assert.rejects(call('support', [1n, 2n ** 40n]), /not enough credits/)
  await assert.rejects(call('support', [6n, 1n]), /no such plan/)
  await assert.rejects(call('support', [0n, 1n]), /no such plan/)
  assert.equal(await call('support', [1n, 10n], { sender: other }), 0n)
  assert.equal(await call('total', [1n]), 15n)
  assert.equal(await call('total', [5n]), 5n)
  assert.equal(await call('total', [2n]), 0n)
  assert.equal(await call('total', [3n]), 0n)
  assert.equal(await call('total', [4n]), 0n)
}
