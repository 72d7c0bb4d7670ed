// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('HexPrinter.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const print = async (hex: string) => {
    const params = await app.params.call({ method: 'print', args: [new Uint8Array(Buffer.from(hex, 'hex'))], extraFee: microAlgo(5_000) })
    return (await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })).returns?.[0]?.returnValue
  }
  assert.equal(await print(''), '0x')
  assert.equal(await print('00'), '0x00')
  assert.equal(await print('0a9fF0'), '0x0a9ff0')
  assert.equal(await print('5e'.repeat(32)), `0x${'5e'.repeat(32)}`)
}
