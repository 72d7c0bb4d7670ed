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

type Given = { owner: Person; customer: Person; appId: bigint; shop: string }
type Observed = { first: { order: bigint; paymentId: string }; second: { order: bigint; paymentId: string } }

const TEAL = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
method "order(pay,string)uint64"
==
assert
txn GroupIndex
int 1
-
store 0
load 0
gtxns TypeEnum
int pay
==
assert
load 0
gtxns Receiver
global CurrentApplicationAddress
==
assert
load 0
gtxns Amount
int 70000
>=
assert
byte "n"
byte "n"
app_global_get
int 1
+
app_global_put
byte 0x151f7c75
byte "n"
app_global_get
itob
concat
log
done:
int 1`

const SPEC = JSON.stringify({
  arcs: [4, 56], name: 'Shop', structs: {}, networks: {}, events: [], templateVariables: {},
  methods: [
    {
      name: 'order', args: [{ type: 'pay', name: 'payment' }, { type: 'string', name: 'article' }], returns: { type: 'uint64' },
      actions: { create: [], call: ['NoOp'] }, readonly: false, events: [],
    },
  ],
  state: {
    schema: { global: { ints: 1, bytes: 0 }, local: { ints: 0, bytes: 0 } },
    keys: { global: {}, local: {}, box: {} }, maps: { global: {}, local: {}, box: {} },
  },
  bareActions: { create: ['NoOp'], call: [] },
})

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [owner, customer] = [await person(algorand), await person(algorand)]
  algorand.account.fromMnemonic(owner.mnemonic)
  const { appId, appAddress } = await algorand.send.appCreate({
    sender: owner.address, approvalProgram: TEAL, clearStateProgram: '#pragma version 10\nint 1',
    schema: { globalInts: 1, globalByteSlices: 0, localInts: 0, localByteSlices: 0 },
  })
  await algorand.send.payment({ sender: owner.address, receiver: appAddress, amount: algo(1) })
  return { owner, customer, appId, shop: appAddress.toString() }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.setSuggestedParamsCacheTimeout(0)
  for (const { mnemonic } of [given.owner, given.customer]) algorand.account.fromMnemonic(mnemonic)
  const client = algorand.client.getAppClientById({ appSpec: SPEC, appId: given.appId, defaultSender: given.owner.address })
  const order = (article: string, micro: bigint) => answer.placeOrder(algorand, client, given.customer.address, article, micro)
  return { first: await order('tea', 70_000n), second: await order('milk', 80_000n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual([observed.first.order, observed.second.order], [1n, 2n])
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.second.paymentId).do()).txn
  assert.deepEqual([txn.payment?.amount, txn.payment?.receiver.toString(), txn.sender.toString()], [80_000n, given.shop, given.customer.address])
  assert.equal(Buffer.from(txn.note).toString(), 'order')
  assert.equal((await algorand.account.getInformation(given.customer.address)).balance.microAlgos, 10_000_000n - 150_000n - 4000n)
}
