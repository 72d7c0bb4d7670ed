// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('ShipLog.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(1_000_000)
  const line = (number: bigint) => call('line', [number], { extraFee: microAlgo(5_000) })
  await assert.rejects(line(0n), /no such line/)
  await assert.rejects(call('append', ['x'.repeat(256)]), /wrong length/)
  await assert.rejects(call('append', ['']), /wrong length/)
  assert.equal(await call('append', ['fog']), 4n)
  assert.equal(await call('append', ['Möwen']), 11n)
  assert.equal(await line(0n), 'fog')
  assert.equal(await line(1n), 'Möwen')
  await assert.rejects(line(2n), /no such line/)
  const box = Buffer.from(await algorand.app.getBoxValue(app.appId, 'log'))
  assert.equal(box.length, 1000)
  assert.equal(box.subarray(0, 13).toString('hex'), '03666f67064dc3b677656e0000')
  for (let i = 0; i < 3; i++) await call('append', ['y'.repeat(255)])
  await assert.rejects(call('append', ['z'.repeat(221)]), /log full/)
  assert.equal(await call('append', ['z'.repeat(220)]), 1000n)
}
