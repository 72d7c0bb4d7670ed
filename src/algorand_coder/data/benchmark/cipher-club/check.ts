// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('CipherClub.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const power = async (...args: bigint[]) => {
    const params = await app.params.call({ method: 'power', args, extraFee: microAlgo(30_000) })
    return (await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })).returns?.[0]?.returnValue
  }
  const prime = 2n ** 255n - 19n
  assert.equal(await power(3n, 5n, 7n), 5n)
  assert.equal(await power(10n, 0n, 7n), 1n)
  assert.equal(await power(10n, 0n, 1n), 0n)
  assert.equal(await power(2n ** 256n - 1n, 3n, prime), (37n * 37n * 37n) % prime)
  assert.equal(await power(2n, 2n ** 40n + 1n, 1_000_003n), 2n ** ((2n ** 40n + 1n) % 1_000_002n) % 1_000_003n)
  await assert.rejects(power(2n, 3n, 0n), /no modulus/)
}
