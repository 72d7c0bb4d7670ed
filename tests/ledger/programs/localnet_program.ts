/**
 * What a developer does against a LocalNet in a day, unmodified: nothing here knows which ledger answers.
 * Needs Greeter.arc56.json and Vault.arc56.json in the working folder.
 */
import { AlgorandClient, algo, microAlgo } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
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

let passed = 0
async function step(name: string, check: () => Promise<void>) {
  const started = performance.now()
  try {
    await check()
  } catch (error) {
    console.error(`FAILED ${name}`)
    throw error
  }
  passed += 1
  console.log(`ok ${name} ${(performance.now() - started).toFixed(0)} ms`)
}

const alice = algorand.account.random()
const bob = algorand.account.random()
const balance = async (who: { toString(): string } | string) =>
  (await algorand.account.getInformation(who.toString())).balance.microAlgo

await step('dispenser and funding', async () => {
  const dispenser = await algorand.account.localNetDispenser()
  await algorand.account.ensureFundedFromEnvironment(alice, algo(100))
  await algorand.account.ensureFunded(bob, dispenser, algo(100))
  assert.equal(await balance(alice.addr), algo(100).microAlgo + 100_000n)
})

await step('account by name from KMD', async () => {
  const first = await algorand.account.fromKmd('unencrypted-default-wallet')
  const made = await algorand.account.kmd.getOrCreateWalletAccount('carol', algo(5))
  assert.equal(await balance(made.addr), 5_000_000n)
  assert.notEqual(made.addr.toString(), first.addr.toString())
  assert.equal((await algorand.account.kmd.getOrCreateWalletAccount('carol')).addr.toString(), made.addr.toString())
})

await step('payment with note, indexer and algod agree', async () => {
  const before = await balance(bob.addr)
  const sent = await algorand.send.payment({ sender: alice, receiver: bob, amount: algo(1), note: 'hi' })
  assert.equal(await balance(bob.addr), before + 1_000_000n)
  const pending = await algorand.client.algod.pendingTransactionInformation(sent.txIds[0]).do()
  assert.equal(pending.confirmedRound, sent.confirmation.confirmedRound)
  const found = await algorand.client.indexer.lookupTransactionByID(sent.txIds[0]).do()
  assert.equal(Buffer.from(found.transaction.note!).toString(), 'hi')
  assert.equal(found.transaction.paymentTransaction!.amount, 1_000_000n)
  const block = await algorand.client.algod.block(sent.confirmation.confirmedRound!).do()
  assert.equal(block.block.payset.length, 1)
})

await step('lease refuses a second transaction', async () => {
  const lease = { sender: alice, receiver: bob, amount: microAlgo(1), lease: 'once' }
  await algorand.send.payment(lease)
  assert.match((await failure(() => algorand.send.payment({ ...lease, note: 'again' }))).message, /using an overlapping lease/)
})

await step('overspend, closing, rekeying', async () => {
  const error = await failure(() => algorand.send.payment({ sender: alice, receiver: bob, amount: algo(1_000_000) }))
  assert.match(error.message, /TransactionPool\.Remember: transaction [A-Z2-7]{52}: overspend/)
  const dave = algorand.account.random()
  await algorand.send.payment({ sender: alice, receiver: dave, amount: algo(1) })
  await algorand.account.rekeyAccount(dave.addr, bob)
  const info = await algorand.account.getInformation(dave.addr)
  assert.equal(info.authAddr?.toString(), bob.addr.toString())
  await algorand.send.payment({
    sender: dave.addr, receiver: alice, amount: microAlgo(0), closeRemainderTo: alice.addr, signer: bob.signer,
  })
  assert.equal(await balance(dave.addr), 0n)
})

