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
  const appSpec = readFileSync('CarefulCalculator.arc56.json', 'utf8')
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
  const app = await deployed(algorand, await person(algorand))
  const call = async (method: string, a: bigint, b: bigint) => (await app.send.call({ method, args: [a, b] })).return
  const MAX = 18_446_744_073_709_551_615n
  assert.equal(await call('add', MAX - 1n, 1n), MAX)
  assert.equal(await call('subtract', 7n, 7n), 0n)
  assert.equal(await call('multiply', 4_294_967_295n, 4_294_967_297n), MAX)
  assert.equal(await call('divide', 17n, 5n), 3n)
  assert.equal(await call('power', 2n, 63n), 9_223_372_036_854_775_808n)
  assert.equal(await call('power', 0n, 5n), 0n)
  assert.equal(await call('power', 9n, 0n), 1n)
  assert.equal(await call('power', 7n, 1n), 7n)
  await refuses(call('add', MAX, 1n), 'sum too large')
  await refuses(call('subtract', 6n, 7n), 'below zero')
  await refuses(call('multiply', 4_294_967_296n, 4_294_967_296n), 'product too large')
  await refuses(call('divide', 1n, 0n), 'division by zero')
  await refuses(call('power', 2n, 64n), 'power too large')
}
