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
  const appSpec = readFileSync('TicketMachine.arc56.json', 'utf8')
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
  const machine = await deployed(algorand, owner)
  const address = machine.appAddress.toString()
  await algorand.send.payment({ sender: owner, receiver: address, amount: algo(1) })
  const buy = (micro: number, receiver = address, fees = 0) =>
    machine.send.call({
      method: 'buy', sender: guest, extraFee: microAlgo(fees),
      args: [algorand.createTransaction.payment({ sender: guest, receiver, amount: microAlgo(micro) })],
    })
  await refuses(buy(1000), 'not open')
  await refuses(machine.send.call({ method: 'setPrice', args: [1n], sender: guest }), 'creator only')
  await machine.send.call({ method: 'setPrice', args: [700_000n] })
  const before = (await algorand.account.getInformation(guest)).balance.microAlgos
  const exact = await buy(700_000)
  assert.equal(exact.return, 1n)
  assert.equal(exact.confirmations.flatMap((c) => c.innerTxns ?? []).length, 0)
  const over = await buy(1_000_000, address, 1000)
  assert.equal(over.return, 2n)
  const [inner] = over.confirmations.flatMap((c) => c.innerTxns ?? [])
  assert.equal(inner.txn.txn.fee ?? 0n, 0n)
  const after = (await algorand.account.getInformation(guest)).balance.microAlgos
  assert.equal(before - after, 1_400_000n + 5000n)
  assert.equal((await buy(700_001, address, 1000)).return, 3n)
  assert.equal((await algorand.account.getInformation(guest)).balance.microAlgos, after - 700_000n - 3000n)
  await refuses(buy(699_999), 'too little')
  await refuses(buy(900_000, owner), 'pay the machine')
}
