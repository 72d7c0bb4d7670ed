// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('ClassRegister.arc56.json', 'utf8'))
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
  await fund(500_000)
  const stranger = await user()
  await assert.rejects(call('begin', [], { sender: stranger }), /creator only/)
  await call('begin')
  await assert.rejects(call('begin'), /already begun/)
  const mark = algorand.newGroup()
  for (const day of [0n, 9n, 364n, 200n]) mark.addAppCallMethodCall(await app.params.call({ method: 'mark', args: [day, true] }))
  mark.addAppCallMethodCall(await app.params.call({ method: 'mark', args: [200n, false] }))
  await mark.send()
  await assert.rejects(call('mark', [3n, true], { sender: stranger }), /creator only/)
  await assert.rejects(call('mark', [365n, true]), /no such day/)
  await assert.rejects(call('met', [365n]), /no such day/)
  assert.equal(await call('met', [9n]), true)
  assert.equal(await call('met', [200n]), false)
  const box = await algorand.app.getBoxValue(app.appId, 'days')
  assert.equal(Buffer.from(box).toString('hex'), `8040${'00'.repeat(43)}08`)
  const params = await app.params.call({ method: 'daysMet', args: [], boxReferences: ['days'], extraFee: microAlgo(40_000) })
  const { returns } = await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })
  assert.equal(returns?.[0]?.returnValue, 3n)
}
