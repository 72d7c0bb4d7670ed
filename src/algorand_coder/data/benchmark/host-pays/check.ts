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
  const appSpec = readFileSync('HostPays.arc56.json', 'utf8')
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
  const [host, guest] = [await person(algorand), await person(algorand)]
  const app = await deployed(algorand, host)
  const dine = async (fees: number[]) => {
    const group = algorand.newGroup()
    for (const [index, fee] of fees.slice(0, -1).entries()) {
      const sender = index === 0 ? host : guest
      group.addPayment({ sender, receiver: host, amount: microAlgo(index), staticFee: microAlgo(fee) })
    }
    group.addAppCallMethodCall(await app.params.call({ method: 'check', sender: guest, staticFee: microAlgo(fees[fees.length - 1]) }))
    return (await group.send()).returns?.[0].returnValue
  }
  assert.equal(await dine([2000, 0]), host)
  assert.equal(await dine([5000, 0, 0, 0]), host)
  await refuses(dine([1000, 1000]), 'host must pay')
  await refuses(dine([2999, 0, 1000]), 'host must pay')
  await refuses(dine([3000, 0, 1000]), 'guests pay nothing')
  await refuses(dine([3000, 1000, 0]), 'guests pay nothing')
  await refuses(dine([4000, 0, 1000, 0]), 'guests pay nothing')
  await refuses(dine([1000]), 'too small')
}
