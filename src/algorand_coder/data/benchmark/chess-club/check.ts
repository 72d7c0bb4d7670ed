// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('ChessClub.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const create = async (name: string, seats: bigint) =>
    (await factory.send.create({ method: 'createApplication', args: [name, seats] })).appClient
  await assert.rejects(create('', 2n), /name the club/)
  await assert.rejects(create('Rook', 0n), /seats are needed/)
  await create('Pawn', 1n)
  const app = await create('Rook & Knight', 2n)
  assert.equal(await call('clubName'), 'Rook & Knight')
  assert.equal(await call('join'), 1n)
  assert.equal(await call('join'), 0n)
  await assert.rejects(call('join'), /the club is full/)
}