await step('multisig two of three', async () => {
  const keys = [algorand.account.random(), algorand.account.random(), algorand.account.random()]
  const metadata = { version: 1, threshold: 2, addrs: keys.map((k) => k.addr) }
  const shared = algorand.account.multisig(metadata, [keys[0].account, keys[2].account])
  await algorand.send.payment({ sender: alice, receiver: shared.addr, amount: algo(1) })
  await algorand.send.payment({ sender: shared.addr, receiver: alice, amount: microAlgo(5), signer: shared.signer })
  const lone = algorand.account.multisig(metadata, [keys[0].account])
  const error = await failure(() =>
    algorand.send.payment({ sender: lone.addr, receiver: alice, amount: microAlgo(6), signer: lone.signer }),
  )
  assert.match(error.message, /multisig|signature/i)
})

let token = 0n
await step('asset life cycle', async () => {
  const made = await algorand.send.assetCreate({
    sender: alice, total: 1000n, decimals: 2, assetName: 'Token', unitName: 'TOK', url: 'https://example.org',
    manager: alice, reserve: alice, freeze: alice, clawback: alice,
  })
  token = made.assetId
  assert.equal((await algorand.asset.getById(token)).assetName, 'Token')
  const early = await failure(() => algorand.send.assetTransfer({ sender: alice, receiver: bob, assetId: token, amount: 1n }))
  assert.match(early.message, /must optin/)
  await algorand.send.assetOptIn({ sender: bob, assetId: token })
  await algorand.send.assetTransfer({ sender: alice, receiver: bob, assetId: token, amount: 50n })
  assert.equal((await algorand.asset.getAccountInformation(bob, token)).balance, 50n)
  await algorand.send.assetFreeze({ sender: alice, assetId: token, account: bob, frozen: true })
  assert.equal((await algorand.asset.getAccountInformation(bob, token)).frozen, true)
  await algorand.send.assetFreeze({ sender: alice, assetId: token, account: bob, frozen: false })
  await algorand.send.assetTransfer({ sender: alice, receiver: alice, assetId: token, amount: 20n, clawbackTarget: bob })
  assert.equal((await algorand.asset.getAccountInformation(bob, token)).balance, 30n)
  await algorand.send.assetConfig({ sender: alice, assetId: token, manager: bob, reserve: alice })
  assert.equal((await algorand.asset.getById(token)).manager, bob.addr.toString())
  const holders = await algorand.client.indexer.lookupAssetBalances(Number(token)).do()
  assert.equal(holders.balances.length, 2)
})

await step('asset opt-out and destruction', async () => {
  const { assetId } = await algorand.send.assetCreate({ sender: alice, total: 10n, manager: alice })
  await algorand.asset.bulkOptIn(bob, [assetId])
  await algorand.send.assetOptOut({ sender: bob, assetId, creator: alice.addr, ensureZeroBalance: true })
  await algorand.send.assetDestroy({ sender: alice, assetId })
  await failure(() => algorand.asset.getById(assetId))
})

await step('atomic group, all or nothing', async () => {
  const group = await algorand
    .newGroup()
    .addPayment({ sender: alice, receiver: bob, amount: microAlgo(7) })
    .addAssetTransfer({ sender: bob, receiver: alice, assetId: token, amount: 1n })
    .send()
  assert.equal(group.txIds.length, 2)
  const before = await balance(bob.addr)
  await failure(() =>
    algorand
      .newGroup()
      .addPayment({ sender: alice, receiver: bob, amount: microAlgo(7) })
      .addAssetTransfer({ sender: bob, receiver: alice, assetId: token, amount: 10_000n })
      .send(),
  )
  assert.equal(await balance(bob.addr), before)
})

await step('simulate with and without signatures', async () => {
  const pay = (amount: bigint) => algorand.newGroup().addPayment({ sender: alice, receiver: bob, amount: microAlgo(amount) })
  const before = await balance(bob.addr)
  const signed = await pay(11n).simulate()
  assert.equal(signed.simulateResponse.txnGroups[0].failureMessage, undefined)
  const unsigned = await pay(12n).simulate({ skipSignatures: true })
  assert.equal(unsigned.simulateResponse.txnGroups[0].failureMessage, undefined)
  assert.match((await failure(() => pay(10n ** 15n).simulate({ skipSignatures: true }))).message, /overspend/)
  assert.equal(await balance(bob.addr), before)
})

