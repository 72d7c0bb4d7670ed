// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('TwoShores.arc56.json', 'utf8'))
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
  const secret = Buffer.from('open sesame')
  const hash = new Uint8Array(createHash('sha256').update(secret).digest())
  const receiver = `${algorand.account.random().addr}`
  const create = async (rounds: bigint, digest = hash) =>
    (await factory.send.create({ method: 'createApplication', args: [receiver, digest, rounds], note: `lock ${calls++}` })).appClient
  await assert.rejects(create(5n, hash.subarray(1)), /not a hash/)
  const more = { extraFee: microAlgo(1000) }
  let app = await create(50n)
  await fund(700_000)
  await assert.rejects(call('secret'), /not revealed/)
  await assert.rejects(call('claim', [Buffer.from('open barley')], more), /wrong secret/)
  await assert.rejects(call('refund', [], more), /still locked/)
  await call('claim', [secret], { ...more, sender: await user() })
  assert.equal(await balance(receiver), 700_000n)
  assert.equal(await balance(`${app.appAddress}`), 0n)
  assert.equal(Buffer.from((await call('secret')) as Uint8Array).toString(), 'open sesame')
  app = await create(2n)
  await fund(300_000)
  await call('claim', [secret], more)
  assert.equal(await balance(receiver), 1_000_000n)
  app = await create(2n)
  await fund(400_000)
  await assert.rejects(call('refund', [], more), /still locked/)
  await algorand.send.payment({ sender: creator, receiver: creator, amount: microAlgo(0) })
  await assert.rejects(call('claim', [secret], more), /expired/)
  await call('refund', [], { ...more, sender: await user() })
  assert.equal(await balance(`${app.appAddress}`), 0n)
  assert.equal(await balance(receiver), 1_000_000n)
}
