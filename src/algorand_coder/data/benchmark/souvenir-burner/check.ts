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
  const appSpec = readFileSync('Souvenir.arc56.json', 'utf8')
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
  const [owner, guest] = [await person(algorand), await person(algorand)]
  const app = await deployed(algorand, owner)
  const address = app.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: address, amount: algo(1) })
  let calls = 0
  const call = (method: string, args: (string | bigint)[], sender = owner) =>
    app.send.call({ method, args, sender, extraFee: microAlgo(1000), note: `${calls++}` })
  await refuses(call('retire', []), 'not issued')
  await refuses(call('issue', [5n], guest), 'creator only')
  const assetId = (await call('issue', [5n])).return as bigint
  await refuses(call('issue', [6n]), 'already issued')
  const info = await algorand.asset.getById(assetId)
  assert.deepEqual([info.total, info.decimals, info.assetName, info.manager], [5n, 0, 'Souvenir', address])
  await algorand.send.assetOptIn({ sender: guest, assetId })
  await refuses(call('hand', [guest, 1n], guest), 'creator only')
  await call('hand', [guest, 2n])
  await refuses(call('retire', []), 'units are out')
  await algorand.send.assetTransfer({ sender: guest, receiver: address, assetId, amount: 2n })
  await call('retire', [], guest)
  assert.equal((await algorand.account.getInformation(address)).totalCreatedAssets, 0)
  const second = (await call('issue', [9n])).return as bigint
  assert.ok(second > assetId)
  assert.equal((await algorand.account.getInformation(address)).balance.microAlgos, 1_000_000n)
}
