// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('SealedTender.arc56.json', 'utf8'))
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
  const hash = (price: bigint, salt: string) =>
    new Uint8Array(createHash('sha256').update(algosdk.encodeUint64(price)).update(salt).digest())
  const other = await user()
  await call('seal', [hash(900n, 'x')])
  await call('seal', [hash(700n, 'pepper')])
  await call('seal', [hash(650n, 'a')], { sender: other })
  await assert.rejects(call('seal', [new Uint8Array(31)]), /not a hash/)
  await assert.rejects(call('reveal', [700n, Buffer.from('pepper')]), /too early/)
  await assert.rejects(call('best'), /no offer yet/)
  await assert.rejects(call('openEnvelopes', [], { sender: other }), /creator only/)
  await call('openEnvelopes')
  await assert.rejects(call('seal', [hash(1n, 'a')]), /too late/)
  await assert.rejects(call('reveal', [600n, Buffer.from('a')], { sender: other }), /does not match/)
  await call('reveal', [650n, Buffer.from('a')], { sender: other })
  await assert.rejects(call('reveal', [650n, Buffer.from('a')], { sender: other }), /nothing sealed/)
  await call('reveal', [700n, Buffer.from('pepper')])
  assert.deepEqual(await call('best'), [`${other}`, 650n])
}
