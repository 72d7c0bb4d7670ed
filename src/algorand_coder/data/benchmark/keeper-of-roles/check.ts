// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

async function person(algorand: AlgorandClient, algos = 10): Promise<string> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr } = algorand.account.random()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return addr.toString()
}

async function deployed(algorand: AlgorandClient, sender: string) {
  const appSpec = readFileSync('RoleKeeper.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.bare.create()
  return appClient
}

async function refuses(action: Promise<unknown>, text: string): Promise<void> {
  const error = await action.then(() => undefined, (thrown: unknown) => thrown)
  assert.ok(error, `expected a refusal: ${text}`)
  assert.ok(String((error as Error).message).includes(text), `expected '${text}', got: ${String(error)}`)
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const [owner, guard, judge, vault] = [await person(algorand), await person(algorand), await person(algorand), await person(algorand)]
  const app = await deployed(algorand, owner)
  const self = app.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: self, amount: algo(1) })
  const { assetId } = await algorand.send.assetCreate({
    sender: owner, total: 9n, manager: self, reserve: owner, freeze: guard, clawback: judge,
  })
  const other = (await algorand.send.assetCreate({ sender: owner, total: 9n, manager: owner, reserve: owner })).assetId
  let calls = 0
  const call = (method: string, args: (string | bigint)[], sender = owner) =>
    app.send.call({ method, args, sender, extraFee: microAlgo(1000), note: `${calls++}` })
  const roles = async () => {
    const { manager, reserve, freeze, clawback } = await algorand.asset.getById(assetId)
    return { manager, reserve, freeze, clawback }
  }
  await refuses(call('moveReserve', [assetId, vault], guard), 'creator only')
  await refuses(call('moveReserve', [assetId, owner]), 'no change')
  await refuses(call('moveReserve', [other, vault]), 'not managed here')
  assert.equal((await call('moveReserve', [assetId, vault])).return, vault)
  assert.deepEqual(await roles(), { manager: self, reserve: vault, freeze: guard, clawback: judge })
  await refuses(call('renounce', [assetId], guard), 'creator only')
  assert.equal((await call('renounce', [assetId])).return, vault)
  assert.deepEqual(await roles(), { manager: undefined, reserve: vault, freeze: guard, clawback: judge })
  await refuses(call('renounce', [assetId]), 'not managed here')
  assert.equal((await algorand.account.getInformation(self)).balance.microAlgos, 1_000_000n)
}
