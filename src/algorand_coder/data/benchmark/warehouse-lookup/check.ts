// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint }

const PUT_BOX = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
txna ApplicationArgs 1
box_put
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const clearStateProgram = '#pragma version 10\nint 1'
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: PUT_BOX, clearStateProgram })
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(appId), amount: algo(1) })
  const shelf = algosdk.ABIType.from('(uint64,bool,string)')
  const put = async (number: bigint, content: [bigint, boolean, string]) => {
    const name = new Uint8Array([...Buffer.from('w'), ...algosdk.encodeUint64(number)])
    await algorand.send.appCall({ sender, appId, args: [name, shelf.encode(content)] })
  }
  await put(7n, [2n ** 60n, true, 'café'])
  await put(300n, [0n, false, ''])
  return { app: appId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  const seven = await answer.readShelf(algorand, given.app, 7n)
  const other = await answer.readShelf(algorand, given.app, 300n)
  return { seven, other, missing: (await answer.readShelf(algorand, given.app, 8n)) === undefined }
}

export async function verify(_given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, {
    seven: { items: 2n ** 60n, locked: true, label: 'café' },
    other: { items: 0n, locked: false, label: '' },
    missing: true,
  })
}
