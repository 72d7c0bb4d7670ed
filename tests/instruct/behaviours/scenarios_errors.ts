import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import * as algosdk from 'algosdk'
import { failure, run, type Program, type Scenario, type World } from './kit'

/** Something that the node refuses, by the words that programs look for. */
const MESSAGES: Record<string, string> = {
  overspend: 'TransactionPool.Remember: transaction ABC: overspend (account XYZ)',
  'below min': 'transaction ABC: account XYZ balance 99000 below min 100000 (0 assets)',
  'must optin': 'transaction ABC: asset 5 missing from XYZ, receiver error: must optin, asset 5 missing from XYZ',
  'underflow on subtracting': 'transaction ABC: underflow on subtracting 5 from sender amount 3',
  'frozen in': 'transaction ABC: asset 5 frozen in XYZ',
  'txn dead': 'transaction ABC: txn dead: round 20 outside of 1--10',
  'already in ledger': 'transaction already in ledger: ABC',
  'less than the minimum': 'txgroup had 0 in fees, which is less than the minimum 1 * 1000',
  'should have been authorized by': 'transaction ABC: should have been authorized by X but was actually authorized by Y',
}

/** Marks and codes that a program names in this order of words. */
const marks = (program: Program) => Object.keys(MESSAGES).filter((mark) => program.source.includes(`'${mark}'`))

const isForm = (program: Program, text: string) => program.source.includes(text)

/** Makes the drawn operation fail in the given way, where the ledger can. */
async function provoked(program: Program, world: World, mark: string): Promise<unknown> {
  const transfer = program.parameters.some(([name]) => name === 'amount') && program.parameters.some(([name]) => name === 'assetId')
  const [poor] = await world.people(0)
  const assetId = await world.asset({ [world.b]: 10n })
  const values: Record<string, unknown> = { assetId, amount: transfer ? 5n : (1).algo(), microAlgos: 1_000_000n, algos: 1 }
  if (mark === 'must optin') return run(program, world, 'ac', values)
  if (mark === 'underflow on subtracting') return run(program, world, 'ba', { ...values, amount: 11n })
  if (mark === 'frozen in') {
    await world.algorand.send.assetFreeze({ sender: world.a, assetId, account: world.b, frozen: true })
    return run(program, world, 'ba', values)
  }
  if (mark === 'overspend' || mark === 'below min') {
    const short = mark === 'overspend' ? poor : (await world.people(0.1005))[0]
    world.c = short
    return run(program, world, program.parameters.filter(([, type]) => /^(string|Address|TransactionSignerAccount)$/.test(type)).length > 1 ? 'cb' : 'c', values)
  }
  throw new Error(`cannot provoke ${mark}`)
}

