import { strict as assert } from 'node:assert'
import * as algosdk from 'algosdk'
import { App, type Scenario } from './kit'

/** A value of an ABI type, and another one. */
const SAMPLES: Record<string, [unknown, unknown]> = {
  uint64: [900n, 77n],
  string: ['Aurora', 'Borealis'],
  bool: [true, false],
  'byte[]': [new Uint8Array([1, 2, 3]), new Uint8Array([9])],
  uint512: [2n ** 100n, 5n],
}

const bytesOf = (value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value)
/** A value as the client reads it from state: numbers of more than 64 bits come as bytes. */
const stateForm = (value: unknown): unknown => (typeof value === 'bigint' && value > 2n ** 64n ? algosdk.bigIntToBytes(value, 64) : value)

export const scenarios: Record<string, Scenario> = {
  'contract_state/tally': async (program, world) => {
    const seeded = program.source.includes('start: uint64') ? 3n : 0n
    const app = await App.create(program, world, { start: 3n })
    const initial = /GlobalState<uint64>\(\{ initialValue: (\d+) \}\)/.exec(program.source)
    const start = seeded || BigInt(initial?.[1] ?? 0)
    const adding = app.methods.find((method) => /^(add|record|increment)/.test(method.name))
    assert.ok(adding)
    const given = adding.args.length > 0
    const fixed = app.says(/adds one/) ? 1n : BigInt(/adds (\d+) /.exec(program.request)?.[1] ?? 1)
    const step = given ? 4n : fixed
    const modulo = /starting again from zero at ([\d_,]+)/.exec(program.request)
    const limit = /up to a limit of ([\d_,]+)/.exec(program.request)
    const wrap = (value: bigint) => (modulo && value >= BigInt(modulo[1].replace(/\D/g, '')) ? 0n : value)
    const key = /^  (\w+) = GlobalState<uint64>/m.exec(program.source)?.[1] ?? ''
    const args = given ? [step] : []
    if (limit && start + step > BigInt(limit[1].replace(/\D/g, ''))) {
      await app.refused(adding.name, args, /the limit is/)
      return
    }
    const total = wrap(start + step)
    const back = await app.call(adding.name, args, world.b)
    if (adding.returns.type === 'uint64') assert.equal(back, total)
    assert.equal(await app.global(key), total)
    if (app.says('must not be zero')) await app.refused(adding.name, [0n], /nothing to add/)
    if (limit && given) await app.refused(adding.name, [BigInt(limit[1].replace(/\D/g, ''))], /the limit is/)
    if (app.has('highest')) assert.equal(await app.call('highest'), total > 0n ? total : await app.global('best'))
    if (app.has('latest')) assert.equal(await app.call('latest'), world.b)
    if (app.has('current|getTotal|value')) assert.equal(await app.call('current|getTotal|value'), total)
    if (app.has('undo|remove|subtract')) {
      const less = given ? 1n : 1n
      if (given) await app.refused('undo|remove|subtract', [total + 1n], /not that many/)
      await app.call('undo|remove|subtract', given ? [less] : [])
      assert.equal(await app.global(key), total - less)
    }
    for (const [stop, go] of [['pause', 'resume'], ['stop', 'start'], ['lock', 'unlock']]) {
      if (!app.has(stop)) continue
      await app.asBoss(stop)
      await app.refused(adding.name, args, /the contract is/)
      await app.call(go)
    }
    if (app.has('set(Paused|Stopped|Locked)')) {
      await app.asBoss('set(Paused|Stopped|Locked)', [true])
      await app.refused(adding.name, args, /the contract is/)
    }
    if (app.has('reset|clear')) {
      await app.asBoss('reset|clear')
      assert.equal(await app.global(key), 0n)
    }
  },

  'contract_state/settings': async (program, world) => {
    const app = await App.create(program, world)
    const round = await world.round()
    const sample = (name: string, type: string, which: 0 | 1): unknown =>
      type === 'address' ? (which ? world.b : world.c)
      : /deadline/i.test(name) ? round + 500n + BigInt(which)
      : SAMPLES[type][which]
    const refusals: Record<string, [unknown, RegExp]> = {
      fee: [100_001n, /the fee is too high/],
      limit: [0n, /the limit must not be zero/],
      deadline: [round, /the deadline has passed/],
      rate: [10_001n, /more than 100 percent/],
      title: ['', /the title is empty/],
      curator: [algosdk.ALGORAND_ZERO_ADDRESS_STRING, /the zero address/],
    }
    const checked = (name: string) => Object.entries(refusals).find(([key, [, text]]) => key === name && text.test(program.source))
    const setters = app.methods.filter((each) => /^set[A-Z]/.test(each.name) && !/^set(Owner|Admin|Manager|Keeper)$/.test(each.name))
    const all = app.find('configure|setAll|update')
    const stored: Record<string, unknown> = {}
    if (all) {
      const values = all.args.map((each) => sample(each.name ?? '', each.type, 0))
      await app.asBoss(all.name, values)
      for (const [index, each] of all.args.entries()) {
        stored[each.name ?? ''] = values[index]
        const bad = checked(each.name ?? '')
        if (bad) await app.refused(all.name, values.map((value, at) => (at === index ? bad[1][0] : value)), bad[1][1])
      }
    }
    for (const each of all ? [] : setters) {
      const name = each.name[3].toLowerCase() + each.name.slice(4)
      const [one, other] = [0, 1].map((which) => sample(name, each.args[0].type, which as 0 | 1))
      const before = each.returns.type === 'void' ? undefined : await app.global(name)
      const old = await app.asBoss(each.name, [one])
      if (each.returns.type !== 'void') {
        assert.equal(old, before)
        assert.equal(await app.call(each.name, [other]), one)
      }
      stored[name] = each.returns.type === 'void' ? one : other
      const bad = checked(name)
      if (bad) await app.refused(each.name, [bad[1][0]], bad[1][1])
    }
    for (const [name, value] of Object.entries(stored)) assert.deepEqual(bytesOf(await app.global(name)), bytesOf(stateForm(value)), name)
    for (const each of app.methods.filter((method) => /^get[A-Z]/.test(method.name))) {
      const name = each.name[3].toLowerCase() + each.name.slice(4)
      assert.deepEqual(bytesOf(await app.call(each.name)), bytesOf(stored[name]), each.name)
    }
    if (app.has('summary|overview')) {
      const told = (await app.call('summary|overview')) as unknown[]
      for (const part of told) assert.ok(Object.values(stored).some((value) => String(value) === String(part)), String(part))
    }
  },

  'contract_state/local-profile': async (program, world) => {
    const app = await App.create(program, world)
    const points = app.literal(/\(Txn\.sender\)\.value = (\d+)\n/)
    const joining = app.methods.find((method) => method.actions.call.includes('OptIn'))
    assert.ok(joining)
    const key = /^  (\w+) = LocalState<uint64>/m.exec(program.source)?.[1] ?? ''
    const held = async (who: string) => app.client.state.local(who).getValue(key)
    const join = async (who: string) => app.call(joining.name, joining.args.length > 0 ? ['Nick'] : [], who, 'optIn')
    await join(world.b)
    await join(world.c)
    assert.equal(await held(world.b), points)
    const counted = program.source.includes('members = GlobalState')
    if (counted) assert.equal(await app.global('members'), 2n)
    if (joining.args.length > 0) assert.equal(await app.client.state.local(world.b).getValue('nickname'), 'Nick')
    let mine = points
    if (app.has('award|grant|give')) {
      await app.asBoss('award|grant|give', [world.b, 25n])
      assert.equal(await held(world.b), (mine += 25n))
      await app.refused('award|grant|give', [world.a, 1n], program.source.includes('not a member') ? /not a member/ : /./)
    }
    if (app.has('spend|redeem|use')) {
      await app.refused('spend|redeem|use', [mine + 1n], /too few/, world.b)
      if (mine > 0n) assert.equal(await app.call('spend|redeem|use', [1n], world.b), (mine -= 1n))
      assert.equal(await held(world.b), mine)
    }
    if (app.has('send|transfer|share')) {
      await app.refused('send|transfer|share', [world.c, mine + 1n], /too few/, world.b)
      if (mine > 0n) {
        await app.call('send|transfer|share', [world.c, 1n], world.b)
        assert.equal(await held(world.c), points + 1n)
        assert.equal(await held(world.b), (mine -= 1n))
      }
    }
    if (app.has(`${key}Of`)) assert.equal(await app.call(`${key}Of`, [world.b]), mine)
    if (app.has('isMember')) {
      assert.equal(await app.call('isMember', [world.b]), true)
      assert.equal(await app.call('isMember', [world.a]), false)
    }
    if (app.has('rename')) {
      await app.call('rename', ['Zoe'], world.b)
      assert.equal(await app.client.state.local(world.b).getValue('nickname'), 'Zoe')
      await app.refused('rename', ['x'.repeat(33)], /too long/, world.b)
    }
    const leaving = app.methods.find((method) => method.actions.call.includes('CloseOut'))
    if (leaving) {
      const must = program.source.includes('spend your')
      if (must && mine > 0n) await app.refused(leaving.name, [], /spend your/, world.b, 'closeOut')
      else {
        await app.call(leaving.name, [], world.b, 'closeOut')
        if (counted) assert.equal(await app.global('members'), 1n)
        assert.equal((await world.algorand.account.getInformation(world.b)).totalAppsOptedIn, 0)
      }
    }
  },

  'contract_state/box-records': async (program, world) => {
    const app = await App.create(program, world)
    const adding = app.methods.find((method) => /^(add|register|create|put)/.test(method.name) && method.name !== 'addOperator' && method.actions.call.length > 0 && method.args.length > 1)
    assert.ok(adding)
    const by = /one record for each (consecutive number|number|account|code)/.exec(program.request)?.[1]
    const value = (type: string, which: number): unknown =>
      type === 'address' ? (which ? world.b : world.c) : type === 'bool' ? which === 0 : SAMPLES[type][which]
    const keyed = by === 'number' || by === 'code'
    const key = by === 'code' ? 'K-1' : by === 'account' ? world.a : 1n
    const missing = by === 'code' ? 'K-9' : by === 'account' ? world.b : 99n
    const fields = (keyed ? adding.args.slice(1) : adding.args).map((each) => ({ name: each.name ?? '', type: each.type }))
    const record = fields.map((each) => value(each.type, 0))
    const mine = keyed ? [key] : []
    const others = by === 'account' ? [] : [key]
    const elsewhere = by === 'account' ? world.c : undefined
    const before = await app.boxes()
    const id = await app.asBoss(adding.name, [...mine, ...record])
    if (by === 'consecutive number') assert.equal(id, 1n)
    assert.equal(await app.boxes(), before + 1)
    if (app.says('fails when there is one already')) await app.refused(adding.name, [...mine, ...record], /there is one already/)
    const shown = (found: unknown): string[] =>
      (Array.isArray(found) ? found : Object.values(found as object)).map((each) => String(each))
    const whole = app.methods.find((method) => method.readonly && method.returns.struct)
    if (whole) assert.deepEqual(shown(await app.call(whole.name, [key])), record.map(String))
    if (whole && program.source.includes("'no such")) await app.refused(whole.name, [missing])
    if (app.has('has|exists|isKnown')) {
      assert.equal(await app.call('has|exists|isKnown', [key]), true)
      assert.equal(await app.call('has|exists|isKnown', [missing]), false)
    }
    const state = async () => {
      const map = Object.keys(app.client.appSpec.state.maps.box).find((each) => !/^(operators|editors|moderators)$/.test(each)) ?? ''
      return (await app.client.state.box.getMapValue(map, key)) as Record<string, unknown>
    }
    for (const [index, field] of fields.entries()) {
      const capital = field.name[0].toUpperCase() + field.name.slice(1)
      assert.equal(String((await state())[field.name]), String(record[index]))
      if (app.has(`${field.name}Of|is${capital}`)) assert.equal(await app.call(`${field.name}Of|is${capital}`, [key]), record[index])
      if (app.has(`set${capital}`)) {
        const other = value(field.type, 1)
        if (by === 'account') await app.refused(`set${capital}`, [other], /./, elsewhere)
        await app.asBoss(`set${capital}`, [...others, other])
        assert.equal(String((await state())[field.name]), String(other))
        record[index] = other
      }
    }
    const number = fields.findIndex((each) => each.type === 'uint64')
    const bump = app.methods.find((method) => /^(increase|raise)/.test(method.name))
    if (bump) {
      const amount = bump.args.some((each) => each.name === 'amount')
      const result = (record[number] as bigint) + (amount ? 6n : 1n)
      const back = await app.call(bump.name, [...others, ...(amount ? [6n] : [])])
      if (bump.returns.type !== 'void') assert.equal(back, result)
      assert.equal((await state())[fields[number].name], result)
      record[number] = result
    }
    if (app.has('replace')) {
      const next = fields.map((each) => value(each.type, 1))
      assert.equal(await app.asBoss('replace', [key, ...next]), record[number])
      assert.deepEqual(shown(await state()), next.map(String))
    }
    if (app.has('remove|drop')) {
      await app.asBoss('remove|drop', others)
      assert.equal(await app.boxes(), before)
      if (app.says('fails when there is none')) await app.refused('remove|drop', others, /no such/)
    }
  },

  'contract_state/box-balances': async (program, world) => {
    const app = await App.create(program, world)
    assert.equal(await app.asBoss('credit|add|raise', [world.b, 50n]), 50n)
    assert.equal(await app.call('credit|add|raise', [world.b, 5n]), 55n)
    let [left, given] = [55n, 0n]
    if (app.has('debit|take|lower')) {
      await app.asBoss('debit|take|lower', [world.b, 15n])
      await app.refused('debit|take|lower', [world.b, 41n], /not enough left/)
      left -= 15n
    }
    if (app.has('move')) {
      await app.refused('move', [world.c, left + 1n], /not enough left/, world.b)
      await app.call('move', [world.c, 10n], world.b)
      left -= 10n
      given = 10n
    }
    assert.equal(await app.call('of|get|valueOf', [world.b]), left)
    assert.equal(await app.call('of|get|valueOf', [world.c]), given)
    if (app.has('lookup')) {
      assert.deepEqual(await app.call('lookup', [world.b]), [left, true])
      assert.deepEqual(await app.call('lookup', [world.a]), [0n, false])
    }
  },

  'contract_state/box-list': async (program, world) => {
    const app = await App.create(program, world)
    await app.asBoss('start|setUp|open')
    await app.refused('start|setUp|open', [], /set up already/)
    for (const [index, value] of [5n, 9n, 2n].entries()) assert.equal(await app.call('append|push|add', [value]), BigInt(index + 1))
    if (app.has('sum')) assert.equal(await app.call('sum'), 16n)
    if (app.has('largest')) assert.equal(await app.call('largest'), 9n)
    if (app.has('last')) assert.equal(await app.call('last'), 2n)
    if (app.has('countAbove')) assert.equal(await app.call('countAbove', [4n]), 2n)
    if (app.has('at')) {
      assert.equal(await app.call('at', [1n]), 9n)
      await app.refused('at', [3n], /out of range/)
    }
  },

  'contract_state/box-text': async (program, world) => {
    const app = await App.create(program, world)
    const empty = app.says("'nothing yet'") ? 'nothing yet' : ''
    assert.equal(await app.call('read|text'), empty)
    const version = await app.asBoss('publish|write|setText', ['Grüße'])
    const counted = app.says('version number')
    if (counted) assert.equal(version, 1n)
    assert.equal(await app.call('read|text'), 'Grüße')
    const again = await app.call('publish|write|setText', ['Hello, world'])
    if (counted) assert.equal(again, 2n)
    assert.equal(await app.call('read|text'), 'Hello, world')
    if (app.has('size')) assert.equal(await app.call('size'), 12n)
    if (program.source.includes('the text is too long')) await app.refused('publish|write|setText', ['x'.repeat(1_025)], /too long/)
    if (app.has('withdraw')) {
      assert.equal(await app.asBoss('withdraw'), true)
      assert.equal(await app.call('withdraw'), false)
      assert.equal(await app.call('read|text'), empty)
      if (app.has('size')) assert.equal(await app.call('size'), 0n)
    }
  },

  'contract_state/box-flags': async (program, world) => {
    const app = await App.create(program, world)
    await app.asBoss('mark|admit|add', [world.b])
    await app.refused('mark|admit|add', [world.b], /listed already/)
    assert.equal(await app.call('isListed|check', [world.b]), true)
    assert.equal(await app.call('isListed|check', [world.c]), false)
    if (app.has('total')) assert.equal(await app.call('total'), 1n)
    if (app.has('unmark|strike|remove')) {
      await app.refused('unmark|strike|remove', [world.c], /not listed/)
      await app.asBoss('unmark|strike|remove', [world.b])
      assert.equal(await app.call('isListed|check', [world.b]), false)
      if (app.has('total')) assert.equal(await app.call('total'), 0n)
    }
  },
}
