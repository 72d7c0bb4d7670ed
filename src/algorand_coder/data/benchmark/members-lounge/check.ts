// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('MembersLounge.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const guest = await user()
  const { assetId } = await algorand.send.assetCreate({ sender: creator, total: 100n, decimals: 0, freeze: creator })
  const create = async (units: bigint) =>
    (await factory.send.create({ method: 'createApplication', args: [assetId, units] })).appClient
  await assert.rejects(create(0n), /no units/)
  await create(1n)
  const app = await create(3n)
  assert.equal(await call('enter'), 1n)
  await assert.rejects(call('enter', [], { sender: guest }), /no card/)
  await algorand.send.assetOptIn({ sender: guest, assetId })
  await algorand.send.assetTransfer({ sender: creator, receiver: guest, assetId, amount: 2n })
  await assert.rejects(call('enter', [], { sender: guest }), /too few units/)
  await algorand.send.assetTransfer({ sender: creator, receiver: guest, assetId, amount: 1n })
  assert.equal(await call('enter', [], { sender: guest }), 2n)
  await algorand.send.assetFreeze({ sender: creator, assetId, account: guest, frozen: true })
  await assert.rejects(call('enter', [], { sender: guest }), /card frozen/)
}
