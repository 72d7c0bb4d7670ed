// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

async function person(algorand: AlgorandClient, algos = 10): Promise<string> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr } = algorand.account.random()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return addr.toString()
}

async function deployed(algorand: AlgorandClient, sender: string) {
  const appSpec = readFileSync('Validator.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.bare.create()
  return appClient
}

async function refuses(action: Promise<unknown>, text: string): Promise<void> {
  const error = await action.then(() => undefined, (thrown: unknown) => thrown)
  assert.ok(error, `expected a refusal: ${text}`)
  assert.ok(String((error as Error).message).includes(text), `expected '${text}', got: ${String(error)}`)
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const [owner, other] = [await person(algorand), await person(algorand)]
  const pool = await deployed(algorand, owner)
  await algorand.send.payment({ sender: owner, receiver: pool.appAddress, amount: algo(1) })
  const go = (reason: string, sender = owner) =>
    pool.send.call({ method: 'goOffline', args: [reason], sender, extraFee: microAlgo(1000) })
  const sent = await go('x'.repeat(100))
  const [inner] = sent.confirmation.innerTxns ?? []
  const { txn } = inner.txn
  assert.equal(txn.type, 'keyreg')
  assert.equal(txn.keyreg?.voteKey, undefined)
  assert.ok(!txn.keyreg?.nonParticipation)
  assert.equal(Buffer.from(txn.note).toString(), `offline since ${'x'.repeat(100)}`)
  assert.equal(txn.fee ?? 0n, 0n)
  assert.equal((sent.return as number[] | Uint8Array).length, 32)
  assert.notDeepEqual(Buffer.from(sent.return as Uint8Array), Buffer.from(sent.transaction.rawTxID()))
  await refuses(go('y'.repeat(101)), 'too long')
  await refuses(go('sold', other), 'creator only')
}
