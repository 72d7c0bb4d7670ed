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

type Given = { tenant: Person; landlord: string; thief: string; teal: string }
type Observed = { address: string; id: string; stolen: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [tenant, landlord, thief] = [await person(algorand), (await person(algorand, 1)).address, (await person(algorand, 1)).address]
  const teal = `#pragma version 10
txn Receiver
addr ${landlord}
==
txn CloseRemainderTo
global ZeroAddress
==
&&
txn RekeyTo
global ZeroAddress
==
&&
txn Fee
int 1000
<=
&&`
  return { tenant, landlord, thief, teal }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.tenant.mnemonic)
  const address = await answer.fundDeposit(algorand, given.teal, given.tenant.address, 900_000n)
  const stolen = await answer.releaseDeposit(algorand, given.teal, given.thief, 100_000n).then(() => true, () => false)
  return { address, stolen, id: await answer.releaseDeposit(algorand, given.teal, given.landlord, 600_000n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const { result } = await algorand.client.algod.compile(given.teal).do()
  const expected = new algosdk.LogicSigAccount(algosdk.base64ToBytes(result)).address().toString()
  assert.equal(observed.address, expected)
  assert.equal(observed.stolen, false)
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.deepEqual([txn.payment?.receiver.toString(), txn.payment?.amount], [given.landlord, 600_000n])
  assert.equal((await algorand.account.getInformation(given.landlord)).balance.microAlgos, 1_600_000n)
  assert.equal((await algorand.account.getInformation(expected)).balance.microAlgos, 299_000n)
  assert.equal((await algorand.account.getInformation(given.tenant.address)).balance.microAlgos, 10_000_000n - 901_000n)
}
