// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('LandRegister.arc56.json', 'utf8'))
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
  const stranger = await user()
  assert.equal(await call('enrol'), 1n)
  assert.equal(await call('enrol'), 2n)
  assert.equal(await call('strike'), 1n)
  const nothing = '#pragma version 10\nint 1'
  await assert.rejects(
    algorand.send.appUpdate({ sender: creator, appId: app.appId, approvalProgram: nothing, clearStateProgram: nothing }),
  )
  const bare = spec.bareActions.call.includes('DeleteApplication')
  const method = spec.methods.find((each: { actions: { call: string[] } }) => each.actions.call.includes('DeleteApplication'))?.name
  const remove = (more = {}) => (bare ? app.send.bare.delete(more) : app.send.delete({ method, ...more }))
  await assert.rejects(remove(), /plots are registered/)
  assert.equal(await call('strike'), 0n)
  await assert.rejects(call('strike'), /no plots/)
  await assert.rejects(remove({ sender: stranger }), /creator only/)
  await remove()
  await assert.rejects(algorand.client.algod.getApplicationByID(app.appId).do())
}
