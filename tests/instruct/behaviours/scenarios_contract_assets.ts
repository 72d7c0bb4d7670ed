import { strict as assert } from 'node:assert'
import { App, type Scenario, type World } from './kit'

const params = async (world: World, id: bigint) => world.algorand.asset.getById(id)

/** The application opts in to an asset of `a` as its request says. */
async function prepare(app: App, assetId: bigint): Promise<void> {
  const method = app.find('optInToAsset|acceptAsset|prepare')
  assert.ok(method)
  const paid = method.args.length > 1
  const args = [...(paid ? [{ pay: 100_000n }] : []), assetId]
  if (paid) {
    await app.refused(method.name, [{ pay: 99_999n }, assetId], /pay for the minimum balance/)
    await app.refused(method.name, [{ pay: 100_000n, to: app.world.c }, assetId], /pay the application/)
  }
  await app.asBoss(method.name, args)
  assert.equal(await app.world.units(app.address, assetId), 0n)
  if (app.program.source.includes('opted in already')) await app.refused(method.name, args, /opted in already/)
}

export const scenarios: Record<string, Scenario> = {
  'contract_assets/token-issue': async (program, world) => {
    const app = await App.create(program, world)
    const making = app.methods.find((method) => /^(mint|issue|createToken)$/.test(method.name))
    assert.ok(making)
    const sample: Record<string, unknown> = { name: 'Test Coin', unit: 'TST', total: 5_000n, decimals: 2n }
    const args = making.args.map((each) => sample[each.name ?? ''])
    const id = (await app.asBoss(making.name, args)) as bigint
    await app.refused(making.name, args, /created already/)
    const made = await params(world, id)
    assert.equal(made.creator, app.address)
    const words = /creates (.+) \((\w+)\) with ([\d,]+) whole units and (\d+) decimals/.exec(program.request)
    if (words) {
      const total = BigInt(words[3].replaceAll(',', '')) * 10n ** BigInt(words[4])
      assert.deepEqual([made.assetName, made.unitName, made.total, made.decimals], [words[1], words[2], total, Number(words[4])])
    } else {
      assert.deepEqual([made.assetName, made.unitName, made.total], ['Test Coin', 'TST', 5_000n])
      assert.equal(made.decimals, making.args.length === 4 ? 2 : 0)
    }
    const roles = /the application itself is ([^;,]*?) address/.exec(program.request)?.[1] ?? ''
    for (const role of ['manager', 'reserve', 'freeze'] as const) {
      assert.equal(made[role] || undefined, program.request.includes('itself is') && roles.includes(role) ? app.address : undefined, role)
    }
    await world.algorand.send.assetOptIn({ sender: world.b, assetId: id })
    let left = made.total
    if (app.has('unitsLeft')) assert.equal(await app.call('unitsLeft'), left)
    if (app.has('distribute|send|grant')) {
      await app.asBoss('distribute|send|grant', [world.b, 40n])
      left -= 40n
      assert.equal(await world.units(world.b, id), 40n)
      await app.refused('distribute|send|grant', [world.c, 40n], program.source.includes('has not opted in') ? /has not opted in/ : /./)
    }
    if (app.has('claim')) {
      const portion = BigInt(/gives every account ([\d,]+) base units/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
      await app.refused('claim', [], /./, world.c)
      await app.call('claim', [], world.b)
      left -= portion
      await app.refused('claim', [], /claimed already/, world.b)
    }
    assert.equal(await world.units(app.address, id), left)
    if (app.has('renounceFreeze')) {
      await app.asBoss('renounceFreeze')
      const after = await params(world, id)
      assert.deepEqual([after.freeze || undefined, after.manager], [undefined, app.address])
    }
    if (app.has('destroy|burnAll')) {
      if (left < made.total) {
        await app.refused('destroy|burnAll', [])
        await world.algorand.send.assetTransfer({ sender: world.b, receiver: app.address, assetId: id, amount: made.total - left })
      }
      await app.asBoss('destroy|burnAll')
      assert.equal((await world.look(app.address)).created.length, 0)
    }
  },

  'contract_assets/nft-mint': async (program, world) => {
    const app = await App.create(program, world)
    const [, title, unit] = /mints an NFT named "([^"]+)", unit (\w+)/.exec(program.request) ?? []
    const url = app.find('mint|mintNext')?.args.length === 1
    const id = (await app.asBoss('mint|mintNext', url ? ['ipfs://one'] : [])) as bigint
    const made = await params(world, id)
    assert.deepEqual([made.assetName, made.unitName, made.total, made.decimals, made.creator], [title, unit, 1n, 0, app.address])
    if (url) assert.equal(made.url, 'ipfs://one')
    assert.equal(await app.global('minted'), 1n)
    if (app.has('promise|assign')) {
      await app.refused('claim|collect', [id], /not promised/, world.b)
      await app.asBoss('promise|assign', [id, world.b])
      await app.refused('claim|collect', [id], /promised to somebody else/, world.c)
      await world.algorand.send.assetOptIn({ sender: world.b, assetId: id })
      await app.call('claim|collect', [id], world.b)
    } else {
      await app.refused('deliver|send', [id, world.b], /has not opted in/)
      await world.algorand.send.assetOptIn({ sender: world.b, assetId: id })
      await app.asBoss('deliver|send', [id, world.b])
    }
    assert.equal(await world.units(world.b, id), 1n)
    assert.equal(await app.call('mint|mintNext', url ? ['ipfs://two'] : []).then(() => app.global('minted')), 2n)
  },

  'contract_assets/asset-shop': async (program, world) => {
    const assetId = await world.asset({ [world.b]: 0n })
    const app = await App.create(program, world)
    const price = app.literal(/price = GlobalState<uint64>\(\{ initialValue: ([\d_]+)/)
    await prepare(app, assetId)
    if (program.source.includes('out of stock')) await app.refused('buy|purchase', [{ pay: price }], /out of stock/, world.b)
    await world.algorand.send.assetTransfer({ sender: world.a, receiver: app.address, assetId, amount: 500n })
    const stray = /pay the application|pay for yourself|wrong payment/
    await app.refused('buy|purchase', [{ pay: price, to: world.c }], stray, world.b)
    await app.refused('buy|purchase', [{ pay: price, from: world.c }], stray, world.b)
    await app.refused('buy|purchase', [{ pay: price - 1n }], /too little|multiple/, world.b)
    if (app.says('must be a multiple')) await app.refused('buy|purchase', [{ pay: price + 1n }], /multiple/, world.b)
    assert.equal(await app.call('buy|purchase', [{ pay: price * 4n }], world.b), 4n)
    assert.equal(await world.units(world.b, assetId), 4n)
    if (app.has('quote')) assert.equal(await app.call('quote', [3n]), price * 3n)
    if (app.has('sellBack|giveBack')) {
      const before = await world.balance(app.address)
      await app.refused('sellBack|giveBack', [{ units: 1n, to: world.a }], /./, world.b)
      assert.equal(await app.call('sellBack|giveBack', [{ units: 3n }], world.b), (price * 3n) / 2n)
      assert.equal(await world.balance(app.address), before - (price * 3n) / 2n)
      assert.equal(await world.units(world.b, assetId), 1n)
    }
    if (app.has('collect')) {
      const before = await world.balance(app.address)
      await app.asBoss('collect', [1_000n])
      assert.equal(await world.balance(app.address), before - 1_000n)
    }
    if (app.has('reclaim')) {
      const before = await world.units(app.address, assetId)
      await app.asBoss('reclaim', [100n])
      assert.equal(await world.units(app.address, assetId), before - 100n)
    }
    if (app.has('setPrice')) {
      await app.refused('setPrice', [0n], /must not be zero/)
      await app.asBoss('setPrice', [2_000n])
      assert.equal(await app.call('buy|purchase', [{ pay: 4_000n }], world.b), 2n)
    }
  },

  'contract_assets/asset-vault': async (program, world) => {
    const assetId = await world.asset({ [world.b]: 100n, [world.c]: 100n })
    const other = (await world.algorand.send.assetCreate({ sender: world.b, total: 10n })).assetId
    const app = await App.create(program, world)
    await prepare(app, assetId)
    const locked = /locks the whole stake for ([\d,]+) (rounds|seconds)/.exec(program.request)
    const put = locked ? 'stake|deposit' : 'deposit|store'
    const stray = /wrong|send it to the application|send your own|pc=/
    await app.refused(put, [{ units: 5n, to: world.a }], stray, world.b)
    await app.refused(put, [{ units: 5n, from: world.c }], stray, world.b)
    await app.refused(put, [{ units: 0n, asset: other, to: world.b }], stray, world.b)
    const first = await app.call(put, [{ units: 60n }], world.b)
    assert.equal(await world.units(app.address, assetId), 60n)
    if (!locked) {
      assert.equal(first, 60n)
      assert.equal(await app.call(put, [{ units: 15n }], world.b), 75n)
      await app.refused('withdraw|takeOut', [76n], /not that many/, world.b)
      await app.refused('withdraw|takeOut', [1n], /./, world.c)
      await app.call('withdraw|takeOut', [70n], world.b)
      assert.deepEqual([await world.units(world.b, assetId), await world.units(app.address, assetId)], [95n, 5n])
      if (app.has('holdingOf')) assert.deepEqual([await app.call('holdingOf', [world.b]), await app.call('holdingOf', [world.a])], [5n, 0n])
      if (app.has('shareOf')) assert.equal(await app.call('shareOf', [world.b]), 10_000n)
      return
    }
    if (app.has('stakeOf')) assert.equal(String(Object.values((await app.call('stakeOf', [world.b])) as object)[0]), '60')
    await app.refused('unstake|withdraw', [], /nothing staked/, world.c)
    await app.refused('unstake|withdraw', [], /still locked/, world.b)
    if (locked[2] === 'seconds') {
      await world.pass(1, Number(locked[1].replaceAll(',', '')) + 10)
      assert.equal(await app.call('unstake|withdraw', [], world.b), 60n)
      assert.equal(await world.units(world.b, assetId), 100n)
      await app.refused('unstake|withdraw', [], /nothing staked/, world.b)
    }
  },

  'contract_assets/freeze-account': async (program, world) => {
    const draft = await world.asset({ [world.b]: 10n })
    const app = await App.create(program, world, { asset: draft })
    await world.algorand.send.assetConfig({ sender: world.a, assetId: draft, manager: world.a, reserve: world.a, freeze: app.address, clawback: world.a })
    const flag = app.has('setFrozen|apply')
    const freeze = async (on: boolean) => (flag ? app.asBoss('setFrozen|apply', [world.b, on]) : app.asBoss(on ? 'freeze' : 'unfreeze', [world.b]))
    const frozen = async () => (await world.algorand.asset.getAccountInformation(world.b, draft)).frozen
    await freeze(true)
    assert.equal(await frozen(), true)
    if (app.has('isFrozen')) assert.equal(await app.call('isFrozen', [world.b]), true)
    await freeze(false)
    assert.equal(await frozen(), false)
    if (app.has('isFrozen')) assert.equal(await app.call('isFrozen', [world.b]), false)
    if (app.says('how often an account was frozen')) assert.equal(await app.global('frozenCount'), 1n)
  },

  'contract_assets/holder-gate': async (program, world) => {
    const least = BigInt(/holders of at least ([\d,]+) base units/.exec(program.request)?.[1].replaceAll(',', '') ?? 0)
    const assetId = await world.asset({ [world.b]: least, [world.c]: least - 1n })
    const app = await App.create(program, world, { asset: assetId })
    const acting = app.find('enter|checkIn|vote|post|write')
    assert.ok(acting)
    const args = acting.args.map((each) => (each.type === 'bool' ? true : 'Hello'))
    const [stranger] = await world.people(5)
    await app.refused(acting.name, args, /you hold too little|you do not hold/, world.c)
    await app.refused(acting.name, args, /you do not hold/, stranger)
    const first = await app.call(acting.name, args, world.b)
    if (/enter|checkIn/.test(acting.name)) assert.deepEqual([first, await app.call(acting.name, [], world.b)], [1n, 2n])
    if (acting.name === 'vote') {
      await app.refused('vote', [false], /voted already/, world.b)
      assert.deepEqual([await app.global('yes'), await app.global('no')], [1n, 0n])
    }
    if (/post|write/.test(acting.name)) {
      await app.refused(acting.name, ['x'.repeat(281)], /too long/, world.b)
      assert.equal(await app.client.state.box.getMapValue('wall', world.b), 'Hello')
    }
    if (app.has('mayEnter')) {
      assert.deepEqual([await app.call('mayEnter', [world.b]), await app.call('mayEnter', [world.c]), await app.call('mayEnter', [stranger])], [true, false, false])
    }
  },
}
