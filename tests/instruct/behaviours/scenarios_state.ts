import { strict as assert } from 'node:assert'
import * as algosdk from 'algosdk'
import { office, run, failure, type Scenario } from './kit'

const GLOBALS: Record<string, unknown> = { ticketsSold: 0n, venue: 'Opera', price: 500_000n, label: 'first' }

export const scenarios: Record<string, Scenario> = {
  'state/global-typed': async (program, world) => {
    const app = await office(world)
    const buy = async () => {
      const payment = await world.algorand.createTransaction.payment({ sender: world.b, receiver: app.appAddress, amount: (1).algo() })
      return app.send.call({ method: 'buyTicket', args: [payment, 3n], sender: world.b })
    }
    const seen = await run(program, world, '', { appClient: app, action: buy })
    if (program.parameters.some(([name]) => name === 'action')) return assert.equal(seen, 1n)
    const key = /getValue\('(\w+)'\)/.exec(program.source)?.[1] ?? ''
    if (Array.isArray(seen)) assert.deepEqual(seen.map(String).sort(), Object.entries(GLOBALS).map(([name, value]) => (String(seen[0]).includes('=') ? `${name}=${String(value)}` : name)).sort())
    else if (typeof seen === 'object' && seen !== null) {
      assert.ok(Object.keys(seen).length > 1)
      for (const [name, value] of Object.entries(seen)) assert.equal(value, GLOBALS[name], name)
    } else assert.equal(String(seen), String(GLOBALS[key]))
  },

  'state/global-raw': async (program, world) => {
    const app = await office(world)
    const teal = `#pragma version 10\nbyte "owner"\ntxn Sender\napp_global_put\nbyte "count"\nint 7\napp_global_put\nint 1`
    const { appId } = await world.algorand.send.appCreate({
      sender: world.a, approvalProgram: teal, clearStateProgram: '#pragma version 10\nint 1', schema: { globalInts: 1, globalByteSlices: 1, localInts: 0, localByteSlices: 0 },
    })
    const owner = algosdk.Address.fromString(world.a)
    const ask = async (more: Record<string, unknown>) => run(program, world, '', more)
    const { source } = program
    if (source.includes('is not a number')) {
      const key = /state\['(\w+)'\]/.exec(source)?.[1] ?? ''
      assert.equal(await ask({ appId: app.appId }), GLOBALS[key])
      await failure(ask({ appId }), /is not a number/)
    } else if (source.includes('does not hold an address')) {
      assert.equal(String(await ask({ appId, key: 'owner' })), world.a)
      await failure(ask({ appId, key: 'count' }), /does not hold an address/)
    } else if (source.includes('globalState')) {
      const bytes = source.includes('value.bytes')
      assert.deepEqual(await ask({ appId, name: bytes ? 'owner' : 'count' }), bytes ? owner.publicKey : 7n)
      assert.equal(await ask({ appId, name: 'nothing' }), undefined)
    } else if (source.includes('state[key]')) {
      const raw = source.includes('entry.valueRaw : ')
      assert.deepEqual(await ask({ appId: app.appId, key: 'venue' }), raw ? new TextEncoder().encode('Opera') : 'Opera')
      assert.deepEqual(await ask({ appId: app.appId, key: 'price' }), raw ? new Uint8Array() : undefined)
    } else {
      const seen = await ask({ appId: app.appId })
      if (seen instanceof Map) assert.deepEqual(new Map([...seen].sort()), new Map(Object.entries(GLOBALS).sort()))
      else if (typeof seen === 'number') assert.equal(seen, 2)
      else if (typeof (seen as unknown[])[0] === 'string') assert.deepEqual(seen, Object.keys(GLOBALS).sort())
      else assert.deepEqual((seen as { key: string }[]).sort((x, y) => (x.key < y.key ? -1 : 1)), [{ key: 'price', value: 500_000n }, { key: 'ticketsSold', value: 0n }])
    }
  },

  'state/local-values': async (program, world) => {
    const app = await office(world)
    await app.send.optIn({ method: 'join', args: [], sender: world.b })
    const seen = await run(program, world, '', { appClient: app, appId: app.appId, account: world.b, accounts: program.source.includes('missing.push') ? [world.b, world.c] : [world.b] })
    if (program.source.includes('missing.push')) return assert.deepEqual(seen, [world.c])
    const shown = JSON.stringify(seen instanceof Map ? [...seen] : seen, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    if (program.source.includes('state.id)')) assert.deepEqual(seen, [app.appId])
    else if (program.source.includes('numUint')) assert.equal(seen, 1)
    else if (typeof seen === 'boolean') assert.equal(seen, true)
    else assert.match(shown, /42/)
  },

  'state/round-waiting': async (program, world) => {
    const count = BigInt(/(\d+) (?:more )?rounds?/.exec(program.request)?.[1] ?? 0)
    const before = await world.round()
    const waiting = run(program, world, '')
    let done = false
    void waiting.then(() => { done = true })
    await new Promise((resolve) => setTimeout(resolve, 300))
    if (count > 1n) await world.pass(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(done, false)
    await world.pass(Number(count) - (count > 1n ? 1 : 0))
    const seen = await waiting
    assert.equal(seen, program.source.includes('status.lastRound - lastRound') ? count : before + count)
  },

  'state/recent-history': async (program, world) => {
    const sent: string[] = []
    for (const note of ['one', 'two']) sent.push((await world.algorand.send.payment({ sender: world.b, receiver: world.c, amount: (1).algo(), note })).txIds[0])
    const seen = await run(program, world, '', { account: world.b })
    if (Array.isArray(seen)) assert.ok(sent.every((id) => seen.includes(id)) && seen.length === 3, String(seen))
    else assert.equal(seen, typeof seen === 'number' ? 1 : 2_000n)
  },

  'state/box-typed': async (program, world) => {
    const app = await office(world)
    for (const [seat, who] of [[12n, world.a], [2n, world.b], [21n, world.b]] as const) await app.send.call({ method: 'reserveSeat', args: [seat], sender: who })
    const ask = async (key: bigint) => run(program, world, '', { appClient: app, key, prefix: '2' })
    const seen = await ask(12n)
    if (program.source.includes('getMapValue')) {
      assert.equal(seen, world.a)
      if (program.source.includes('box not found')) assert.equal(await ask(99n), undefined)
      else await failure(ask(99n), /box not found/)
    } else if (program.source.includes('prefix')) assert.deepEqual(Array.isArray(seen) ? seen.sort() : seen, Array.isArray(seen) ? ['2', '21'] : 2)
    else if (typeof seen === 'number') assert.equal(seen, 3)
    else if (seen instanceof Map) assert.deepEqual(Object.fromEntries(seen as Map<string, string>), { 12: world.a, 2: world.b, 21: world.b })
    else if (typeof (seen as unknown[])[0] === 'bigint') assert.deepEqual((seen as bigint[]).map(Number).sort((x, y) => x - y), [2, 12, 21])
    else assert.deepEqual((seen as string[]).sort(), [world.a, world.b, world.b].sort())
  },

  'state/box-raw': async (program, world) => {
    const teal = '#pragma version 10\ntxn NumAppArgs\nbz end\ntxna ApplicationArgs 0\ntxna ApplicationArgs 1\nbox_put\nend:\nint 1'
    const { appId, appAddress } = await world.algorand.send.appCreate({ sender: world.a, approvalProgram: teal, clearStateProgram: '#pragma version 10\nint 1' })
    await world.algorand.send.payment({ sender: world.a, receiver: appAddress, amount: (2).algo() })
    const put = async (name: Uint8Array, content: Uint8Array) => world.algorand.send.appCall({ sender: world.a, appId, args: [name, content], boxReferences: [name] })
    const text = (value: string) => new TextEncoder().encode(value)
    const { source } = program
    const abi = /ABIType\.from\('([^']+)'\)/.exec(source)?.[1]
    const raws: Record<string, [algosdk.ABIValue, unknown]> = {
      '(string,uint64)': [['Dune', 5n], { title: 'Dune', amount: 5n }],
      '(address,uint64,bool)': [[world.b, 5n, true], { owner: world.b, price: 5n, forSale: true }],
      '(uint64,uint64)': [[3n, 4n], { start: 3n, end: 4n }],
      uint64: [77n, 77n], string: ['text', 'text'], bool: [true, true], 'uint64[]': [[1n, 2n], [1n, 2n]],
    }
    const encode = (type: string, value: algosdk.ABIValue) => algosdk.ABIType.from(type).encode(value)
    const ask = async (more: Record<string, unknown>) => run(program, world, '', { appId, ...more })
    if (source.includes('boxNames')) {
      const type = abi ?? 'string'
      for (const name of ['a', 'b']) await put(text(name), encode(type, raws[type][0]))
      const client = world.algorand.client.getAppClientById({ appSpec: (await office(world, 0)).appSpec, appId, defaultSender: world.a })
      const seen = await ask({ boxNames: ['a', 'b'], appClient: client })
      const [value] = [abi ? raws[type][1] : encode(type, raws[type][0])]
      if (seen instanceof Map) assert.deepEqual([...seen], [['a', value], ['b', value]])
      else if (Array.isArray(seen)) assert.deepEqual(seen, [value, value])
      else assert.deepEqual(seen, { a: value, b: value })
    } else if (abi) {
      const names: Record<string, Uint8Array> = { boxName: text('settings'), id: algosdk.encodeUint64(7), owner: algosdk.Address.fromString(world.c).publicKey }
      const name = program.parameters.map(([each]) => each).find((each) => each in names) ?? ''
      await put(names[name], encode(abi, raws[abi][0]))
      assert.deepEqual(await ask({ boxName: 'settings', id: 7n, owner: world.c }), raws[abi][1])
    } else if (source.includes('prefix')) {
      for (const name of ['order-1', 'order-2', 'other']) await put(text(name), text(`${name}!`))
      const seen = await ask({ prefix: 'order' })
      if (seen instanceof Map) assert.deepEqual(Object.fromEntries([...seen].map(([key, value]) => [key, new TextDecoder().decode(value as Uint8Array)])), { 'order-1': 'order-1!', 'order-2': 'order-2!' })
      else if (typeof seen === 'number') assert.equal(seen, 16)
      else if (typeof (seen as unknown[])[0] === 'string') assert.deepEqual((seen as string[]).sort(), ['-1', '-2'])
      else assert.deepEqual((seen as Uint8Array[]).map((each) => new TextDecoder().decode(each)).sort(), ['order-1!', 'order-2!'])
    } else if (source.includes('getBoxNames')) {
      await put(text('config'), text('x'))
      await put(algosdk.Address.fromString(world.b).publicKey, text('y'))
      const seen = await ask({})
      if (typeof seen === 'number') assert.equal(seen, 2)
      else if (source.includes('new Address')) assert.deepEqual(seen, [world.b])
      else assert.ok((seen as string[]).includes(source.includes('bytesToHex') ? algosdk.bytesToHex(text('config')) : 'config') && (seen as string[]).length === 2)
    } else {
      const content = source.includes('decodeUint64') ? algosdk.encodeUint64(258) : text('{"a":1}')
      await put(text('config'), content)
      const seen = await ask({ boxName: 'config' })
      const wanted = source.includes('decodeUint64') ? 258n : source.includes('JSON.parse') ? { a: 1 } : source.includes('bytesToBase64') ? Buffer.from(content).toString('base64') : '{"a":1}'
      assert.deepEqual(seen, wanted)
      if (source.includes('expected eight bytes')) {
        await put(text('short'), text('x'))
        await failure(ask({ boxName: 'short' }), /expected eight bytes, got 1/)
      }
    }
  },
}
