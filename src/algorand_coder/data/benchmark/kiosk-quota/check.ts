// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('KioskQuota.arc56.json', 'utf8'))
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
  const wait = async (rounds: number) => {
    for (let i = 0; i < rounds; i++) await algorand.send.payment({ sender: creator, receiver: creator, amount: microAlgo(0), note: `${calls++}` })
  }
  const take = async (tokens: bigint) => {
    const { return: left, confirmation } = await app.send.call({ method: 'take', args: [tokens], note: `${calls++}` })
    return { left, round: confirmation.confirmedRound! }
  }
  await assert.rejects(call('take', [11n]), /slow down/)
  const first = await take(10n)
  assert.equal(first.left, 0n)
  await assert.rejects(call('take', [1n]), /slow down/)
  await wait(6)
  const second = await take(1n)
  assert.equal(second.round - first.round, 7n)
  assert.equal(second.left, 0n)
  await wait(2)
  const third = await take(1n)
  assert.equal(third.round - first.round, 10n)
  assert.equal(third.left, 0n)
  assert.equal(await call('left', [`${other}`]), 10n)
  assert.equal(await call('take', [3n], { sender: other }), 7n)
}
