// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { cost: bigint }

const MAKE = `#pragma version 10
txn ApplicationID
bz done
byte "abc"
int 100
box_create
pop
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const clearStateProgram = '#pragma version 10\nint 1'
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: MAKE, clearStateProgram })
  const account = algosdk.getApplicationAddress(appId)
  await algorand.send.payment({ sender, receiver: account, amount: microAlgo(500_000) })
  const least = async () => (await algorand.account.getInformation(account)).minBalance.microAlgo
  const before = await least()
  await algorand.send.appCall({ sender, appId, boxReferences: ['abc'] })
  return { cost: (await least()) - before }
}

export async function drive(answer: typeof Answer) {
  const refused = (name: number, content: number) => {
    try {
      answer.boxDeposit(name, content)
      return false
    } catch (error) {
      return error instanceof RangeError
    }
  }
  return {
    prices: [answer.boxDeposit(3, 100), answer.boxDeposit(64, 32_768), answer.boxDeposit(1, 0)].map((each) => each.microAlgo),
    refused: [refused(0, 5), refused(65, 5), refused(3, -1), refused(3, 32_769), refused(3, 0.5)],
  }
}

export async function verify(given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed.prices, [given.cost, 13_135_300n, 2_900n])
  assert.deepEqual(observed.refused, [true, true, true, true, true])
}