const greeters = algorand.client.getAppFactory({ appSpec: spec('Greeter'), defaultSender: alice.addr })
let greeterId = 0n
await step('deploy creates, keeps, updates and replaces', async () => {
  const maintain = { method: 'maintain', args: [] }
  const deploy = (greeting: string, onUpdate: 'fail' | 'update' | 'replace') => {
    // A new client has no memory: what was deployed before is looked up in the indexer.
    const fresh = process.env.ALGOD_PORT ? AlgorandClient.fromEnvironment() : AlgorandClient.defaultLocalNet()
    fresh.setSignerFromAccount(alice)
    return fresh.client
      .getAppFactory({ appSpec: spec('Greeter'), defaultSender: alice.addr })
      .deploy({ deployTimeParams: { GREETING: greeting }, onUpdate, updateParams: maintain, deleteParams: maintain })
  }
  const first = await deploy('Hello', 'fail')
  assert.equal(first.result.operationPerformed, 'create')
  const second = await deploy('Hello', 'fail')
  assert.equal(second.result.operationPerformed, 'nothing')
  assert.equal(second.appClient.appId, first.appClient.appId)
  assert.match((await failure(() => deploy('Hi', 'fail'))).message, /onUpdate=Fail/)
  assert.equal((await deploy('Hi', 'update')).result.operationPerformed, 'update')
  const last = await deploy('Hello', 'replace')
  assert.equal(last.result.operationPerformed, 'replace')
  assert.notEqual(last.appClient.appId, first.appClient.appId)
  await failure(() => algorand.app.getById(first.appClient.appId))
  greeterId = last.appClient.appId
})

const greeter = () => greeters.getAppClientById({ appId: greeterId })
await step('calls with global and local state', async () => {
  const hello = await greeter().send.call({ method: 'hello', args: ['World'] })
  assert.equal(hello.return, 'Hello, World')
  assert.equal((await greeter().state.global.getAll()).calls, 1n)
  await greeter().send.optIn({ method: 'join', args: [], sender: bob.addr, signer: bob.signer })
  const visit = await greeter().send.call({ method: 'visit', args: [bob.addr.toString()] })
  assert.equal(visit.return, 1n)
  assert.equal((await greeter().state.local(bob.addr).getAll()).visits, 1n)
  const stranger = await failure(() => greeter().send.call({ method: 'visit', args: [algorand.account.random().addr.toString()] }))
  assert.match(stranger.message, /guest has not joined|assert failed/)
})

let vault: ReturnType<typeof greeter>
await step('create by ABI method, fund, deposit into a box', async () => {
  const vaults = algorand.client.getAppFactory({ appSpec: spec('Vault'), defaultSender: alice.addr })
  const { appClient } = await vaults.deploy({ createParams: { method: 'create', args: [] } })
  vault = appClient
  await vault.fundAppAccount({ amount: algo(2) })
  const payment = algorand.createTransaction.payment({
    sender: alice, receiver: vault.appAddress, amount: microAlgo(777_000),
  })
  const deposit = await vault.send.call({ method: 'deposit', args: [await payment, 'my note'] })
  assert.equal(deposit.return, 777_000n)
  assert.equal((await vault.send.call({ method: 'balanceOf', args: [alice.addr.toString()] })).return, 777_000n)
  assert.equal((await vault.getBoxNames()).length, 1)
  const box = await vault.state.box.getMapValue('deposits', alice.addr.toString())
  assert.equal(box.note, 'my note')
})

