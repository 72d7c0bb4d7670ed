// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('BakeryStamps.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const customer = await user()
  await assert.rejects(call('stamp', [`${customer}`, 3n]), /not a member/)
  await app.send.optIn({ method: 'optInToApplication', sender: customer })
  assert.equal(await call('stamp', [`${customer}`, 9n]), 9n)
  await assert.rejects(call('stamp', [`${customer}`, 9n], { sender: customer }), /baker only/)
  await assert.rejects(call('redeem', [], { sender: customer }), /ten stamps needed/)
  assert.equal(await call('stamp', [`${customer}`, 4n]), 13n)
  assert.equal(await call('redeem', [], { sender: customer }), 3n)
  assert.equal(await call('stamp', [`${customer}`, 7n]), 10n)
  assert.equal(await call('redeem', [], { sender: customer }), 0n)
}
