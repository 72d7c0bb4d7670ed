// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('InkAndSeal.arc56.json', 'utf8'))
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
  const ada = await user()
  const hash = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())
  const first = await app.send.call({ method: 'notarise', args: [hash('will')] })
  assert.equal(first.return, 1n)
  assert.equal(await call('notarise', [hash('deed')], { sender: ada }), 2n)
  await assert.rejects(call('notarise', [hash('will')], { sender: ada }), /notarised already/)
  await assert.rejects(call('handOver', [hash('will'), `${ada}`], { sender: ada }), /not the owner/)
  await assert.rejects(call('handOver', [hash('none'), `${ada}`]), /unknown document/)
  await assert.rejects(call('proof', [hash('none')]), /unknown document/)
  await call('handOver', [hash('will'), `${ada}`])
  const { confirmedRound } = first.confirmation
  assert.deepEqual(await call('proof', [hash('will')]), [`${ada}`, confirmedRound, 1n])
  const box = await algorand.app.getBoxValue(app.appId, new Uint8Array([...Buffer.from('d'), ...hash('will')]))
  const entry = algosdk.ABIType.from('(address,uint64,uint64)').decode(box)
  assert.deepEqual(entry, [`${ada}`, confirmedRound, 1n])
}
