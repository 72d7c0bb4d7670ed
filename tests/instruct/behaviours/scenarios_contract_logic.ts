import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { microAlgo } from '@algorandfoundation/algokit-utils'
import * as algosdk from 'algosdk'
import { App, type Scenario } from './kit'

const sha256 = (...parts: Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())
const text = (value: string) => new TextEncoder().encode(value)
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex')
  : Array.isArray(value) ? value.map(plain)
  : typeof value === 'object' && value !== null ? Object.values(value).map(plain)
  : typeof value === 'number' ? BigInt(value)
  : value
const FAILS = (message: RegExp) => message

type Case = [unknown[], unknown]
/** Library methods: arguments and what comes back, or the error. Some take what only a chain can tell. */
const CASES: Record<string, Case[]> = {
  difference: [[[3n, 8n], 5n], [[8n, 3n], 5n]],
  subtract: [[[8n, 3n], 5n], [[3n, 8n], FAILS(/would be negative/)]],
  mean: [[[2n ** 64n - 1n, 2n ** 64n - 1n], 2n ** 64n - 1n], [[3n, 6n], 4n]],
  clamp: [[[5n, 1n, 3n], 3n], [[0n, 1n, 3n], 1n], [[2n, 1n, 3n], 2n], [[2n, 3n, 1n], FAILS(/bounds are crossed/)]],
  largest: [[[3n, 9n, 5n], 9n], [[3n, 4n, 5n], 5n]],
  feeRoundedUp: [[[1_001n, 100n], 11n], [[1_000n, 100n], 10n], [[1n, 10_001n], FAILS(/more than 100/)]],
  divide: [[[17n, 5n], [3n, 2n]], [[1n, 0n], FAILS(/division by zero/)]],
  power: [[[3n, 4n], 81n], [[7n, 0n], 1n]],
  factorial: [[[5n], 120n], [[0n], 1n], [[20n], 2_432_902_008_176_640_000n], [[21n], FAILS(/too large/)]],
  fibonacci: [[[0n], 0n], [[1n], 1n], [[10n], 55n], [[93n], 12_200_160_415_121_876_738n], [[94n], FAILS(/too large/)]],
  greatestDivisor: [[[84n, 36n], 12n], [[5n, 0n], 5n]],
  root: [[[24n], 4n], [[25n], 5n]],
  scaled: [[[2n ** 63n, 6n, 4n], 13_835_058_055_282_163_712n]],
  isEven: [[[4n], true], [[7n], false]],
  bitsSet: [[[255n], 8n], [[0n], 0n]],
  triangle: [[[10n], 55n]],
  celsius: [[[212n], 100n], [[31n], FAILS(/below zero/)]],
  bigProduct: [[[2n ** 100n, 3n], 3n * 2n ** 100n]],
  bigSum: [[[2n ** 100n, 3n], 2n ** 100n + 3n]],
  digits: [[[0n], 1n], [[9n], 1n], [[10n], 2n], [[12_345n], 5n]],
  isPowerOfTwo: [[[8n], true], [[0n], false], [[6n], false]],
  weighted: [[[10n, 1n, 20n, 3n], 17n], [[1n, 0n, 1n, 0n], FAILS(/no weight/)]],
  steps: [[[6n], 8n], [[1n], 0n]],
  daysIn: [[[172_799n], 1n]],
  grade: [[[90n], 'excellent'], [[60n], 'passed'], [[59n], 'failed'], [[101n], FAILS(/up to 100/)]],
  fingerprint: [[[text('x')], sha256(text('x'))]],
  matches: [[[text('x'), sha256(text('x'))], true], [[text('y'), sha256(text('x'))], false]],
  greet: [[['Ann'], 'Welcome, Ann!']],
  joinWith: [[['a', 'b', '-'], 'a-b']],
  byteLength: [[['Grüße'], 7n]],
  startsWith: [[['prefix', 'pre'], true], [['pre', 'prefix'], false], [['prefix', 'fix'], false]],
  slice: [[[text('abcdef'), 1n, 3n], text('bc')], [[text('abc'), 2n, 9n], FAILS(/out of range/)]],
  encodeNumber: [[[258n], new Uint8Array([0, 0, 0, 0, 0, 0, 1, 2])]],
  decodeNumber: [[[new Uint8Array([1, 2])], 258n], [[new Uint8Array(9)], FAILS(/too long/)]],
  concatenate: [[[text('ab'), text('cd')], text('abcd')]],
  mask: [[[new Uint8Array([255, 1]), new Uint8Array([15, 1])], new Uint8Array([240, 0])], [[text('a'), text('ab')], FAILS(/lengths differ/)]],
  isSet: [[[4n, 2n], true], [[4n, 1n], false], [[4n, 64n], FAILS(/out of range/)]],
  hashChain: [[[text('s'), 2n], sha256(sha256(text('s')))], [[text('s'), 0n], text('s')]],
  isEmpty: [[[''], true], [['a'], false]],
  pairHash: [[[text('a'), text('b')], sha256(text('a'), text('b'))]],
  repeat: [[[text('ab'), 3n], text('ababab')], [[text('ab'), 0n], new Uint8Array()]],
  verifyPath: [
    [[text('a'), text('b'), sha256(text('a'), text('b'))], true],
    [[text('b'), text('a'), sha256(text('a'), text('b'))], true],
    [[text('a'), text('c'), sha256(text('a'), text('b'))], false],
  ],
  sum: [[[[1n, 2n, 3n]], 6n], [[[]], 0n]],
  average: [[[[1n, 2n, 4n]], 2n], [[[]], FAILS(/no values/)]],
  maximum: [[[[3n, 9n, 4n]], 9n], [[[]], FAILS(/no values/)]],
  contains: [[[[1n, 2n], 2n], true], [[[1n, 2n], 3n], false]],
  indexOf: [[[[7n, 8n], 8n], 1n], [[[7n], 8n], FAILS(/not found/)]],
  reversed: [[[[1n, 2n, 3n]], [3n, 2n, 1n]]],
  above: [[[[1n, 5n, 9n], 4n], [5n, 9n]]],
  dot: [[[[1n, 2n], [3n, 4n]], 11n], [[[1n], [1n, 2n]], FAILS(/lengths differ/)]],
  firstNumbers: [[[3n], [1n, 2n, 3n]]],
  range: [[[[4n, 1n, 9n]], [1n, 9n]], [[[]], FAILS(/no values/)]],
  isSorted: [[[[1n, 2n, 2n]], true], [[[2n, 1n]], false], [[[]], true]],
  concatenated: [[[['ab', 'c']], 'abc']],
  count: [[[[true, false, true]], 2n]],
  total: [[[[1n, 2n, 3n, 4n]], 10n]],
  squares: [[[4n], 14n]],
  swapPair: [[[[5n, 'five']], ['five', 5n]]],
  small: [[[255], 256n]],
  toUint16: [[[65_535n], 65_535n], [[65_536n], FAILS(/too large/)]],
  addBytes: [[[[200, 100]], 300n]],
}

