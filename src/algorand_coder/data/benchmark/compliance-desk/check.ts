// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

async function person(algorand: AlgorandClient, algos = 10): Promise<string> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr } = algorand.account.random()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return addr.toString()
}

async function deployed(algorand: AlgorandClient, sender: string) {
  const appSpec = readFileSync('ComplianceDesk.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.bare.create()
  return appClient
}

async function refuses(action: Promise<unknown>, text: string): Promise<void> {
  const error = await action.then(() => undefined, (thrown: unknown) => thrown)
  assert.ok(error, `expected a refusal: ${text}`)
  assert.ok(String((error as Error).message).includes(text), `expected '${text}', got: ${String(error)}`)
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const [issuer, officer, holder] = [await person(algorand), await person(algorand), await person(algorand)]
  const desk = await deployed(algorand, issuer)
  await algorand.send.payment({ sender: issuer, receiver: desk.appAddress, amount: algo(1) })
  const { assetId } = await algorand.send.assetCreate({ sender: issuer, total: 100n, freeze: desk.appAddress, manager: issuer })
  await algorand.send.assetOptIn({ sender: holder, assetId })
  let calls = 0
  const hold = (on: boolean, sender = officer) =>
    desk.send.call({ method: 'setHold', args: [assetId, holder, on], sender, extraFee: microAlgo(1000), note: `${calls++}` })
  const frozen = async () => (await algorand.asset.getAccountInformation(holder, assetId)).frozen
  await refuses(hold(true), 'officers only')
  await refuses(hold(true, issuer), 'officers only')
  await refuses(desk.send.call({ method: 'appoint', args: [officer], sender: officer }), 'creator only')
  await desk.send.call({ method: 'appoint', args: [officer] })
  assert.equal((await hold(true)).return, 1n)
  assert.equal(await frozen(), true)
  const lifted = await hold(false)
  assert.equal(lifted.return, 1n)
  assert.equal(lifted.confirmation.innerTxns?.[0].txn.txn.fee ?? 0n, 0n)
  assert.equal(await frozen(), false)
  assert.equal((await hold(true)).return, 2n)
}
