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

type Given = { customer: Person; shop: string; thief: string; teal: string }
type Observed = { id: string; refused: boolean[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [customer, shop, thief] = [await person(algorand), (await person(algorand, 1)).address, (await person(algorand, 1)).address]
  const teal = `#pragma version 10
txn Receiver
addr ${shop}
==
txn Amount
int 500000
<=
&&
txn Fee
int 1000
<=
&&
txn RekeyTo
global ZeroAddress
==
&&
txn CloseRemainderTo
global ZeroAddress
==
&&`
  return { customer, shop, thief, teal }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const { sk } = algosdk.mnemonicToSecretKey(given.customer.mnemonic)
  const authority = await answer.authorise(algorand, given.teal, sk)
  // As if the network were busy: what does not ask for its fee pays for its size.
  algorand.setSuggestedParamsCache({ ...(await algorand.getSuggestedParams()), fee: 10n }, new Date(Date.now() + 3_600_000))
  const collect = (to: string, micro: bigint) => answer.collect(algorand, authority, given.customer.address, to, micro)
  const refused = []
  for (const [to, micro] of [[given.thief, 100_000n], [given.shop, 500_001n]] as const) {
    refused.push(await collect(to, micro).then(() => false, () => true))
  }
  return { refused, id: await collect(given.shop, 450_000n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, [true, true])
  const { txn, lsig, sig } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.deepEqual([txn.sender.toString(), txn.fee], [given.customer.address, 1000n])
  assert.ok(lsig?.sig && !sig, 'signed by the delegated program')
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 1_450_000n)
}
