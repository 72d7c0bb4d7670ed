// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('FerryAgent.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgo
  const pay = (sender: string, microAlgos: number, receiver = `${app.appAddress}`) =>
    algorand.createTransaction.payment({ sender, receiver, amount: microAlgo(microAlgos) })
  const ferrySpec = readFileSync('Ferry.arc56.json', 'utf8')
  const { appClient: ferry } = await algorand.client.getAppFactory({ appSpec: ferrySpec, defaultSender: creator }).send.bare.create()
  await fund(100_000)
  await algorand.send.payment({ sender: creator, receiver: ferry.appAddress, amount: microAlgo(100_000) })
  const book = async (fare: bigint, microAlgos: number, receiver?: string) =>
    call('book', [ferry.appId, fare, await pay(`${creator}`, microAlgos, receiver)], { extraFee: microAlgo(2000) })
  await assert.rejects(book(120_010n, 126_011, `${creator}`), /pay the agency/)
  await assert.rejects(book(120_010n, 126_010), /wrong amount/)
  await assert.rejects(book(120_000n, 126_000))
  await assert.rejects(book(120_000n, 126_001), /wrong amount/)
  assert.equal(await book(120_010n, 126_011), 101n)
  assert.equal(await book(120_010n, 126_011), 102n)
  assert.equal(await call('earned'), 12_002n)
  assert.equal(await balance(`${ferry.appAddress}`), 340_020n)
  assert.equal(await balance(`${app.appAddress}`), 112_002n)
}
