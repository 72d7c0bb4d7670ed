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
  const appSpec = readFileSync('CappedMint.arc56.json', 'utf8')
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
  const [owner, holder] = [await person(algorand), await person(algorand)]
  const mint = await deployed(algorand, owner)
  const self = mint.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: self, amount: algo(1) })
  const call = (method: string, args: (string | bigint)[], sender = owner) =>
    mint.send.call({ method, args, sender, extraFee: microAlgo(1000) })
  await refuses(call('issue', [holder, 1n]), 'not launched')
  await refuses(call('launch', [], holder), 'creator only')
  const assetId = (await call('launch', [])).return as bigint
  await refuses(call('launch', []), 'already launched')
  const { assetName, unitName, decimals, total, manager, reserve, freeze, clawback } = await algorand.asset.getById(assetId)
  assert.deepEqual({ assetName, unitName, decimals, total, manager, reserve, freeze, clawback }, {
    assetName: 'Cap', unitName: 'CAP', decimals: 2, total: 1_000_000n,
    manager: undefined, reserve: self, freeze: undefined, clawback: undefined,
  })
  await algorand.send.assetOptIn({ sender: holder, assetId })
  assert.equal((await call('issue', [holder, 400_000n])).return, 600_000n)
  await refuses(call('issue', [holder, 600_001n]), 'cap reached')
  await refuses(call('issue', [holder, 1n], holder), 'creator only')
  assert.equal((await call('issue', [holder, 600_000n])).return, 0n)
  assert.equal((await algorand.asset.getAccountInformation(holder, assetId)).balance, 1_000_000n)
  assert.equal((await algorand.account.getInformation(self)).balance.microAlgos, 1_000_000n)
}
