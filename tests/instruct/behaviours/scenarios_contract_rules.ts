import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { microAlgo } from '@algorandfoundation/algokit-utils'
import * as algosdk from 'algosdk'
import { App, type Scenario } from './kit'

const sha256 = (...parts: Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())
const text = (value: string) => new TextEncoder().encode(value)

export const scenarios: Record<string, Scenario> = {
  'contract_logic/ballot': async (program, world) => {
    const app = await App.create(program, world)
    const timed = app.find('open|start')?.args.length === 2
    const seconds = program.source.includes('Global.latestTimestamp')
    const more = timed ? [seconds ? 1_000n : 9n] : []
    await app.refused('vote|cast|choose', [0n], /the vote is closed|not started/, world.b)
    await app.refused('open|start', [1n, ...more], /two options at least/)
    await app.asBoss('open|start', [3n, ...more])
    await app.refused('open|start', [3n, ...more], /started already/)
    await app.refused('vote|cast|choose', [3n], /no such option/, world.b)
    await app.call('vote|cast|choose', [2n], world.b)
    await app.call('vote|cast|choose', [1n], world.c)
    const changing = app.says('taking back an earlier one')
    if (changing) await app.call('vote|cast|choose', [2n], world.c)
    else await app.refused('vote|cast|choose', [2n], /voted already/, world.c)
    const votes = async (option: bigint) => app.call('votesFor|result', [option])
    if (app.has('votesFor|result')) assert.deepEqual([await votes(0n), await votes(1n), await votes(2n)], changing ? [0n, 0n, 2n] : [0n, 1n, 1n])
    if (app.has('hasVoted')) assert.deepEqual([await app.call('hasVoted', [world.b]), await app.call('hasVoted', [world.a])], [true, false])
    if (app.has('turnout')) assert.equal(await app.call('turnout'), 2n)
    const late = app.says('after the end only')
    if (late) await app.refused('winner|leading', [], /still running/)
    if (timed) {
      await world.pass(seconds ? 2 : 9, seconds ? 2_000 : 0)
      await app.refused('vote|cast|choose', [0n], /the vote is closed/, world.a)
    }
    if (app.has('winner|leading')) assert.equal(await app.call('winner|leading'), changing ? 2n : 1n)
  },

  'contract_logic/step-sequence': async (program, world) => {
    const app = await App.create(program, world)
    const names = /moves through the steps (\w+), (\w+) and (\w+)/.exec(program.request)?.slice(1) ?? []
    const [one, two] = app.methods.filter((method) => /^(submit|publish|ship|confirm|build|finish|accept|enrol)$/.test(method.name)).map((each) => each.name)
    await app.refused(two, [], /only possible|not now/)
    assert.equal(await app.global('step'), 0n)
    if (app.has('label')) assert.equal(await app.call('label'), names[0])
    if (app.guarded) await app.refused(one, [], /only|creator/, world.c)
    const { confirmation } = await app.client.send.call({ method: one, args: [], sender: world.a })
    if (app.says('Emit an event')) {
      const data = algosdk.ABIType.from('(uint64,uint64)').encode([0n, 1n])
      assert.equal(Buffer.from(confirmation.logs?.[0] ?? []).subarray(4).toString('hex'), Buffer.from(data).toString('hex'))
    }
    await app.refused(one, [], /only possible|not now/)
    if (app.has('isDone')) assert.equal(await app.call('isDone'), false)
    await app.asBoss(two)
    assert.equal(await app.global('step'), 2n)
    if (app.has('isDone')) assert.equal(await app.call('isDone'), true)
    if (app.has('label')) assert.equal(await app.call('label'), names[2])
  },

  'contract_logic/cooldown': async (program, world) => {
    const app = await App.create(program, world)
    const wait = app.literal(/const COOLDOWN: uint64 = ([\d_]+)/)
    const each = app.says('each account')
    const waiting = async () => app.call('waiting', each ? [world.b] : [])
    if (app.has('waiting')) assert.equal(await waiting(), 0n)
    assert.equal(await app.call('act|tick|harvest|water', [], world.b), 1n)
    await app.refused('act|tick|harvest|water', [], /too soon/, world.b)
    if (app.has('waiting')) {
      const left = (await waiting()) as bigint
      assert.ok(left >= wait - 3n && left <= wait, String(left))
    }
    if (each) assert.equal(await app.call('act|tick|harvest|water', [], world.c), 2n)
    if (wait > 20n) return
    await world.pass(Number(wait))
    assert.equal(await app.call('act|tick|harvest|water', [], world.b), each ? 3n : 2n)
  },

  'contract_logic/turn-taking': async (program, world) => {
    const app = await App.create(program, world, { opponent: world.b })
    if (app.has('next')) assert.equal(await app.call('next'), world.a)
    await app.refused('play', [4n], /not your turn/, world.b)
    await app.refused('play', [9n], /no such square/)
    assert.equal(await app.call('play', [4n]), 1n)
    await app.refused('play', [5n], /not your turn/)
    if (app.says('taken once')) await app.refused('play', [4n], /taken/, world.b)
    if (app.has('next')) assert.equal(await app.call('next'), world.b)
    assert.equal(await app.call('play', [5n], world.b), 2n)
  },

  'contract_logic/secret-guess': async (program, world) => {
    const salt = text('pepper')
    const app = await App.create(program, world, { hash: sha256(algosdk.encodeUint64(42), salt) })
    await app.call('guess', [42n], world.b)
    await app.refused('guess', [41n], /one guess each/, world.b)
    await app.call('guess', [7n], world.c)
    assert.equal(await app.call('hasWon', [world.b]), false)
    await app.refused('reveal', [42n, salt], /only the creator/, world.b)
    await app.refused('reveal', [41n, salt], /not the secret/)
    await app.call('reveal', [42n, salt])
    await app.refused('guess', [42n], /revealed already/)
    assert.deepEqual([await app.call('hasWon', [world.b]), await app.call('hasWon', [world.c]), await app.call('hasWon', [world.a])], [true, false, false])
  },

  'contract_logic/match-pile': async (program, world) => {
    const app = await App.create(program, world)
    const pile = BigInt(/a pile of (\d+) at first/.exec(program.request)?.[1] ?? 0)
    await app.refused('take', [0n], /one to three/)
    await app.refused('take', [4n], /one to three/)
    await app.refused('result', [], /nobody has won yet/)
    if (app.has('restart')) await app.refused('restart', [], /still playing/)
    for (let left = pile; left > 3n; left -= 3n) assert.equal(await app.call('take', [3n]), left - 3n)
    if (pile % 3n !== 0n) await app.refused('take', [3n], /not that many/)
    assert.equal(await app.call('take', [pile % 3n || 3n], world.b), 0n)
    assert.equal(await app.call('result'), world.b)
    if (app.has('restart')) {
      await app.call('restart')
      assert.equal(await app.global('pile'), pile)
      await app.refused('result', [], /nobody has won yet/)
    }
  },

  'contract_logic/group-payments': async (program, world) => {
    const app = await App.create(program, world)
    const method = app.methods.find((each) => /^(enter|unlock|settle|totalPaid)$/.test(each.name))?.name ?? ''
    const least = BigInt(/at least ([\d,]+) microAlgos/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
    const call = async (amounts: [bigint, string][], args: unknown[] = []): Promise<unknown> => {
      const group = world.algorand.newGroup()
      for (const [amount, receiver] of amounts) group.addPayment({ sender: world.b, receiver, amount: microAlgo(amount) })
      group.addAppCallMethodCall(await app.client.params.call({ method, args: args as bigint[], sender: world.b }))
      return (await group.send()).returns?.[0]?.returnValue
    }
    const amount = least > 0n ? least : 70_000n
    if (method === 'settle') {
      assert.equal(await call([[amount, app.address]], [0n]), amount)
      await assert.rejects(call([[amount, world.c]], [0n]), /pay the application/)
      await assert.rejects(call([[amount, app.address]], [2n]), /no such transaction/)
    } else if (method === 'totalPaid') {
      assert.equal(await call([[amount, app.address], [5n, world.c], [30n, app.address]]), amount + 30n)
    } else {
      assert.equal(await call([[amount, app.address]]), amount)
      await assert.rejects(call([[amount, world.c]]), /pay the application/)
      await assert.rejects(call([[amount - 1n, app.address]]), /too little/)
      await assert.rejects(call([]), /a payment must come first/)
    }
    if (app.says('total in global state')) assert.equal(await app.global('received'), amount + (method === 'totalPaid' ? 30n : 0n))
  },

  'contract_logic/signed-messages': async (program, world) => {
    const signer = algosdk.generateAccount()
    const app = await App.create(program, world, { publicKey: signer.addr.publicKey })
    const { default: crypto } = await import('node:crypto')
    const seed = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(signer.sk.slice(0, 32))])
    const key = crypto.createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' })
    const sign = (message: Uint8Array) => new Uint8Array(crypto.sign(null, message, key))
    const message = text('pay 5 to Ann')
    await app.call('accept|submit|redeem', [message, sign(message)], world.b)
    await app.refused('accept|submit|redeem', [text('pay 9 to Ann'), sign(message)], /bad signature/)
    if (app.says('each message once')) await app.refused('accept|submit|redeem', [message, sign(message)], /used already/)
    else assert.equal(await app.global('accepted'), 1n)
    if (app.has('setKey')) {
      await app.refused('setKey', [new Uint8Array(32)], /only the creator/, world.b)
      await app.call('setKey', [algosdk.Address.fromString(world.b).publicKey])
      await app.refused('accept|submit|redeem', [text('third'), sign(text('third'))], /bad signature/)
    }
  },

  'contract_errors/guarded-entries': async (program, world) => {
    const capacity = 1n
    const app = await App.create(program, world, { rounds: 10n, capacity }, 1)
    const adding = app.find('submit|add|accept')
    assert.ok(adding)
    const labelled = adding.args.length > 1
    const low = /"too small" below ([\d,]+)/.exec(program.request)?.[1].replaceAll(',', '')
    const high = /"too large" above ([\d,]+)/.exec(program.request)?.[1].replaceAll(',', '')
    const right = BigInt(low ?? high ?? 0)
    const entry = (amount = right, label = 'one') => (labelled ? [amount, label] : [amount])
    if (app.has('setOpen')) {
      const open = !app.says('The contract is closed at first')
      if (!open) await app.refused(adding.name, entry(), /closed/, world.b)
      await app.asBoss('setOpen', [!open])
      if (open) await app.refused(adding.name, entry(), /closed/, world.b)
      if (open) await app.call('setOpen', [true])
    }
    if (low) await app.refused(adding.name, entry(BigInt(low) - 1n), /too small/, world.b)
    if (high) await app.refused(adding.name, entry(BigInt(high) + 1n), /too large/, world.b)
    if (app.says('"label missing"')) await app.refused(adding.name, entry(right, ''), /label missing/, world.b)
    if (app.says('"label too long"')) await app.refused(adding.name, entry(right, 'x'.repeat(33)), /label too long/, world.b)
    if (app.says('"not for the creator"')) await app.refused(adding.name, entry(), /not for the creator/, world.a)
    const back = await app.call(adding.name, entry(right, 'x'.repeat(32)), world.b)
    if (app.says('returns how many there are')) assert.equal(back, 1n)
    assert.equal(await app.global('count'), 1n)
    if (app.says('"only once"')) await app.refused(adding.name, entry(), /only once|full/, world.b)
    if (app.says('"full"')) await app.refused(adding.name, entry(), /full/, world.c)
    if (app.has('mine')) {
      assert.equal(await app.call('mine', [world.b]), right)
      await app.refused('mine', [world.c], /unknown account/)
    }
    if (app.says('"too late"')) {
      await world.pass(10)
      await app.refused(adding.name, entry(), /too late|full/, world.c)
    }
  },

  'contract_errors/safe-operations': async (program, world) => {
    const app = await App.create(program, world)
    const [, name, at] = /starts with (\w+) of (\d+)/.exec(program.request) ?? []
    let value = BigInt(at)
    const held = async () => app.global(name)
    const cap = BigInt(/, up to ([\d,]+), fails/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
    if (app.has('put|refill')) {
      await app.refused('put|refill', [cap - value + 1n], /capacity exceeded/)
      assert.equal(await app.asBoss('put|refill', [60n]), (value += 60n))
    }
    if (app.has('setExactly')) {
      const most = BigInt(/sets the value, from 1 to ([\d,]+)/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
      await app.refused('setExactly', [0n], /out of range/)
      await app.refused('setExactly', [most + 1n], /out of range/)
      await app.asBoss('setExactly', [77n])
      value = 77n
    }
    if (app.has('take|use')) {
      await app.refused('take|use', [value + 1n], new RegExp(`not enough ${name}`))
      assert.equal(await app.asBoss('take|use', [value > 5n ? 5n : 0n]), (value -= value > 5n ? 5n : 0n))
    }
    if (app.has('tryTake|attempt')) {
      assert.equal(await app.call('tryTake|attempt', [value + 1n]), false)
      assert.equal(await app.call('tryTake|attempt', [value > 7n ? 7n : 0n]), true)
      value -= value > 7n ? 7n : 0n
    }
    if (app.has('shareOut')) {
      assert.equal(await app.call('shareOut', [3n]), value / 3n)
      await app.refused('shareOut', [0n], /nobody to share with/)
    }
    if (app.has('lower')) {
      await app.refused('lower', [101n], /percent above 100/)
      const cut = (value * 10n) / 100n
      assert.equal(await app.call('lower', [10n]), cut)
      value -= cut
    }
    if (app.has('left|remaining')) assert.equal(await app.call('left|remaining'), value)
    assert.equal(await held(), value)
    if (app.has('takeUpTo|drain')) {
      assert.equal(await app.asBoss('takeUpTo|drain', [value + 9n]), value)
      assert.equal(await held(), 0n)
    }
  },
}
