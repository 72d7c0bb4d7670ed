// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Given = { app: bigint }

const CHANGES = `#pragma version 10
txn ApplicationID
bz create
txn NumAppArgs
bz done
byte "title"
byte "Fäden"
app_global_put
byte "count"
int 18446744073709551615
app_global_put
byte "zero"
int 0
app_global_put
byte "hash"
byte 0x00ff10
app_global_put
byte "old"
app_global_del
b done
create:
byte "old"
int 7
app_global_put
byte "kept"
int 8
app_global_put
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const schema = { globalInts: 4, globalByteSlices: 2, localInts: 0, localByteSlices: 0 }
  const clearStateProgram = '#pragma version 10\nint 1'
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: CHANGES, clearStateProgram, schema })
  return { app: appId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const much = await algorand.send.appCall({ sender, appId: given.app, args: [new Uint8Array(1)] })
  const nothing = await algorand.send.appCall({ sender, appId: given.app })
  return { much: [...answer.changeSlip(much.confirmation)], nothing: [...answer.changeSlip(nothing.confirmation)] }
}

export async function verify(_given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  const much = ['count = 18446744073709551615', 'hash = 0x00ff10', 'old removed', 'title = "Fäden"', 'zero = 0']
  assert.deepEqual(observed, { much, nothing: [] })
}
