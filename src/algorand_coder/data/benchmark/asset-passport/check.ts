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
  const appSpec = readFileSync('AssetPassport.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.bare.create()
  return appClient
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const owner = await person(algorand)
  const app = await deployed(algorand, owner)
  const ask = async (decimals: number, total: bigint, roles: { freeze?: string; clawback?: string; manager?: string; reserve?: string }) => {
    const { assetId } = await algorand.send.assetCreate({ sender: owner, total, decimals, ...roles })
    const whole = (await app.send.call({ method: 'whole', args: [assetId] })).return
    return [whole, (await app.send.call({ method: 'locked', args: [assetId] })).return]
  }
  assert.deepEqual(await ask(0, 7n, { manager: owner, reserve: owner }), [7n, true])
  assert.deepEqual(await ask(2, 12_399n, { freeze: owner }), [123n, false])
  assert.deepEqual(await ask(6, 18_446_744_073_709_551_615n, { clawback: owner }), [18_446_744_073_709n, false])
  assert.deepEqual(await ask(19, 5n, { freeze: owner, clawback: owner }), [0n, false])
}
