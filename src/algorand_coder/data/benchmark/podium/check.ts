// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('Podium.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const medals = async (results: bigint[]) => {
    const params = await app.params.call({ method: 'medals', args: [results], extraFee: microAlgo(20_000) })
    return (await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })).returns?.[0]?.returnValue
  }
  assert.deepEqual(await medals([5n, 9n, 7n]), [1n, 2n, 0n])
  assert.deepEqual(await medals([4n, 4n, 1n, 4n, 4n]), [0n, 1n, 3n])
  assert.deepEqual(await medals([0n, 0n, 0n]), [0n, 1n, 2n])
  assert.deepEqual(await medals(Array.from({ length: 40 }, (_, i) => BigInt(i * i))), [39n, 38n, 37n])
  await assert.rejects(medals([1n, 2n]), /too few/)
  await assert.rejects(medals(Array.from({ length: 41 }, () => 1n)), /too many/)
}
