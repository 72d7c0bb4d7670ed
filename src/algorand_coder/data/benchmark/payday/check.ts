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
  const appSpec = readFileSync('Payday.arc56.json', 'utf8')
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
  const [boss, ann, bob] = [await person(algorand, 20), await person(algorand, 1), await person(algorand, 1)]
  const app = await deployed(algorand, boss)
  await algorand.send.payment({ sender: boss, receiver: app.appAddress, amount: algo(5) })
  const pay = (crew: string[], wage: bigint, fee: number, sender = boss) =>
    app.send.call({ method: 'pay', args: [crew, wage], sender, staticFee: microAlgo(fee) })
  assert.equal((await pay([ann, bob, ann], 100_000n, 4000)).return, 300_000n)
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgos
  assert.deepEqual([await balance(ann), await balance(bob)], [1_200_000n, 1_100_000n])
  assert.equal(await balance(app.appAddress.toString()), 4_700_000n)
  assert.equal((await pay(Array(8).fill(bob), 1n, 9000)).return, 8n)
  assert.equal((await algorand.app.getGlobalState(app.appId)).paid.value, 11n)
  assert.equal((await pay([ann], 7n, 2000)).return, 7n)
  await refuses(pay([ann, bob], 1n, 2000), 'bring the fees')
  await refuses(pay([], 1n, 9000), 'one to eight')
  await refuses(pay(Array(9).fill(bob), 1n, 10_000), 'one to eight')
  await refuses(pay([ann], 1n, 2000, ann), 'creator only')
}
