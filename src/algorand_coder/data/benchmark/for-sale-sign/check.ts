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
  const appSpec = readFileSync('FlatSale.arc56.json', 'utf8')
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
  const [maker, seller] = [await person(algorand, 20), await person(algorand)]
  const app = await deployed(algorand, maker)
  const address = app.appAddress.toString()
  const { assetId } = await algorand.send.assetCreate({ sender: maker, total: 100n })
  await algorand.send.assetOptIn({ sender: seller, assetId })
  await algorand.send.assetTransfer({ sender: maker, receiver: seller, assetId, amount: 30n })
  await algorand.send.payment({ sender: maker, receiver: address, amount: microAlgo(200_000) })
  await app.send.call({ method: 'accept', args: [assetId], sender: seller, extraFee: microAlgo(1000) })
  let calls = 0
  const offer = (micro: number, units: bigint, price: bigint, payer = seller, to = address) => {
    const deposit = algorand.createTransaction.payment({ sender: payer, receiver: to, amount: microAlgo(micro), note: `${calls++}` })
    const transfer = algorand.createTransaction.assetTransfer({ sender: seller, receiver: address, assetId, amount: units })
    return app.send.call({ method: 'offer', args: [deposit, transfer, price], sender: seller })
  }
  const cancel = () => app.send.call({ method: 'cancel', args: [], sender: seller, extraFee: microAlgo(2000), note: `${calls++}` })
  await refuses(cancel(), 'no offer')
  await refuses(offer(25_300, 5n, 7n, maker), 'not yours')
  await refuses(offer(25_301, 5n, 7n), 'deposit needed')
  await refuses(offer(25_300, 5n, 7n, seller, maker), 'deposit needed')
  await refuses(offer(25_300, 0n, 7n), 'nothing to sell')
  await offer(25_300, 12n, 7n)
  await refuses(offer(25_300, 1n, 7n), 'one offer each')
  const [name] = await algorand.app.getBoxNames(app.appId)
  const box = Buffer.from(await algorand.app.getBoxValue(app.appId, name))
  assert.equal(Buffer.from(name.nameRaw).toString('latin1')[0], 'o')
  assert.deepEqual([name.nameRaw.length, box.length], [33, 24])
  assert.deepEqual([0, 8, 16].map((at) => box.readBigUInt64BE(at)), [assetId, 12n, 7n])
  const before = (await algorand.account.getInformation(seller)).balance.microAlgos
  const { confirmation } = await cancel()
  assert.equal(confirmation.innerTxns?.length, 2)
  assert.equal((await algorand.account.getInformation(seller)).balance.microAlgos - before, 25_300n - 3000n)
  assert.equal((await algorand.asset.getAccountInformation(seller, assetId)).balance, 30n)
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 0)
  await refuses(cancel(), 'no offer')
}
