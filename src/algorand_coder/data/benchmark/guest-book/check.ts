// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('GuestBook.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(2_000_000)
  assert.deepEqual(await call('page', [0n, 3n]), [])
  await assert.rejects(call('sign', ['']), /wrong length/)
  await assert.rejects(call('sign', ['é'.repeat(51)]), /wrong length/)
  const group = algorand.newGroup()
  for (const text of ['one', 'two', 'thrée', 'four', 'five', '6']) group.addAppCallMethodCall(await app.params.call({ method: 'sign', args: [text] }))
  const { confirmations, returns } = await group.send()
  assert.deepEqual(returns?.map((each) => each.returnValue), [0n, 1n, 2n, 3n, 4n, 5n])
  const round = confirmations[0]!.confirmedRound
  const page = async (from: bigint, count: bigint) => (await call('page', [from, count])) as unknown as [string, bigint, string][]
  assert.equal(await call('entries'), 6n)
  assert.deepEqual(await page(2n, 1n), [[`${creator}`, round, 'thrée']])
  assert.deepEqual((await page(4n, 9n)).map(([, , greeting]) => greeting), ['five', '6'])
  assert.deepEqual((await page(0n, 6n)).map(([, , greeting]) => greeting), ['one', 'two', 'thrée', 'four', 'five'])
  assert.deepEqual(await page(6n, 2n), [])
  assert.deepEqual(await page(2n ** 63n, 2n ** 63n), [])
  assert.equal(await call('sign', ['é'.repeat(50)]), 6n)
  await assert.rejects(call('sign', ['x'.repeat(101)]), /wrong length/)
}
