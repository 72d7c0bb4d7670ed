// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('TenantNotes.arc56.json', 'utf8'))
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
  await call('write', [7n, 'milk'])
  await call('write', [8n, 'bread'])
  await call('write', [7n, 'oat milk'])
  await call('write', [7n, 'secret'], { sender: other })
  assert.equal(await call('read', [`${creator}`, 7n]), 'oat milk')
  assert.equal(await call('read', [`${other}`, 7n]), 'secret')
  await assert.rejects(call('read', [`${other}`, 8n]), /no note/)
  assert.equal(await call('count', [`${creator}`]), 2n)
  await assert.rejects(call('erase', [8n], { sender: other }), /no note/)
  await call('erase', [7n])
  await assert.rejects(call('read', [`${creator}`, 7n]), /no note/)
  assert.equal(await call('count', [`${creator}`]), 1n)
  assert.equal(await call('count', [`${other}`]), 1n)
  const name = new Uint8Array([...Buffer.from('n'), ...other.publicKey, ...algosdk.encodeUint64(7)])
  assert.equal(Buffer.from(await algorand.app.getBoxValue(app.appId, name)).toString(), 'secret')
}
