import { strict as assert } from 'node:assert'
import * as algosdk from 'algosdk'
import { failure, run, type Scenario } from './kit'

export const scenarios: Record<string, Scenario> = {
  'assets/holding': async (program, world) => {
    const assetId = await world.asset({ [world.b]: 100n })
    const frozen = await run(program, world, 'b')
    if (typeof frozen === 'bigint') assert.equal(frozen, 100n)
    else {
      await world.algorand.send.assetFreeze({ sender: world.a, assetId, account: world.b, frozen: true })
      assert.deepEqual([frozen, await run(program, world, 'b')], [false, true])
    }
    if (program.request.includes('zero when the account has not opted in')) assert.equal(await run(program, world, 'c'), 0n)
    else await failure(run(program, world, 'c'), /not found/)
  },

  'assets/formatted-balance': async (program, world) => {
    for (const [decimals, text] of [[2, '1.05 CHP'], [0, '105 CHP']] as const) {
      await world.asset({ [world.b]: 105n }, { decimals })
      assert.equal(await run(program, world, 'b'), text)
    }
  },

  'assets/portfolio': async (program, world) => {
    const empty = await world.asset({ [world.b]: 0n })
    const held = await world.asset({ [world.b]: 100n })
    const seen = await run(program, world, 'b')
    const wanted = [[empty, 0n], [held, 100n]].slice(program.request.includes('zero balance') ? 1 : 0)
    if (seen instanceof Map) assert.deepEqual([...seen].sort(), wanted)
    else assert.deepEqual((seen as unknown[]).map((each) => (typeof each === 'bigint' ? [each] : Object.values(each as object))), wanted.map((each) => (typeof (seen as unknown[])[0] === 'bigint' ? [each[0]] : each)))
  },

  'assets/created-assets': async (program, world) => {
    const made = [await world.asset(), await world.asset({}, { assetName: undefined })]
    const seen = await run(program, world, 'a')
    if (Array.isArray(seen)) assert.deepEqual(seen.sort(), typeof seen[0] === 'bigint' ? made : ['', 'Chip'])
    else assert.equal(seen, 2)
  },

  'state/algo-balance': async (program, world) => {
    const seen = await run(program, world, 'c')
    assert.equal(String(seen), typeof seen === 'bigint' ? '300000000' : typeof seen === 'number' ? '300' : '300 ALGO')
  },

  'state/spendable-balance': async (program, world) => {
    await world.asset({ [world.c]: 0n })
    const [poor] = await world.people(0)
    const left = /with ([\d,]+) microAlgos left for fees/.exec(program.request)?.[1].replaceAll(',', '') ?? '0'
    const micro = (seen: unknown) => (typeof seen === 'bigint' ? seen : (seen as { microAlgo: bigint }).microAlgo)
    assert.equal(micro(await run(program, world, 'c')), 300_000_000n - 1_000n - 200_000n - BigInt(left))
    world.c = poor
    assert.equal(micro(await run(program, world, 'c')), 0n)
  },

  'state/minimum-balance': async (program, world) => {
    await world.asset({ [world.b]: 0n })
    const seen = await run(program, world, 'b')
    const causes = 'boxes' in (seen as object) ? { boxes: 0, boxBytes: 0 } : { assets: 1, apps: 0 }
    assert.deepEqual(seen, { minBalance: 200_000n, ...causes })
  },

  'state/many-balances': async (program, world) => {
    const [poor] = await world.people(0)
    const seen = await run(program, world, '', { accounts: [world.b, poor, world.c] })
    if (Array.isArray(seen)) assert.deepEqual(seen, [poor])
    else if (seen instanceof Map) assert.deepEqual([...seen], [[world.b, 200_000_000n], [poor, 0n], [world.c, 300_000_000n]])
    else assert.equal(seen, 500_000_000n)
  },

  'state/network-identity': async (program, world) => {
    const { genesisId } = await world.algorand.client.network()
    const seen = await run(program, world, '')
    if (typeof seen === 'string') assert.equal(seen, program.source.includes('mainnet') ? 'local' : genesisId)
    else assert.deepEqual(seen, { genesisId, isLocal: true })
  },

  'groups/wallet-group': async (program, world) => {
    await world.asset()
    const seen = (await run(program, world, 'cb')) as (string | algosdk.Transaction)[]
    const before = await world.balance(world.b)
    const transactions = seen.map((each) => (typeof each === 'string' ? algosdk.decodeUnsignedTransaction(algosdk.base64ToBytes(each)) : each))
    assert.deepEqual(transactions.map((txn) => [txn.type, txn.sender.toString()]), [['pay', world.c], ['axfer', world.c]])
    const signed = await world.algorand.account.getSigner(world.c)(transactions, [0, 1])
    await world.algorand.client.algod.sendRawTransaction(signed).do()
    const words = /The payment is ([\d.,]*\d) (Algo|microAlgos)/.exec(program.request) ?? []
    const amount = Math.round(Number(words[1].replaceAll(',', '')) * (words[2] === 'Algo' ? 1_000_000 : 1))
    assert.equal(await world.balance(world.b), before + BigInt(amount))
    assert.equal(await world.units(world.c, world.assetId), 0n)
  },

  'simulation/dry-run-verdict': async (program, world) => {
    await world.asset()
    const before = await world.lookAround()
    const good = await run(program, world, 'cb')
    assert.deepEqual(await world.lookAround(), before)
    const [poor] = await world.people(0)
    world.c = poor
    const bad = await run(program, world, 'cb')
    if (typeof good === 'boolean') assert.deepEqual([good, bad], [true, false])
    else assert.deepEqual([good, /overspend|below min/.test(String(bad))], [undefined, true])
  },

  'simulation/estimate': async (program, world) => {
    await world.asset({ [world.b]: 10n })
    const [before, round] = [await world.lookAround(), await world.round()]
    const seen = await run(program, world, 'ab', { amount: 5n, microAlgos: 5_000n })
    assert.ok(typeof seen === 'bigint' ? seen > 0n : Array.isArray(seen) ? seen.length > 0 : seen !== undefined, String(seen))
    assert.deepEqual([await world.lookAround(), await world.round()], [before, round])
  },
}

