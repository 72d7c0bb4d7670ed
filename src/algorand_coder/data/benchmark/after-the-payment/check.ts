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
  const appSpec = readFileSync('Turnpike.arc56.json', 'utf8')
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
  const [owner, one, two] = [await person(algorand), await person(algorand), await person(algorand)]
  const app = await deployed(algorand, owner)
  const gate = app.appAddress.toString()
  const enter = async (...steps: ([payer: string, receiver: string, micro: number] | string)[]) => {
    const group = algorand.newGroup()
    for (const [index, step] of steps.entries()) {
      if (typeof step !== 'string') group.addPayment({ sender: step[0], receiver: step[1], amount: microAlgo(step[2]) })
      else group.addAppCallMethodCall(await app.params.call({ method: 'enter', sender: step, note: `${index}` }))
    }
    return (await group.send()).returns?.map(({ returnValue }) => returnValue)
  }
  assert.deepEqual(await enter([one, gate, 0], one), [0n])
  assert.equal((await algorand.app.getGlobalState(app.appId)).record.value, 0n)
  assert.deepEqual(await enter([one, gate, 200_000], one), [200_000n])
  assert.deepEqual(await enter([one, gate, 900_000], one, [two, gate, 300], two), [900_000n, 300n])
  assert.equal((await algorand.app.getGlobalState(app.appId)).record.value, 900_000n)
  await refuses(enter([one, gate, 5], one, one), 'payment must come first')
  await refuses(enter(one), 'payment must come first')
  await refuses(enter([one, gate, 5], two), 'somebody else paid')
  await refuses(enter([one, gate, 5], one, [one, two, 6], one), 'wrong receiver')
}
