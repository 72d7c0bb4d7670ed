// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('AuctionHouse.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  assert.equal(await call('best'), 0n)
  await call('bid', [500n])
  const result = await app.send.call({ method: 'bid', args: [700n] })
  const event = algosdk.ABIType.from('(address,uint64,uint64)').encode([`${creator}`, 700n, 500n])
  const selector = createHash('sha512-256').update('NewHighBid(address,uint64,uint64)').digest().subarray(0, 4)
  const logs = result.confirmation.logs ?? []
  assert.equal(logs.length, 1)
  assert.equal(Buffer.from(logs[0]!).toString('hex'), Buffer.concat([selector, event]).toString('hex'))
  await assert.rejects(call('bid', [700n]), /too low/)
  assert.equal(await call('best'), 700n)
}
