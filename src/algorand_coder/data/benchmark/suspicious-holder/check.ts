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

type Given = { officer: Person; holder: string; assetId: bigint }
type Observed = { sent: boolean[]; frozen: boolean[]; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [officer, holder] = [await person(algorand), await person(algorand)]
  for (const { mnemonic } of [officer, holder]) algorand.account.fromMnemonic(mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: officer.address, total: 10n, freeze: officer.address })
  await algorand.send.assetOptIn({ sender: holder.address, assetId })
  return { officer, holder: holder.address, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.officer.mnemonic)
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const [sent, frozen]: [boolean[], boolean[]] = [[], []]
  for (const hold of [true, true, false, false]) {
    sent.push(await answer.setHold(algorand, given.officer.address, given.holder, given.assetId, hold))
    frozen.push((await algorand.asset.getAccountInformation(given.holder, given.assetId)).frozen)
  }
  return { sent, frozen, rounds: (await round()) - before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, { sent: [true, false, true, false], frozen: [true, true, false, false], rounds: 2n })
  assert.equal((await algorand.asset.getAccountInformation(given.holder, given.assetId)).frozen, false)
}
