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

async function deployed(algorand: AlgorandClient, sender: string, args: bigint[]) {
  const appSpec = readFileSync('MembersDoor.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.create({ method: 'create', args })
  return appClient
}

async function refuses(action: Promise<unknown>, text: string): Promise<void> {
  const error = await action.then(() => undefined, (thrown: unknown) => thrown)
  assert.ok(error, `expected a refusal: ${text}`)
  assert.ok(String((error as Error).message).includes(text), `expected '${text}', got: ${String(error)}`)
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const [club, rich, poor, stranger] = [await person(algorand), await person(algorand), await person(algorand), await person(algorand)]
  const { assetId } = await algorand.send.assetCreate({ sender: club, total: 1000n, freeze: club })
  const door = await deployed(algorand, club, [assetId, 10n])
  for (const [holder, amount] of [[rich, 10n], [poor, 9n]] as const) {
    await algorand.send.assetOptIn({ sender: holder, assetId })
    await algorand.send.assetTransfer({ sender: club, receiver: holder, assetId, amount })
  }
  let calls = 0
  const enter = (sender: string) => door.send.call({ method: 'enter', args: [], sender, note: `${calls++}` })
  assert.equal((await enter(rich)).return, 10n)
  assert.equal((await enter(club)).return, 981n)
  await refuses(enter(poor), 'members only')
  await refuses(enter(stranger), 'members only')
  await algorand.send.assetFreeze({ sender: club, assetId, account: rich, frozen: true })
  await refuses(enter(rich), 'suspended')
  assert.equal((await algorand.app.getGlobalState(door.appId)).visits.value, 2n)
}
