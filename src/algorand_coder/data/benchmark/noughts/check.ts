// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('Noughts.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const created = async (note: string) =>
    (await (create ? factory.send.create({ method: create.name, note }) : factory.send.bare.create({ note }))).appClient
  let app = await created('the first game')
  const user = async () => {
    const { addr } = algorand.account.random()
    await algorand.send.payment({ sender: creator, receiver: addr, amount: algo(5) })
    return addr
  }
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const other = await user()
  const play = (square: number, sender = creator) => call('play', [BigInt(square)], { sender, extraFee: microAlgo(5_000) })
  await assert.rejects(play(0), /no opponent/)
  await assert.rejects(call('join'), /you play crosses/)
  await call('join', [], { sender: other })
  await assert.rejects(call('join', [], { sender: other }), /seat taken/)
  await assert.rejects(play(0, other), /not your turn/)
  assert.equal(await play(2), 0n)
  await assert.rejects(play(4), /not your turn/)
  await assert.rejects(play(2, other), /occupied/)
  await assert.rejects(play(9, other), /no such square/)
  assert.equal(await play(0, other), 0n)
  assert.equal(await play(4), 0n)
  assert.equal(await play(1, other), 0n)
  assert.equal(await play(6), 1n)
  await assert.rejects(play(8, other), /game over/)
  assert.deepEqual(await call('board'), [2n, 2n, 1n, 0n, 1n, 0n, 1n, 0n, 0n])
  const games = [[6, 0, 7, 1, 8], [1, 0, 2, 3, 4, 6], [1, 0, 4, 2, 7], [0, 1, 4, 2, 8], [0, 4, 8, 1, 7, 6, 2, 5, 3]]
  const results = []
  for (const squares of games) {
    app = await created(`game ${calls++}`)
    await call('join', [], { sender: other })
    const states = []
    for (const [index, square] of squares.entries()) states.push(await play(square, index % 2 ? other : creator))
    assert.ok(states.slice(0, -1).every((state) => state === 0n))
    results.push(states.at(-1))
  }
  assert.deepEqual(results, [1n, 2n, 1n, 1n, 3n])
}
