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
  const appSpec = readFileSync('VoucherOffice.arc56.json', 'utf8')
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
  const [shop, one, two, other] = [await person(algorand), await person(algorand), await person(algorand), await person(algorand)]
  const office = await deployed(algorand, shop)
  const self = office.appAddress.toString()
  await algorand.send.payment({ sender: shop, receiver: self, amount: algo(2) })
  let calls = 0
  const call = (method: string, args: bigint[], sender: string) =>
    office.send.call({ method, args, sender, extraFee: microAlgo(1000), note: `${calls++}` })
  await refuses(call('mint', [3n], one), 'creator only')
  const minted = await call('mint', [3n], shop)
  const assetId = minted.return as bigint
  assert.equal(minted.confirmation.innerTxns?.[0].txn.txn.fee ?? 0n, 0n)
  await refuses(call('mint', [3n], shop), 'already minted')
  const { assetName, unitName, decimals, total, manager } = await algorand.asset.getById(assetId)
  assert.deepEqual([assetName, unitName, decimals, total, manager], ['Voucher', 'VCHR', 0, 3n, self])
  for (const sender of [one, two]) await algorand.send.assetOptIn({ sender, assetId })
  for (const sender of [one, two]) await call('claim', [], sender)
  await refuses(call('claim', [], one), 'one each')
  await assert.rejects(call('claim', [], other), 'a customer who has not opted in')
  assert.equal((await algorand.asset.getAccountInformation(one, assetId)).balance, 1n)
  assert.equal((await algorand.asset.getAccountInformation(self, assetId)).balance, 1n)
  assert.equal((await algorand.account.getInformation(self)).balance.microAlgos, 2_000_000n)
}
