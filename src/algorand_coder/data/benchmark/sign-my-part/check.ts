// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { us: Person; them: Person; proposal: Uint8Array[]; shortened: Uint8Array[]; swapped: Uint8Array[]; theirs: Uint8Array[] }
type Observed = { signed: (Uint8Array | null)[]; messages: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [us, them] = [await person(algorand, 5), await person(algorand, 5)]
  const pay = (from: Person, to: Person, micro: bigint) =>
    algorand.createTransaction.payment({ sender: from.address, receiver: to.address, amount: microAlgo(micro) })
  const group = algosdk.assignGroupID([await pay(them, us, 700n), await pay(us, them, 300n), await pay(us, them, 20n)])
  const proposal = group.map((txn) => algosdk.encodeUnsignedTransaction(txn))
  const theirs = algosdk.assignGroupID([await pay(them, us, 1n), await pay(them, us, 2n)]).map((t) => algosdk.encodeUnsignedTransaction(t))
  return { us, them, proposal, shortened: proposal.slice(0, 2), swapped: [proposal[1], proposal[0], proposal[2]], theirs }
}

export async function drive(answer: typeof Answer, given: Given): Promise<Observed> {
  const { sk } = algosdk.mnemonicToSecretKey(given.us.mnemonic)
  const messages = []
  for (const proposal of [given.shortened, given.swapped, given.theirs]) {
    try {
      answer.signMine(proposal, sk)
      messages.push('accepted')
    } catch (error) {
      messages.push((error as Error).message)
    }
  }
  return { messages, signed: answer.signMine(given.proposal, sk) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.messages, ['not a whole group', 'not a whole group', 'nothing to sign'])
  assert.deepEqual(observed.signed.map((entry) => entry === null), [true, false, false])
  const { sk } = algosdk.mnemonicToSecretKey(given.them.mnemonic)
  const first = algosdk.decodeUnsignedTransaction(given.proposal[0]).signTxn(sk)
  await algorand.client.algod.sendRawTransaction([first, observed.signed[1]!, observed.signed[2]!]).do()
  const { balance } = await algorand.account.getInformation(given.us.address)
  assert.equal(balance.microAlgos, 5_000_000n + 700n - 320n - 2000n)
}
