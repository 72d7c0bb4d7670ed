// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('RoofFund.arc56.json', 'utf8'))
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
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  const create = async (goal: bigint, rounds: bigint) =>
    (await factory.send.create({ method: 'createApplication', args: [goal, rounds] })).appClient
  const ada = await user()
  const give = async (microAlgos: number, receiver?: string) =>
    call('give', [await pay(`${ada}`, microAlgos, receiver)], { sender: ada })
  const wait = () => algorand.send.payment({ sender: creator, receiver: creator, amount: microAlgo(0), note: `${calls++}` })
  const more = { extraFee: microAlgo(1000) }
  let app = await create(500_000n, 4n)
  await fund(200_000)
  await assert.rejects(give(300_000, `${creator}`), /pay the fund/)
  assert.equal(await give(300_000), 300_000n)
  assert.equal(await give(200_000), 500_000n)
  await assert.rejects(call('collect', [], more), /still open/)
  await wait()
  await assert.rejects(give(1_000), /closed/)
  await assert.rejects(call('takeBack', [], { ...more, sender: ada }), /goal reached/)
  await assert.rejects(call('collect', [], { ...more, sender: ada }), /creator only/)
  await call('collect', [], more)
  assert.equal(await balance(`${app.appAddress}`), 200_000n)
  await assert.rejects(call('collect', [], more), /already collected/)
  app = await create(500_000n, 3n)
  await fund(200_000)
  await give(499_999)
  await assert.rejects(call('takeBack', [], { ...more, sender: ada }), /still open/)
  await wait()
  await assert.rejects(call('collect', [], more), /goal missed/)
  await assert.rejects(call('takeBack', [], more), /no gift/)
  assert.equal(await call('takeBack', [], { ...more, sender: ada }), 499_999n)
  assert.equal(await balance(`${app.appAddress}`), 200_000n)
  await assert.rejects(call('takeBack', [], { ...more, sender: ada }), /no gift/)
}