await step('inner payments', async () => {
  const before = await balance(vault.appAddress)
  await vault.send.call({ method: 'withdraw', args: [77_000n], extraFee: microAlgo(1000) })
  assert.equal(await balance(vault.appAddress), before - 77_000n)
  const erin = algorand.account.random()
  await vault.send.call({ method: 'payOut', args: [erin.addr.toString(), 200_000n], extraFee: microAlgo(1000) })
  assert.equal(await balance(erin.addr), 200_000n)
})

await step('inner fees covered automatically', async () => {
  const sent = await vault.send.call({
    method: 'payOut', args: [bob.addr.toString(), 1n], coverAppCallInnerTransactionFees: true, maxFee: microAlgo(3000),
  })
  assert.equal(sent.transaction.fee, 2000n)
})

await step('inner asset creation and transfer', async () => {
  const minted = await vault.send.call({ method: 'mint', args: [500n], extraFee: microAlgo(1000) })
  const inner = minted.return as bigint
  assert.equal(minted.confirmation.innerTxns![0].assetIndex, inner)
  await algorand.send.assetOptIn({ sender: bob, assetId: inner })
  await vault.send.call({ method: 'hand', args: [inner, bob.addr.toString(), 20n], extraFee: microAlgo(1000) })
  assert.equal((await algorand.asset.getAccountInformation(bob, inner)).balance, 20n)
  assert.equal((await vault.send.call({ method: 'holding', args: [bob.addr.toString(), inner] })).return, 20n)
  assert.equal((await vault.send.call({ method: 'supply', args: [inner] })).return, 500n)
})

await step('references that the caller does not name', async () => {
  assert.equal((await vault.send.call({ method: 'wealth', args: [bob.addr.toString()] })).return, await balance(bob.addr))
  assert.equal((await vault.send.call({ method: 'visitsOf', args: [bob.addr.toString(), greeterId] })).return, 1n)
  assert.equal((await vault.send.call({ method: 'callsOf', args: [greeterId] })).return, 1n)
  const greeted = await vault.send.call({ method: 'greetBy', args: [greeterId], extraFee: microAlgo(1000) })
  assert.equal(greeted.return, 'Hello, vault')
  assert.equal((await greeter().state.global.getAll()).calls, 2n)
})

await step('many and large boxes', async () => {
  await vault.fundAppAccount({ amount: algo(5) })
  await vault.send.call({ method: 'touch', args: [100n, 5n] })
  assert.equal((await vault.getBoxNames()).length, 6)
  await vault.send.call({ method: 'fill', args: [7n, 3000n] })
  const name = Buffer.concat([Buffer.from('b'), Buffer.from(algosdk.encodeUint64(7))])
  const box = await algorand.client.algod.getApplicationBoxByName(vault.appId, name).do()
  assert.equal(box.value.length, 3000)
})

await step('readonly call with more opcodes than one call has', async () => {
  const spun = await vault.send.call({ method: 'spin', args: [60n] })
  assert.equal(spun.return, [...Array(60).keys()].reduce((sum, i) => sum + BigInt(Math.floor(Math.sqrt(i))), 0n))
})

await step('a failing assert is mapped to its message', async () => {
  const error = await failure(() => vault.send.call({ method: 'withdraw', args: [10n ** 9n], extraFee: microAlgo(1000) }))
  assert.match(error.message, /insufficient deposit/)
  const unpopulated = await failure(() =>
    vault.send.call({ method: 'withdraw', args: [1n], extraFee: microAlgo(1000), populateAppCallResources: false }),
  )
  assert.match(unpopulated.message, /Runtime error when executing Vault/)
})

await step('unsigned transactions are refused', async () => {
  const txn = await algorand.createTransaction.payment({ sender: alice, receiver: bob, amount: microAlgo(1) })
  const mallory = algosdk.generateAccount()
  await failure(() => algorand.client.algod.sendRawTransaction(txn.signTxn(mallory.sk)).do())
})

console.log(`passed ${passed}`)
