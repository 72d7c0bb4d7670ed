// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('HallOfFame.arc56.json', 'utf8'))
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
  const [a, b, c, d, e] = [await user(), await user(), await user(), await user(), await user()]
  const submit = (sender: typeof a, score: bigint) => call('submit', [score], { sender })
  await assert.rejects(call('entry', [1n]), /no such rank/)
  assert.equal(await submit(a, 50n), 1n)
  assert.equal(await submit(b, 50n), 2n)
  assert.equal(await submit(c, 70n), 1n)
  assert.equal(await submit(a, 40n), 0n)
  assert.equal(await submit(b, 60n), 2n)
  await assert.rejects(call('entry', [4n]), /no such rank/)
  assert.equal(await submit(d, 10n), 4n)
  assert.equal(await submit(e, 9n), 5n)
  assert.equal(await submit(creator, 9n), 0n)
  assert.equal(await submit(creator, 55n), 3n)
  const list = []
  for (const rank of [1n, 2n, 3n, 4n, 5n]) list.push(await call('entry', [rank]))
  assert.deepEqual(list, [[`${c}`, 70n], [`${b}`, 60n], [`${creator}`, 55n], [`${a}`, 50n], [`${d}`, 10n]])
  await assert.rejects(call('entry', [6n]), /no such rank/)
}
