// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('PocketLedger.arc56.json', 'utf8'))
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
  await fund(1_000_000)
  const [ada, bob] = [await user(), await user()]
  const [A, B, C] = [`${ada}`, `${bob}`, `${creator}`]
  await assert.rejects(call('issue', [A, 5n], { sender: ada }), /creator only/)
  await call('issue', [A, 100n])
  await call('send', [B, 30n], { sender: ada })
  await call('send', [A, 70n], { sender: ada })
  assert.equal(await call('balanceOf', [A]), 70n)
  await assert.rejects(call('send', [B, 71n], { sender: ada }), /too few points/)
  await call('permit', [B, 90n], { sender: ada })
  await call('permit', [B, 80n], { sender: ada })
  await assert.rejects(call('sendFor', [A, C, 81n], { sender: bob }), /not permitted/)
  await assert.rejects(call('sendFor', [A, C, 71n], { sender: bob }), /too few points/)
  await assert.rejects(call('sendFor', [B, C, 1n], { sender: ada }), /not permitted/)
  await call('sendFor', [A, C, 60n], { sender: bob })
  assert.equal(await call('permitted', [A, B]), 20n)
  assert.equal(await call('permitted', [B, A]), 0n)
  assert.deepEqual([await call('balanceOf', [A]), await call('balanceOf', [B]), await call('balanceOf', [C])], [10n, 30n, 60n])
  await call('permit', [B, 5n], { sender: ada })
  await call('sendFor', [A, C, 5n], { sender: bob })
  assert.equal(await call('balanceOf', [C]), 65n)
  await call('permit', [B, 0n], { sender: ada })
  const prefixes = (await algorand.app.getBoxNames(app.appId)).map(({ nameRaw }) => String.fromCharCode(nameRaw[0]!))
  assert.deepEqual(prefixes, ['b', 'b', 'b'])
}
