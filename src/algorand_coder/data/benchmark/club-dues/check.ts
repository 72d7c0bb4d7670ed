// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('ClubDues.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  const build = async (dues: number) => (await factory.send.bare.create({ deployTimeParams: { DUES: dues } })).appClient
  const cheap = await build(150_000)
  const app = await build(250_000)
  assert.equal((await cheap.send.call({ method: 'dues' })).return, 150_000n)
  assert.equal(await call('dues'), 250_000n)
  assert.equal(await call('payDues', [await pay(`${creator}`, 250_000)]), 1n)
  assert.equal(await call('payDues', [await pay(`${creator}`, 250_000)]), 2n)
  await assert.rejects(call('payDues', [await pay(`${creator}`, 250_001)]))
  await assert.rejects(call('payDues', [await pay(`${creator}`, 250_000, `${creator}`)]))
  assert.equal(await call('payDues', [await pay(`${creator}`, 250_000)]), 3n)
}
