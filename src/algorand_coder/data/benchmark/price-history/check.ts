// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('PriceHistory.arc56.json', 'utf8'))
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
  const change = async (price: bigint) => {
    const { return: number, confirmation } = await app.send.call({ method: 'change', args: [price] })
    return { number, round: confirmation.confirmedRound! }
  }
  await assert.rejects(call('priceAt', [10n ** 6n]), /no price yet/)
  const first = await change(300n)
  await algorand.send.payment({ sender: creator, receiver: creator, amount: microAlgo(0) })
  const second = await change(250n)
  const group = algorand.newGroup()
  for (const price of [400n, 401n]) group.addAppCallMethodCall(await app.params.call({ method: 'change', args: [price] }))
  await group.send()
  assert.deepEqual([first.number, second.number], [1n, 2n])
  assert.equal(await call('priceAt', [first.round]), 300n)
  assert.equal(await call('priceAt', [second.round - 1n]), 300n)
  assert.equal(await call('priceAt', [second.round]), 250n)
  assert.equal(await call('priceAt', [second.round + 1n]), 401n)
  await assert.rejects(call('priceAt', [first.round - 1n]), /no price yet/)
  assert.deepEqual(await call('version', [1n]), [300n, first.round])
  assert.deepEqual(await call('version', [2n]), [250n, second.round])
  assert.equal(((await call('version', [4n])) as unknown as bigint[])[0], 401n)
  await assert.rejects(call('version', [5n]), /no such version/)
  await assert.rejects(call('version', [0n]), /no such version/)
  await assert.rejects(call('change', [1n], { sender: await user() }), /creator only/)
}
