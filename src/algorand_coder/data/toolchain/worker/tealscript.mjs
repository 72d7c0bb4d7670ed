// Compiles TEALScript with its own compiler, kept warm. usage: node tealscript.mjs PROJECT WORKFOLDER
//
// compile {files: [[path, text], …]}
//   emits {errors: [{file, line, column, message}], artifacts: [{file, name, parts: [[suffix, base64], …]}]}
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { serve } from './lines.mjs'

const [project, work] = process.argv.slice(2)
const require = createRequire(path.join(fs.realpathSync(project), 'package.json'))
const compiler = require('@algorandfoundation/tealscript/dist/lib/compiler.js')
const Compiler = compiler.default
const { Project, ts } = require('ts-morph')

if (!fs.existsSync(path.join(work, 'node_modules'))) {
  fs.symlinkSync(path.join(fs.realpathSync(project), 'node_modules'), path.join(work, 'node_modules'))
}
process.chdir(work)
const workspace = new Project({
  skipAddingFilesFromTsConfig: true,
  compilerOptions: {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    experimentalDecorators: true,
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    types: [],
  },
})
let count = 0

async function compile({ files }, emit) {
  const folder = path.join(work, `c${count++}`)
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text)
  }
  const contracts = files.map(([name]) => name).filter((name) => name.endsWith('.algo.ts'))
  const sources = contracts.map((name) => workspace.addSourceFileAtPath(path.join(folder, name)))
  const result = { errors: [], artifacts: [] }
  for (const name of contracts) {
    try {
      result.artifacts.push(...(await compileFile(folder, name)))
    } catch (error) {
      result.errors.push(...explain(folder, name, String(error?.message ?? error)))
    }
  }
  sources.forEach((source) => source.forget())
  fs.rmSync(folder, { recursive: true, force: true })
  emit(result.errors.length > 0 ? { ...result, artifacts: [] } : result)
}

async function compileFile(folder, name) {
  const running = Compiler.compileAll({
    srcPath: path.join(folder, name),
    project: workspace,
    cwd: folder,
    skipAlgod: true,
    disableWarnings: true,
    disableOverflowChecks: false,
    disableTypeScript: false,
  })
  const compiled = await Promise.allSettled(running)
  const refused = compiled.find(({ status }) => status === 'rejected')
  if (refused) throw refused.reason
  return compiled.map(({ value }) => ({ file: name, name: value.name, parts: parts(value) }))
}

function parts(compiled) {
  const encode = (text) => Buffer.from(text).toString('base64')
  const teal = (lines) => encode(lines.map((line) => line.teal).join('\n'))
  if (compiled.teal.lsig.length > 0) return [['teal', teal(compiled.teal.lsig)]]
  return [
    ['approval.teal', teal(compiled.teal.approval)],
    ['clear.teal', teal(compiled.teal.clear)],
    ['arc56.json', encode(JSON.stringify(compiled.arc56Description(), null, 2))],
  ]
}

// Type errors come as one coloured listing, the compiler's own as a message that names its place.
function explain(folder, name, message) {
  // eslint-disable-next-line no-control-regex
  const plain = message.replaceAll(/\u001b\[[\d;]*m/g, '').replaceAll(`${folder}/`, '').replaceAll(`${work}/`, '')
  const listed = [...plain.matchAll(/^(.+?):(\d+):(\d+) - error (TS\d+): (.*)$/gm)]
  if (listed.length > 0) {
    return listed.map(([, file, line, column, code, text]) => ({
      file: path.basename(file) === path.basename(name) ? name : file,
      line: Number(line),
      column: Number(column),
      message: `${code}: ${text}`,
    }))
  }
  const place = /(?:at |^\s*)([\w./-]+\.ts):(\d+)(?::(\d+))?/m.exec(plain)
  const text = plain.split('\n').find((line) => line.trim() !== '') ?? 'no reason given'
  return [{ file: name, line: Number(place?.[2] ?? 0), column: place?.[3] === undefined ? 0 : Number(place[3]) + 1, message: text.trim() }]
}

serve({ compile })
