import { strict as assert } from 'node:assert'
import { App, type Scenario } from './kit'

const clockOf = (source: string) => (source.includes('Global.latestTimestamp') ? 'seconds' : 'rounds')
const WRONG = /pay the application|pay for yourself|wrong payment|wrong amount|nothing was paid|too little/

/** A payment to somebody else and one by somebody else are both refused. */
async function refusesStrayPayments(app: App, names: string, amount: bigint, rest: unknown[] = [], sender?: string): Promise<void> {
  await app.refused(names, [{ pay: amount, to: app.world.c }, ...rest], WRONG, sender)
  await app.refused(names, [{ pay: amount, from: app.world.c }, ...rest], WRONG, sender)
}

export const scenarios: Record<string, Scenario> = {
  'contract_value/savings': async (program, world) => {
    const app = await App.create(program, world, {}, 1)
    const pay = app.methods.find((method) => method.args.some((each) => each.type === 'pay'))?.name ?? ''
    const local = app.says('in local state')
    if (local) await app.call('optInToApplication', [], world.b, 'optIn')
    const returns = app.says(/it returns the new/)
    await refusesStrayPayments(app, pay, 2_000_000n, [], world.b)
    const least = /over at least ([\d,]+) microAlgos/.exec(program.request)
    await app.refused(pay, [{ pay: least ? BigInt(least[1].replaceAll(',', '')) - 1n : 0n }], WRONG, world.b)
    const start = await world.balance(app.address)
    const first = await app.call(pay, [{ pay: 2_000_000n }], world.b)
    const second = await app.call(pay, [{ pay: 1_500_000n }], world.b)
    if (returns) assert.deepEqual([first, second], [2_000_000n, 3_500_000n])
    assert.equal(await world.balance(app.address), start + 3_500_000n)
    if (app.has('balanceOf')) assert.equal(await app.call('balanceOf', [world.b]), 3_500_000n)
    if (app.has('held')) assert.equal(await app.call('held'), 3_500_000n)
    const stopping = app.find('pause|stop|lock|set(Paused|Stopped|Locked)')
    if (stopping) {
      await app.asBoss(stopping.name, stopping.args.length > 0 ? [true] : [])
      await app.refused(pay, [{ pay: 2_000_000n }], /the contract is/, world.b)
      await app.call(app.has('resume|start|unlock') ? 'resume|start|unlock' : stopping.name, stopping.args.length > 0 ? [false] : [])
    }
    if (app.says('collects Algo in one pot')) {
      const given = app.find('payOut|withdraw|release')?.args.length === 2
      await app.refused('payOut|withdraw|release', [...(given ? [world.b] : []), 3_500_001n], /more than there is/)
      await app.refused('payOut|withdraw|release', [...(given ? [world.b] : []), 1n], /only|creator/, world.b)
      const before = await world.balance(given ? world.c : world.a)
      await app.call('payOut|withdraw|release', [...(given ? [world.c] : []), 1_000_000n])
      assert.equal(await world.balance(app.address), start + 2_500_000n)
      const got = (await world.balance(given ? world.c : world.a)) - before
      assert.ok(given ? got === 1_000_000n : got > 990_000n && got < 1_000_000n, String(got))
    } else if (app.has('withdrawAll|cashOut|leave')) {
      assert.equal(await app.call('withdrawAll|cashOut|leave', [], world.b), 3_500_000n)
      assert.equal(await world.balance(app.address), start)
      await app.refused('withdrawAll|cashOut|leave', [], /nothing to withdraw/, world.b)
    } else {
      await app.refused('withdraw|takeOut', [3_500_001n], /balance too small/, world.b)
      await app.refused('withdraw|takeOut', [1n], /./, world.c)
      await app.call('withdraw|takeOut', [1_000_000n], world.b)
      assert.equal(await world.balance(app.address), start + 2_500_000n)
    }
  },

  'contract_value/fundraiser': async (program, world) => {
    const fixed = /const GOAL: uint64 = ([\d_]+)/.exec(program.source)
    const goal = fixed ? BigInt(fixed[1].replaceAll('_', '')) : 3_000_000n
    const seconds = clockOf(program.source) === 'seconds'
    const span = seconds ? { seconds: 1_000n } : { rounds: 9n }
    const [rich] = await world.people(200)
    for (const reached of [true, false]) {
      const app = await App.create(program, world, { goal, ...span }, 1)
      const start = await world.balance(app.address)
      await refusesStrayPayments(app, 'pledge|donate|back', 1_000_000n, [], world.b)
      assert.equal(await app.call('pledge|donate|back', [{ pay: 1_000_000n }], world.b), 1_000_000n)
      assert.equal(await app.call('pledge|donate|back', [{ pay: 500_000n }], world.b), 1_500_000n)
      if (reached) assert.equal(await app.call('pledge|donate|back', [{ pay: goal }], rich), goal + 1_500_000n)
      const raised = reached ? goal + 1_500_000n : 1_500_000n
      if (app.has('progress')) assert.equal(await app.call('progress'), (raised * 100n) / goal)
      await app.refused('claim|collect', [], /still running/)
      await app.refused('refund|takeBack', [], /still running/, world.b)
      await world.pass(seconds ? 2 : 9, seconds ? 2_000 : 0)
      await app.refused('pledge|donate|back', [{ pay: 1_000_000n }], /the campaign is over/, world.b)
      await app.refused('claim|collect', [], /only the creator/, world.b)
      if (reached) {
        await app.refused('refund|takeBack', [], /the goal was reached/, world.b)
        await app.call('claim|collect')
        await app.refused('claim|collect', [], /claimed already/)
      } else {
        await app.refused('claim|collect', [], /the goal was missed/)
        assert.equal(await app.call('refund|takeBack', [], world.b), 1_500_000n)
        await app.refused('refund|takeBack', [], /nothing to refund/, world.b)
      }
      assert.equal(await world.balance(app.address), start)
    }
  },

  'contract_value/escrow': async (program, world) => {
    const seconds = clockOf(program.source) === 'seconds'
    const timed = /(seconds|rounds): uint64/.test(program.source)
    const parties = /holds a payment of the (\w+) in escrow for the (\w+)(?: with an? (\w+))?/.exec(program.request)
    assert.ok(parties)
    const [, , seller, judge] = parties
    const given = { [seller]: world.b, ...(judge ? { [judge]: world.c } : {}), seconds: 1_000n, rounds: 9n }
    const app = await App.create(program, world, given, 1)
    const start = await world.balance(app.address)
    await app.refused('release|approve', [], /nothing is held/)
    await app.refused('fund|deposit', [{ pay: 2_000_000n }], /only the/, world.b)
    await refusesStrayPayments(app, 'fund|deposit', 2_000_000n)
    await app.call('fund|deposit', [{ pay: 2_000_000n }])
    assert.equal(await world.balance(app.address), start + 2_000_000n)
    await app.refused('fund|deposit', [{ pay: 2_000_000n }], /funded already/)
    if (app.has('isFunded|isOpen')) assert.equal(await app.call('isFunded|isOpen'), true)
    await app.refused('release|approve', [], /not allowed|only the/, world.b)
    const before = await world.balance(world.b)
    await app.call('release|approve', [], judge ? world.c : world.a)
    assert.equal(await world.balance(world.b), before + 2_000_000n)
    assert.equal(await world.balance(app.address), start)
    if (app.has('isFunded|isOpen')) assert.equal(await app.call('isFunded|isOpen'), false)
    const other = await App.create(program, world, given, 1)
    await other.call('fund|deposit', [{ pay: 2_000_000n }])
    if (timed) {
      await other.refused('refund|reclaim', [], /not expired yet/)
      await world.pass(seconds ? 2 : 10, seconds ? 2_000 : 0)
      await other.refused('refund|reclaim', [], /only the/, world.b)
      await other.call('refund|reclaim')
    } else {
      await other.refused('refund|giveBack', [], /not allowed/)
      await other.call('refund|giveBack', [], world.b)
    }
    assert.equal(await world.balance(other.address), start)
  },

  'contract_value/vesting': async (program, world) => {
    const seconds = clockOf(program.source) === 'seconds'
    const form = app_form(program.request)
    const parts = BigInt(/const PARTS: uint64 = (\d+)/.exec(program.source)?.[1] ?? 1)
    const now = seconds ? (await latest(world.algorand.client.algod)).timestamp : await world.round()
    const [length, jump] = seconds ? [100_000n, 25_000] : [16n, 0]
    const unlockAt = now + (seconds ? 50_000n : 12n)
    const app = await App.create(program, world, { beneficiary: world.b, duration: length, period: length, unlockAt }, 1)
    const start = await world.balance(app.address)
    await app.refused('fund', [{ pay: 12_000_000n }], /only the creator/, world.b)
    await refusesStrayPayments(app, 'fund', 12_000_000n)
    await app.call('fund', [{ pay: 12_000_000n }])
    await app.refused('fund', [{ pay: 12_000_000n }], /funded already/)
    const anyone = app.says('anybody may call it')
    if (form === 'cliff' || form === 'steps') await app.refused('claim|release', [], /nothing to release yet/, world.b)
    if (!anyone) await app.refused('claim|release', [], /only the beneficiary/, world.c)
    await world.pass(seconds ? 1 : form === 'steps' ? 14 : 4, jump)
    const caller = anyone ? world.c : world.b
    const before = await world.balance(world.b)
    if (form === 'linear') {
      const part = (await app.call('claim|release', [], caller)) as bigint
      assert.ok(part > 2_000_000n && part < 11_000_000n, String(part))
      assert.equal(await world.balance(app.address), start + 12_000_000n - part)
      if (app.has('remaining')) assert.equal(await app.call('remaining'), 12_000_000n - part)
    }
    if (form === 'steps') {
      await world.pass(seconds ? 1 : 1, seconds ? 100_000 : 0)
      assert.equal(await app.call('claim|release', [], caller), 12_000_000n / parts)
    }
    await world.pass(seconds ? 1 : 13 * (form === 'steps' ? Number(parts) : 1), seconds ? 2_000_000 : 0)
    await app.call('claim|release', [], caller)
    assert.equal(await world.balance(app.address), start)
    if (anyone) assert.equal(await world.balance(world.b), before + 12_000_000n)
    await app.refused('claim|release', [], /nothing to release yet/, caller)
  },

  'contract_value/shop': async (program, world) => {
    const app = await App.create(program, world, { capacity: 3n }, 1)
    const price = app.literal(/price = GlobalState<uint64>\(\{ initialValue: ([\d_]+)/)
    const buying = app.methods.find((method) => method.args[0]?.type === 'pay')
    assert.ok(buying)
    const several = buying.args.length > 1
    const many = several ? [1n] : []
    await refusesStrayPayments(app, buying.name, price, many, world.b)
    await app.refused(buying.name, [{ pay: price - 1n }, ...many], WRONG, world.b)
    assert.equal(await app.call(buying.name, [{ pay: price }, ...many], world.b), 1n)
    let owned = 1n
    if (several) {
      await app.refused(buying.name, [{ pay: price }, 2n], WRONG, world.b)
      assert.equal(await app.call(buying.name, [{ pay: price * 2n }, 2n], world.b), (owned = 3n))
    }
    const capped = app.says('fails when everything is sold')
    if (program.source.includes('sold = GlobalState')) assert.equal(await app.global('sold'), owned)
    if (app.has('remaining|available')) assert.equal(await app.call('remaining|available'), 3n - owned)
    if (capped && several) await app.refused(buying.name, [{ pay: price }, 1n], /sold out/, world.b)
    if (app.has('redeem|use|validate')) {
      await app.refused('redeem|use|validate', [world.c], /no \w+ left/)
      assert.equal(await app.asBoss('redeem|use|validate', [world.b]), (owned -= 1n))
    }
    if (app.has('give')) {
      await app.refused('give', [world.b], /no \w+ to give/, world.c)
      if (owned > 0n) {
        await app.call('give', [world.c], world.b)
        await app.call('give', [world.b], world.c)
      }
    }
    if (app.has('setPrice')) {
      await app.asBoss('setPrice', [123_000n])
      assert.equal(await app.global('price'), 123_000n)
      if (program.source.includes('the price must not be zero')) await app.refused('setPrice', [0n], /must not be zero/)
    }
    if (app.has('collect|cashOut')) {
      const [receiver] = await world.people(0)
      const before = await world.balance(app.address)
      const spare = (await app.asBoss('collect|cashOut', [receiver])) as bigint
      assert.equal(await world.balance(receiver), spare)
      const { balance, minBalance } = await world.algorand.account.getInformation(app.address)
      assert.deepEqual([balance.microAlgo, balance.microAlgo + spare], [minBalance.microAlgo, before])
    }
  },

  'contract_value/membership': async (program, world) => {
    const app = await App.create(program, world, {}, 1)
    const local = program.source.includes('LocalState')
    if (local) for (const who of [world.b, world.c]) await app.call('optInToApplication', [], who, 'optIn')
    const period = app.literal(/const PERIOD: uint64 = ([\d_]+)/)
    const dues = program.source.includes('dues = GlobalState') ? 1_000_000n : BigInt(/exactly ([\d,]+) microAlgos/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
    await refusesStrayPayments(app, 'renew|subscribe|extend', dues, [], world.b)
    await app.refused('renew|subscribe|extend', [{ pay: dues + 1n }], WRONG, world.b)
    const active = async (who: string) => app.has('isActive|isMember') && app.call('isActive|isMember', [who])
    const first = (await app.call('renew|subscribe|extend', [{ pay: dues }], world.b)) as bigint
    assert.equal(await app.call('renew|subscribe|extend', [{ pay: dues }], world.b), first + period)
    if (app.has('isActive|isMember')) assert.deepEqual([await active(world.b), await active(world.c)], [true, false])
    if (app.has('setDues')) {
      await app.asBoss('setDues', [7n])
      assert.equal(await app.global('dues'), 7n)
    }
    if (app.has('grant|gift')) {
      await app.refused('grant|gift', [world.c, 1n], /in the past/)
      await app.asBoss('grant|gift', [world.c, first + 100n])
      if (app.has('isActive|isMember')) assert.equal(await active(world.c), true)
    }
    if (app.has('collect')) {
      await app.refused('collect', [1_000n], /only the creator/, world.b)
      const before = await world.balance(app.address)
      await app.call('collect', [50_000n])
      assert.equal(await world.balance(app.address), before - 50_000n)
    }
  },

  'contract_value/bidding': async (program, world) => {
    const seconds = clockOf(program.source) === 'seconds'
    const app = await App.create(program, world, { duration: seconds ? 1_000n : 9n, reserve: 1_500_000n }, 1)
    const start = await world.balance(app.address)
    await refusesStrayPayments(app, 'bid|placeBid', 2_000_000n, [], world.b)
    if (program.source.includes('below the reserve')) await app.refused('bid|placeBid', [{ pay: 1_499_999n }], /below the reserve|bid at least/, world.b)
    await app.call('bid|placeBid', [{ pay: 2_000_000n }], world.b)
    await app.refused('bid|placeBid', [{ pay: 2_000_000n }], /bid (more|at least)/, world.c)
    const outbid = await world.balance(world.b)
    await app.call('bid|placeBid', [{ pay: 3_000_000n }], world.c)
    if (app.has('standing')) assert.deepEqual(await app.call('standing'), [world.c, 3_000_000n])
    await app.refused('settle|finish', [], /still running/)
    if (app.has('collectRefund|withdraw')) {
      assert.equal(await app.call('collectRefund|withdraw', [], world.b), 2_000_000n)
      await app.refused('collectRefund|withdraw', [], /nothing to refund/, world.b)
    } else assert.equal(await world.balance(world.b), outbid + 2_000_000n)
    assert.equal(await world.balance(app.address), start + 3_000_000n)
    await world.pass(seconds ? 2 : 9, seconds ? 2_000 : 0)
    await app.refused('bid|placeBid', [{ pay: 9_000_000n }], /the auction is over/, world.b)
    const before = await world.balance(world.a)
    await app.call('settle|finish', [], world.b)
    assert.equal(await world.balance(world.a), before + 3_000_000n)
    await app.refused('settle|finish', [], /nothing to settle/)
  },

  'contract_value/waiting-faucet': async (program, world) => {
    const app = await App.create(program, world)
    const amount = BigInt(/pays ([\d,]+) microAlgos to whoever asks/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
    const wait = BigInt(/once every ([\d,]+) rounds/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
    const start = await world.balance(app.address)
    await app.call('claim|request|drip', [], world.b)
    const asked = await world.round()
    assert.equal(await world.balance(app.address), start - amount)
    if (app.has('nextClaim')) assert.equal(await app.call('nextClaim', [world.b]), asked + wait)
    await app.refused('claim|request|drip', [], /come back later/, world.b)
    await app.call('claim|request|drip', [], world.c)
    assert.equal(await world.balance(app.address), start - 2n * amount)
  },

  'contract_value/payment-split': async (program, world) => {
    const [first, second] = /between (\w+) and (\w+)/.exec(program.request)?.slice(1) ?? []
    const fixed = /, (\d+) to \d+/.exec(program.request)
    const percent = fixed ? BigInt(fixed[1]) : 65n
    const [one, two] = await world.people(1, 1)
    const app = await App.create(program, world, { [first]: one, [second]: two, percent }, 1)
    await refusesStrayPayments(app, 'pay|receive|settle', 1_000_000n, [], world.b)
    const cut = (1_000_001n * percent) / 100n
    assert.equal(await app.call('pay|receive|settle', [{ pay: 1_000_001n }], world.b), cut)
    assert.deepEqual([await world.balance(one), await world.balance(two)], [1_000_000n + cut, 2_000_001n - cut])
    if (app.has('setPercent')) {
      await app.refused('setPercent', [101n], /more than everything/)
      await app.asBoss('setPercent', [10n])
      assert.equal(await app.call('pay|receive|settle', [{ pay: 1_000_000n }], world.b), 100_000n)
    }
  },

  'contract_value/payroll': async (program, world) => {
    const app = await App.create(program, world)
    const period = Number(app.literal(/const PERIOD: uint64 = ([\d_]+)/))
    await app.asBoss('hire|register', [world.b, 250_000n])
    await app.refused('collect|payday', [], /not registered/, world.c)
    await app.refused('collect|payday', [], /not due yet/, world.b)
    const start = await world.balance(app.address)
    await world.pass(1, period)
    assert.equal(await app.call('collect|payday', [], world.b), 250_000n)
    assert.equal(await world.balance(app.address), start - 250_000n)
    await app.refused('collect|payday', [], /not due yet/, world.b)
    if (app.has('dismiss|leave')) {
      await app.asBoss('dismiss|leave', [world.b])
      await app.refused('collect|payday', [], /not registered/, world.b)
    }
  },

  'contract_value/spending-limit': async (program, world) => {
    const app = await App.create(program, world, {}, 15)
    const limit = app.literal(/const LIMIT: uint64 = ([\d_]+)/)
    const [shop] = await world.people(1)
    await app.asBoss('spend|send|pay', [shop, limit - 300_000n])
    assert.equal(await world.balance(shop), limit + 700_000n)
    if (app.has('available')) assert.equal(await app.call('available'), 300_000n)
    await app.refused('spend|send|pay', [shop, 300_001n], /over the limit/)
    await app.call('spend|send|pay', [shop, 300_000n])
    assert.equal(await world.balance(shop), limit + 1_000_000n)
  },
}

function app_form(request: string): 'linear' | 'cliff' | 'steps' {
  return /linearly/.test(request) ? 'linear' : /equal instalments/.test(request) ? 'steps' : 'cliff'
}

async function latest(algod: import('algosdk').Algodv2): Promise<{ timestamp: bigint }> {
  const { lastRound } = await algod.status().do()
  return { timestamp: BigInt((await algod.block(lastRound).do()).block.header.timestamp) }
}
