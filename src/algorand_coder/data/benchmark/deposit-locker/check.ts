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
  const appSpec = readFileSync('TokenLocker.arc56.json', 'utf8')
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
  const [owner, saver] = [await person(algorand), await person(algorand)]
  const { assetId } = await algorand.send.assetCreate({ sender: owner, total: 100n })
  await algorand.send.assetOptIn({ sender: saver, assetId })
  await algorand.send.assetTransfer({ sender: owner, receiver: saver, assetId, amount: 30n })
  const locker = await deployed(algorand, owner)
  const address = locker.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: address, amount: algo(1) })
  await locker.send.call({ method: 'accept', args: [assetId], sender: saver, extraFee: microAlgo(1000) })
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const lock = (amount: bigint, until: bigint, receiver = address) =>
    locker.send.call({
      method: 'lock', sender: saver,
      args: [algorand.createTransaction.assetTransfer({ sender: saver, receiver, assetId, amount }), until],
    })
  let calls = 0
  const release = () => locker.send.call({ method: 'release', args: [], sender: saver, extraFee: microAlgo(1000), note: `${calls++}` })
  const tick = () => algorand.send.payment({ sender: owner, receiver: owner, amount: microAlgo(0), note: `tick ${calls++}` })
  await refuses(release(), 'no lock')
  await refuses(lock(5n, await round()), 'already over')
  await refuses(lock(5n, (await round()) + 1n), 'already over')
  await refuses(lock(5n, (await round()) + 50n, owner), 'wrong receiver')
  const until = (await round()) + 12n
  await lock(20n, until)
  await refuses(lock(5n, until + 50n), 'one lock each')
  await refuses(release(), 'too early')
  while ((await round()) < until) await tick()
  assert.equal((await release()).return, 20n)
  assert.equal((await algorand.asset.getAccountInformation(saver, assetId)).balance, 30n)
  await refuses(release(), 'no lock')
  assert.equal((await algorand.app.getBoxNames(locker.appId)).length, 0)
  assert.equal((await algorand.account.getInformation(address)).balance.microAlgos, 1_000_000n)
}
