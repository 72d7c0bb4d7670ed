import { strict as assert } from 'node:assert'
import crypto, { createHash } from 'node:crypto'
import { microAlgo } from '@algorandfoundation/algokit-utils'
import type { CommonTransactionParams } from '@algorandfoundation/algokit-utils/types/composer'
import * as algosdk from 'algosdk'
import type { Program, Scenario, World } from './kit'

type Values = Record<string, bigint | Uint8Array>
type Payment = { receiver: string; amount: bigint; close?: string; rekey?: string }

/** The logic signature as an account of its own, with money. */
async function funded(program: Program, world: World, values: Values, args: Uint8Array[] = [], algos = 10): Promise<string> {
  const { compiledBase64ToBytes } = await world.algorand.app.compileTealTemplate(program.teal ?? '', values)
  const account = world.algorand.account.logicsig(compiledBase64ToBytes, args)
  const address = account.addr.toString()
  if (algos > 0) await world.algorand.send.payment({ sender: world.a, receiver: address, amount: microAlgo(algos * 1_000_000) })
  return address
}

const REFUSED = /rejected by logic|logic eval error|assert failed|err opcode/

/** What a payment from the signature's account comes to: sent, or turned down by its program. */
async function passes(world: World, sender: string, paid: Payment, more: Partial<CommonTransactionParams> = {}): Promise<boolean> {
  const { receiver, amount, close, rekey } = paid
  const params = { sender, receiver, amount: microAlgo(amount), staticFee: microAlgo(1_000), ...(close ? { closeRemainderTo: close } : {}), ...(rekey ? { rekeyTo: rekey } : {}) }
  return settled(world.algorand.send.payment({ ...params, ...more }))
}

async function settled(sending: Promise<unknown>): Promise<boolean> {
  return sending.then(
    () => true,
    (error: unknown) => {
      assert.match(String(error), REFUSED)
      return false
    },
  )
}

/** Limits that a request names, and what keeps or breaks them. */
function rules(program: Program) {
  const says = (text: string) => program.request.includes(text)
  const number = (pattern: RegExp) => BigInt(pattern.exec(program.request)?.[1].replaceAll(',', '') ?? -1)
  return { says, number }
}

