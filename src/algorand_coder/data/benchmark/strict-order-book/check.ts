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
  const appSpec = readFileSync('OrderDesk.arc56.json', 'utf8')
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
  const desk = await deployed(algorand, owner)
  const place = async (item: string, quantity: bigint, limit: bigint) =>
    (await desk.send.call({ method: 'place', args: [item, quantity, limit], sender: user })).return
  const setOpen = (open: boolean, sender = owner) => desk.send.call({ method: 'setOpen', args: [open], sender })
  await refuses(place('', 0n, 1n), 'closed')
  await refuses(setOpen(false), 'no change')
  await refuses(setOpen(false, user), 'creator only')
  await setOpen(true)
  await refuses(place('', 0n, 1n), 'bad name')
  await refuses(place('ä'.repeat(17), 0n, 1n), 'bad name')
  await refuses(place('x', 0n, 99_999n), 'no quantity')
  await refuses(place('x', 101n, 100n), 'too expensive')
  await refuses(place('x', 4_294_967_296n, 4_294_967_296n), 'too expensive')
  assert.equal(await place('ä'.repeat(16), 100n, 100n), 1n)
  assert.equal(await place('y', 5n, 0n), 2n)
  await setOpen(false)
  await refuses(place('y', 5n, 0n), 'closed')
}