/** Every method of the application that the table knows. */
async function library(app: App, more: Record<string, Case[]> = {}): Promise<void> {
  const known: Record<string, Case[]> = { ...CASES, ...more }
  for (const method of app.methods) {
    const cases = known[method.name]
    assert.ok(cases ?? method.actions.call.length === 0, `nothing is known of ${method.name}`)
    for (const [args, result] of cases ?? []) {
      if (result instanceof RegExp) await app.refused(method.name, args, result)
      else assert.deepEqual(plain(await app.call(method.name, args)), plain(result), `${method.name}(${String(args)})`)
    }
  }
}

const fee = (amount: bigint, points: bigint) => (amount * points) / 10_000n

export const scenarios: Record<string, Scenario> = {
  'contract_logic/calculator-kit': async (program, world) => {
    const app = await App.create(program, world, {}, 0)
    const growth = (years: number, percent: bigint) => Array.from({ length: years }).reduce((sum: bigint) => sum + (sum * percent) / 100n, 1_000n)
    const points = BigInt(/a fee of (\d+) basis points/.exec(program.request)?.[1] ?? 300)
    const rate = BigInt(/grow by (\d+) percent/.exec(program.request)?.[1] ?? 3)
    const pool = (x: bigint, y: bigint, paid: bigint) => {
      const net = paid - (paid * 3n) / 1_000n
      return (y * net) / (x + net)
    }
    const storing = app.methods.find((method) => method.name.endsWith('AndStore'))
    const stored = storing ? (CASES[storing.name.slice(0, -8)] ?? []).filter(([, result]) => !(result instanceof RegExp)).slice(-1) : []
    const more: Record<string, Case[]> = {
      feeFor: [[[12_345n], fee(12_345n, points)]],
      compound: [[[1_000n, 3n], growth(3, rate)]],
      poolOut: [[[1_000_000n, 2_000_000n, 10_000n], pool(1_000_000n, 2_000_000n, 10_000n)]],
      last: [],
      ...(storing ? { [storing.name]: stored } : {}),
    }
    await library(app, more)
    if (storing && stored.length > 0) {
      await app.call(storing.name, stored[0][0])
      assert.equal(await app.global('lastResult'), stored[0][1])
      if (app.has('last')) assert.equal(await app.call('last'), stored[0][1])
    }
  },

  'contract_logic/bytes-kit': async (program, world) => {
    const app = await App.create(program, world, {}, 0)
    const key = algosdk.Address.fromString(world.b).publicKey
    await library(app, { addressBytes: [[[world.b], key]], keccak: [[[new Uint8Array()], Buffer.from('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470', 'hex')]], commit: [], reveal: [] })
    if (!app.has('commit')) return
    const secret = text('open sesame')
    await app.refused('reveal', [secret], /nothing committed/)
    await app.refused('commit', [text('short')], /not a hash/)
    await app.call('commit', [sha256(secret)])
    await app.refused('commit', [sha256(secret)], /committed already/)
    assert.deepEqual([await app.call('reveal', [secret]), await app.call('reveal', [text('other')])], [true, false])
    if (app.says('only the committer')) await app.refused('reveal', [secret], /by somebody else/, world.b)
  },

  'contract_logic/array-kit': async (program, world) => library(await App.create(program, world, {}, 0)),

  'contract_logic/group-position': async (program, world) => {
    const app = await App.create(program, world)
    let sent = 0
    const call = async (name: string, order: ('pay' | 'call')[], rekey = false, staticFee = 4_000n): Promise<unknown> => {
      const group = world.algorand.newGroup()
      sent += 1
      const method = app.find(name)
      for (const each of order) {
        if (each === 'pay') group.addPayment({ sender: rekey ? world.b : world.a, receiver: world.c, amount: microAlgo(1), note: `${sent}`, ...(rekey ? { rekeyTo: world.a } : {}) })
        else group.addAppCallMethodCall(await app.client.params.call({ method: method?.name ?? '', args: [], sender: world.a, staticFee: microAlgo(staticFee) }))
      }
      return (await group.send()).returns?.[0]?.returnValue
    }
    const refuses = async (action: Promise<unknown>, message: RegExp) => assert.rejects(action, message)
    if (app.has('alone')) await app.call('alone').then(async () => refuses(call('alone', ['call', 'pay']), /must be sent alone/))
    if (app.has('first')) await call('first', ['call', 'pay']).then(async () => refuses(call('first', ['pay', 'call']), /must come first/))
    if (app.has('last')) await call('last', ['pay', 'call']).then(async () => refuses(call('last', ['call', 'pay']), /must come last/))
    if (app.has('size')) assert.equal(await call('size', ['pay', 'call', 'pay']), 3n)
    if (app.has('noRekey')) await call('noRekey', ['pay', 'call']).then(async () => refuses(call('noRekey', ['pay', 'call'], true), /no rekeying/))
    if (app.has('cheap')) await call('cheap', ['call'], false, 5_000n).then(async () => refuses(call('cheap', ['call'], false, 5_001n), /too high/))
    if (app.has('sameSender')) {
      await call('sameSender', ['pay', 'call'])
      const mixed = world.algorand.newGroup().addPayment({ sender: world.b, receiver: world.c, amount: microAlgo(1) })
      mixed.addAppCallMethodCall(await app.client.params.call({ method: 'sameSender', args: [], sender: world.a }))
      await refuses(mixed.send(), /one sender only/)
    }
    if (app.has('pairWith')) {
      assert.equal(await app.call('pairWith', [{ pay: 1n }]), true)
      assert.equal(await app.call('pairWith', [{ pay: 1n, from: world.b }]), false)
    }
  },

  'contract_logic/chain-context': async (program, world) => {
    const app = await App.create(program, world)
    const near = (value: unknown, wanted: bigint, span: bigint) => assert.ok((value as bigint) >= wanted - span && (value as bigint) <= wanted + span, `${String(value)} is not near ${wanted}`)
    const { balance, minBalance } = await world.algorand.account.getInformation(app.address)
    const status = await world.algorand.client.algod.status().do()
    const block = await world.algorand.client.algod.block(status.lastRound).do()
    const exact: Record<string, Case[]> = {
      caller: [[[], world.a]],
      appAddress: [[[], app.address]],
      appId: [[[], app.client.appId]],
      spendable: [[[], balance.microAlgo - minBalance.microAlgo]],
      isCreator: [[[world.a], true], [[world.b], false]],
      balance: [[[world.c], await world.balance(world.c)]],
      noteLength: [[[], 0n]],
      holdsApp: [[[world.b, app.client.appId], false]],
      minFee: [[[], 1_000n]],
      now: [],
      round: [],
    }
    await library(app, exact)
    if (app.has('round')) near(await app.call('round'), await world.round(), 3n)
    if (app.has('now')) near(await app.call('now'), BigInt(block.block.header.timestamp), 100n)
    if (app.has('noteLength')) {
      const { return: length } = await app.client.send.call({ method: 'noteLength', args: [], sender: world.a, note: 'twelve bytes' })
      assert.equal(length, 12n)
    }
  },

  'contract_logic/asset-questions': async (program, world) => {
    const coin = await world.asset({ [world.b]: 250n }, { decimals: 2 })
    const nft = (await world.algorand.send.assetCreate({ sender: world.c, total: 1n, decimals: 0 })).assetId
    await world.algorand.send.assetOptIn({ sender: world.b, assetId: nft })
    await library(await App.create(program, world), {
      supplyOf: [[[coin], 1_000_000n]],
      wholeUnits: [[[coin, 1_299n], 12n]],
      isCreator: [[[coin, world.a], true], [[coin, world.b], false]],
      isImmutable: [[[coin], false], [[nft], true]],
      holding: [[[coin, world.b], 250n], [[coin, world.c], 0n]],
      unit: [[[coin], text('CHP')]],
      circulating: [[[coin], 250n]],
      isNft: [[[coin], false], [[nft], true]],
      compare: [[[coin, nft, world.b], true], [[nft, coin, world.b], false]],
    })
  },

  'contract_logic/struct-types': async (program, world) => {
    const app = await App.create(program, world)
    const small: Record<string, Case[]> = {
      make: [[[3n, 8n], [3n, 8n]]],
      combine: [[[[3n, 8n]], 11n]],
      product: [[[[3n, 8n]], 24n]],
      dominant: [[[[3n, 8n]], false], [[[8n, 3n]], true]],
      spread: [[[[3n, 8n]], 5n], [[[8n, 3n]], 5n]],
      doubled: [[[[3n, 8n]], [6n, 16n]]],
      valid: [[[[3n, 8n]], true], [[[9n, 8n]], false], [[[0n, 0n]], false]],
      store: [], stored: [], save: [], load: [],
    }
    await library(app, small)
    if (app.has('store')) {
      await app.call('store', [[3n, 8n]])
      assert.equal(await app.call('stored'), 11n)
      if (app.says('refuses one whose')) await app.refused('store', [[9n, 8n]], /exceeds/)
    }
    if (app.has('save')) {
      await app.refused('load', [world.b], program.source.includes('nothing stored') ? /nothing stored/ : /./)
      await app.call('save', [[3n, 8n]], world.b)
      assert.deepEqual(plain(await app.call('load', [world.b])), [3n, 8n])
    }
  },
}
