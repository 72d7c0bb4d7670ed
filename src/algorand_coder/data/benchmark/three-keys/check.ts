// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('ThreeKeys.arc56.json', 'utf8'))
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
  const [second, third, stranger] = [`${await user()}`, `${await user()}`, `${await user()}`]
  const create = async (...keys: string[]) =>
    (await factory.send.create({ method: 'createApplication', args: [keys] })).appClient
  await assert.rejects(create(`${creator}`, second), /three keys are needed/)
  await assert.rejects(create(`${creator}`, second, `${creator}`), /keys must differ/)
  const app = await create(`${creator}`, second, third)
  await fund(1_000_000)
  const receiver = `${algorand.account.random().addr}`
  const approve = (number: bigint, sender: string) => call('approve', [number], { sender, extraFee: microAlgo(1000) })
  await assert.rejects(call('propose', [receiver, 5n], { sender: stranger }), /no key/)
  assert.equal(await call('propose', [receiver, 200_000n], { sender: second }), 1n)
  assert.equal(await call('propose', [receiver, 300_000n]), 2n)
  await assert.rejects(approve(1n, second), /already approved/)
  await assert.rejects(approve(1n, stranger), /no key/)
  await assert.rejects(approve(3n, third), /no proposal/)
  await approve(2n, third)
  assert.equal(await balance(receiver), 300_000n)
  await assert.rejects(approve(2n, second), /no proposal/)
  await approve(1n, `${creator}`)
  assert.equal(await balance(receiver), 500_000n)
}
