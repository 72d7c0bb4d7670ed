// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('WeatherWire.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(500_000)
  const event = (signature: string, ...values: (string | bigint)[]) => {
    const selector = createHash('sha512-256').update(signature).digest().subarray(0, 4)
    const types = signature.slice(signature.indexOf('('))
    return Buffer.concat([selector, algosdk.ABIType.from(types).encode(values)]).toString('hex')
  }
  const report = async (place: string, kelvin10: bigint) => {
    const { confirmation } = await app.send.call({ method: 'report', args: [place, kelvin10], note: `${notes++}` })
    return (confirmation.logs ?? []).map((log) => Buffer.from(log).toString('hex'))
  }
  let notes = 0
  const measured = (...values: (string | bigint)[]) => event('Measured(string,uint64)', ...values)
  const record = (...values: (string | bigint)[]) => event('Record(string,uint64,uint64)', ...values)
  await assert.rejects(call('record', ['Oslo']), /unknown place/)
  assert.deepEqual(await report('Oslo', 2_800n), [measured('Oslo', 2_800n), record('Oslo', 2_800n, 0n)])
  assert.deepEqual(await report('Oslo', 2_800n), [measured('Oslo', 2_800n)])
  assert.deepEqual(await report('Rome', 0n), [measured('Rome', 0n), record('Rome', 0n, 0n)])
  assert.deepEqual(await report('Oslo', 2_801n), [measured('Oslo', 2_801n), record('Oslo', 2_801n, 2_800n)])
  assert.equal(await call('record', ['Oslo']), 2_801n)
}
