// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; specification: string; list: Answer.Rating[] }

const PUT = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
txna ApplicationArgs 1
box_put
done:
int 1`
const CLEAR = '#pragma version 10\nint 1'

const specification = JSON.stringify({
  arcs: [22, 28], name: 'Ratings', methods: [], bareActions: { create: ['NoOp'], call: ['NoOp'] },
  structs: { Rating: [{ name: 'stars', type: 'uint64' }, { name: 'votes', type: 'uint64' }] },
  state: {
    schema: { global: { ints: 0, bytes: 0 }, local: { ints: 0, bytes: 0 } },
    keys: { global: {}, local: {}, box: {} },
    maps: { global: {}, local: {}, box: { ratings: { keyType: 'address', valueType: 'Rating', prefix: Buffer.from('r:').toString('base64') } } },
  },
  source: { approval: Buffer.from(PUT).toString('base64'), clear: Buffer.from(CLEAR).toString('base64') },
})

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: PUT, clearStateProgram: CLEAR })
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(appId), amount: algo(1) })
  const people = Array.from({ length: 4 }, () => algorand.account.random().addr).sort((a, b) => (`${a}` < `${b}` ? -1 : 1))
  const values: [bigint, bigint][] = [[5n, 1n], [3n, 40n], [4n, 2n ** 40n], [2n, 40n]]
  const group = algorand.newGroup()
  people.forEach((person, i) => {
    const name = new Uint8Array([...Buffer.from('r:'), ...person.publicKey])
    const value = algosdk.ABIType.from('(uint64,uint64)').encode(values[i]!)
    group.addAppCall({ sender, appId, args: [name, value], boxReferences: [name] })
  })
  await group.send()
  const list = [2, 1, 3, 0].map((i) => ({ address: `${people[i]}`, stars: values[i]![0], votes: values[i]![1] }))
  return { app: appId, specification, list }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return (await answer.ratings(algorand, given.specification, given.app)).map((each) => ({ ...each }))
}

export async function verify(given: Given, observed: Answer.Rating[]): Promise<void> {
  assert.deepEqual(observed, given.list)
}
