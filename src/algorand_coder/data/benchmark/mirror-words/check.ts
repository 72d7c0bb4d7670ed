// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('MirrorWords.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const ask = async (method: string, text: string) => {
    const params = await app.params.call({ method, args: [text], extraFee: microAlgo(12_000) })
    return (await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })).returns?.[0]?.returnValue
  }
  assert.equal(await ask('reverse', ''), '')
  assert.equal(await ask('reverse', 'Lager 7'), '7 regaL')
  assert.equal(await ask('isMirror', ''), true)
  assert.equal(await ask('isMirror', 'Never odd or even'), true)
  assert.equal(await ask('isMirror', 'Never odd nor even'), false)
  assert.equal(await ask('isMirror', `${'ab'.repeat(29)}a`), true)
  assert.equal(await ask('isMirror', '[a{'), false)
  assert.equal(await ask('isMirror', 'Aza'), true)
  assert.equal(await ask('isMirror', 'zaZ'), true)
}
