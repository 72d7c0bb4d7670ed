// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('MagazinePass.arc56.json', 'utf8'))
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
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  const create = async (price: bigint) => (await factory.send.create({ method: 'createApplication', args: [price] })).appClient
  await assert.rejects(create(0n), /no price/)
  const app = await create(40_000n)
  await fund(500_000)
  const reader = await user()
  const month = 30n * 24n * 3600n
  const subscribe = async (microAlgos: number, receiver?: string) =>
    (await call('subscribe', [await pay(`${reader}`, microAlgos, receiver)])) as bigint
  assert.equal(await call('isActive', [`${reader}`]), false)
  await assert.rejects(subscribe(0), /whole months/)
  await assert.rejects(subscribe(60_000), /whole months/)
  await assert.rejects(subscribe(40_000, `${creator}`), /pay the magazine/)
  const now = BigInt(Math.floor(Date.now() / 1000))
  const first = await subscribe(40_000)
  assert.ok(first > now + month - 3600n && first < now + month + 3600n)
  assert.equal(await subscribe(120_000), first + 3n * month)
  assert.equal(await call('isActive', [`${reader}`]), true)
  assert.equal(await call('isActive', [`${creator}`]), false)
  const penny = await create(1n)
  await algorand.send.payment({ sender: creator, receiver: penny.appAddress, amount: microAlgo(500_000) })
  await penny.send.call({ method: 'subscribe', args: [await pay(`${creator}`, 1, `${penny.appAddress}`)] })
  assert.equal((await penny.send.call({ method: 'isActive', args: [`${creator}`] })).return, true)
}
