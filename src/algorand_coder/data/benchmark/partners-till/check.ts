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

async function deployed(algorand: AlgorandClient, sender: string, partners: string[]) {
  const appSpec = readFileSync('PartnersTill.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: sender })
  const { appClient } = await factory.send.create({ method: 'create', args: partners })
  return appClient
}

async function refuses(action: Promise<unknown>, text: string): Promise<void> {
  const error = await action.then(() => undefined, (thrown: unknown) => thrown)
  assert.ok(error, `expected a refusal: ${text}`)
  assert.ok(String((error as Error).message).includes(text), `expected '${text}', got: ${String(error)}`)
}

export async function verify(_given: undefined, _observed: undefined, algorand: AlgorandClient): Promise<void> {
  const [owner, first, second] = [await person(algorand), await person(algorand, 1), await person(algorand, 1)]
  const till = await deployed(algorand, owner, [first, second])
  await algorand.send.payment({ sender: owner, receiver: till.appAddress, amount: algo(2) })
  const settle = (amount: bigint) => till.send.call({ method: 'settle', args: [amount], extraFee: microAlgo(2000) })
  const sent = await settle(500_001n)
  assert.equal(sent.return, 250_001n)
  const inner = sent.confirmation.innerTxns ?? []
  assert.equal(inner.length, 2)
  const groups = inner.map(({ txn }) => Buffer.from(txn.txn.group ?? new Uint8Array()).toString('hex'))
  assert.ok(groups[0] !== '' && groups[0] === groups[1], 'the two payments are one inner group')
  assert.deepEqual(inner.map(({ txn }) => txn.txn.fee ?? 0n), [0n, 0n])
  assert.equal((await settle(40n)).return, 20n)
  const balance = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgos
  assert.deepEqual([await balance(first), await balance(second)], [1_250_021n, 1_250_020n])
  await refuses(settle(0n), 'nothing to settle')
}
