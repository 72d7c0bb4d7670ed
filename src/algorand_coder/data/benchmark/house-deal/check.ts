// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('HouseDeal.arc56.json', 'utf8'))
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
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgo
  const [seller, arbiter, stranger] = [await user(), await user(), await user()]
  const create = async (...args: string[]) =>
    (await factory.send.create({ method: 'createApplication', args, note: `deal ${deals++}` })).appClient
  let deals = 0
  await assert.rejects(create(`${seller}`, `${seller}`), /roles must differ/)
  await assert.rejects(create(`${creator}`, `${arbiter}`), /roles must differ/)
  const more = { extraFee: microAlgo(1000) }
  let app = await create(`${seller}`, `${arbiter}`)
  await fund(800_000)
  await assert.rejects(call('agree', [], { ...more, sender: stranger }), /not part of the deal/)
  const before = await balance(`${seller}`)
  assert.equal(await call('cancel'), false)
  assert.equal(await call('agree', [], { sender: arbiter }), false)
  assert.equal(await call('agree', [], { sender: arbiter }), false)
  assert.equal(await call('agree', [], more), true)
  assert.equal(await balance(`${seller}`), before + 800_000n)
  assert.equal(await balance(`${app.appAddress}`), 0n)
  await assert.rejects(call('cancel', [], { ...more, sender: seller }), /settled/)
  app = await create(`${seller}`, `${arbiter}`)
  await fund(300_000)
  await call('cancel', [], { sender: seller })
  const held = await balance(`${creator}`)
  assert.equal(await call('cancel', [], { ...more, sender: arbiter }), true)
  assert.equal(await balance(`${creator}`), held + 300_000n)
}
