// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import { LogicError } from '@algorandfoundation/algokit-utils/types/logic-error'
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

type Given = { caller: Person }
type Observed = { fine: string; rounds: bigint; refusal: string; expected: string; network: boolean }

const TEAL = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
method "press(uint64)void"
==
assert
txna ApplicationArgs 1
btoi
int 7
<
assert // too hard
done:
int 1`

const SPEC = JSON.stringify({
  arcs: [4, 56], name: 'Button', structs: {}, networks: {}, events: [], templateVariables: {},
  methods: [
    {
      name: 'press', args: [{ type: 'uint64', name: 'strength' }], returns: { type: 'void' },
      actions: { create: [], call: ['NoOp'] }, readonly: false, events: [],
    },
  ],
  state: {
    schema: { global: { ints: 0, bytes: 0 }, local: { ints: 0, bytes: 0 } },
    keys: { global: {}, local: {}, box: {} }, maps: { global: {}, local: {}, box: {} },
  },
  bareActions: { create: ['NoOp'], call: [] },
  source: { approval: btoa(TEAL), clear: btoa('#pragma version 10\nint 1') },
})

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { caller: await person(algorand) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.caller.mnemonic)
  const factory = algorand.client.getAppFactory({ appSpec: SPEC, defaultSender: given.caller.address })
  const { appClient: client } = await factory.send.bare.create()
  const thrown: unknown = await client.send.call({ method: 'press', args: [9n] }).catch((error: unknown) => error)
  const expected = thrown instanceof LogicError ? `${thrown.message} (TEAL line ${thrown.teal_line})` : `no logic error: ${String(thrown)}`
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const fine = (await answer.callAndExplain(client, 'press', [3n])) ?? 'nothing'
  const rounds = (await round()) - before
  const refusal = (await answer.callAndExplain(client, 'press', [9n])) ?? 'nothing'
  const stranger = client.clone({ defaultSender: algosdk.generateAccount().addr })
  return { fine, rounds, refusal, expected, network: await answer.callAndExplain(stranger, 'press', [3n]).then(() => false, () => true) }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.fine, 'nothing')
  assert.equal(observed.rounds, 1n)
  assert.match(observed.expected, /\(TEAL line \d+\)$/)
  // The ids of transactions within the message differ from call to call.
  const plain = (text: string) => text.replace(/[A-Z2-7]{52}/g, 'ID')
  assert.equal(plain(observed.refusal), plain(observed.expected))
  assert.ok(observed.network)
}
