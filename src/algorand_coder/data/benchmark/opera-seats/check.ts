// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('OperaSeats.arc56.json', 'utf8'))
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
  await fund(1_000_000)
  const other = await user()
  await call('take', [1n, 2n, 3n])
  assert.equal(await call('isFree', [1n, 2n, 3n]), false)
  assert.equal(await call('isFree', [2n, 2n, 3n]), true)
  assert.equal(await call('isFree', [1n, 3n, 2n]), true)
  await assert.rejects(call('take', [1n, 2n, 3n], { sender: other }), /taken/)
  await assert.rejects(call('release', [1n, 2n, 3n], { sender: other }), /not your seat/)
  await assert.rejects(call('release', [9n, 2n, 3n]), /not your seat/)
  await call('take', [2n, 2n, 3n], { sender: other })
  await call('release', [1n, 2n, 3n])
  assert.equal(await call('isFree', [1n, 2n, 3n]), true)
  const [name, ...more] = await algorand.app.getBoxNames(app.appId)
  assert.equal(more.length, 0)
  assert.equal(Buffer.from(name!.nameRaw).subarray(0, 1).toString(), 's')
}