export const scenarios: Record<string, Scenario> = {
  'errors/typed-failure': async (program, world) => {
    const [mark] = marks(program)
    const outcome = await provoked(program, world, mark).then((value: unknown) => ({ value }), (error: unknown) => ({ error: error as Error & { code?: string } }))
    if ('error' in outcome) {
      assert.ok(isForm(program, 'KNOWN_FAILURES') || isForm(program, 'extends Error'), String(outcome.error))
      if (isForm(program, 'extends Error')) assert.ok(program.source.includes(`'${outcome.error.code}'`), String(outcome.error))
      else assert.ok(program.source.includes(`'${outcome.error.message}'`), outcome.error.message)
      assert.ok(String((outcome.error.cause as Error).message).includes(mark))
    } else if (typeof outcome.value === 'object' && outcome.value !== null) {
      const { ok, reason, message } = outcome.value as { ok: boolean; reason: string; message: string }
      assert.deepEqual([ok, message.includes(mark), reason === 'unknown'], [false, true, false])
    } else assert.ok(!outcome.value, String(outcome.value))
  },

  'errors/many-at-once': async (program, world) => {
    const assetId = await world.asset({ [world.b]: 0n, [world.c]: 0n })
    const [stranger] = await world.people(1)
    if (isForm(program, 'payouts')) {
      const payouts = [{ address: world.b, microAlgos: 1_000n }, { address: world.c, microAlgos: 10n ** 12n }]
      const before = await world.balance(world.b)
      const seen = await run(program, world, 'a', { payouts })
      if (Array.isArray(seen)) assert.deepEqual(seen, [payouts[1]])
      else assert.deepEqual(seen, { sent: 1, failed: [world.c] })
      assert.equal(await world.balance(world.b), before + 1_000n)
    } else {
      const before = await world.units(world.b, assetId)
      const error = await failure(run(program, world, 'a', { amount: 5n, queue: [world.b, stranger, world.c] }), /stopped after 1 of 3/)
      assert.ok(error.message.includes(stranger) && error.message.includes(world.c) && !error.message.includes(world.b))
      assert.match(String(error.cause), /must optin/)
      assert.deepEqual([await world.units(world.b, assetId), await world.units(world.c, assetId)], [before + 5n, 0n])
    }
  },

  'errors/classify-error': async (program, world) => {
    const ask = async (text: string) => Promise.all([run(program, world, '', { error: new Error(text) }), run(program, world, '', { error: text })])
    const { source } = program
    if (source.includes('pc=')) return assert.deepEqual([await ask('logic eval error: assert failed pc=123'), await ask('nothing')], [[123, 123], [undefined, undefined]])
    if (source.includes('{52}')) {
      const id = 'A'.repeat(52)
      return assert.deepEqual([await ask(`transaction ${id}: overspend`), await ask('nothing')], [[id, id], [undefined, undefined]])
    }
    if (source.includes('below min (')) return assert.deepEqual([await ask(MESSAGES['below min']), await ask('nothing')], [[1_000n, 1_000n], [undefined, undefined]])
    const permanent = source.includes('PERMANENT')
    const pairs = new Map([...program.request.matchAll(/"([a-z ]+)" is ([a-z-]+)/g)].map((found) => [found[1], found[2]]))
    for (const [mark, message] of Object.entries(MESSAGES)) {
      const known = marks(program).includes(mark)
      assert.deepEqual(await ask(message), Array(2).fill(permanent ? !known : (known ? pairs.get(mark) : 'other')), mark)
    }
    assert.deepEqual(await ask('connection refused'), Array(2).fill(permanent ? true : 'other'))
  },

  'errors/input-checks': async (program, world) => {
    const { source } = program
    const ask = async (values: Record<string, unknown>) => run(program, world, '', values)
    if (source.includes('1_000_000n + BigInt')) {
      for (const [text, micro] of [['12.5', 12_500_000n], [' 3 ', 3_000_000n], ['0.000001', 1n]] as const) {
        const seen = await ask({ text })
        assert.equal(typeof seen === 'bigint' ? seen : (seen as { microAlgo: bigint }).microAlgo, micro)
      }
      for (const text of ['', '1,5', '1.1234567', '-1', 'x']) assert.equal((await failure(ask({ text }))).name, 'RangeError')
      return
    }
    if (source.includes('not an Algorand address')) {
      assert.equal(String(await ask({ input: ` ${world.a.toLowerCase()} ` })), world.a)
      assert.equal((await failure(ask({ input: world.a.slice(1) }))).name, 'TypeError')
      return
    }
    if (source.includes('not an id')) {
      assert.equal(await ask({ text: '123' }), 123n)
      for (const [text, name] of [['0', 'TypeError'], ['x', 'TypeError'], [String(2n ** 64n), 'RangeError']]) assert.equal((await failure(ask({ text }))).name, name)
      return
    }
    const good: Record<string, unknown> = { address: world.a, microAlgos: 5n, note: 'x', unitName: 'ABC', assetName: 'Abc', url: 'https://x', decimals: 2, assetId: 3n, recipient: world.b }
    const bad: Record<string, unknown[]> = {
      address: ['nonsense'], microAlgos: [0n, -1n, ...(source.includes('out of range') ? [10_000_000_001n] : [])], note: ['ü'.repeat(501)], unitName: ['ninechars'],
      assetName: ['x'.repeat(33)], url: ['x'.repeat(97)], decimals: [20, -1, 1.5], assetId: [0n], recipient: [algosdk.ALGORAND_ZERO_ADDRESS_STRING],
    }
    const listed = source.includes('return problems')
    assert.deepEqual(await ask(good), listed ? [] : undefined)
    for (const [name] of program.parameters) {
      for (const value of bad[name]) {
        if (listed) assert.equal(((await ask({ ...good, [name]: value })) as string[]).length, 1, name)
        else await failure(ask({ ...good, [name]: value }))
      }
    }
  },

  'errors/read-retries': async (program, world) => {
    const tries = Number(/Try (\d+) times/.exec(program.request)?.[1])
    let asked = 0
    const failing = (times: number) => async () => {
      asked += 1
      if (asked <= times) throw new Error(`flaky ${asked}`)
      return 'answer'
    }
    assert.equal(await quickly(async () => run(program, world, '', { read: failing(tries - 1) })), 'answer')
    assert.equal(asked, tries)
    asked = 0
    await failure(quickly(async () => run(program, world, '', { read: failing(99) })), new RegExp(`flaky ${tries}`))
    assert.equal(asked, tries)
  },

  'errors/node-fallback': async (program, world) => {
    const deaf = { client: { algod: new algosdk.Algodv2('', 'http://127.0.0.1', 9) } } as unknown as AlgorandClient
    const { genesisID } = await world.algorand.client.algod.getTransactionParams().do()
    const wanted = program.source.includes('genesisID') ? genesisID : program.source.includes('lastRound') ? await world.round() : 0n
    const given = (first: AlgorandClient, second: AlgorandClient) => ({ clients: [first, second], primary: first, backup: second })
    assert.equal(String(await run(program, world, '', given(deaf, world.algorand))), String(wanted))
    assert.equal(String(await run(program, world, '', given(world.algorand, deaf))), String(wanted))
    const error = await failure(run(program, world, '', given(deaf, deaf)))
    if (program.source.includes('AggregateError')) assert.equal((error as AggregateError).errors.length, 2)
  },

  'errors/time-limits': async (program, world) => {
    await world.asset()
    const seen = await run(program, world, '', { account: world.a })
    assert.equal(seen, program.source.includes('lastRound') ? await world.round() : program.source.includes('balance') ? await world.balance(world.a) : 'Chip')
    const never = async () => new Promise<never>(() => undefined)
    const mute = { client: { algod: { status: () => ({ do: never }) } }, account: { getInformation: never }, asset: { getById: never } }
    await failure(quickly(async () => run(program, world, '', { algorand: mute, account: world.a })), /did not answer within/)
  },

  'errors/pending-transactions': async (program, world) => {
    const { txIds, confirmation } = await world.algorand.send.payment({ sender: world.a, receiver: world.b, amount: (1).algo() })
    assert.equal(await run(program, world, '', { txId: txIds[0] }), confirmation.confirmedRound)
    if (program.source.includes('poolError')) {
      const algod = (answer: object) => ({ client: { algod: { status: () => ({ do: async () => ({ lastRound: 5n }) }), pendingTransactionInformation: () => ({ do: async () => answer }), statusAfterBlock: () => ({ do: async () => undefined }) } } })
      await failure(run(program, world, '', { algorand: algod({ poolError: 'overspend' }), txId: 'X' }), /rejected: overspend/)
      await failure(run(program, world, '', { algorand: algod({ poolError: '' }), txId: 'X' }), /not confirmed within/)
    }
  },

  'errors/not-found': async (program, world) => {
    const assetId = await world.asset({ [world.b]: 4n })
    const teal = '#pragma version 10\ntxn NumAppArgs\nbz end\nbyte "config"\nbyte "abc"\nbox_put\nend:\nint 1'
    const { appId, appAddress } = await world.algorand.send.appCreate({ sender: world.a, approvalProgram: teal, clearStateProgram: '#pragma version 10\nint 1', schema: { globalInts: 2, globalByteSlices: 0, localInts: 1, localByteSlices: 0 } })
    await world.algorand.send.payment({ sender: world.a, receiver: appAddress, amount: (1).algo() })
    await world.algorand.send.appCall({ sender: world.a, appId, args: [new Uint8Array([1])], boxReferences: ['config'] })
    await world.algorand.send.appCall({ sender: world.b, appId, onComplete: algosdk.OnApplicationComplete.OptInOC })
    const { txIds } = await world.algorand.send.payment({ sender: world.a, receiver: world.b, amount: (1).algo() })
    const right = { assetId, appId, boxName: 'config', account: world.b, txId: txIds[0] }
    const whole = program.parameters.map(([name]) => name)
    const missing = { ...right, ...(whole.includes('boxName') ? { boxName: 'nothing' } : whole.includes('account') ? { account: world.c } : { assetId: 999_999n, appId: 999_999n, txId: 'A'.repeat(52) }) }
    const seen = await run(program, world, '', right)
    const values = ['Chip', 1_000_000n, 2, 4n, false, 3, true]
    assert.ok(values.includes(seen as string) || String(seen) === world.a || typeof seen === 'bigint', String(seen))
    const absent = await run(program, world, '', missing)
    assert.equal(absent, typeof seen === 'boolean' && seen ? false : undefined)
  },
}

/** Timers run out at once. */
async function quickly<T>(work: () => Promise<T>): Promise<T> {
  const usual = globalThis.setTimeout
  globalThis.setTimeout = ((done: (...args: unknown[]) => void, _: number, ...args: unknown[]) => usual(done, 1, ...args)) as unknown as typeof setTimeout
  try {
    return await work()
  } finally {
    globalThis.setTimeout = usual
  }
}
