// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('HeadOffice.arc56.json', 'utf8'))
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
  await fund(2_000_000)
  const more = { extraFee: microAlgo(1000) }
  await assert.rejects(call('open', ['Rome'], { ...more, sender: await user() }), /creator only/)
  await assert.rejects(call('open', [''], more), /name the town/)
  const held = await balance(`${app.appAddress}`)
  const rome = (await call('open', ['Rome'], more)) as bigint
  const bern = (await call('open', ['Bern'], more)) as bigint
  await call('open', ['Y'], more)
  assert.equal(await balance(`${app.appAddress}`), held)
  assert.equal(await call('branches'), 3n)
  assert.equal(spec.methods.find(({ name }: { name: string }) => name === 'branches').readonly, true)
  const branch = (appId: bigint) =>
    algorand.client.getAppClientById({ appSpec: readFileSync('Branch.arc56.json', 'utf8'), appId, defaultSender: creator })
  assert.equal((await branch(rome).send.call({ method: 'town' })).return, 'Rome')
  assert.equal((await branch(bern).send.call({ method: 'town' })).return, 'Bern')
  assert.equal((await branch(bern).send.call({ method: 'visit' })).return, 1n)
  const { params } = await algorand.client.algod.getApplicationByID(bern).do()
  assert.equal(`${params?.creator}`, `${app.appAddress}`)
}
