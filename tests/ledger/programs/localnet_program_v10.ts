/** The same day as in localnet_program.ts, shorter, with algokit-utils 10: other clients, other wire formats. */
import { AlgorandClient, algo, microAlgo } from '@algorandfoundation/algokit-utils'
import assert from 'node:assert/strict'
import fs from 'node:fs'

const algorand = process.env.ALGOD_PORT ? AlgorandClient.fromEnvironment() : AlgorandClient.defaultLocalNet()
const spec = (name: string) => fs.readFileSync(`${name}.arc56.json`, 'utf8')
const failure = async (action: () => Promise<unknown>): Promise<Error> => {
  try {
    await action()
  } catch (error) {
    return error as Error
  }
  throw new assert.AssertionError({ message: 'expected a failure' })
}

const alice = algorand.account.random()
const bob = algorand.account.random()
await algorand.account.ensureFundedFromEnvironment(alice, algo(100))
await algorand.account.ensureFunded(bob, await algorand.account.localNetDispenser(), algo(10))

const sent = await algorand.send.payment({ sender: alice, receiver: bob, amount: algo(1), note: 'hi' })
const algod = algorand.client.algod
assert.equal((await algod.pendingTransactionInformation(sent.txIds[0])).confirmedRound, sent.confirmation.confirmedRound)
assert.equal((await algod.block(sent.confirmation.confirmedRound!)).block.payset.length, 1)
assert.equal((await algorand.client.indexer.lookupTransactionById(sent.txIds[0])).transaction.sender, alice.addr.toString())

const { assetId } = await algorand.send.assetCreate({ sender: alice, total: 10n, assetName: 'Token', manager: alice })
await algorand.send.assetOptIn({ sender: bob, assetId })
await algorand
  .newGroup()
  .addPayment({ sender: bob, receiver: alice, amount: microAlgo(5) })
  .addAssetTransfer({ sender: alice, receiver: bob, assetId, amount: 3n })
  .send()
assert.equal((await algorand.asset.getAccountInformation(bob, assetId)).balance, 3n)
const tried = await algorand
  .newGroup()
  .addPayment({ sender: bob, receiver: alice, amount: microAlgo(5) })
  .simulate({ skipSignatures: true })
assert.equal(tried.simulateResponse.txnGroups[0].failureMessage, undefined)
assert.match((await failure(() => algorand.send.payment({ sender: bob, receiver: alice, amount: algo(9999) }))).message, /overspend/)

const greeters = algorand.client.getAppFactory({ appSpec: spec('Greeter'), defaultSender: alice.addr })
const greeter = (await greeters.deploy({ deployTimeParams: { GREETING: 'Hello' } })).appClient
assert.equal((await greeter.send.call({ method: 'hello', args: ['v10'] })).return, 'Hello, v10')
await greeter.send.optIn({ method: 'join', args: [], sender: bob.addr })
assert.equal((await greeter.send.call({ method: 'visit', args: [bob.addr.toString()] })).return, 1n)

const vaults = algorand.client.getAppFactory({ appSpec: spec('Vault'), defaultSender: alice.addr })
const vault = (await vaults.deploy({ createParams: { method: 'create', args: [] } })).appClient
await vault.fundAppAccount({ amount: algo(2) })
const payment = algorand.createTransaction.payment({ sender: alice, receiver: vault.appAddress, amount: microAlgo(70_000) })
assert.equal((await vault.send.call({ method: 'deposit', args: [await payment, 'note'] })).return, 70_000n)
assert.equal((await vault.send.call({ method: 'balanceOf', args: [alice.addr.toString()] })).return, 70_000n)
await vault.send.call({ method: 'withdraw', args: [10_000n], extraFee: microAlgo(1000) })
assert.equal((await vault.getBoxNames()).length, 1)
assert.equal((await vault.send.call({ method: 'visitsOf', args: [bob.addr.toString(), greeter.appId] })).return, 1n)
const error = await failure(() => vault.send.call({ method: 'withdraw', args: [10n ** 9n], extraFee: microAlgo(1000) }))
assert.match(error.message, /insufficient deposit/)
console.log('passed')
