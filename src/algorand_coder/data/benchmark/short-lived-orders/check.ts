// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

async function person(algorand: AlgorandClient, algos = 10): Promise<string> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr } = algorand.account.random()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return addr.toString()
}

async function deployed(algorand: AlgorandClient, sender: string) {
  const appSpec = readFileSync('FreshOrders.arc56.json', 'utf8')
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
  const trader = await person(algorand)
  const exchange = await deployed(algorand, trader)
  let used = 0
  const order = (quantity: bigint, validityWindow: number, note = 'A', lease = true) =>
    exchange.send.call({
      method: 'order', args: [quantity], validityWindow, ...(note && { note }), ...(lease && { lease: `order-${used++}` }),
    })
  assert.equal((await order(5n, 20)).return, 70n)
  assert.equal((await order(0n, 3, 'z')).return, 122n)
  await refuses(order(1n, 21), 'too long-lived')
  await refuses(order(1n, 20, 'A', false), 'no lease')
  await refuses(order(2n, 20, ''), 'no note')
  await refuses(order(3n, 500, '', false), 'too long-lived')
}
