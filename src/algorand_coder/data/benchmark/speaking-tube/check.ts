// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('SpeakingTube.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const RELAY = `#pragma version 10
  txn ApplicationID
  bz done
  itxn_begin
  int appl
  itxn_field TypeEnum
  txna Applications 1
  itxn_field ApplicationID
  txna ApplicationArgs 0
  itxn_field ApplicationArgs
  txna ApplicationArgs 1
  itxn_field ApplicationArgs
  int 0
  itxn_field Fee
  itxn_submit
  done:
  int 1`
  const relay = async () => {
    const made = await algorand.send.appCreate({ sender: creator, approvalProgram: RELAY, clearStateProgram: '#pragma version 10\nint 1', note: `${relays++}` })
    await algorand.send.payment({ sender: creator, receiver: made.appAddress, amount: microAlgo(100_000) })
    return made.appId
  }
  let relays = 0
  const [speaker, other] = [await relay(), await relay()]
  const { appClient: app } = await factory.send.create({ method: 'createApplication', args: [speaker] })
  const selector = algosdk.ABIMethod.fromSignature('order(string)uint64').getSelector()
  const via = (appId: bigint, text: string) =>
    algorand.send.appCall({
      sender: creator, appId, appReferences: [app.appId], extraFee: microAlgo(1000),
      args: [selector, algosdk.ABIType.from('string').encode(text)],
    })
  assert.equal(await call('last'), '')
  await assert.rejects(call('order', ['stop']), /not by hand/)
  await assert.rejects(via(other, 'stop'))
  await via(speaker, 'full ahead')
  const { confirmation } = await via(speaker, 'stop')
  const log = confirmation.innerTxns?.[0]?.logs?.at(-1)
  assert.equal(algosdk.decodeUint64(log!.subarray(4), 'bigint'), 2n)
  assert.equal(await call('last'), 'stop')
}
