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
  const appSpec = readFileSync('TollRoad.arc56.json', 'utf8')
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
  const [owner, driver, other] = [await person(algorand), await person(algorand), await person(algorand)]
  const road = await deployed(algorand, owner)
  const pass = (sender: string, receiver: string, micro: number, closeRemainderTo?: string) => {
    const payment = algorand.createTransaction.payment({
      sender, receiver, amount: microAlgo(micro), closeRemainderTo, staticFee: microAlgo(2000),
    })
    const populateAppCallResources = closeRemainderTo === undefined
    return road.send.call({ method: 'pass', args: [payment], sender: driver, staticFee: microAlgo(0), populateAppCallResources })
  }
  const gate = road.appAddress.toString()
  assert.equal((await pass(driver, gate, 250_000)).return, 0n)
  assert.equal((await pass(driver, gate, 300_001)).return, 50_001n)
  await refuses(pass(other, gate, 300_000), 'not your payment')
  await refuses(pass(driver, other, 300_000), 'wrong receiver')
  await refuses(pass(driver, gate, 249_999), 'toll not paid')
  await refuses(pass(driver, gate, 400_000, other), 'do not close')
  assert.equal((await algorand.account.getInformation(gate)).balance.microAlgos, 550_001n)
}
