// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { employer: Person; workers: string[]; start: bigint }
type Observed = { ids: string[][]; none: string[][]; refused: string; first: string; spentByRefusal: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const employer = await person(algorand, 20)
  const workers = []
  for (let i = 0; i < 3; i++) workers.push((await person(algorand, 1)).address)
  return { employer, workers, start: (await algorand.account.getInformation(employer.address)).balance.microAlgos }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.employer.mnemonic)
  const { address } = given.employer
  const wages = Array.from({ length: 33 }, (_, i) => ({ worker: given.workers[i % 3], microAlgos: BigInt(1000 + i) }))
  const before = (await algorand.account.getInformation(address)).balance.microAlgos
  const refused = await answer.runPayroll(algorand, address, [...wages.slice(0, 20), { worker: given.workers[0], microAlgos: 0n }]).then(
    () => 'accepted',
    (error: Error) => error.name,
  )
  const spentByRefusal = before - (await algorand.account.getInformation(address)).balance.microAlgos
  const first = await answer.runPayroll(algorand, address, [{ worker: given.workers[0], microAlgos: 0n }, ...wages]).then(
    () => 'accepted',
    (error: Error) => error.name,
  )
  await answer.runPayroll(algorand, address, [{ worker: given.workers[0], microAlgos: 1n }])
  return { refused, first, spentByRefusal, none: await answer.runPayroll(algorand, address, []), ids: await answer.runPayroll(algorand, address, wages) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual([observed.refused, observed.first], ['RangeError', 'RangeError'])
  assert.equal(observed.spentByRefusal, 0n)
  assert.deepEqual(observed.none, [])
  assert.deepEqual(observed.ids.map((group) => group.length), [16, 16, 1])
  const groups = new Set<string>()
  let amount = 1000n
  for (const ids of observed.ids) {
    for (const [index, id] of ids.entries()) {
      const { txn } = (await algorand.client.algod.pendingTransactionInformation(id).do()).txn
      assert.equal(txn.payment?.amount, amount)
      assert.equal(txn.payment?.receiver.toString(), given.workers[Number(amount - 1000n) % 3])
      if (ids.length > 1) groups.add(Buffer.from(txn.group ?? new Uint8Array([index])).toString('hex'))
      amount++
    }
  }
  assert.equal(groups.size, 2)
  const { balance } = await algorand.account.getInformation(given.employer.address)
  assert.equal(given.start - balance.microAlgos, 33n * 1000n + 33n * 1016n + 1001n)
}
