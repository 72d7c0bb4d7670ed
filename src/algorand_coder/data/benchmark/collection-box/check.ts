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
  const appSpec = readFileSync('CollectionBox.arc56.json', 'utf8')
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
  const [owner, donor, other] = [await person(algorand), await person(algorand), await person(algorand)]
  const box = await deployed(algorand, owner)
  const address = box.appAddress.toString()
  const collect = async (gifts: [string, number][], rekey = '', rekeyCall = '') => {
    const group = algorand.newGroup()
    for (const [receiver, micro] of gifts) {
      group.addPayment({ sender: donor, receiver, amount: microAlgo(micro), ...(rekey && { rekeyTo: rekey }) })
    }
    group.addAppCallMethodCall(await box.params.call({ method: 'count', sender: owner, ...(rekeyCall && { rekeyTo: rekeyCall }) }))
    return (await group.send()).returns?.[0].returnValue
  }
  assert.equal(await collect([[address, 300_000], [other, 50_000], [address, 7]]), 300_007n)
  assert.equal((await algorand.app.getGlobalState(box.appId)).total.value, 300_007n)
  assert.equal(await collect([[address, 93]]), 93n)
  assert.equal((await algorand.app.getGlobalState(box.appId)).total.value, 300_100n)
  await refuses(collect([[other, 5]]), 'no donations')
  await refuses(collect([]), 'no donations')
  await refuses(collect([[address, 5]], other), 'no rekeying')
  await refuses(collect([[address, 5]], '', other), 'no rekeying')
}
