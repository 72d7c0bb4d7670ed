// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('SongSplit.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgo
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  const people = [1, 2, 3].map(() => `${algorand.account.random().addr}`)
  const create = async (accounts: string[], shares: bigint[]) =>
    (await factory.send.create({ method: 'createApplication', args: [accounts, shares] })).appClient
  await assert.rejects(create(people, [5_000n, 5_000n]), /lengths differ/)
  await assert.rejects(create(people, [5_000n, 3_000n, 1_999n]), /shares do not add up/)
  const app = await create(people, [2_000n, 5_000n, 3_000n])
  await fund(100_000)
  const split = async (microAlgos: number, receiver?: string) =>
    call('split', [await pay(`${creator}`, microAlgos, receiver)], { extraFee: microAlgo(3_000) })
  await assert.rejects(split(900_000, `${creator}`), /pay the song/)
  await split(1_000_007)
  assert.deepEqual(await Promise.all(people.map(balance)), [200_002n, 500_003n, 300_002n])
  assert.equal(await balance(`${app.appAddress}`), 100_000n)
}
