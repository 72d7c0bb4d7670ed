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

type Given = { manager: Person; first: string; second: string; appId: bigint }
type Observed = { fee: bigint; round: bigint }

const TEAL = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
method "distribute(address,address)void"
==
assert
itxn_begin
int pay
itxn_field TypeEnum
txna ApplicationArgs 1
itxn_field Receiver
int 250000
itxn_field Amount
int 0
itxn_field Fee
itxn_submit
itxn_begin
int pay
itxn_field TypeEnum
txna ApplicationArgs 2
itxn_field Receiver
int 150000
itxn_field Amount
int 0
itxn_field Fee
itxn_submit
done:
int 1`

const SPEC = JSON.stringify({
  arcs: [4, 56], name: 'Cooperative', structs: {}, networks: {}, events: [], templateVariables: {},
  methods: [
    {
      name: 'distribute', args: [{ type: 'address', name: 'first' }, { type: 'address', name: 'second' }],
      returns: { type: 'void' }, actions: { create: [], call: ['NoOp'] }, readonly: false, events: [],
    },
  ],
  state: {
    schema: { global: { ints: 0, bytes: 0 }, local: { ints: 0, bytes: 0 } },
    keys: { global: {}, local: {}, box: {} }, maps: { global: {}, local: {}, box: {} },
  },
  bareActions: { create: ['NoOp'], call: [] },
})

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [manager, first, second] = [await person(algorand), await person(algorand, 1), await person(algorand, 1)]
  algorand.account.fromMnemonic(manager.mnemonic)
  const { appId, appAddress } = await algorand.send.appCreate({
    sender: manager.address, approvalProgram: TEAL, clearStateProgram: '#pragma version 10\nint 1',
  })
  await algorand.send.payment({ sender: manager.address, receiver: appAddress, amount: algo(2) })
  return { manager, first: first.address, second: second.address, appId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.manager.mnemonic)
  const client = algorand.client.getAppClientById({ appSpec: SPEC, appId: given.appId, defaultSender: given.manager.address })
  const fee = await answer.payDividend(client, given.first, given.second)
  return { fee, round: (await algorand.client.algod.status().do()).lastRound }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.fee, 3000n)
  const micro = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgos
  assert.deepEqual([await micro(given.first), await micro(given.second)], [1_250_000n, 1_150_000n])
  const { block } = await algorand.client.algod.block(observed.round).do()
  assert.deepEqual(block.payset.map(({ signedTxn }) => signedTxn.signedTxn.txn.fee), [3000n])
}
