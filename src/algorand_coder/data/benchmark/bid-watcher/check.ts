// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; silent: bigint; sender: string; other: string; selector: Uint8Array }

const selectorOf = (signature: string) =>
  new Uint8Array(createHash('sha512-256').update(signature).digest().subarray(0, 4))

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const sender = `${(await algorand.account.localNetDispenser()).addr}`
  const other = `${algorand.account.random().addr}`
  const selector = selectorOf('NewHighBid(address,uint64)')
  const log = (data: Uint8Array) => `byte 0x${Buffer.from(data).toString('hex')}\nlog\n`
  const bid = (address: string, amount: bigint) =>
    log(Buffer.concat([selector, algosdk.ABIType.from('(address,uint64)').encode([address, amount])]))
  const approval = `#pragma version 10
txn ApplicationID
bz done
${bid(sender, 7n)}${log(selectorOf('OldHighBid(address,uint64)'))}${log(selector.subarray(0, 2))}${bid(other, 2n ** 60n + 1n)}done:
int 1`
  const create = async (approvalProgram: string) =>
    (await algorand.send.appCreate({ sender, approvalProgram, clearStateProgram: '#pragma version 10\nint 1' })).appId
  return { app: await create(approval), silent: await create('#pragma version 10\nint 1'), sender, other, selector }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const loud = await algorand.send.appCall({ sender, appId: given.app })
  const silent = await algorand.send.appCall({ sender, appId: given.silent })
  return {
    loud: answer.bidsIn(loud.confirmation, given.selector),
    silent: answer.bidsIn(silent.confirmation, given.selector),
  }
}

export async function verify(given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, {
    loud: [{ bidder: given.sender, amount: 7n }, { bidder: given.other, amount: 2n ** 60n + 1n }],
    silent: [],
  })
}
