// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('CurrencyDesk.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const oracleSpec = readFileSync('Oracle.arc56.json', 'utf8')
  const { appClient: oracle } = await algorand.client.getAppFactory({ appSpec: oracleSpec, defaultSender: creator }).send.bare.create()
  await algorand.send.payment({ sender: creator, receiver: oracle.appAddress, amount: algo(1) })
  await oracle.send.call({ method: 'publish', args: ['CHF', 1087n] })
  assert.equal(await call('lastRate'), 0n)
  assert.equal(await call('convert', [oracle.appId, 'CHF', 2_500n], { extraFee: microAlgo(1000) }), 2_717n)
  assert.equal(await call('lastRate'), 1087n)
  await oracle.send.call({ method: 'publish', args: ['CHF', 950n] })
  assert.equal(await call('convert', [oracle.appId, 'CHF', 99n], { extraFee: microAlgo(1000) }), 94n)
}
