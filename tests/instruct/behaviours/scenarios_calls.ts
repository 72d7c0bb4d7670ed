import { strict as assert } from 'node:assert'
import { microAlgo } from '@algorandfoundation/algokit-utils'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import * as algosdk from 'algosdk'
import { failure, office, officeSpec, run, type Program, type Scenario, type World } from './kit'

/** What the ticket office's methods give for these arguments. */
const GIVEN = { seat: 12n, category: 'balcony', ticket: 3n }
const answers: Record<string, unknown> = { reserveSeat: true, priceOf: 700_000n, buyTicket: 1n, refund: undefined }
const methodOf = (program: Program) => /\b(reserveSeat|priceOf|buyTicket|refund)\b/.exec(program.source)?.[1] ?? ''
const seats = async (world: World, app: AppClient) => (await world.algorand.app.getBoxNames(app.appId)).length

/** What a program gave back agrees with its type: the value, the id, the round, or value and id. */
function agrees(seen: unknown, value: unknown): void {
  if (seen === undefined) assert.equal(value, undefined)
  else if (typeof seen === 'object' && seen !== null && 'value' in seen) {
    assert.equal((seen as { value: unknown }).value, value)
    if ('txId' in seen) assert.match(String(seen.txId), /^[A-Z2-7]{52}$/)
  } else if (value === undefined) assert.match(String(seen), /^([A-Z2-7]{52}|\d+)$/)
  else assert.equal(seen, value)
}

const given = (app: AppClient, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  appClient: app, appId: app.appId, price: 500_000n, ...GIVEN, ...more,
})

