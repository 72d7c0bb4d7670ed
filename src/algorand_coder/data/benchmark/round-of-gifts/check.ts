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
  const appSpec = readFileSync('RoundOfGifts.arc56.json', 'utf8')
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
  const [owner, ann, bob] = [await person(algorand), await person(algorand, 1), await person(algorand, 1)]
  const app = await deployed(algorand, owner)
  await algorand.send.payment({ sender: owner, receiver: app.appAddress, amount: algo(3) })
  const give = (people: string[], amount: bigint, sender = owner) =>
    app.send.call({ method: 'give', args: [people, amount], sender, extraFee: microAlgo(1000 * people.length) })
  const sent = await give([ann, bob, ann], 100_000n)
  assert.equal(sent.return, 3n)
  const inner = (sent.confirmation.innerTxns ?? []).map(({ txn }) => txn.txn)
  const hex = (bytes?: Uint8Array) => Buffer.from(bytes ?? []).toString('hex')
  assert.deepEqual(inner.map(({ payment }) => payment?.receiver.toString()), [ann, bob, ann])
  assert.deepEqual(inner.map(({ note }) => hex(note)), ['0000000000000000', '0000000000000001', '0000000000000002'])
  assert.equal(new Set(inner.map(({ group }) => hex(group))).size, 1)
  assert.ok(inner[0].group, 'one inner group')
  assert.ok(inner.every(({ fee }) => !fee))
  assert.equal((await give(Array(10).fill(bob), 5n)).return, 13n)
  assert.equal((await give([ann], 7n)).return, 14n)
  assert.equal((await algorand.account.getInformation(ann)).balance.microAlgos, 1_200_007n)
  await refuses(give([], 5n), 'one to ten')
  await refuses(give(Array(11).fill(bob), 5n), 'one to ten')
  await refuses(give([ann], 5n, ann), 'creator only')
}
