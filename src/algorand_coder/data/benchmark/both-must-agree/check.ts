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

async function deployed(algorand: AlgorandClient, sender: string, parties: string[]) {
  const appSpec = readFileSync('Agreement.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.create({ method: 'create', args: parties })
  return appClient
}

async function refuses(action: Promise<unknown>, text: string): Promise<void> {
  const error = await action.then(() => undefined, (thrown: unknown) => thrown)
  assert.ok(error, `expected a refusal: ${text}`)
  assert.ok(String((error as Error).message).includes(text), `expected '${text}', got: ${String(error)}`)
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const [one, two, third] = [await person(algorand), await person(algorand), await person(algorand)]
  const app = await deployed(algorand, third, [one, two])
  await algorand.send.payment({ sender: third, receiver: app.appAddress, amount: algo(2) })
  let calls = 0
  const release = async (...signs: [from: string, to: string, micro: number][]) => {
    const group = algorand.newGroup()
    for (const [sender, receiver, micro] of signs) group.addPayment({ sender, receiver, amount: microAlgo(micro), note: `${calls++}` })
    const call = { method: 'release', args: [third, 300_000n], sender: third, extraFee: microAlgo(1000) }
    group.addAppCallMethodCall(await app.params.call(call))
    return (await group.send()).returns?.[0].returnValue
  }
  const before = (await algorand.account.getInformation(third)).balance.microAlgos
  assert.equal(await release([one, one, 0], [two, two, 0]), 1_700_000n)
  assert.equal((await algorand.account.getInformation(third)).balance.microAlgos - before, 298_000n)
  assert.equal(await release([one, one, 0], [two, two, 0]), 1_400_000n)
  await refuses(release([two, two, 0], [one, one, 0]), 'first must agree')
  await refuses(release([one, one, 0], [third, third, 0]), 'second must agree')
  await refuses(release([one, one, 1], [two, two, 0]), 'first must agree')
  await refuses(release([one, one, 0], [two, one, 0]), 'second must agree')
  await refuses(release([one, one, 0], [two, two, 5]), 'second must agree')
  await refuses(release([one, one, 0]), 'three needed')
  await refuses(release([one, one, 0], [two, two, 0], [third, third, 0]), 'three needed')
}
