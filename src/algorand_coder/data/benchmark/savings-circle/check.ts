// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('SavingsCircle.arc56.json', 'utf8'))
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
  const [bob, stranger] = [await user(), await user()]
  const create = async (members: string[]) =>
    (await factory.send.create({ method: 'createApplication', args: [members, 200_000n] })).appClient
  await assert.rejects(create([`${creator}`]), /wrong size/)
  const app = await create([`${bob}`, `${creator}`])
  await fund(200_000)
  const payIn = async (sender: typeof creator, microAlgos = 200_000, receiver?: string) =>
    call('payIn', [await pay(`${sender}`, microAlgos, receiver)], { sender, extraFee: microAlgo(1000) })
  await assert.rejects(payIn(bob, 199_999), /wrong amount/)
  await assert.rejects(payIn(bob, 200_000, `${bob}`), /pay the circle/)
  await assert.rejects(payIn(stranger), /no member/)
  assert.equal(await payIn(bob), 1n)
  await assert.rejects(payIn(bob), /paid already/)
  const before = await balance(`${bob}`)
  assert.equal(await payIn(creator), 0n)
  assert.equal(await balance(`${bob}`), before + 400_000n)
  assert.equal(await call('turn'), 1n)
  assert.equal(await payIn(creator), 1n)
  const held = await balance(`${creator}`)
  assert.equal(await payIn(bob), 0n)
  assert.equal(await balance(`${creator}`), held + 400_000n)
  await assert.rejects(payIn(bob), /over/)
  assert.equal(await balance(`${app.appAddress}`), 200_000n)
}
