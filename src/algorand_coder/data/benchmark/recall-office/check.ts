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
  const appSpec = readFileSync('RecallOffice.arc56.json', 'utf8')
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
  const [maker, issuer, holder, stranger] = [await person(algorand), await person(algorand), await person(algorand), await person(algorand)]
  const office = await deployed(algorand, maker)
  await algorand.send.payment({ sender: maker, receiver: office.appAddress, amount: algo(1) })
  const { assetId } = await algorand.send.assetCreate({ sender: issuer, total: 100n, clawback: office.appAddress })
  await algorand.send.assetOptIn({ sender: holder, assetId })
  await algorand.send.assetTransfer({ sender: issuer, receiver: holder, assetId, amount: 30n })
  let calls = 0
  const recall = (from: string, amount: bigint, sender = maker) =>
    office.send.call({ method: 'recall', args: [assetId, from, amount], sender, extraFee: microAlgo(1000), note: `${calls++}` })
  const total = async (of: string) => (await office.send.call({ method: 'recalled', args: [of] })).return
  const before = (await algorand.account.getInformation(maker)).balance.microAlgos
  assert.equal(await total(holder), 0n)
  assert.equal((await algorand.account.getInformation(maker)).balance.microAlgos, before, 'reading costs nothing')
  await refuses(recall(holder, 5n, issuer), 'creator only')
  await refuses(recall(stranger, 5n), 'nothing to recall')
  assert.equal((await recall(holder, 12n)).return, 12n)
  assert.equal((await recall(holder, 17n)).return, 17n)
  assert.equal((await recall(holder, 50n)).return, 1n)
  assert.equal(await total(holder), 30n)
  await refuses(recall(holder, 1n), 'nothing to recall')
  assert.equal((await algorand.asset.getAccountInformation(issuer, assetId)).balance, 100n)
  assert.equal((await algorand.account.getInformation(office.appAddress)).balance.microAlgos, 1_000_000n)
}
