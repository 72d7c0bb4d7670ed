// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('PunchCardArchive.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(5_000_000)
  const bytes = (...values: number[]) => new Uint8Array(values)
  await call('open', [8n])
  await assert.rejects(call('open', [4n]), /already open/)
  await call('write', [2n, bytes(7, 8, 9)])
  await call('write', [6n, bytes(1, 2)])
  assert.deepEqual([...((await call('read', [0n, 8n])) as Uint8Array)], [0, 0, 7, 8, 9, 0, 1, 2])
  assert.deepEqual([...(await algorand.app.getBoxValue(app.appId, 'document'))], [0, 0, 7, 8, 9, 0, 1, 2])
  await assert.rejects(call('write', [7n, bytes(1, 2)]), /out of bounds/)
  await assert.rejects(call('read', [5n, 4n]), /out of bounds/)
}
