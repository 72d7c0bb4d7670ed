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
  const appSpec = readFileSync('Heater.arc56.json', 'utf8')
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
  const set = async (mode: string) => (await app.send.call({ method: 'setMode', args: [mode] })).return
  const target = async () => (await app.send.call({ method: 'target', args: [] })).return
  assert.equal(await target(), 5n)
  await refuses(set('off'), 'already set')
  assert.equal(await set('eco'), 18n)
  await refuses(set('eco'), 'already set')
  for (const mode of ['Eco', 'MAX', '', 'ecology', 'of']) await refuses(set(mode), 'unknown mode')
  assert.equal(await target(), 18n)
  assert.equal(await set('max'), 24n)
  assert.equal(await set('off'), 5n)
  assert.equal(await target(), 5n)
}
