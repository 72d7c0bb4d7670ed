// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('EtherStamp.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(500_000)
  const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
  // the example of EIP-155: the signing hash and its signature by the key 0x4646…46
  const digest = hex('daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53')
  const rs = '28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa63627667cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83'
  const address = '9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f'
  const signer = async (signature: Uint8Array) => {
    const params = await app.params.call({ method: 'signer', args: [digest, signature], extraFee: microAlgo(15_000) })
    const { returns } = await algorand.newGroup().addAppCallMethodCall(params).simulate({ skipSignatures: true })
    return Buffer.from(returns?.[0]?.returnValue as Uint8Array).toString('hex')
  }
  assert.equal(await signer(hex(`${rs}1b`)), address)
  assert.notEqual(await signer(hex(`${rs}1c`)), address)
  await assert.rejects(signer(hex(`${rs}00`)), /bad v/)
  const bind = () => call('bind', [digest, hex(`${rs}1b`)], { extraFee: microAlgo(15_000) })
  await bind()
  const box = await algorand.app.getBoxValue(app.appId, new Uint8Array([...Buffer.from('e'), ...creator.publicKey]))
  assert.equal(Buffer.from(box).toString('hex'), address)
  await assert.rejects(bind(), /already bound/)
}
