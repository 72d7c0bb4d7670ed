// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('HillKing.arc56.json', 'utf8'))
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
  const ada = await user()
  const take = async (sender: typeof creator, microAlgos: number, receiver?: string) =>
    app.send.call({
      method: 'take', sender, args: [await pay(`${sender}`, microAlgos, receiver)],
      extraFee: microAlgo(1000), note: `${calls++}`,
    })
  await assert.rejects(call('reign'), /no king/)
  await assert.rejects(take(ada, 99_999), /too little/)
  await assert.rejects(take(ada, 200_000, `${creator}`), /pay the hill/)
  await assert.rejects(call('take', [await pay(`${creator}`, 200_000)], { sender: ada }), /pay yourself/)
  await take(ada, 200_005)
  const before = await balance(`${ada}`)
  await assert.rejects(take(creator, 220_005), /too little/)
  const { confirmation } = await take(creator, 220_006)
  assert.equal(await balance(`${ada}`), before + 200_005n)
  assert.equal(await balance(`${app.appAddress}`), 320_006n)
  assert.deepEqual(await call('reign'), [`${creator}`, 220_006n, confirmation.confirmedRound])
}
