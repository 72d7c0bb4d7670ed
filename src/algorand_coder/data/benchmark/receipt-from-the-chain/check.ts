// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
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

type Given = { sender: string; receiver: string; id: string; plain: string; other: string; round: bigint }
type Observed = { full: Answer.Receipt; plain: Answer.Receipt; error: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [sender, receiver] = [await person(algorand), await person(algorand, 1)]
  algorand.account.fromMnemonic(sender.mnemonic)
  const pay = { sender: sender.address, receiver: receiver.address, amount: microAlgo(4321) }
  const { txIds, confirmation } = await algorand.send.payment({ ...pay, note: 'façade, north', staticFee: microAlgo(1500), validityWindow: 900 })
  const plain = (await algorand.send.payment({ ...pay, firstValidRound: 1n, lastValidRound: 1000n })).txIds[0]
  const other = (await algorand.send.assetCreate({ sender: sender.address, total: 1n })).txIds[0]
  return { sender: sender.address, receiver: receiver.address, id: txIds[0], plain, other, round: confirmation.confirmedRound! }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const error = await answer.receipt(algorand, given.other).then(() => 'accepted', (e: Error) => `${e.name}: ${e.message}`)
  return { full: await answer.receipt(algorand, given.id), plain: await answer.receipt(algorand, given.plain), error }
}

export async function verify(given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  const { sender: from, receiver: to, round } = given
  assert.deepEqual({ ...observed.full }, { from, to, amount: 4321n, fee: 1500n, note: 'façade, north', round })
  assert.deepEqual({ ...observed.plain }, { from, to, amount: 4321n, fee: 1000n, note: '', round: round + 1n })
  assert.equal(observed.error, 'TypeError: not a payment')
}
