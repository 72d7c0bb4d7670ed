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

type Given = { caller: Person; appId: bigint }
type Observed = { fees: bigint[]; over: string[]; other: string; rounds: bigint }

const TEAL = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
method "tip(uint64)void"
==
assert
txna ApplicationArgs 1
btoi
dup
int 5
<
assert
store 0
loop:
load 0
bz done
itxn_begin
int pay
itxn_field TypeEnum
global CurrentApplicationAddress
itxn_field Receiver
int 0
itxn_field Fee
itxn_submit
load 0
int 1
-
store 0
b loop
done:
int 1`

const SPEC = JSON.stringify({
  arcs: [4, 56], name: 'Tips', structs: {}, networks: {}, events: [], templateVariables: {},
  methods: [
    {
      name: 'tip', args: [{ type: 'uint64', name: 'times' }], returns: { type: 'void' },
      actions: { create: [], call: ['NoOp'] }, readonly: false, events: [],
    },
  ],
  state: {
    schema: { global: { ints: 0, bytes: 0 }, local: { ints: 0, bytes: 0 } },
    keys: { global: {}, local: {}, box: {} }, maps: { global: {}, local: {}, box: {} },
  },
  bareActions: { create: ['NoOp'], call: [] },
})

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const caller = await person(algorand)
  algorand.account.fromMnemonic(caller.mnemonic)
  const { appId, appAddress } = await algorand.send.appCreate({
    sender: caller.address, approvalProgram: TEAL, clearStateProgram: '#pragma version 10\nint 1',
  })
  await algorand.send.payment({ sender: caller.address, receiver: appAddress, amount: algo(1) })
  return { caller, appId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.setSuggestedParamsCacheTimeout(0)
  algorand.account.fromMnemonic(given.caller.mnemonic)
  const client = algorand.client.getAppClientById({ appSpec: SPEC, appId: given.appId, defaultSender: given.caller.address })
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const over = await answer.callWithinBudget(client, 'tip', [3n], 3999n).then(
    () => ['accepted'],
    (error: Error) => [error.name, error.message, String(error.cause instanceof Error)],
  )
  const other = await answer.callWithinBudget(client, 'tip', [7n], 90_000n).then(() => 'accepted', (error: Error) => error.name + error.message)
  const rounds = (await round()) - before
  const fees = []
  for (const [times, budget] of [[3n, 4000n], [1n, 50_000n], [0n, 50_000n]]) fees.push(await answer.callWithinBudget(client, 'tip', [times], budget))
  return { over, other, rounds, fees }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.fees, [4000n, 2000n, 1000n])
  assert.deepEqual(observed.over, ['RangeError', 'over budget', 'true'])
  assert.ok(!/RangeError|over budget|accepted/.test(observed.other), observed.other)
  assert.equal(observed.rounds, 0n)
}
