// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('NightWatch.arc56.json', 'utf8'))
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
  const heir = await user()
  const { appClient: app } = await factory.send.create({ method: 'createApplication', args: [`${heir}`, 4n] })
  await fund(900_000)
  const more = { extraFee: microAlgo(1000) }
  await assert.rejects(call('alive', [], { sender: heir }), /owner only/)
  await assert.rejects(call('withdraw', [1n], { ...more, sender: heir }), /owner only/)
  await assert.rejects(call('inherit', [], more), /heir only/)
  await assert.rejects(call('inherit', [], { ...more, sender: heir }), /too early/)
  await call('alive')
  const wait = () => algorand.send.payment({ sender: creator, receiver: creator, amount: microAlgo(0), note: `${calls++}` })
  await wait()
  await wait()
  await call('withdraw', [300_000n], more)
  assert.equal(await balance(`${app.appAddress}`), 600_000n)
  await wait()
  await wait()
  await wait()
  await assert.rejects(call('inherit', [], { ...more, sender: heir }), /too early/)
  await wait()
  const before = await balance(`${heir}`)
  await call('inherit', [], { ...more, sender: heir })
  assert.equal(await balance(`${heir}`), before + 600_000n - 2_000n)
  assert.equal(await balance(`${app.appAddress}`), 0n)
}
