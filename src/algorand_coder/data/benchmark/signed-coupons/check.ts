// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { generateKeyPairSync, sign } from 'node:crypto'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('SignedCoupons.arc56.json', 'utf8'))
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
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  const create = async (shop: Uint8Array) => (await factory.send.create({ method: 'createApplication', args: [shop] })).appClient
  await assert.rejects(create(key.subarray(1)), /not a key/)
  const app = await create(key)
  await fund(1_000_000)
  const customer = await user()
  const coupon = (number: bigint, worth: bigint, id = app.appId) =>
    new Uint8Array(
      sign(null, Buffer.concat([...[id, number, worth].map(algosdk.encodeUint64), customer.publicKey]), privateKey),
    )
  const redeem = (number: bigint, worth: bigint, signature: Uint8Array, sender = customer) =>
    call('redeem', [number, worth, signature], { sender, extraFee: microAlgo(9_000) })
  await assert.rejects(redeem(1n, 60_001n, coupon(1n, 60_000n)), /bad signature/)
  await assert.rejects(redeem(1n, 60_000n, coupon(1n, 60_000n, 7n)), /bad signature/)
  await assert.rejects(redeem(1n, 60_000n, coupon(1n, 60_000n), creator), /bad signature/)
  const before = await balance(`${customer}`)
  const held = await balance(`${app.appAddress}`)
  assert.equal(await redeem(1n, 60_000n, coupon(1n, 60_000n)), 1n)
  assert.equal(await balance(`${customer}`), before + 60_000n - 10_000n)
  assert.equal(await balance(`${app.appAddress}`), held - 60_000n)
  await assert.rejects(redeem(1n, 60_000n, coupon(1n, 60_000n)), /used/)
  assert.equal(await redeem(300n, 5_000n, coupon(300n, 5_000n)), 2n)
}
