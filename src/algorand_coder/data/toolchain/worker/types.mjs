// Parse and type check of many candidates, few programs. usage: node types.mjs PROJECT [COMPILER-OPTIONS]
//
// check {candidates: [[[path, text], …], …], types, deprecations, coverage, careful}
//   emits {index, syntactic, semantic, deprecated, coverage} for each candidate: three lists of findings, and
//   [typed, all] where there are no errors.
// `careful` asks file by file and emits {index, started: true} first, so that the candidate that kills or hangs
// the checker is known.
import crypto from 'node:crypto'
import { Ambience } from './ambience.mjs'
import { serve } from './lines.mjs'
import { connect } from './typescript_api.mjs'
import { BatchTypeScript } from './typescript_batch.mjs'

const [project, options] = [process.argv[2], JSON.parse(process.argv[3] ?? '{}')]
const useTsc = process.env.ALGORAND_CODER_TYPESCRIPT === 'tsc'
const typescript = await (useTsc ? Promise.reject() : connect(project)).catch(() => new BatchTypeScript(project))
const ambience = new Ambience(project, options, typescript)

// Nobody can name the folder of another candidate: `../1/main` leads nowhere.
const LANE = crypto.randomBytes(8).toString('hex')
const lane = (slot, name) => `${slot}/${LANE}/${name}`

const checks = (request) => [
  ['syntactic', (name) => typescript.syntactic(name)],
  ...(request.types ? [['semantic', (name) => typescript.semantic(name)]] : []),
  ...(request.deprecations ? [['deprecated', (name) => typescript.deprecations(name)]] : []),
]

function check(request, emit) {
  const { candidates, types, careful } = request
  // Syntax depends on nothing else; types depend on the globals that imports bring along.
  const all = candidates.map((_, index) => index)
  for (const group of types ? ambience.groups(candidates) : [all]) {
    const entries = group.flatMap((index, slot) => candidates[index].map(([name, text]) => [lane(slot, name), text]))
    typescript.load(entries, types ? options : { ...options, noResolve: true, noLib: true, types: [] })
    const judge = careful ? carefully : atOnce
    judge(checks(request), candidates, group, measured(request, candidates, emit), emit)
  }
}

/** `emit` for a list of results with coverage added where it is asked for and means something. */
function measured(request, candidates, emit) {
  if (!request.coverage) return (results) => results.forEach(({ slot, ...result }) => emit(result))
  return (results) => {
    const sound = results.filter((result) => result.syntactic.length + result.semantic.length === 0)
    const names = sound.map(({ slot, index }) => sources(candidates[index]).map((name) => lane(slot, name)))
    typescript.coverage(names).forEach((count, position) => (sound[position].coverage = count))
    results.forEach(({ slot, ...result }) => emit(result))
  }
}

const sources = (files) => files.map(([name]) => name).filter((name) => !name.endsWith('.json'))

function atOnce(kinds, candidates, group, emitAll) {
  const results = group.map((index, slot) => ({ index, slot }))
  for (const [kind, find] of kinds) {
    for (const result of results) result[kind] = []
    for (const finding of find()) {
      const [slot, file] = split(finding.file)
      results[slot][kind].push({ ...finding, file })
    }
  }
  emitAll(results)
}

function carefully(kinds, candidates, group, emitAll, emit) {
  group.forEach((index, slot) => {
    emit({ index, started: true })
    const result = { index, slot }
    for (const [kind, find] of kinds) {
      const found = sources(candidates[index]).flatMap((name) => find(lane(slot, name)))
      result[kind] = found.map((finding) => ({ ...finding, file: split(finding.file)[1] }))
    }
    emitAll([result])
  })
}

function split(file) {
  const [slot, , ...name] = file.split('/')
  return [Number(slot), name.join('/')]
}

serve({ check })
