// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('Farewell.arc56.json', 'utf8'))
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
  const [ada, bob] = [await user(), await user()]
  const enrol = async (sender: typeof creator, microAlgos: number, receiver?: string) =>
    app.send.optIn({ method: 'enrol', sender, args: [await pay(`${sender}`, microAlgos, receiver)] })
  await assert.rejects(enrol(ada, 49_999), /small pledge/)
  await assert.rejects(enrol(ada, 60_000, `${creator}`), /pay the club/)
  await enrol(ada, 50_000)
  await enrol(bob, 70_000)
  const before = await balance(`${ada}`)
  await app.send.closeOut({ method: 'resign', sender: ada, extraFee: microAlgo(1000) })
  assert.equal(await balance(`${ada}`), before + 50_000n - 2_000n)
  assert.equal((await algorand.client.algod.accountInformation(ada).do()).appsLocalState?.length ?? 0, 0)
  assert.equal(await call('forfeited'), 0n)
  await app.send.bare.clearState({ sender: bob })
  assert.equal(await call('forfeited'), 70_000n)
  assert.equal(await balance(`${app.appAddress}`), 170_000n)
}
