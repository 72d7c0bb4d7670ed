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

type Given = { board: Person[]; treasury: string; payee: string }
type Observed = { treasury: string; txId: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const board = [await person(algorand, 0), await person(algorand, 0), await person(algorand, 0)]
  const treasury = algosdk.multisigAddress({ version: 1, threshold: 2, addrs: board.map(({ address }) => address) }).toString()
  const { addr } = await algorand.account.localNetDispenser()
  await algorand.send.payment({ sender: addr, receiver: treasury, amount: algo(4) })
  return { board, treasury, payee: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const [first, second, third] = given.board.map(({ mnemonic }) => algosdk.mnemonicToSecretKey(mnemonic))
  return answer.spendFromTreasury(algorand, [first, second, third], given.payee, 650_000n)
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.treasury, given.treasury)
  const { txn, msig } = (await algorand.client.algod.pendingTransactionInformation(observed.txId).do()).txn
  assert.deepEqual([txn.sender.toString(), txn.payment?.amount], [given.treasury, 650_000n])
  assert.deepEqual(msig?.subsig.map(({ s }) => s !== undefined), [true, false, true])
  assert.equal((await algorand.account.getInformation(given.payee)).balance.microAlgos, 1_650_000n)
}
