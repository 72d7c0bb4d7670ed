// Parse and type check of many candidates, few programs. usage: node types.mjs PROJECT [COMPILER-OPTIONS]
//
// check {candidates: [[[path, text], …], …], types, deprecations, careful}
//   emits {index, syntactic, semantic, deprecated} for each candidate, every one a list of findings.
// `careful` asks file by file and emits {index, started: true} first, so that the candidate that kills or hangs
// the checker is known.
import { Ambience } from './ambience.mjs'
import { serve } from './lines.mjs'
import { connect } from './typescript_api.mjs'

const [project, options] = [process.argv[2], JSON.parse(process.argv[3] ?? '{}')]
const typescript = await connect(project)
const ambience = new Ambience(project, options, typescript)

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
    const entries = group.flatMap((index, slot) => candidates[index].map(([name, text]) => [`${slot}/${name}`, text]))
    typescript.load(entries, types ? options : { ...options, noResolve: true, noLib: true, types: [] })
    const judge = careful ? carefully : atOnce
    judge(checks(request), candidates, group, emit)
  }
}

function atOnce(kinds, candidates, group, emit) {
  const results = group.map((index) => ({ index }))
  for (const [kind, find] of kinds) {
    for (const result of results) result[kind] = []
    for (const finding of find()) {
      const [slot, file] = split(finding.file)
      results[slot][kind].push({ ...finding, file })
    }
  }
  results.forEach(emit)
}

function carefully(kinds, candidates, group, emit) {
  group.forEach((index, slot) => {
    emit({ index, started: true })
    const names = candidates[index].map(([name]) => name).filter((name) => !name.endsWith('.json'))
    const result = { index }
    for (const [kind, find] of kinds) {
      const found = names.flatMap((name) => find(`${slot}/${name}`))
      result[kind] = found.map((finding) => ({ ...finding, file: split(finding.file)[1] }))
    }
    emit(result)
  })
}

function split(file) {
  const slash = file.indexOf('/')
  return [Number(file.slice(0, slash)), file.slice(slash + 1)]
}

serve({ check })
