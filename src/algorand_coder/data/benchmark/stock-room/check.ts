// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('StockRoom.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(500_000)
  await assert.rejects(call('bring', ['nails', 0n, 3n]), /nothing brought/)
  await call('bring', ['nails', 100n, 3n])
  await call('bring', ['nails', 50n, 4n])
  await call('bring', ['rope', 2n, 900n])
  assert.deepEqual(await call('stock', ['nails']), [150n, 4n])
  assert.equal(await call('fetch', ['nails', 30n]), 120n)
  await assert.rejects(call('fetch', ['nails', 121n]), /not enough/)
  await assert.rejects(call('fetch', ['paint', 1n]), /not enough/)
  await assert.rejects(call('fetch', ['paint', 0n]), /not enough/)
  await call('bring', ['paint', 1n, 7n])
  assert.equal(await call('fetch', ['paint', 1n]), 7n)
  const box = await algorand.app.getBoxValueFromABIType({
    appId: app.appId, boxName: 'gnails', type: algosdk.ABIType.from('(uint64,uint64)') as algosdk.ABITupleType,
  })
  assert.deepEqual(box, [120n, 4n])
  assert.equal(await call('fetch', ['rope', 2n]), 1_800n)
  assert.deepEqual(await call('stock', ['rope']), [0n, 0n])
  assert.deepEqual((await algorand.app.getBoxNames(app.appId)).map(({ name }) => name), ['gnails'])
}
