// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('RunLengths.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const ask = async (method: string, ...data: number[]) => {
    const params = await app.params.call({ method, args: [new Uint8Array(data)], extraFee: microAlgo(20_000) })
    const { returns } = await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })
    return [...(returns?.[0]?.returnValue as Uint8Array)]
  }
  assert.deepEqual(await ask('pack'), [])
  assert.deepEqual(await ask('pack', 7, 7, 7, 0, 9, 9), [3, 7, 1, 0, 2, 9])
  assert.deepEqual(await ask('pack', ...Array(260).fill(5), 6), [255, 5, 5, 5, 1, 6])
  assert.deepEqual(await ask('unpack', 3, 7, 1, 0, 2, 9), [7, 7, 7, 0, 9, 9])
  assert.deepEqual(await ask('unpack', 255, 1, 45, 1), Array(300).fill(1))
  await assert.rejects(ask('unpack', 3), /broken/)
  await assert.rejects(ask('unpack', 1, 4, 0, 5), /broken/)
}
