// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('RecipeEdition.arc56.json', 'utf8'))
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
  const source = { approval: spec.byteCode.approval as string, clear: spec.byteCode.clear as string }
  const program = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
  const update = (sender: typeof creator) =>
    algorand.send.appUpdate({
      sender, appId: app.appId, note: `${calls++}`,
      approvalProgram: program(source.approval), clearStateProgram: program(source.clear),
    })
  assert.equal(await call('edition'), 1n)
  await update(creator)
  assert.equal(await call('edition'), 2n)
  await assert.rejects(update(stranger))
  await assert.rejects(app.send.bare.delete())
  await assert.rejects(call('seal', [], { sender: stranger }), /creator only/)
  await call('seal')
  await assert.rejects(update(creator))
  assert.equal(await call('edition'), 2n)
}
