// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
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
  const appSpec = readFileSync('TicketPrinter.arc56.json', 'utf8')
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
  const [owner, guest] = [await person(algorand), await person(algorand)]
  const app = await deployed(algorand, owner)
  await algorand.send.payment({ sender: owner, receiver: app.appAddress, amount: algo(3) })
  const print = (sender = owner, note = '') => app.send.call({ method: 'print', args: [], sender, note, extraFee: microAlgo(1000) })
  await refuses(print(guest), 'creator only')
  for (let n = 1; n <= 12; n++) {
    const [serial, assetId] = (await print(owner, `${n}`)).return as [bigint, bigint]
    assert.equal(serial, BigInt(n))
    if (n % 5 !== 1) continue
    const info = await algorand.asset.getById(assetId)
    assert.deepEqual(
      [info.assetName, info.unitName, info.total, info.decimals, info.manager, info.clawback],
      [`Ticket #${n}`, 'TCKT', 1n, 0, undefined, undefined],
    )
    const eight = Buffer.from([0, 0, 0, 0, 0, 0, 0, n])
    assert.equal(Buffer.from(info.metadataHash!).toString('hex'), createHash('sha256').update(eight).digest('hex'))
  }
  await refuses(print(owner, 'more'), 'sold out')
}
