// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('DoorPlates.arc56.json', 'utf8'))
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
  const ada = await user()
  await assert.rejects(call('take', ['ab']), /wrong length/)
  await assert.rejects(call('take', ['é'.repeat(11)]), /wrong length/)
  await assert.rejects(call('drop'), /no plate/)
  await call('take', ['é'.repeat(10)])
  await assert.rejects(call('take', ['x'.repeat(21)]), /wrong length/)
  await call('take', ['castle'])
  await call('take', ['castle'])
  await assert.rejects(call('take', ['castle'], { sender: ada }), /taken/)
  await call('take', ['hut'])
  await assert.rejects(call('whoIs', ['castle']), /free name/)
  assert.equal(await call('nameOf', [`${creator}`]), 'hut')
  await call('take', ['castle'], { sender: ada })
  assert.equal(await call('whoIs', ['castle']), `${ada}`)
  await call('drop')
  await assert.rejects(call('whoIs', ['hut']), /free name/)
  await assert.rejects(call('nameOf', [`${creator}`]), /no plate/)
  const names = (await algorand.app.getBoxNames(app.appId)).map(({ nameRaw }) => Buffer.from(nameRaw).toString('hex'))
  assert.deepEqual(names.sort(), [`61${Buffer.from(ada.publicKey).toString('hex')}`, Buffer.from('ncastle').toString('hex')].sort())
}
