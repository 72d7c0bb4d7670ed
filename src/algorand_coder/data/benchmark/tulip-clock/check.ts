// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('TulipClock.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgo
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  const create = (...args: bigint[]) => factory.send.create({ method: 'createApplication', args })
  await assert.rejects(create(5n, 6n, 1n), /prices crossed/)
  const { appClient: app, result: { confirmation } } = await create(900_000n, 300_000n, 10_000n)
  const began = confirmation.confirmedRound!
  assert.equal(await call('priceAfter', [0n]), 900_000n)
  assert.equal(await call('priceAfter', [7n]), 830_000n)
  assert.equal(await call('priceAfter', [60n]), 300_000n)
  assert.equal(await call('priceAfter', [2n ** 63n]), 300_000n)
  assert.equal(await call('priceAfter', [2n ** 64n / 10_000n + 1n]), 300_000n)
  await fund(100_000)
  await assert.rejects(call('buyer'), /not sold/)
  await assert.rejects(call('buy', [await pay(`${creator}`, 900_000, `${creator}`)]), /pay the clock/)
  await assert.rejects(call('buy', [await pay(`${creator}`, 300_000)]), /too little/)
  const customer = await user()
  const before = await balance(`${customer}`)
  const sale = await app.send.call({ method: 'buy', args: [await pay(`${customer}`, 900_000)], extraFee: microAlgo(1000) })
  const price = 900_000n - 10_000n * (sale.confirmation.confirmedRound! - began)
  assert.equal(sale.return, price)
  assert.equal(await balance(`${customer}`), before - price - 1_000n)
  assert.equal(await balance(`${app.appAddress}`), 100_000n + price)
  assert.equal(await call('buyer'), `${customer}`)
  await assert.rejects(call('buy', [await pay(`${creator}`, 900_000)]), /sold/)
}