export const scenarios: Record<string, Scenario> = {
  'logicsigs/spending-rules': async (program, world) => {
    const { says, number } = rules(program)
    const now = await world.round()
    const assetId = await world.asset()
    const paysItself = says('it pays the sender itself') || says('the receiver is the sender')
    const values: Values = {}
    const all: Values = {
      MAX_AMOUNT: 400_000n, RECEIVER: algosdk.Address.fromString(world.b).publicKey, EXPIRY: now + 60n, START: now, ASSET_ID: assetId,
    }
    for (const [name, value] of Object.entries(all)) if (program.source.includes(`'${name}'`)) values[name] = value
    const sender = await funded(program, world, values)
    const limit = says('template variable MAX_AMOUNT') ? 400_000n : number(/the amount is at most ([\d,]+) microAlgos/)
    const none = says('no Algo is moved') || says('the amount is zero')
    const pair = says('its group has two transactions')
    const window = { validityWindow: 20, firstValidRound: now + 1n, lastValidRound: now + 21n }
    const asset = says('asset transfer')
    type Change = { amount?: bigint; to?: string; close?: string; rekey?: string; fee?: bigint; last?: bigint; first?: bigint; note?: string; alone?: boolean; payment?: boolean }
    let count = 0
    const attempt = async (change: Change = {}): Promise<boolean> => {
      count += 1
      const usual = { sender, staticFee: microAlgo(change.fee ?? 1_000n), firstValidRound: change.first ?? window.firstValidRound, lastValidRound: change.last ?? window.lastValidRound - BigInt(says('it has no note') ? count % 10 : 0) }
      const noted = says('it has no note') ? {} : { note: `${count}` }
      const common = { ...usual, ...noted, ...(change.note ? { note: change.note } : {}), ...(change.rekey ? { rekeyTo: change.rekey } : {}) }
      const to = change.to ?? (paysItself ? sender : world.b)
      const group = world.algorand.newGroup()
      if (asset && !change.payment) group.addAssetTransfer({ ...common, assetId, receiver: to, amount: change.amount ?? 0n, ...(change.close ? { closeAssetTo: change.close } : {}) })
      else group.addPayment({ ...common, receiver: to, amount: microAlgo(change.amount ?? 0n), ...(change.close ? { closeRemainderTo: change.close } : {}) })
      if (pair !== (change.alone === undefined ? false : change.alone === pair)) group.addPayment({ sender: world.a, receiver: world.a, amount: microAlgo(0), note: `pair ${count}` })
      return settled(group.send({ suppressLog: true }))
    }
    if (asset && !paysItself && !none) await funded(program, world, values, [], 1)
    if (asset) {
      await world.algorand.account.ensureFunded(sender, world.a, microAlgo(1_000_000))
      assert.equal(await attempt(says('the receiver is the sender') || none ? { to: sender } : { to: sender }), true, 'an opt-in')
    } else assert.equal(await attempt(), true, 'what the rules allow')
    assert.equal(await attempt({ rekey: world.a }), false, 'rekeying')
    assert.equal(await attempt({ close: world.a }), false, 'closing out')
    if (limit >= 0n) assert.deepEqual([await attempt({ amount: limit }), await attempt({ amount: limit + 1n })], [true, false], 'the limit')
    if (none && !asset) assert.equal(await attempt({ amount: 1n }), false, 'Algo moves')
    if (paysItself) assert.equal(await attempt({ to: world.c }), false, 'somebody else is paid')
    if (says('template variable RECEIVER')) assert.equal(await attempt({ to: world.c }), false, 'the wrong receiver')
    if (says('the fee is at most the minimum')) assert.equal(await attempt({ fee: 1_001n }), false, 'the fee')
    const fee = number(/the fee is at most ([\d,]+) microAlgos/)
    if (fee > 0n) assert.deepEqual([await attempt({ fee }), await attempt({ fee: fee + 1n })], [true, false], 'the fee')
    if (says('variable EXPIRY')) assert.equal(await attempt({ last: now + 61n }), false, 'expired')
    if (says('variable START')) assert.equal(await attempt({ first: now - 1n }), false, 'too early')
    if (says('it has no note')) assert.equal(await attempt({ note: 'x' }), false, 'a note')
    if (asset) assert.equal(await attempt({ payment: true }), false, 'a payment')
  },

  'logicsigs/secret-and-args': async (program, world) => {
    const { says, number } = rules(program)
    const [b, c] = [world.b, world.c].map((address) => algosdk.Address.fromString(address).publicKey)
    const hash = /hashes to (?:the template variable )?HASH \((\w+)\)/.exec(program.request)?.[1]
    if (hash) {
      // Node has no Keccak: of the empty text the hash is well known.
      const keccak = Buffer.from('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470', 'hex')
      const secret = hash === 'keccak256' ? new Uint8Array() : new TextEncoder().encode('open sesame')
      const digest = hash === 'keccak256' ? keccak : createHash(hash.replace('_', '-')).update(secret).digest()
      const expires = program.source.includes("'TIMEOUT'")
      const now = await world.round()
      const values: Values = { HASH: new Uint8Array(digest), RECEIVER: b, ...(expires ? { OWNER: c, TIMEOUT: now + 8n } : {}) }
      const address = await funded(program, world, values, [secret])
      assert.equal(await passes(world, address, { receiver: world.b, amount: 1_000n }), true)
      assert.equal(await passes(world, address, { receiver: world.a, amount: 1_001n }), false)
      assert.equal(await passes(world, address, { receiver: world.b, amount: 1_002n, rekey: world.b }), false)
      assert.equal(await passes(world, address, { receiver: world.b, amount: 1_003n, close: world.a }), false)
      const guess = await funded(program, world, values, [new TextEncoder().encode('sesame')], 0)
      assert.equal(await passes(world, guess, { receiver: world.b, amount: 1_004n }), false)
      if (!expires) return
      assert.equal(await passes(world, guess, { receiver: world.c, amount: 1_005n }), false)
      await world.pass(8)
      assert.equal(await passes(world, guess, { receiver: world.c, amount: 1_006n }), true)
    } else if (says('gives away')) {
      const price = number(/at least ([\d,]+) microAlgos/)
      const address = await funded(program, world, { SELLER: c })
      const assetId = await world.asset({ [world.b]: 0n })
      const trade = async (change: { pay?: bigint; seller?: string; units?: bigint; close?: string } = {}) => {
        const group = world.algorand.newGroup()
        group.addPayment({ sender: world.b, receiver: change.seller ?? world.c, amount: microAlgo(change.pay ?? price) })
        group.addAssetTransfer({ sender: address, receiver: change.units === 0n ? address : world.b, assetId, amount: change.units ?? 1n, ...(change.close ? { closeAssetTo: change.close } : {}) })
        return settled(group.send({ suppressLog: true }))
      }
      const one = says('one unit of an asset')
      assert.equal(await trade({ units: 0n }), !one)
      if (one) return
      await world.algorand.send.assetTransfer({ sender: world.a, receiver: address, assetId, amount: 10n })
      assert.equal(await trade(), true)
      assert.equal(await world.units(world.b, assetId), 1n)
      assert.deepEqual([await trade({ pay: price - 1n }), await trade({ seller: world.a }), await trade({ close: world.b })], [false, false, false])
    } else if (says('Ed25519 signature')) {
      const oracle = algosdk.generateAccount()
      const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(oracle.sk.slice(0, 32))])
      const key = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
      const approved = new Uint8Array(crypto.sign(null, Buffer.concat([Buffer.from(algosdk.encodeUint64(5_000)), Buffer.from(b)]), key))
      const address = await funded(program, world, { ORACLE_KEY: oracle.addr.publicKey }, [approved])
      assert.equal(await passes(world, address, { receiver: world.b, amount: 5_000n }), true)
      assert.equal(await passes(world, address, { receiver: world.b, amount: 5_001n }), false)
      assert.equal(await passes(world, address, { receiver: world.c, amount: 5_000n }), false)
      assert.equal(await passes(world, address, { receiver: world.b, amount: 5_000n, close: world.b }), false)
      assert.equal(await passes(world, address, { receiver: world.b, amount: 5_000n, rekey: world.b }), false)
    } else {
      const address = await funded(program, world, { PERIOD: 10n, DURATION: 20n, RECEIVER: b, AMOUNT: 7_000n })
      const due = ((await world.round()) / 10n) * 10n
      const at = (first: bigint, last = first + 20n) => ({ firstValidRound: first, lastValidRound: last })
      const right = { receiver: world.b, amount: 7_000n }
      assert.equal(await passes(world, address, right, at(due)), true)
      assert.equal(await passes(world, address, right, at(due - 1n)), false)
      assert.equal(await passes(world, address, right, at(due, due + 19n)), false)
      assert.equal(await passes(world, address, { ...right, amount: 7_001n }, at(due)), false)
      assert.equal(await passes(world, address, { ...right, amount: 6_999n }, at(due)), says('at most AMOUNT'))
      assert.equal(await passes(world, address, { ...right, receiver: world.c }, at(due)), false)
      assert.equal(await passes(world, address, { ...right, close: world.b }, at(due)), false)
      assert.equal(await passes(world, address, right, { ...at(due), staticFee: microAlgo(2_000) }), false)
    }
  },
}
