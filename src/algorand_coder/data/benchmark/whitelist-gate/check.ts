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

type Given = { issuer: Person; investor: Person }
type Observed = { assetId: bigint; counts: number[]; stuck: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { issuer: await person(algorand), investor: await person(algorand) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.issuer, given.investor]) algorand.account.fromMnemonic(mnemonic)
  const [issuer, investor] = [given.issuer.address, given.investor.address]
  const assetId = await answer.issueRestricted(algorand, issuer, 500n)
  await algorand.send.assetOptIn({ sender: investor, assetId })
  const stuck = await algorand.send.assetTransfer({ sender: issuer, receiver: investor, assetId, amount: 1n }).then(() => false, () => true)
  const counts = [await answer.approve(algorand, issuer, investor, assetId, 20n), await answer.approve(algorand, issuer, investor, assetId, 5n)]
  return { assetId, stuck, counts }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.ok(observed.stuck)
  assert.deepEqual(observed.counts, [2, 1])
  const { address } = given.issuer
  const { assetName, unitName, total, decimals, defaultFrozen, manager, freeze, reserve, clawback } = await algorand.asset.getById(observed.assetId)
  assert.deepEqual([assetName, unitName, total, decimals, defaultFrozen], ['Restricted Share', 'RSH', 500n, 0, true])
  assert.deepEqual([manager, freeze, reserve, clawback], [address, address, undefined, undefined])
  const { balance, frozen } = await algorand.asset.getAccountInformation(given.investor.address, observed.assetId)
  assert.deepEqual([balance, frozen], [25n, false])
}
