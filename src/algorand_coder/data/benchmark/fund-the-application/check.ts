// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
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

const KEEPER = `#pragma version 10
txn ApplicationID
bz end
byte "box"
int 10
box_create
pop
end:
int 1`

type Given = { payer: Person; apps: bigint[]; addresses: string[] }
type Observed = { paid: bigint[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const payer = await person(algorand)
  algorand.account.fromMnemonic(payer.mnemonic)
  const [apps, addresses]: [bigint[], string[]] = [[], []]
  for (const funded of [0, 250_000]) {
    const program = '#pragma version 10\nint 1'
    const app = await algorand.send.appCreate({ sender: payer.address, approvalProgram: program, clearStateProgram: program })
    if (funded) await algorand.send.payment({ sender: payer.address, receiver: app.appAddress, amount: microAlgo(funded) })
    apps.push(app.appId)
    addresses.push(app.appAddress.toString())
  }
  const keeper = await algorand.send.appCreate({ sender: payer.address, approvalProgram: KEEPER, clearStateProgram: '#pragma version 10\nint 1' })
  await algorand.send.payment({ sender: payer.address, receiver: keeper.appAddress, amount: microAlgo(110_000) })
  await algorand.send.appCall({ sender: payer.address, appId: keeper.appId, boxReferences: ['box'] })
  apps.push(keeper.appId)
  addresses.push(keeper.appAddress.toString())
  return { payer, apps, addresses }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.payer.mnemonic)
  const fund = (app: bigint, boxes: number, name: number, value: number) => answer.fundBoxes(algorand, given.payer.address, app, boxes, name, value)
  const [empty, funded, keeper] = given.apps
  return { paid: [await fund(keeper, 1, 10, 20), await fund(empty, 3, 32, 64), await fund(empty, 3, 32, 64), await fund(funded, 1, 10, 20), await fund(funded, 10, 8, 100)] }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.paid, [12_200n, 222_700n, 0n, 0n, 307_000n])
  const left = []
  for (const address of given.addresses) left.push((await algorand.account.getInformation(address)).balance.microAlgos)
  assert.deepEqual(left, [222_700n, 557_000n, 122_200n])
}
