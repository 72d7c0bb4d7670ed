// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('RelayBatons.arc56.json', 'utf8'))
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
  const bob = await user()
  const cy = await user()
  const nobody = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ'
  const line = async () => {
    const found: unknown[] = []
    for (let at = await call('first'); at !== nobody && found.length < 9; at = await call('after', [at])) found.push(at)
    return found
  }
  assert.equal(await call('first'), nobody)
  await assert.rejects(call('leave', [], { sender: ada }), /not in line/)
  await call('join', [], { sender: ada })
  await call('join', [], { sender: bob })
  await call('join', [], { sender: cy })
  await assert.rejects(call('join', [], { sender: bob }), /in line already/)
  await call('leave', [], { sender: bob })
  assert.deepEqual(await line(), [`${ada}`, `${cy}`])
  await assert.rejects(call('after', [`${bob}`]), /not in line/)
  await call('leave', [], { sender: ada })
  await call('join', [], { sender: bob })
  assert.deepEqual(await line(), [`${cy}`, `${bob}`])
  await call('leave', [], { sender: bob })
  await call('join', [], { sender: ada })
  assert.deepEqual(await line(), [`${cy}`, `${ada}`])
  await call('leave', [], { sender: cy })
  assert.deepEqual(await line(), [`${ada}`])
  assert.equal((await algorand.app.getBoxNames(app.appId)).length, 1)
}
