// Compiles contracts with puya-ts and one warm puya service. usage: node contracts.mjs PROJECT WORKFOLDER [PUYA]
//
// start {}   downloads puya where no path is given
// compile {candidates: [[[path, text], …], …], avm, bytecode}   one program for all of them
//   emits {index, errors: [{file, line, column, code, message}], artifacts: [{file, name, files: {suffix: base64}}]}
//   and, when something went wrong that names no candidate, {stray: [message, …]}. One error spoils the whole
//   program: without errors of its own and without artifacts a candidate is simply not judged yet.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from './lines.mjs'

const [project, work, puya] = process.argv.slice(2)
const home = path.join(fs.realpathSync(project), 'node_modules', '@algorandfoundation', 'puya-ts')
const { AbsolutePath, compile, CompileOptions, LoggingContext, LogLevel } = await load('index.mjs')
if (!fs.existsSync(path.join(work, 'node_modules'))) {
  fs.symlinkSync(path.join(fs.realpathSync(project), 'node_modules'), path.join(work, 'node_modules'))
}
process.chdir(work)
// puya-ts refuses `export {}`.
const MAKE_MODULE = "import type {} from '@algorandfoundation/algorand-typescript'"
let service

async function start() {
  if (service !== undefined) return
  const PuyaService = await hidden('PuyaService')
  service = new PuyaService({ puyaPath: puya || (await download()) })
}

/** Without a path of ours puya-ts fetches the compiler it was made for. */
async function download() {
  const resolvePuyaPath = await hidden('resolvePuyaPath')
  try {
    return await resolvePuyaPath({ skipVersionCheck: true })
  } catch (error) {
    throw new Error(`puya-ts could not download puya (${error?.message ?? error})`)
  }
}

async function compileAll(request, emit) {
  const { candidates, avm, bytecode } = request
  await start()
  const inputs = candidates.flatMap((files, index) => write(files, index))
  const context = LoggingContext.create()
  let thrown
  try {
    await context.run(() =>
      compile(
        new CompileOptions({
          filePaths: inputs.map(({ source, out }) => ({ sourceFile: absolute(source), outDir: absolute(out) })),
          outputTeal: true,
          outputBytecode: bytecode,
          outputArc32: false,
          outputArc56: true,
          outputClient: false,
          outputSourceMap: false,
          targetAvmVersion: avm,
          customPuyaPath: puya || 'resolved',
          skipVersionCheck: true,
          logLevel: LogLevel.Error,
        }),
        service,
      ),
    )
  } catch (error) {
    // Without its service nothing more can be compiled here: end, and let a new process begin.
    if (/connection|disposed|stream|server/i.test(String(error?.message))) throw error
    thrown = error
  }
  report(candidates, inputs, context.logEvents, thrown, emit)
  for (const index of candidates.keys()) clear(index)
}

function report(candidates, inputs, events, thrown, emit) {
  const errors = candidates.map(() => [])
  const stray = thrown === undefined ? [] : [{ internal: true, message: portable(String(thrown?.message ?? thrown)) }]
  for (const { level, message, sourceLocation } of events) {
    if (level !== 'error' && level !== 'critical') continue
    const [index, file] = owner(sourceLocation?.file?.toString())
    const text = portable(message)
    if (errors[index] === undefined) stray.push({ internal: level === 'critical', message: text })
    else errors[index].push({ file, ...place(sourceLocation), code: 'puya', message: text, internal: level === 'critical' })
  }
  const failed = stray.length > 0 || errors.some((found) => found.length > 0)
  candidates.forEach((_, index) => {
    emit({ index, errors: errors[index], artifacts: failed ? [] : artifacts(inputs.filter((input) => input.index === index)) })
  })
  if (stray.length > 0) emit({ stray })
}

function clear(index) {
  for (const each of [folder(index), outputs(index)]) fs.rmSync(each, { recursive: true, force: true })
}

function write(files, index) {
  clear(index)
  for (const [name, text] of files) {
    const target = path.join(folder(index), name)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    // A file without import or export would share its globals with every other such file in the program.
    const module = name.endsWith('.json') || /^\s*(import|export)\b/m.test(text)
    fs.writeFileSync(target, module ? text : `${text}\n${MAKE_MODULE}\n`)
  }
  return files
    .map(([name]) => name)
    .filter((name) => name.endsWith('.algo.ts'))
    .map((name, number) => ({
      index,
      name,
      source: path.join(folder(index), name),
      out: path.join(outputs(index), String(number)),
    }))
}

function artifacts(inputs) {
  return inputs.flatMap(({ name: file, out }) => {
    if (!fs.existsSync(out)) return []
    const byName = new Map()
    for (const entry of fs.readdirSync(out).sort()) {
      const dot = entry.indexOf('.')
      const [name, suffix] = [entry.slice(0, dot), entry.slice(dot + 1)]
      if (!byName.has(name)) byName.set(name, [])
      const content = fs.readFileSync(path.join(out, entry))
      byName.get(name).push([suffix, (suffix.endsWith('teal') ? Buffer.from(portable(content.toString())) : content).toString('base64')])
    }
    return [...byName].map(([name, parts]) => ({ file, name, parts }))
  })
}

// Nobody can name the folder of another candidate: `../c1/contract.algo` leads nowhere.
const LANE = crypto.randomBytes(8).toString('hex')
const folder = (index) => path.join(work, `c${index}`, LANE)
// Not among the candidate's files: one of them could pass for an artifact.
const outputs = (index) => `${folder(index)}.out`
const absolute = (name) => AbsolutePath.resolve({ path: name })

function owner(file) {
  const relative = file === undefined ? '' : path.relative(work, file)
  const found = /^c(\d+)\/\w+\/(.+)$/.exec(relative)
  return found ? [Number(found[1]), found[2]] : [-1, '']
}

function place(location) {
  return { line: location?.line ?? 0, column: location?.line === undefined ? 0 : (location.column ?? 0) + 1 }
}

/** Without this machine's paths and without the slot that a batch gave the candidate. */
function portable(message) {
  const slot = new RegExp(`(?<![\\w/])(?:${escape(work)}/)?c\\d+/${LANE}/`, 'g')
  return message.replaceAll(slot, '').replaceAll(`${path.dirname(path.dirname(home))}/`, '')
}

const escape = (literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function load(name) {
  return import(pathToFileURL(path.join(home, name)))
}

/** Something that puya-ts has but does not export from its index. */
async function hidden(name) {
  for (const chunk of fs.readdirSync(home).filter((entry) => entry.endsWith('.js'))) {
    if (!fs.readFileSync(path.join(home, chunk), 'utf8').includes(name)) continue
    const found = Object.values(await load(chunk)).find((value) => typeof value === 'function' && value.name === name)
    if (found) return found
  }
  throw new Error(`this version of puya-ts has no ${name}`)
}

serve({ start, compile: compileAll })
