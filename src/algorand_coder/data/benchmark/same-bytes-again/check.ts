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

type Given = { receiver: string; good: Uint8Array; dead: Uint8Array; poor: Uint8Array; earlier: Uint8Array; id: string }
type Observed = { first: object; second: object; earlier: object; failed: boolean[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [sender, receiver] = [await person(algorand), (await person(algorand, 1)).address]
  algorand.account.fromMnemonic(sender.mnemonic)
  const sign = async (micro: bigint, extra = {}) => {
    const txn = await algorand.createTransaction.payment({ sender: sender.address, receiver, amount: microAlgo(micro), ...extra })
    return { id: txn.txID(), bytes: (await algorand.account.getSigner(sender.address)([txn], [0]))[0] }
  }
  const good = await sign(5000n)
  const dead = await sign(6000n, { firstValidRound: 1n, lastValidRound: 1n })
  const earlier = await sign(7n)
  await algorand.client.algod.sendRawTransaction(earlier.bytes).do()
  return { receiver, good: good.bytes, id: good.id, dead: dead.bytes, poor: (await sign(100_000_000n)).bytes, earlier: earlier.bytes }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const failed = []
  for (const bytes of [given.dead, given.poor]) failed.push(await answer.submitOnce(algorand, bytes).then(() => false, () => true))
  const earlier = await answer.submitOnce(algorand, given.earlier)
  return { failed, earlier, first: await answer.submitOnce(algorand, given.good), second: await answer.submitOnce(algorand, given.good) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.failed, [true, true])
  assert.deepEqual(observed.first, { txId: given.id, sentNow: true })
  assert.deepEqual(observed.second, { txId: given.id, sentNow: false })
  assert.equal((observed.earlier as { sentNow: boolean }).sentNow, false)
  assert.equal((await algorand.account.getInformation(given.receiver)).balance.microAlgos, 1_005_007n)
}
