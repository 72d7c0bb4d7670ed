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

type Given = { parent: Person; child: string }
type Observed = { id: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { parent: await person(algorand), child: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.parent.mnemonic)
  return { id: await answer.payPocketMoney(algorand, given.parent.address, given.child) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal((await algorand.account.getInformation(given.child)).balance.microAlgos, 3_000_000n)
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.deepEqual([txn.sender.toString(), txn.payment?.amount], [given.parent.address, 2_000_000n])
}
