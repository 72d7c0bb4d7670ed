// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('LeftLuggage.arc56.json', 'utf8'))
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
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgo
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  await fund(100_000)
  const guest = await user()
  const cost = 2500 + 400 * (1 + 32 + 4)
  const store = async (microAlgos: number, label: string, receiver?: string) =>
    call('store', [await pay(`${guest}`, microAlgos, receiver), label], { sender: guest })
  await assert.rejects(store(cost - 1, 'case'), /wrong deposit/)
  await assert.rejects(store(cost, 'case', `${creator}`), /wrong deposit/)
  await assert.rejects(store(cost, 'x'.repeat(65)), /label too long/)
  await store(cost, 'case')
  await assert.rejects(store(cost, 'cask'), /one locker each/)
  const before = await balance(`${guest}`)
  assert.equal(await call('collect', [], { sender: guest, extraFee: microAlgo(1000) }), 'case')
  assert.equal(await balance(`${guest}`), before + BigInt(cost) - 2000n)
  assert.equal(await balance(`${app.appAddress}`), 100_000n)
  await assert.rejects(call('collect', [], { sender: guest, extraFee: microAlgo(1000) }), /no locker/)
}
