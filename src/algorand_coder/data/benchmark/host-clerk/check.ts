// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('HostClerk.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const check = async (label: string) => {
    const params = await app.params.call({ method: 'check', args: [label], extraFee: microAlgo(10_000) })
    await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })
  }
  await check('a')
  await check('x-9')
  await check(`a${'0'.repeat(61)}z`)
  await assert.rejects(check(''), /wrong length/)
  await assert.rejects(check('a'.repeat(64)), /wrong length/)
  await assert.rejects(check('-ab'), /wrong hyphen/)
  await assert.rejects(check('Ab-'), /wrong hyphen/)
  await assert.rejects(check('aBc'), /wrong character/)
  await assert.rejects(check('a.b'), /wrong character/)
}
