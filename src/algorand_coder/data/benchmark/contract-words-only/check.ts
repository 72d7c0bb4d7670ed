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

type Given = { appId: bigint; sender: Person }
type Observed = { found: (string | undefined)[]; real: string }

const TEAL = `#pragma version 10
txn ApplicationID
bz done
txn NumAppArgs
assert
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const sender = await person(algorand)
  algorand.account.fromMnemonic(sender.mnemonic)
  const { appId } = await algorand.send.appCreate({ sender: sender.address, approvalProgram: TEAL, clearStateProgram: '#pragma version 10\nint 1' })
  return { appId, sender }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.sender.mnemonic)
  const caught = await algorand.send.appCall({ sender: given.sender.address, appId: given.appId }).catch((error: unknown) => error)
  const deep = new Error('outer', { cause: new Error('closed', { cause: new Error('no quantity left') }) })
  const known = ['closed', 'no quantity', 'no quantity left', 'opened']
  const found = [
    answer.refusalOf(new Error('x: no quantity left, sorry'), known), answer.refusalOf(deep, known), answer.refusalOf('closed', known),
    answer.refusalOf(new Error('fine'), known), answer.refusalOf(undefined, known), answer.refusalOf(new Error('opened and closed'), known),
  ].map((text) => text ?? 'nothing')
  return { found, real: answer.refusalOf(caught, ['never said', 'assert failed']) ?? 'nothing' }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.found, ['no quantity left', 'closed', 'nothing', 'nothing', 'nothing', 'closed'])
  assert.equal(observed.real, 'assert failed')
}
