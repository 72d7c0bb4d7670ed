import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'
import type { Program } from './kit'

export async function drive(answer: typeof Answer, _given: unknown, algorand: AlgorandClient): Promise<Record<string, string>> {
  const { judge } = await import('./kit')
  const { scenarios } = await import('./scenarios')
  const programs = JSON.parse(readFileSync('programs.json', 'utf8')) as Program[]
  const modules = answer.modules as Record<string, Record<string, unknown>>
  return judge(programs.map((program) => ({ ...program, module: modules[program.lineage] })), scenarios, algorand)
}

export async function verify(_given: unknown, wrong: Record<string, string>): Promise<void> {
  if (Object.keys(wrong).length > 0) assert.fail(JSON.stringify(wrong))
}
