// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('FounderShares.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgo
  const founder = await user()
  const create = async (...args: (string | bigint)[]) =>
    (await factory.send.create({ method: 'createApplication', args })).appClient
  await assert.rejects(create(`${founder}`, 9n, 5n, 1n, 0n), /no duration/)
  await assert.rejects(create(`${founder}`, 9n, 5n, 8n, 7n), /cliff too long/)
  await create(`${founder}`, 9n, 5n, 1n, 1n)
  const total = 4_000_000_000_000_000_000n
  const large = await create(`${founder}`, total, 1_000n, 100n, 400_000_000n)
  const vestedAt = async (time: bigint) => (await large.send.call({ method: 'vestedAt', args: [time] })).return
  assert.equal(await vestedAt(1_099n), 0n)
  assert.equal(await vestedAt(1_100n), (total * 100n) / 400_000_000n)
  assert.equal(await vestedAt(1_001n + 200_000_000n), (total * 200_000_001n) / 400_000_000n)
  assert.equal(await vestedAt(1_000n + 400_000_000n), total)
  const app = await create(`${founder}`, 500_000n, 1_000n, 10n, 1_000n)
  await fund(600_000)
  const before = await balance(`${founder}`)
  await assert.rejects(call('claim', [], { extraFee: microAlgo(1000) }), /founder only/)
  assert.equal(await call('claim', [], { sender: founder, extraFee: microAlgo(1000) }), 500_000n)
  assert.equal(await balance(`${founder}`), before + 500_000n - 2_000n)
  await assert.rejects(call('claim', [], { sender: founder, extraFee: microAlgo(1000) }), /nothing to claim/)
}
