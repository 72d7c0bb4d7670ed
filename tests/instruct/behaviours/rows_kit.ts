import { strict as assert } from 'node:assert'
import { run, type Account, type Program, type World } from './kit'

export type Around = { a: Account; b: Account; c: Account }
type Seen = { before: Around; after: Around; seen: unknown }

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** A check that is data: call the function, look at the accounts before and after. */
export async function row(
  program: Program, world: World, accounts: string, emptied: boolean, args: (world: World) => Record<string, unknown>, expect: (seen: Seen) => unknown,
): Promise<void> {
  await world.asset({ [world.b]: emptied ? 0n : 100n })
  const before = await world.lookAround()
  const answer = await run(program, world, accounts, args(world))
  const seen: unknown = JSON.parse(JSON.stringify(answer instanceof Map ? [...answer] : answer, plain) ?? 'null')
  const after = await world.lookAround()
  assert.ok(expect({ before, after, seen }), JSON.stringify({ before, after, seen }, plain))
}
