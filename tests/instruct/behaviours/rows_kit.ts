import { strict as assert } from 'node:assert'
import { run, type Account, type Program, type World } from './kit'

export type Around = { a: Account; b: Account; c: Account }
type Seen = { before: Around; after: Around; seen: unknown; paid: bigint }

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** The microAlgos of a payment: what the request states, fees aside, or what `run` passes for the parameter's type. */
function paid({ request, parameters }: Program): bigint {
  const types = parameters.map(([, type]) => type)
  if (types.includes('AlgoAmount')) return 1_000_000n
  if (types.includes('bigint') && !parameters.some(([name]) => name === 'assetId')) return 100_000n
  if (parameters.some(([name]) => name === 'algos')) return 2_000_000n
  const stated = /([\d.,]*\d) (Algo|microAlgos)\b/.exec(request.replace(/[^.\n]*\bfees?\b[^.\n]*/gi, ''))
  return stated === null ? 0n : BigInt(Math.round(Number(stated[1].replaceAll(',', '')) * (stated[2] === 'Algo' ? 1_000_000 : 1)))
}

/** A check that is data: call the function, look at the accounts before and after. */
export async function row(
  program: Program, world: World, accounts: string, emptied: boolean, args: (world: World) => Record<string, unknown>, expect: (seen: Seen) => unknown,
): Promise<void> {
  await world.asset({ [world.b]: emptied ? 0n : 100n })
  const before = await world.lookAround()
  const answer = await run(program, world, accounts, args(world))
  const seen: unknown = JSON.parse(JSON.stringify(answer instanceof Map ? [...answer] : answer, plain) ?? 'null')
  const after = await world.lookAround()
  assert.ok(expect({ before, after, seen, paid: paid(program) }), JSON.stringify({ before, after, seen }, plain))
}
