// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('ChangeOfMind.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const create = async (options: bigint) => (await factory.send.create({ method: 'createApplication', args: [options] })).appClient
  await assert.rejects(create(1n), /bad options/)
  await assert.rejects(create(13n), /bad options/)
  assert.equal(((await (await create(12n)).send.call({ method: 'counts' })).return as bigint[]).length, 12)
  const app = await create(3n)
  await fund(500_000)
  const ada = await user()
  await assert.rejects(call('abstain'), /no vote/)
  await call('vote', [2n])
  await call('vote', [2n], { sender: ada })
  assert.deepEqual(await call('counts'), [0n, 0n, 2n])
  await call('vote', [0n])
  await call('vote', [0n])
  assert.deepEqual(await call('counts'), [1n, 0n, 1n])
  await assert.rejects(call('vote', [3n]), /no such option/)
  const box = await algorand.app.getBoxValue(app.appId, new Uint8Array([...Buffer.from('v'), ...ada.publicKey]))
  assert.deepEqual([...box], [2])
  await call('abstain', [], { sender: ada })
  await assert.rejects(call('abstain', [], { sender: ada }), /no vote/)
  assert.deepEqual(await call('counts'), [1n, 0n, 0n])
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 1)
}
