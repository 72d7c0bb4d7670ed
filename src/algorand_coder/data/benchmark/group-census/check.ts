// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('GroupCensus.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(100_000)
  const other = await user()
  await assert.rejects(call('count'), /alone/)
  const params = () => app.params.call({ method: 'count', note: `${calls++}` })
  const send = async (before: number[], after: [string, number][]) => {
    const group = algorand.newGroup()
    for (const amount of before) group.addPayment({ sender: other, receiver: app.appAddress, amount: microAlgo(amount) })
    group.addAppCallMethodCall(await params())
    for (const [receiver, amount] of after) group.addPayment({ sender: other, receiver, amount: microAlgo(amount) })
    return (await group.send()).returns?.[0]?.returnValue
  }
  const self = `${app.appAddress}`
  assert.equal(await send([1_000, 2_000], [[self, 30_000], [`${creator}`, 7]]), 33_000n)
  assert.equal(await send([], [[`${creator}`, 9]]), 0n)
  assert.equal(await send([500], []), 500n)
  const closing = algorand.newGroup().addAppCallMethodCall(await params())
  closing.addPayment({ sender: other, receiver: self, amount: microAlgo(5), closeRemainderTo: creator })
  await assert.rejects(closing.send(), /no closing/)
  assert.equal(await call('raised'), 33_500n)
}
