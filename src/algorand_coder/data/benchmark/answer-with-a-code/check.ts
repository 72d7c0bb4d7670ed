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
  const appSpec = readFileSync('Turnover.arc56.json', 'utf8')
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
  const [owner, user] = [await person(algorand), await person(algorand)]
  const app = await deployed(algorand, owner)
  await algorand.send.payment({ sender: owner, receiver: app.appAddress, amount: algo(1) })
  let calls = 0
  const call = async (method: string, args: (bigint | string | boolean)[], sender = user) =>
    (await app.send.call({ method, args, sender, note: `${calls++}` })).return
  assert.equal(await call('sumOf', [user]), 0n)
  assert.equal(await call('add', [0n]), 1n)
  assert.equal(await call('add', [999n]), 0n)
  assert.equal(await call('add', [2n]), 2n)
  assert.equal(await call('add', [18_446_744_073_709_551_615n]), 2n)
  assert.equal(await call('add', [1n]), 0n)
  assert.equal(await call('sumOf', [user]), 1000n)
  assert.equal(await call('add', [1000n], owner), 0n)
  await refuses(call('pause', [true]), 'creator only')
  await call('pause', [true], owner)
  assert.equal(await call('add', [0n]), 3n)
  await call('pause', [false], owner)
  assert.equal(await call('add', [1n]), 2n)
  assert.equal(await call('sumOf', [user]), 1000n)
}
