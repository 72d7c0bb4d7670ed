// Parse and type check of many candidates, few programs. usage: node types.mjs PROJECT [COMPILER-OPTIONS]
//
// check {candidates: [[[path, text], …], …], types, deprecations, coverage, careful}
//   emits {index, syntactic, semantic, deprecated, coverage} for each candidate: three lists of findings, and
//   [typed, all] where there are no errors.
// `careful` asks file by file and emits {index, started: true} first, so that the candidate that kills or hangs
// the checker is known.
import crypto from 'node:crypto'
import { ALONE, Ambience } from './ambience.mjs'
import { serve } from './lines.mjs'
import { connect } from './typescript_api.mjs'
import { BatchTypeScript } from './typescript_batch.mjs'

const [project, options] = [process.argv[2], JSON.parse(process.argv[3] ?? '{}')]
const useTsc = process.env.ALGORAND_CODER_TYPESCRIPT === 'tsc'
const typescript = await (useTsc ? Promise.reject() : connect(project)).catch(() => new BatchTypeScript(project))
const ambience = new Ambience(project, options, typescript)

// Nobody can name the place of another candidate: `../1/main` leads nowhere.
const LANE = crypto.randomBytes(8).toString('hex')
// Each folder costs the compiler seven questions about what lies in it; code that names no file beside it needs none.
const NAMES_FILES = /['"`]\./
const lone = ([[name, text], ...more]) =>
  more.length === 0 && !name.includes('/') && !NAMES_FILES.test(text) && !ALONE.test(text)

/** Where the files of the candidate at `slot` are put; `portable` and `split` know both forms. */
function lane(slot, files) {
  const mark = lone(files) ? '-' : '/'
  return (name) => [slot, LANE, name].join(mark)
}

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
    const places = group.map((index, slot) => lane(slot, candidates[index]))
    const entries = group.flatMap((index, slot) => candidates[index].map(([name, text]) => [places[slot](name), text]))
    typescript.load(entries, types ? options : { ...options, noResolve: true, noLib: true, types: [] })
    const judge = careful ? carefully : atOnce
    const names = group.map((index, slot) => sources(candidates[index]).map(places[slot]))
    judge(checks(request), names, group, measured(request, names, emit), emit)
  }
}

/** `emit` for a list of results with coverage added where it is asked for and means something. */
function measured(request, names, emit) {
  if (!request.coverage) return (results) => results.forEach(({ slot, ...result }) => emit(result))
  return (results) => {
    const sound = results.filter((result) => result.syntactic.length + result.semantic.length === 0)
    const counts = typescript.coverage(sound.map(({ slot }) => names[slot]))
    counts.forEach((count, position) => (sound[position].coverage = count))
    results.forEach(({ slot, ...result }) => emit(result))
  }
}

const sources = (files) => files.map(([name]) => name).filter((name) => !name.endsWith('.json'))

function atOnce(kinds, names, group, emitAll) {
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

function carefully(kinds, names, group, emitAll, emit) {
  group.forEach((index, slot) => {
    emit({ index, started: true })
    const result = { index, slot }
    for (const [kind, find] of kinds) {
      const found = names[slot].flatMap((name) => find(name))
      result[kind] = found.map((finding) => ({ ...finding, file: split(finding.file)[1] }))
    }
    emitAll([result])
  })
}

function split(file) {
  const [, slot, name] = /^(\d+)[/-]\w+[/-](.*)$/.exec(file)
  return [Number(slot), name]
}

serve({ check })
