// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('DailyWalk.arc56.json', 'utf8'))
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
  const walker = await user()
  const walk = () => call('walk', [], { sender: walker })
  const { algod } = algorand.client
  const pass = async (seconds: number) => {
    await algod.setBlockOffsetTimestamp(seconds).do()
    await algorand.send.payment({ sender: creator, receiver: creator, amount: microAlgo(0), note: `${calls++}` })
    await algod.setBlockOffsetTimestamp(0).do()
  }
  await algod.setBlockOffsetTimestamp(0).do()
  await assert.rejects(walk(), /not a walker/)
  await assert.rejects(call('best', [`${creator}`]), /not a walker/)
  await app.send.optIn({ method: 'optInToApplication', sender: walker })
  const { latest } = { latest: BigInt((await algod.block((await algod.status().do()).lastRound).do()).block.header.timestamp) }
  await pass(Number(86_400n - (latest % 86_400n)) + 3_600)
  assert.equal(await call('best', [`${walker}`]), 0n)
  assert.equal(await walk(), 1n)
  assert.equal(await walk(), 1n)
  await pass(86_400)
  assert.equal(await walk(), 2n)
  await pass(86_400)
  assert.equal(await walk(), 3n)
  await pass(2 * 86_400)
  assert.equal(await walk(), 1n)
  assert.equal(await call('best', [`${walker}`]), 3n)
}
