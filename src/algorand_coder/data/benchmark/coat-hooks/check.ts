// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('CoatHooks.arc56.json', 'utf8'))
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
  const [ada, bob] = [await user(), await user()]
  const hang = (sender: typeof ada) => call('hang', [], { sender, extraFee: microAlgo(5_000) })
  const taken = async () => (await app.getGlobalState())['taken']?.value
  await assert.rejects(call('fetch'), /no hook/)
  assert.equal(await hang(creator), 0n)
  assert.equal(await hang(ada), 1n)
  await assert.rejects(hang(ada), /one hook each/)
  assert.equal(await hang(bob), 2n)
  assert.equal(await taken(), 7n)
  assert.equal(await call('fetch', [], { sender: ada }), 1n)
  assert.equal(await taken(), 5n)
  await assert.rejects(call('fetch', [], { sender: ada }), /no hook/)
  assert.equal(await call('fetch'), 0n)
  assert.equal(await hang(ada), 0n)
  assert.equal(await call('free', [], { extraFee: microAlgo(5_000) }), 62n)
}
