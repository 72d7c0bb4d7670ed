import { strict as assert } from 'node:assert'
import * as algosdk from 'algosdk'
import { failure, run, type Scenario } from './kit'

/** What a request calls an amount, in microAlgos. */
const micro = (amount: string, unit: string) => BigInt(Math.round(Number(amount.replaceAll(',', '')) * (unit === 'Algo' ? 1_000_000 : 1)))

export const scenarios: Record<string, Scenario> = {
  'payouts/recurring-payment': async (program, world) => {
    const [before, parts] = [await world.balance(world.b), BigInt(/(?:in|into) (\d+) (?:instalments|payments)/.exec(program.request)?.[1] ?? 0)]
    const seen = (await run(program, world, 'ab', { total: 1_000_001n })) as string[]
    assert.equal(BigInt(seen.length), parts)
    assert.equal(await world.balance(world.b), before + 1_000_001n)
    const last = await world.algorand.client.algod.pendingTransactionInformation(seen[seen.length - 1]).do()
    assert.equal(new TextDecoder().decode(last.txn.txn.note), `instalment ${parts} of ${parts}`)
    assert.equal(last.txn.txn.payment?.amount, 1_000_001n - (1_000_001n / parts) * (parts - 1n))
  },

  'payouts/top-up': async (program, world) => {
    const [poor, other] = await world.people(0, 0)
    const many = program.parameters.some(([name]) => name === 'accounts')
    const own = program.source.includes('missing')
    const words = /([\d.,]*\d) (Algo|microAlgos)/.exec(program.request) ?? []
    const wanted = micro(words[1], words[2])
    const names = program.parameters.filter(([, type]) => /^(string|Address)$/.test(type)).map(([name]) => name)
    const given = many ? { accounts: [poor, other] } : { [names[names.length - 1]]: poor }
    const seen = await run(program, world, 'a', given)
    const has = await world.balance(poor)
    assert.ok(own ? has === wanted : has >= wanted + 100_000n, `${has} of ${wanted}`)
    if (typeof seen === 'bigint') assert.equal(seen, has)
    if (seen instanceof Map) assert.deepEqual([...seen], [[poor, has], [other, has]])
    const again = await run(program, world, 'a', given)
    assert.ok(again === 0n || again === false || again === undefined || (again instanceof Map && again.size === 0), String(again))
    assert.equal(await world.balance(poor), has)
  },

  'assets/airdrop': async (program, world) => {
    const people = await world.people(1, 1, 1)
    const assetId = await world.asset({ [people[0]]: 0n, [people[1]]: 0n })
    const holdings = async () => Promise.all(people.slice(0, 2).map(async (who) => world.units(who, assetId)))
    if (program.source.includes('skipped')) {
      const seen = await run(program, world, 'a', { receivers: people, amount: 5n })
      assert.deepEqual(Array.isArray(seen) ? seen : (seen as { skipped: string[] }).skipped, [people[2]])
      assert.deepEqual(await holdings(), [5n, 5n])
    } else if (program.source.includes('weights')) {
      const seen = (await run(program, world, 'a', { total: 10n, weights: new Map([[people[0], 2n], [people[1], 1n]]) })) as { txIds: string[] }
      assert.deepEqual(await holdings(), [6n, 3n])
      assert.equal(seen.txIds.length, 2)
    } else {
      const many = await world.people(...Array.from({ length: 16 }, () => 1))
      const group = world.algorand.newGroup()
      for (const sender of many) group.addAssetOptIn({ sender, assetId })
      await group.send()
      const seen = (await run(program, world, 'a', { receivers: [...people.slice(0, 2), ...many], amount: 5n })) as string[]
      assert.equal(seen.length, 18)
      assert.deepEqual([...(await holdings()), await world.units(many[15], assetId)], [5n, 5n, 5n])
    }
  },

  'assets/asset-params': async (program, world) => {
    await world.asset({}, { decimals: 3, url: 'https://example.com' })
    const wanted: Record<string, unknown> = { assetName: 'Chip', unitName: 'CHP', total: 1_000_000n, decimals: 3, creator: world.a, url: 'https://example.com' }
    const seen = (await run(program, world, '')) as Record<string, unknown>
    assert.ok(Object.keys(seen).length > 1)
    for (const [name, value] of Object.entries(seen)) assert.equal(value, wanted[name], name)
  },

  'assets/role-audit': async (program, world) => {
    await world.asset()
    const full = await run(program, world, '')
    await world.asset({}, { manager: undefined, freeze: undefined, clawback: undefined })
    const bare = await run(program, world, '')
    if (typeof full === 'object') assert.deepEqual([full, bare], [{ canBeFrozen: true, canBeRevoked: true }, { canBeFrozen: false, canBeRevoked: false }])
    else assert.deepEqual([full, bare], typeof full === 'number' ? [4, 1] : [false, true])
  },

  'assets/holder-list': async (program, world) => {
    await world.asset({ [world.b]: 3n, [world.c]: 0n })
    const positive = program.request.includes('positive balance')
    assert.deepEqual(((await run(program, world, '')) as string[]).sort(), (positive ? [world.a, world.b] : [world.a, world.b, world.c]).sort())
  },

  'asset_admin/reconfigure': async (program, world) => {
    const { source, request } = program
    const assetId = await world.asset()
    const before = { manager: world.a, reserve: world.a, freeze: world.a, clawback: world.a }
    const named = Object.fromEntries(program.parameters.filter(([name]) => /^(newManager|newAddress|reserve)$/.test(name)).map(([name]) => [name, world.b]))
    if (source.includes('only the manager')) await failure(run(program, world, 'c', named), /only the manager/)
    const seen = await run(program, world, 'a', named)
    const asset = await world.algorand.asset.getById(assetId)
    const roles = Object.fromEntries(Object.keys(before).map((role) => [role, asset[role as 'manager'] || undefined]))
    const wanted: Record<string, string | undefined> = { ...before }
    if ('newManager' in named) {
      const kept = /(?:together with|manager and) ([^.]*?)(?: of an ASA|\.|\n|\?|$)/.exec(request)?.[1] ?? ''
      for (const role of Object.keys(wanted)) wanted[role] = role === 'manager' || kept.includes(role) ? world.b : undefined
    } else if (source.includes('manager: undefined')) {
      for (const role of ['manager', 'freeze', 'clawback']) wanted[role] = undefined
    } else if (source.includes('newAddress')) wanted[/(\w+): newAddress/.exec(source)?.[1] ?? ''] = world.b
    else if (source.includes(': undefined')) wanted[/(\w+): undefined/.exec(source)?.[1] ?? ''] = undefined
    else wanted.reserve = world.b
    assert.deepEqual(roles, wanted)
    assert.notEqual(seen, '')
    if (source.includes('immutable already')) await failure(run(program, world, 'a', named), /immutable already/)
  },

  'asset_admin/sdk-asset': async (program, world) => {
    const { source, request } = program
    const assetId = await world.asset({ [world.b]: 0n })
    const seen = await run(program, world, source.includes('receiver,') ? 'ab' : source.includes('makeAssetCreate') ? 'a' : 'c', { amount: 5n })
    if (source.includes('makeAssetCreate')) {
      const made = await world.algorand.asset.getById(seen as bigint)
      const words = /([^.\n]+) \((\w+)\), ([\d,]+) whole units, (\d+) decimals/.exec(request) ?? []
      const total = BigInt(words[3].replaceAll(',', '')) * 10n ** BigInt(words[4])
      assert.deepEqual([made.assetName, made.unitName, made.total, made.decimals], [words[1].trim().replace(/^- /, ''), words[2], total, Number(words[4])])
      const roles = /The creator is also ([^.\n]*?) address/.exec(request)?.[1] ?? ''
      for (const role of ['manager', 'reserve', 'freeze'] as const) assert.equal(made[role] || undefined, roles.includes(role) ? world.a : undefined, role)
      if (request.includes('asset URL')) assert.match(made.url ?? '', /^https:/)
    } else if (source.includes('receiver,')) assert.equal(await world.units(world.b, assetId), 5n)
    else assert.equal(await world.units(world.c, assetId), 0n)
    assert.match(String(seen), /^([A-Z2-7]{52}|\d+)$/)
  },

  'groups/mixed-group': async (program, world) => {
    const { source } = program
    const opting = source.includes('addAssetOptIn')
    const assetId = await world.asset(opting ? {} : { [world.b]: 0n })
    const [collector] = await world.people(1)
    // Whoever issues the asset is `a`; who opts in or receives units is `b`; everybody else is `c`.
    const holder = /addAssetOptIn\(\{\s*sender: (\w+)/.exec(source)?.[1] ?? (/addAssetOptIn\(\{ sender,/.test(source) ? 'sender' : undefined) ?? /addAssetTransfer\(\{[^}]*?receiver: (\w+)/.exec(source)?.[1]
    const admin = /addAssetTransfer\(\{\s*sender: (\w+)/.exec(source)?.[1] ?? (/addAssetTransfer\(\{\s*sender,/.test(source) ? 'sender' : undefined)
    const receiver = /addPayment\(\{[^}]*?receiver(?:: (\w+))?/.exec(source)
    const given: Record<string, unknown> = { feeCollector: collector }
    if (holder) given[holder] = world.as(program.parameters.find(([name]) => name === holder)?.[1] ?? 'string', world.b)
    if (admin) given[admin] = world.as(program.parameters.find(([name]) => name === admin)?.[1] ?? 'string', world.a)
    const before = await world.lookAround()
    const others = program.parameters.filter(([name, type]) => !(name in given) && /^(string|Address|TransactionSignerAccount)$/.test(type))
    const seen = await run(program, world, 'cb'.slice(0, others.length), given)
    const after = await world.lookAround()
    const fee = /a fee of ([\d.,]+) (Algo|microAlgos)/.exec(program.request)
    if (fee) assert.equal(await world.balance(collector), 1_000_000n + micro(fee[1], fee[2]))
    const paid = /([\d.,]*\d) (Algo|microAlgos) from/.exec(program.request.replace(/a fee of [^,]*? from/, ''))
    if (paid && !opting && receiver) assert.equal(after.b.microAlgo, before.b.microAlgo + micro(paid[1], paid[2]))
    if (opting) assert.ok(String(assetId) in after.b.assets)
    if (source.includes('addAssetTransfer')) assert.equal(after.b.assets[String(assetId)].amount, 1n)
    if (source.includes('addAssetFreeze')) assert.equal(after.b.assets[String(assetId)].frozen, true)
    assert.notEqual(seen, undefined)
  },

  'groups/group-checks': async (program, world) => {
    const made = async (sender: string, note: string) => world.algorand.createTransaction.payment({ sender, receiver: world.c, amount: (1).algo(), note })
    const group = algosdk.assignGroupID([await made(world.a, 'one'), await made(world.b, 'two'), await made(world.a, 'three')])
    const other = algosdk.assignGroupID([await made(world.a, 'four'), await made(world.b, 'five')])
    const ask = async (transactions: algosdk.Transaction[]) => run(program, world, '', { transactions, encoded: transactions.map((txn) => algosdk.encodeUnsignedTransaction(txn)), address: world.a })
    if (program.source.includes('flatMap')) assert.deepEqual(await ask(group), [0, 2])
    else assert.deepEqual([await ask(group), await ask([group[0], other[1]]), await ask([await made(world.a, 'lone')])], [true, false, false])
  },
}
