// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('RootOfGuests.arc56.json', 'utf8'))
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
  const hash = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const node = (a: Buffer, b: Buffer) => (Buffer.compare(a, b) < 0 ? hash(a, b) : hash(b, a))
  const [ada, bob] = [await user(), await user()]
  const leaves = [ada.publicKey, bob.publicKey, new Uint8Array(32), new Uint8Array(32).fill(255)].map((key) => hash(key))
  const [left, right] = [node(leaves[0]!, leaves[1]!), node(leaves[2]!, leaves[3]!)]
  const { appClient: app } = await factory.send.create({ method: 'createApplication', args: [node(left, right)] })
  await fund(1_000_000)
  const enter = (sender: typeof ada, ...proof: Buffer[]) => call('enter', [proof.map((each) => new Uint8Array(each))], { sender })
  await assert.rejects(enter(ada, leaves[0]!, right), /not invited/)
  await assert.rejects(enter(creator, leaves[1]!, right), /not invited/)
  await assert.rejects(enter(ada), /not invited/)
  assert.equal(await enter(ada, leaves[1]!, right), 1n)
  assert.equal(await call('isInside', [`${ada}`]), true)
  assert.equal(await call('isInside', [`${bob}`]), false)
  await assert.rejects(enter(ada, leaves[1]!, right), /already inside/)
  assert.equal(await enter(bob, leaves[0]!, right), 2n)
  const boxes = await algorand.app.getBoxNames(app.appId)
  assert.deepEqual(boxes.map(({ nameRaw }) => String.fromCharCode(nameRaw[0]!)), ['g', 'g'])
}
