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

type Given = { sender: Person; receiver: string }
type Observed = { plain: string; again: string; late: string; through: string; exhausted: string; attempts: number[]; refused: number }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { sender: await person(algorand), receiver: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.sender.mnemonic)
  algorand.setSuggestedParamsCacheTimeout(0)
  const { algod } = algorand.client
  const send = algod.sendRawTransaction.bind(algod)
  let failures = 0
  let delivered = false
  let count = 0
  // A busy network: the next `failures` attempts meet an expired window; with `delivered` they get through all the same.
  algod.sendRawTransaction = (bytes) => {
    const request = send(bytes)
    const run = request.do.bind(request)
    request.do = async () => {
      count++
      if (failures === 0) return run()
      failures--
      if (delivered) await run()
      throw new Error('TransactionPool.Remember: txn dead: round 900 outside of 880--890')
    }
    return request
  }
  const attempts: number[] = []
  const deliver = async (reference: string, misses: number, through = false, micro = 100_000n) => {
    ;[failures, delivered, count] = [misses, through, 0]
    const outcome = await answer.deliver(algorand, given.sender.address, given.receiver, micro, reference, 3).catch((e: Error) => e.message)
    attempts.push(count)
    return outcome
  }
  const plain = await deliver('parcel-1', 0)
  const again = await deliver('parcel-1', 0)
  const late = await deliver('parcel-2', 2)
  const through = await deliver('parcel-3', 1, true)
  const exhausted = await deliver('parcel-4', 9)
  await deliver('parcel-5', 0, false, 100_000_000n)
  return { plain, again, late, through, exhausted, attempts: attempts.slice(0, 5), refused: attempts[5] }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const { plain, again, late, through } = observed
  assert.deepEqual([plain, again, late, through], ['delivered', 'already delivered', 'delivered', 'already delivered'])
  assert.match(observed.exhausted, /txn dead/)
  assert.deepEqual(observed.attempts, [1, 1, 3, 2, 3])
  assert.equal(observed.refused, 1)
  const { algod } = algorand.client
  let delivered = 0
  for (let round = (await algod.status().do()).lastRound; round > 0n && delivered < 3; round--) {
    for (const { signedTxn } of (await algod.block(round).do()).block.payset) {
      const { txn } = signedTxn.signedTxn
      if (txn.payment?.receiver.toString() !== given.receiver || txn.sender.toString() !== given.sender.address) continue
      assert.ok(txn.lastValid - txn.firstValid <= 10n, `valid from ${txn.firstValid} to ${txn.lastValid}`)
      delivered++
    }
  }
  assert.equal(delivered, 3)
  assert.equal((await algorand.account.getInformation(given.receiver)).balance.microAlgos, 1_300_000n)
}