async function called(program: Program, world: World, more: Record<string, unknown> = {}): Promise<void> {
  const app = await office(world)
  const takesSender = program.parameters.some(([name, type]) => /^(string|Address|TransactionSignerAccount|\{ addr)/.test(type) && !/^(category|note|invoiceId|specPath|appSpec)$/.test(name))
  const seen = await run(program, world, takesSender ? 'a' : '', given(app, { appSpec: program.source.includes('Arc56Contract') ? JSON.parse(officeSpec()) : officeSpec(), note: 'memo', orderId: 5, invoiceId: 'INV-1', ...more }))
  agrees(seen, answers[methodOf(program)])
  if (methodOf(program) === 'reserveSeat') {
    assert.equal(await app.state.box.getMapValue('seats', 12n), world.a)
    assert.equal(await seats(world, app), 1)
  }
}

export const scenarios: Record<string, Scenario> = {
  'calls/app-client-call': async (program, world) => called(program, world),
  'calls/method-by-signature': async (program, world) => called(program, world),
  'calls/sdk-call': async (program, world) => called(program, world),

  'calls/payment-argument': async (program, world) => {
    const app = await office(world)
    const before = await world.balance(app.appAddress)
    agrees(await run(program, world, 'a', given(app)), 1n)
    const paid = (await world.balance(app.appAddress)) - before
    const words = /Pay ([\d.,]+) (Algo|microAlgos) to the application/.exec(program.request)
    const amount = words ? BigInt(Math.round(Number(words[1].replaceAll(',', '')) * (words[2] === 'Algo' ? 1_000_000 : 1))) : 500_000n
    assert.equal(paid, amount)
    assert.equal(await app.state.global.getValue('ticketsSold'), 1n)
  },

  'calls/inner-fees': async (program, world) => {
    const app = await office(world)
    const before = await world.balance(app.appAddress)
    const sender = program.parameters.length > 2 ? 'a' : ''
    const seen = await run(program, world, sender, given(app))
    assert.equal(await world.balance(app.appAddress), before - 1_000n)
    if (program.source.includes('before - after')) assert.equal(seen, 1_000n)
    else agrees(seen, undefined)
  },

  'calls/opt-in-and-life-cycle': async (program, world) => {
    const app = await office(world)
    const [, bare, action] = /send\.(bare\.)?(\w+)\(/.exec(program.source) ?? []
    const optedIn = async () => ((await world.algorand.account.getInformation(world.b)).appsLocalState ?? []).some((each) => each.id === app.appId)
    const who = action === 'delete' ? 'a' : 'b'
    if (action !== 'delete' && action !== 'optIn') await app.send.optIn({ method: 'join', args: [], sender: world.b })
    if (action === 'delete') await failure(app.send.bare.delete({ sender: world.b }), /creator only/)
    const seen = await run(program, world, who, given(app, { note: 'memo', orderId: 5, invoiceId: 'INV-1' }))
    if (action === 'delete') await failure(world.algorand.app.getById(app.appId), /does not exist/)
    else assert.equal(await optedIn(), action === 'optIn')
    if (action === 'optIn') assert.equal((await app.state.local(world.b).getAll()).spent, bare ? 7n : 42n)
    if (program.source.includes('return false')) {
      assert.equal(seen, true)
      assert.equal(await run(program, world, who, given(app)), false)
    }
  },

  'calls/argument-encoding': async (program, world) => {
    const owner = world.a
    const values: Record<string, [unknown, unknown]> = {
      '(uint64,string)': [{ id: 5n, label: 'five' }, [5n, 'five']],
      '(address,uint64,bool)': [{ owner, amount: 7n, active: true }, [owner, 7n, true]],
      'uint64[]': [[1n, 2n], [1n, 2n]],
      '(string,uint64[])': [{ name: 'Ann', scores: [3n, 4n] }, ['Ann', [3n, 4n]]],
      'byte[32]': [new Uint8Array(32).fill(9), new Uint8Array(32).fill(9)],
      '(uint8,uint16,string)': [{ kind: 1, year: 2_024, title: 'T' }, [1, 2_024, 'T']],
    }
    const abi = /ABIType\.from\('([^']+)'\)/.exec(program.source)?.[1]
    if (abi === undefined) {
      const seen = await run(program, world, '', { signature: 'add(uint64,uint64)uint64' })
      const hex = algosdk.bytesToHex(algosdk.ABIMethod.fromSignature('add(uint64,uint64)uint64').getSelector())
      if (typeof seen === 'string') assert.equal(seen, hex)
      else if (seen instanceof Uint8Array) assert.equal(algosdk.bytesToHex(seen), hex)
      else assert.deepEqual(seen, { selector: hex, transactions: 1 })
      return
    }
    const [value, raw] = values[abi]
    const bytes = algosdk.ABIType.from(abi).encode(raw as algosdk.ABIValue)
    const log = new Uint8Array([0x15, 0x1f, 0x7c, 0x75, ...bytes])
    const seen = await run(program, world, '', { value, bytes, log })
    assert.deepEqual(seen, program.parameters[0][0] === 'value' ? bytes : value)
    if (program.parameters[0][0] === 'log') await failure((async () => run(program, world, '', { log: bytes }))(), /prefix/)
  },

  'deployment/idempotent-deploy': async (program, world) => {
    const values = { title: 'Opera', specPath: 'office.json', appSpec: JSON.parse(officeSpec()) as unknown }
    const seen = await run(program, world, 'a', values)
    const again = await run(program, world, 'a', values)
    const id = (answer: unknown): string => {
      const found = answer as { appId?: bigint; appAddress?: string }
      return String(typeof answer === 'object' && answer !== null ? found.appId : answer)
    }
    assert.equal(id(seen), id(again))
    if (program.source.includes('operationPerformed }')) {
      assert.deepEqual([(seen as { operation: string }).operation, (again as { operation: string }).operation], ['create', 'nothing'])
    }
    const created = (await world.algorand.account.getInformation(world.a)).createdApps ?? []
    assert.equal(created.length, 1)
    assert.equal((await world.algorand.app.getGlobalState(created[0].id)).label.value, 'Opera')
    const funded = /Fund the application's account with ([\d.,]+) (Algo|microAlgos)/.exec(program.request)
    if (funded) {
      const amount = BigInt(Math.round(Number(funded[1].replaceAll(',', '')) * (funded[2] === 'Algo' ? 1_000_000 : 1)))
      assert.equal(await world.balance(algosdk.getApplicationAddress(created[0].id)), amount)
    }
  },

  'deployment/create-instance': async (program, world) => {
    const values = { label: 'second', specPath: 'office.json', appSpec: JSON.parse(officeSpec()) as unknown, ...GIVEN }
    const first = await run(program, world, 'a', values)
    await run(program, world, 'a', { ...values, label: 'third' })
    const created = (await world.algorand.account.getInformation(world.a)).createdApps ?? []
    assert.equal(created.length, 2)
    const labels = await Promise.all(created.map(async ({ id }) => (await world.algorand.app.getGlobalState(id)).label.value))
    assert.deepEqual(labels.sort(), ['second', 'third'])
    const answer = (first as { answer?: unknown }).answer
    if (answer !== undefined) assert.equal(answer, answers[methodOf(program)])
  },

  'deployment/teal-create': async (program, world) => {
    const values = { approvalTeal: '#pragma version 10\nint 1', clearTeal: '#pragma version 10\nint 1' }
    const seen = await run(program, world, 'a', values)
    const id = typeof seen === 'bigint' ? seen : (seen as { appId: bigint }).appId
    await schema(program, world, id)
    if (typeof seen === 'object') assert.equal((seen as { appAddress: string }).appAddress, algosdk.getApplicationAddress(id).toString())
    const optedIn = ((await world.algorand.account.getInformation(world.a)).appsLocalState ?? []).some((each) => each.id === id)
    assert.equal(optedIn, program.request.includes('Opt the creator in'))
  },

  'deployment/sdk-create': async (program, world) => {
    const values = { approvalTeal: '#pragma version 10\nint 1', clearTeal: '#pragma version 10\nint 1' }
    await schema(program, world, (await run(program, world, 'a', values)) as bigint)
  },

  'deployment/teal-update': async (program, world) => {
    const [one, two] = ['#pragma version 10\nint 1', '#pragma version 10\nint 2']
    const { appId } = await world.algorand.send.appCreate({ sender: world.a, approvalProgram: one, clearStateProgram: one })
    const seen = await run(program, world, 'a', { appId, approvalTeal: two, clearTeal: one })
    const compiled = await world.algorand.app.compileTeal(two)
    assert.deepEqual((await world.algorand.app.getById(appId)).approvalProgram, compiled.compiledBase64ToBytes)
    if (program.source.includes('compiledHash')) assert.equal(seen, compiled.compiledHash)
    else assert.match(String(seen), /^([A-Z2-7]{52}|\d+)$/)
  },

  'deployment/teal-compile': async (program, world) => {
    const template = program.parameters.some(([name]) => name === 'limit')
    const teal = (limit: string) => `#pragma version 10\nint ${limit}\nreturn`
    const seen = await run(program, world, '', { teal: teal(template ? 'TMPL_LIMIT' : '9'), limit: 9n })
    const { compiledBase64ToBytes: bytes, compiledHash: hash } = await world.algorand.app.compileTeal(teal('9'))
    if (typeof seen === 'string') assert.equal(seen, hash)
    else if (seen instanceof Uint8Array) assert.deepEqual(seen, bytes)
    else assert.deepEqual(seen, { bytes: bytes.length, hash })
  },

  'deployment/fund-application': async (program, world) => {
    const app = await office(world, 0)
    const seen = await run(program, world, 'a', given(app, { boxes: 3, keyBytes: 10, valueBytes: 20 }))
    const has = await world.balance(app.appAddress)
    const words = /([\d.,]*\d) (Algo|microAlgos)/.exec(program.request)
    const amount = words ? BigInt(Math.round(Number(words[1].replaceAll(',', '')) * (words[2] === 'Algo' ? 1_000_000 : 1))) : 0n
    if (program.source.includes('perBox')) assert.deepEqual([has, seen], [3n * (2_500n + 400n * 30n), has])
    else if (program.source.includes('ensureFunded')) {
      assert.ok(has >= amount, String(has))
      const again = await run(program, world, 'a', given(app))
      assert.deepEqual([await world.balance(app.appAddress), again], [has, typeof again === 'boolean' ? false : 0n])
    } else assert.equal(has, amount)
  },

  'deployment/client-by-creator': async (program, world) => {
    const name = /appName: '(\w+)'/.exec(program.source)?.[1] ?? ''
    const factory = world.algorand.client.getAppFactory({ appSpec: officeSpec(), defaultSender: world.a, appName: name })
    const { appClient } = await factory.deploy({ createParams: { method: 'create', args: ['x'] } })
    await factory.send.create({ method: 'create', args: ['another'] })
    const found = (await run(program, world, program.parameters.length > 3 ? 'b' : '', { appSpec: JSON.parse(officeSpec()), creatorAddress: world.a })) as AppClient | bigint
    assert.equal(typeof found === 'bigint' ? found : found.appId, appClient.appId)
    if (typeof found === 'bigint') return
    const sender = program.parameters.length > 3 ? undefined : world.b
    assert.equal((await found.send.call({ method: 'priceOf', args: ['stalls'], ...(sender ? { sender } : {}) })).return, 500_000n)
  },

  'deployment/client-by-network': async (program, world) => {
    const app = await office(world)
    const { genesisHash } = await world.algorand.client.network()
    const spec = { ...(JSON.parse(officeSpec()) as object), networks: { [genesisHash]: { appID: Number(app.appId) } } }
    const found = (await run(program, world, 'b', { appSpec: spec })) as AppClient | bigint
    assert.equal(typeof found === 'bigint' ? found : found.appId, app.appId)
    if (typeof found !== 'bigint') assert.equal((await found.send.call({ method: 'priceOf', args: ['stalls'] })).return, 500_000n)
    await failure(run(program, world, 'b', { appSpec: { ...spec, networks: { localnet: { appID: 1 } } } }), /names no application/)
  },

  'deployment/app-facts': async (program, world) => {
    const app = await office(world)
    const facts = await world.algorand.app.getById(app.appId)
    const known: Record<string, unknown> = { ...facts, appAddress: app.appAddress.toString(), creator: world.a, programBytes: facts.approvalProgram.length }
    const seen = (await run(program, world, '', given(app))) as Record<string, unknown>
    assert.ok(Object.keys(seen).length > 1)
    for (const [name, value] of Object.entries(seen)) assert.deepEqual(value, known[name], name)
  },

  'deployment/live-deployments': async (program, world) => {
    const made: Record<string, bigint> = {}
    // A client of its own: what a deployer has looked up once it keeps.
    const { AlgorandClient } = await import('@algorandfoundation/algokit-utils')
    const deployer = AlgorandClient.fromEnvironment().setSuggestedParamsCacheTimeout(0)
    deployer.account.fromMnemonic(world.keys[world.a])
    for (const appName of ['One', 'Two', 'Three']) {
      const factory = deployer.client.getAppFactory({ appSpec: officeSpec(), defaultSender: world.a, appName, version: '1.0' })
      const { appClient } = await factory.deploy({ createParams: { method: 'create', args: ['x'] } })
      made[appName] = appClient.appId
      if (appName === 'Three') await appClient.send.bare.delete()
    }
    const seen = await run(program, world, '', { creatorAddress: world.a })
    const live = ['One', 'Two']
    if (seen instanceof Map) assert.deepEqual(new Map([...seen].sort()), new Map(live.map((name) => [name, made[name]])))
    else if (typeof (seen as unknown[])[0] === 'string') assert.deepEqual((seen as string[]).sort(), live)
    else assert.deepEqual((seen as { name: string }[]).sort((x, y) => (x.name < y.name ? -1 : 1)), live.map((name) => ({ name, version: '1.0', appId: made[name] })))
  },

  'deployment/cloned-client': async (program, world) => {
    const [one, two] = [await office(world), await office(world)]
    const clone = (await run(program, world, '', { appClient: one, otherAppId: two.appId, otherSender: world.b })) as AppClient
    const moved = program.source.includes('otherAppId')
    assert.equal(clone.appId, moved ? two.appId : one.appId)
    await clone.send.call({ method: 'reserveSeat', args: [4n] })
    assert.equal(await clone.state.box.getMapValue('seats', 4n), moved ? world.a : world.b)
  },

  'deployment/app-funds': async (program, world) => {
    const app = await office(world, 2)
    const seen = await run(program, world, '', given(app))
    const floor = /whether it can spend ([\d.,]+) (Algo|microAlgos)/.exec(program.request)
    if (typeof seen === 'bigint') assert.equal(seen, 1_900_000n)
    else if (typeof seen === 'boolean') assert.equal(seen, 1_900_000 >= Number(floor?.[1].replaceAll(',', '')) * (floor?.[2] === 'Algo' ? 1_000_000 : 1))
    else assert.deepEqual(seen, { balance: 2_000_000n, spendable: 1_900_000n })
  },

  'groups/call-in-group': async (program, world) => {
    const app = await office(world)
    const before = await world.balance(app.appAddress)
    const seen = await run(program, world, 'a', given(app))
    const words = /payment of ([\d.,]+) (Algo|microAlgos)|pay ([\d.,]+) (Algo|microAlgos)/i.exec(program.request)
    const [amount, unit] = words ? [words[1] ?? words[3], words[2] ?? words[4]] : ['0', 'Algo']
    const paid = BigInt(Math.round(Number(amount.replaceAll(',', '')) * (unit === 'Algo' ? 1_000_000 : 1)))
    assert.equal(await world.balance(app.appAddress), before + paid)
    if (methodOf(program) === 'reserveSeat' || !words) assert.equal(await app.state.box.getMapValue('seats', 12n), world.a)
    if (Array.isArray(seen) && !program.source.includes('txIds')) assert.ok(seen.includes(700_000n) || seen.includes(true), String(seen))
  },

  'simulation/simulate-call': async (program, world) => {
    const app = await office(world)
    const [before, round] = [await world.balance(world.a), await world.round()]
    const seen = await run(program, world, 'a', given(app))
    const value = answers[methodOf(program)]
    if (typeof seen === 'object' && seen !== null) {
      assert.equal((seen as { value: unknown }).value, value)
      assert.ok(Number((seen as { budget: number }).budget) > 10)
    } else if (typeof seen === 'number') assert.ok(program.source.includes('innerTxns') ? seen === 0 : seen >= 1)
    else assert.equal(seen, value)
    assert.deepEqual([await world.balance(world.a), await world.round(), await seats(world, app)], [before, round, 0])
  },

  'simulation/trace-and-resources': async (program, world) => {
    const app = await office(world)
    if (program.parameters.some(([name]) => name === 'signed')) {
      const good = await signed(world, 1_000n)
      const bad = await signed(world, 900_000_000_000n)
      const before = await world.balance(world.b)
      const seen = await run(program, world, '', { signed: [good] })
      const failing = run(program, world, '', { signed: [bad] })
      if (program.source.includes('throw new Error')) await failure(failing, /overspend/)
      else if (program.source.includes('return group.failureMessage')) assert.deepEqual([seen, /overspend/.test(String(await failing))], [undefined, true])
      else assert.notEqual(seen, undefined)
      assert.equal(await world.balance(world.b), before)
      return
    }
    const seen = await run(program, world, 'a', given(app))
    assert.equal(await seats(world, app), 0)
    const boxName = algosdk.bytesToHex(new Uint8Array([...new TextEncoder().encode('seats'), ...algosdk.encodeUint64(12)]))
    const boxes = methodOf(program) === 'reserveSeat' ? [boxName] : []
    if (program.source.includes('accessed?.boxes?.map')) assert.deepEqual(seen, boxes)
    else if (program.source.includes('{ boxes:')) assert.deepEqual(seen, { boxes: boxes.length, accounts: 0, assets: 0 })
    else if (program.source.includes('accessed')) assert.deepEqual(seen, [])
    else if (program.source.includes('spawnedInners')) assert.equal(seen, 0)
    else assert.ok(Array.isArray(seen) ? seen.length > 10 : Number(seen) > 10)
  },

  'errors/logic-error': async (program, world) => {
    const app = await office(world)
    const right = await run(program, world, '', given(app))
    const wrong = async () => run(program, world, '', given(app, { seat: 0n, category: '', ticket: 0n }))
    const text = /\b(reserveSeat)\b/.test(program.source) ? 'no such seat' : 'no such category'
    if (program.request.includes('details of a logic error') || program.request.includes('of the logic error')) {
      assert.equal(right, undefined)
      const seen = (await wrong()) as { pc?: number; txId?: string; line?: number; raw?: string; program?: number }
      if ('pc' in seen) assert.ok((seen.pc ?? 0) > 0, `pc ${seen.pc}`)
      if ('txId' in seen) assert.match(seen.txId ?? '', /^[A-Z2-7]{52}$/)
      if ('line' in seen) assert.ok((seen.line ?? 0) > 0, `line ${seen.line}`)
      if ('raw' in seen) assert.match(seen.raw ?? '', /assert failed/)
      if ('program' in seen) assert.ok((seen.program ?? 0) > 10, `program ${seen.program}`)
    } else if (program.source.includes('return undefined')) {
      assert.equal(right, undefined)
      assert.equal(await wrong(), text)
    } else {
      assert.ok(right === 'ok' || right === true || right === answers[methodOf(program)], String(right))
      await failure(wrong(), new RegExp(text))
    }
  },
}

async function schema(program: Program, world: World, id: bigint): Promise<void> {
  const words = /Global state: (\d+) integers and (\d+) byte slices; local state: (\d+) and (\d+)/.exec(program.request)
  const app = await world.algorand.app.getById(id)
  assert.deepEqual([app.globalInts, app.globalByteSlices, app.localInts, app.localByteSlices], words?.slice(1).map(Number))
  assert.equal(app.creator.toString(), world.a)
}

async function signed(world: World, amount: bigint): Promise<Uint8Array> {
  const txn = await world.algorand.createTransaction.payment({ sender: world.a, receiver: world.b, amount: microAlgo(amount) })
  return (await world.algorand.account.getSigner(world.a)([txn], [0]))[0]
}
