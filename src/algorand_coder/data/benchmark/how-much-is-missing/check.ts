// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { payer: string; rich: string; empty: string }
type Observed = { missing: bigint[]; message: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [payer, rich, empty] = [await person(algorand, 2), await person(algorand, 5), await person(algorand, 0)]
  algorand.account.fromMnemonic(payer.mnemonic)
  await algorand.send.assetCreate({ sender: payer.address, total: 1n })
  return { payer: payer.address, rich: rich.address, empty: empty.address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const ask = (receiver: string, micro: bigint) => answer.shortfall(algorand, given.payer, receiver, micro)
  const missing = [
    await ask(given.rich, 5n), await ask(given.rich, 1_798_000n), await ask(given.rich, 1_798_001n), await ask(given.rich, 10_000_000n),
    await ask(given.empty, 100_000n),
  ]
  return { missing, message: await ask(given.empty, 99_999n).then(() => 'accepted', (e: Error) => `${e.name}: ${e.message}`) }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.missing, [0n, 0n, 1n, 8_202_000n, 0n])
  assert.equal(observed.message, 'RangeError: receiver needs at least 100000 micro-Algo')
}
