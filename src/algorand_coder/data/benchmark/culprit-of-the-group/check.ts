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

type Given = { payer: Person; receiver: string; fresh: string }
type Observed = { fine?: unknown; third?: { index: number; reason: string }; second?: { index: number; reason: string }; pair?: { index: number }; single?: { index: number } }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const fresh = (await person(algorand, 0)).address
  return { payer: await person(algorand, 2), receiver: (await person(algorand, 1)).address, fresh }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const find = (...list: [string, bigint][]) =>
    answer.findCulprit(algorand, given.payer.address, list.map(([receiver, microAlgos]) => ({ receiver, microAlgos })))
  const { receiver, fresh } = given
  return {
    fine: (await find([receiver, 500_000n], [fresh, 100_000n], [receiver, 5n])) ?? 'nobody',
    third: await find([receiver, 900_000n], [receiver, 900_001n], [receiver, 300_000n], [receiver, 1n]),
    second: await find([receiver, 1n], [fresh, 99_999n], [receiver, 2n]),
    pair: await find([receiver, 1n], [fresh, 99_999n]),
    single: await find([receiver, 5_000_000n]),
  }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.fine, 'nobody')
  assert.equal(observed.third?.index, 2)
  assert.match(observed.third.reason, /overspend|below min/)
  assert.equal(observed.second?.index, 1)
  assert.match(observed.second.reason, /below min/)
  assert.equal(observed.pair?.index, 1)
  assert.equal(observed.single?.index, 0)
  assert.equal((await algorand.account.getInformation(given.payer.address)).balance.microAlgos, 2_000_000n)
}
