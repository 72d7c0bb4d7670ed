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

type Given = { bank: Person; cash: string; fresh: string }
type Observed = { paid: bigint[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { bank: await person(algorand, 20), cash: (await person(algorand, 1)).address, fresh: (await person(algorand, 0)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.bank.mnemonic)
  const fill = (who: string, level: bigint) => answer.refill(algorand, given.bank.address, who, level)
  return {
    paid: [
      await fill(given.cash, 900_000n), await fill(given.cash, 900_001n), await fill(given.cash, 2_000_000n), await fill(given.fresh, 300_000n),
    ],
  }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.paid, [0n, 50_000n, 1_050_000n, 400_000n])
  assert.equal((await algorand.account.getInformation(given.cash)).balance.microAlgos, 2_100_000n)
  assert.equal((await algorand.account.getInformation(given.fresh)).balance.microAlgos, 400_000n)
}
