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
  const appSpec = readFileSync('Changer.arc56.json', 'utf8')
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
  const [owner, holder] = [await person(algorand, 20), await person(algorand)]
  const make = async () => (await algorand.send.assetCreate({ sender: owner, total: 1000n })).assetId
  const [old, fresh, junk] = [await make(), await make(), await make()]
  const changer = await deployed(algorand, owner)
  const address = changer.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: address, amount: algo(1) })
  const setUp = (sender: string) =>
    changer.send.call({ method: 'setUp', args: [old, fresh], sender, extraFee: microAlgo(2000) })
  await refuses(setUp(holder), 'creator only')
  const { confirmation } = await setUp(owner)
  assert.equal(confirmation.innerTxns?.length, 2)
  await refuses(setUp(owner), 'already set up')
  await algorand.send.assetTransfer({ sender: owner, receiver: address, assetId: fresh, amount: 500n })
  for (const assetId of [old, fresh, junk]) {
    await algorand.send.assetOptIn({ sender: holder, assetId })
    if (assetId !== fresh) await algorand.send.assetTransfer({ sender: owner, receiver: holder, assetId, amount: 100n })
  }
  const change = (assetId: bigint, amount: bigint, receiver = address, sender = holder) =>
    changer.send.call({
      method: 'change', sender: holder, extraFee: microAlgo(1000),
      args: [algorand.createTransaction.assetTransfer({ sender, receiver, assetId, amount })],
    })
  assert.equal((await change(old, 40n)).return, 40n)
  assert.equal((await change(old, 25n)).return, 65n)
  assert.equal((await algorand.asset.getAccountInformation(holder, fresh)).balance, 65n)
  await refuses(change(fresh, 5n), 'wrong token')
  await refuses(change(old, 5n, owner), 'wrong receiver')
  await refuses(change(old, 5n, address, owner), 'not yours')
  await refuses(change(old, 0n), 'nothing to change')
  assert.equal((await algorand.account.getInformation(address)).balance.microAlgos, 1_000_000n)
}
