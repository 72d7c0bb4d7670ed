// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('IbanClerk.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const isValid = async (iban: string) => {
    const group = algorand.newGroup()
    const params = await app.params.call({ method: 'isValid', args: [iban], extraFee: microAlgo(10_000) })
    const { returns } = await group.addAppCallMethodCall(params).simulate({ skipSignatures: true })
    return returns?.[0]?.returnValue
  }
  assert.equal(await isValid('DE89370400440532013000'), true)
  assert.equal(await isValid('GB82WEST12345698765432'), true)
  assert.equal(await isValid('MT84MALT011000012345MTLCAST001S'), true)
  assert.equal(await isValid('DE89370400440532013001'), false)
  assert.equal(await isValid('DE8937040044053201300 0'), false)
  assert.equal(await isValid('gb82west12345698765432'), false)
  assert.equal(await isValid('GB82'), false)
}
