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
  const appSpec = readFileSync('Fund.arc56.json', 'utf8')
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
  const [owner, donor, heir] = [await person(algorand), await person(algorand), await person(algorand, 1)]
  const fund = await deployed(algorand, owner)
  const deposit = (micro: number, receiver = fund.appAddress.toString()) =>
    fund.send.call({
      method: 'deposit', sender: donor,
      args: [algorand.createTransaction.payment({ sender: donor, receiver, amount: microAlgo(micro) })],
    })
  const windUp = (sender: string) => fund.send.call({ method: 'windUp', args: [heir], sender, extraFee: microAlgo(1000) })
  await deposit(400_000)
  await deposit(350_000)
  await refuses(deposit(1, owner), 'wrong receiver')
  await refuses(windUp(donor), 'creator only')
  assert.equal((await windUp(owner)).return, 750_000n)
  assert.equal((await algorand.account.getInformation(fund.appAddress)).balance.microAlgos, 0n)
  assert.equal((await algorand.account.getInformation(heir)).balance.microAlgos, 1_750_000n)
  await refuses(deposit(200_000), 'closed')
  await refuses(windUp(owner), 'closed')
}
