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

type Given = { busy: string; plain: string; keeper: string }
type Observed = { busy: Answer.Deposit; plain: Answer.Deposit; keeper: Answer.Deposit }

const KEEPER = `#pragma version 10
txn ApplicationID
bz end
byte "box"
int 10
box_create
pop
end:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [busy, maker, plain] = [await person(algorand), await person(algorand), await person(algorand, 1)]
  for (const { mnemonic } of [busy, maker]) algorand.account.fromMnemonic(mnemonic)
  const sender = busy.address
  await algorand.send.assetCreate({ sender, total: 1n })
  const { assetId } = await algorand.send.assetCreate({ sender: maker.address, total: 1n })
  await algorand.send.assetOptIn({ sender, assetId })
  const program = '#pragma version 10\nint 1'
  const schema = { globalInts: 2, globalByteSlices: 1, localInts: 3, localByteSlices: 0 }
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: program, clearStateProgram: program, schema, extraProgramPages: 1 })
  await algorand.send.appCall({ sender, appId, onComplete: algosdk.OnApplicationComplete.OptInOC })
  const keeper = await algorand.send.appCreate({ sender, approvalProgram: KEEPER, clearStateProgram: program })
  await algorand.send.payment({ sender, receiver: keeper.appAddress, amount: algo(1) })
  await algorand.send.appCall({ sender, appId: keeper.appId, boxReferences: ['box'] })
  return { busy: sender, plain: plain.address, keeper: keeper.appAddress.toString() }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const explain = (address: string) => answer.explainDeposit(algorand, address)
  return { busy: await explain(given.busy), plain: await explain(given.plain), keeper: await explain(given.keeper) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const none = { assets: 0n, createdApps: 0n, optedInApps: 0n, schema: 0n, boxes: 0n, other: 0n }
  assert.deepEqual({ ...observed.plain }, { account: 100_000n, ...none })
  assert.deepEqual({ ...observed.keeper }, { account: 100_000n, ...none, boxes: 2500n + 13n * 400n })
  assert.deepEqual({ ...observed.busy }, {
    account: 100_000n, assets: 200_000n, createdApps: 300_000n, optedInApps: 100_000n, schema: 5n * 28_500n + 50_000n, boxes: 0n, other: 0n,
  })
  const { minBalance } = await algorand.account.getInformation(given.busy)
  assert.equal(Object.values(observed.busy).reduce((a, b) => a + b), minBalance.microAlgos)
}
