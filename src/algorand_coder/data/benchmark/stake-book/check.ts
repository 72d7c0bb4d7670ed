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
  const appSpec = readFileSync('StakeBook.arc56.json', 'utf8')
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
  const [maker, user] = [await person(algorand, 20), await person(algorand)]
  const app = await deployed(algorand, maker)
  const address = app.appAddress.toString()
  await algorand.send.payment({ sender: maker, receiver: address, amount: algo(2) })
  const assets: bigint[] = []
  for (const unitName of ['A', 'B']) {
    const { assetId } = await algorand.send.assetCreate({ sender: maker, total: 100n, unitName })
    await algorand.send.assetOptIn({ sender: user, assetId })
    await algorand.send.assetTransfer({ sender: maker, receiver: user, assetId, amount: 50n })
    await app.send.call({ method: 'accept', args: [assetId], sender: user, extraFee: microAlgo(1000) })
    assets.push(assetId)
  }
  let calls = 0
  const stake = async (assetId: bigint, amount: bigint, receiver = address, sender = user) => {
    const transfer = algorand.createTransaction.assetTransfer({ sender, receiver, assetId, amount, note: `${calls++}` })
    return (await app.send.call({ method: 'stake', args: [transfer], sender: user })).return
  }
  const unstake = async (assetId: bigint, units: bigint) =>
    (await app.send.call({ method: 'unstake', args: [assetId, units], sender: user, extraFee: microAlgo(1000), note: `${calls++}` })).return
  const stakeOf = async (assetId: bigint, of: string) => (await app.send.call({ method: 'stakeOf', args: [assetId, of] })).return
  const [a, b] = assets
  assert.equal(await stake(a, 20n), 20n)
  assert.equal(await stake(a, 5n), 25n)
  assert.equal(await stake(b, 7n), 7n)
  assert.deepEqual([await stakeOf(a, user), await stakeOf(b, user), await stakeOf(a, maker)], [25n, 7n, 0n])
  await refuses(stake(a, 1n, address, maker), 'not yours')
  await refuses(stake(a, 1n, maker), 'wrong receiver')
  await refuses(stake(a, 0n), 'nothing staked')
  await refuses(unstake(b, 8n), 'not that much')
  assert.equal(await unstake(a, 10n), 15n)
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 2)
  assert.equal(await unstake(b, 6n), 1n)
  assert.equal(await stakeOf(b, user), 1n)
  assert.equal(await unstake(b, 1n), 0n)
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 1)
  assert.equal((await algorand.asset.getAccountInformation(user, b)).balance, 50n)
  await refuses(unstake(b, 1n), 'not that much')
  assert.equal((await algorand.account.getInformation(address)).balance.microAlgos, 2_000_000n)
}
