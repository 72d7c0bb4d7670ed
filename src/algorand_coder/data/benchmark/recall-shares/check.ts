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

type Given = { registrar: Person; holder: string; escrow: string; assetId: bigint }
type Observed = { moved: bigint[]; rounds: bigint; last: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [registrar, holder, escrow] = [await person(algorand), await person(algorand), await person(algorand)]
  for (const { mnemonic } of [registrar, holder, escrow]) algorand.account.fromMnemonic(mnemonic)
  const sender = registrar.address
  const { assetId } = await algorand.send.assetCreate({ sender, total: 100n, clawback: sender })
  for (const { address } of [holder, escrow]) await algorand.send.assetOptIn({ sender: address, assetId })
  await algorand.send.assetTransfer({ sender, receiver: holder.address, assetId, amount: 30n })
  return { registrar, holder: holder.address, escrow: escrow.address, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.registrar.mnemonic)
  const recall = (shares: bigint) =>
    answer.recallShares(algorand, given.registrar.address, given.holder, given.escrow, given.assetId, shares)
  const moved = [await recall(12n), await recall(50n)]
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  moved.push(await recall(5n))
  return { moved, rounds: (await round()) - before, last: before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual([observed.moved, observed.rounds], [[12n, 18n, 0n], 0n])
  const { block } = await algorand.client.algod.block(observed.last).do()
  const { sender, assetTransfer } = block.payset[0].signedTxn.signedTxn.txn
  assert.deepEqual([sender.toString(), assetTransfer?.assetSender?.toString()], [given.registrar.address, given.holder])
  assert.equal((await algorand.asset.getAccountInformation(given.escrow, given.assetId)).balance, 30n)
  assert.equal((await algorand.asset.getAccountInformation(given.holder, given.assetId)).balance, 0n)
}
