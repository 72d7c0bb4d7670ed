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
  const appSpec = readFileSync('TokenKiosk.arc56.json', 'utf8')
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
  const { assetId } = await algorand.send.assetCreate({ sender: owner, total: 1000n })
  await algorand.send.assetOptIn({ sender: guest, assetId })
  const kiosk = await deployed(algorand, owner)
  const address = kiosk.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: address, amount: algo(1) })
  const open = (price: bigint, sender = owner) =>
    kiosk.send.call({ method: 'open', args: [assetId, price], sender, extraFee: microAlgo(1000) })
  await refuses(open(5n, guest), 'creator only')
  await refuses(open(0n), 'price needed')
  await open(3000n)
  await refuses(open(4000n), 'already open')
  await algorand.send.assetTransfer({ sender: owner, receiver: address, assetId, amount: 50n })
  const buy = (micro: number, receiver = address) =>
    kiosk.send.call({
      method: 'buy', sender: guest, extraFee: microAlgo(1000),
      args: [algorand.createTransaction.payment({ sender: guest, receiver, amount: microAlgo(micro) })],
    })
  assert.equal((await buy(10_000)).return, 3n)
  assert.equal((await algorand.asset.getAccountInformation(guest, assetId)).balance, 3n)
  await refuses(buy(2999), 'too little')
  await refuses(buy(144_000), 'sold out')
  await refuses(buy(9000, owner), 'pay the kiosk')
  assert.equal((await buy(141_000)).return, 47n)
  assert.equal((await algorand.asset.getAccountInformation(address, assetId)).balance, 0n)
}
