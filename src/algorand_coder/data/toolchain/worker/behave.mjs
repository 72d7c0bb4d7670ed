// Runs one half of a check program, as level behave asks: `behave.mjs drive MARK CHECK [ANSWER]` or `behave.mjs verify MARK`.
//
// drive: setup, then the answer is loaded and driven. What setup made is written before the answer's code can run.
// verify: a process in which no answer's code ever runs. It gets a line for each candidate of one check program, with
// the files, what was given and what was observed; it asserts, and stays for the next where nothing is left behind.
// Every line for the judge starts with MARK; anything else on standard output is the program's own affair.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const MOST_CPU_SECONDS = 5
const MOST_MEMORY = 320 * 2 ** 20
const [, , half, MARK, checkPath, answerPath] = process.argv
const HOME = process.cwd()
const KEPT = ['node_modules', 'package.json', 'behave.mjs']
const own = (path) => import(pathToFileURL(join(HOME, path)).href)

const JSON_FILE = /^file:[^?]*\.json(\?\d+)?$/
const RELATIVE = /^\.{1,2}(\/|$)/

// Until the answer's turn has come only the check's own file is loaded: what it imports for a value would run too soon.
let answersTurn = false
const FOLDER = new URL('.', import.meta.url).href
const isOurs = (url) => url.startsWith(FOLDER) && !url.includes('/node_modules/') && url !== import.meta.url
// Files of one candidate are not those of the next: the number of the question is part of what a module is known by.
let question = 0
const ofThis = (found) => (question > 0 && isOurs(found.url) ? { ...found, url: `${found.url}?${question}` } : found)

// TypeScript leaves out the endings of relative imports and the attributes of JSON imports; node insists on both.
registerHooks({
  resolve(specifier, context, next) {
    if (!RELATIVE.test(specifier)) return ofThis(next(specifier, context))
    if (!answersTurn && isOurs(context.parentURL ?? '') && !specifier.endsWith('.json')) {
      throw new Error(`a check program imports '${specifier}' by type only; load it in drive`)
    }
    const tries = [specifier, `${specifier}.ts`, specifier.replace(/\.js$/, '.ts'), `${specifier}/index.ts`, `${specifier}.mts`]
    let first
    for (const each of tries) {
      try {
        return ofThis(next(each, context))
      } catch (error) {
        first ??= error
      }
    }
    throw first
  },
  load(url, context, next) {
    if (!JSON_FILE.test(url) || context.conditions.includes('require')) return next(url, context)
    const source = `export default ${readFileSync(new URL(url), 'utf8')}`
    return { format: 'module', source, shortCircuit: true }
  },
})

const encode = (value) =>
  JSON.stringify(value, function (key, shown) {
    const raw = this[key]
    if (typeof raw === 'bigint') return { $bigint: String(raw) }
    if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw).toString('base64') }
    return shown
  }) ?? 'null'

const decode = (text) =>
  JSON.parse(text, (_, value) => {
    if (value === null || typeof value !== 'object') return value
    const [only, ...more] = Object.keys(value)
    if (more.length > 0) return value
    if (only === '$bigint' && /^-?\d{1,1000}$/.test(value.$bigint)) return BigInt(value.$bigint)
    if (only === '$bytes' && typeof value.$bytes === 'string') return new Uint8Array(Buffer.from(value.$bytes, 'base64'))
    return value
  })

const say = (what, json) => {
  const line = Buffer.from(`\n${MARK} ${what} ${json}\n`)
  for (let sent = 0; sent < line.length; ) {
    try {
      sent += writeSync(1, line, sent)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

const complain = (phase, error) => {
  const text = (value) => String(value ?? '').slice(0, 4000)
  const stack = text(error?.stack).replace(/(\.m?tsx?)\?\d+/g, '$1')
  say('error', encode({ phase, name: text(error?.name), message: text(error?.message ?? error), stack }))
}

const attempt = async (phase, work) => {
  try {
    return await work()
  } catch (error) {
    complain(phase, error)
    return process.exit(1)
  }
}

const { AlgorandClient, Config } = await import('@algorandfoundation/algokit-utils')

const drive = async () => {
  process.chdir(dirname(join(HOME, checkPath)))
  const check = await attempt('load', () => own(checkPath))
  const algorand = AlgorandClient.fromEnvironment()
  let given = check.setup ? await attempt('setup', () => check.setup(algorand)) : undefined
  say('given', encode(given))
  // The same trip for the driver: what does not survive it is missing at once, and not only when it is asserted.
  given = decode(encode(given))
  answersTurn = true
  const answer = answerPath ? await attempt('answer', () => own(answerPath)) : undefined
  const observed = await attempt('drive', () => check.drive(answer, given, algorand))
  say('observed', await attempt('drive', () => encode(observed)))
}

// Nothing of the last candidate is there, nor what its check wrote. Files of a check lie where it runs.
const place = (files, check) => {
  process.chdir(HOME)
  for (const name of readdirSync(HOME)) if (!KEPT.includes(name)) rmSync(name, { recursive: true, force: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  process.chdir(dirname(check))
}

const verify = async (told) => {
  await attempt('load', () => place(told.files, told.check))
  const check = await attempt('load', () => own(told.check))
  const algorand = AlgorandClient.fromEnvironment()
  let given = told.given === undefined ? undefined : decode(told.given)
  if (told.given === undefined && check.setup) given = await attempt('setup', () => check.setup(algorand))
  try {
    await check.verify(given, told.observed === undefined ? undefined : decode(told.observed), algorand)
    say('verified', 'null')
  } catch (error) {
    complain('verify', error)
  }
}

// Quiet: no timer, request or stream of the last check is under way. The last connection takes a moment to fall idle.
const TURNS = 10
const isQuiet = async () => {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (process.getActiveResourcesInfo().every((each) => each === 'PipeWrap')) return true
  }
  return false
}
// What a check could set for good: it must find as it was what it left.
const { logger } = Config
const settings = () => JSON.stringify([Config, process.env, Object.getOwnPropertyNames(globalThis)])
const before = settings()
const isAsBefore = () => {
  try {
    return settings() === before && Config.logger === logger
  } catch {
    return false
  }
}
const isWorn = () => {
  const { user, system } = process.cpuUsage()
  return user + system > MOST_CPU_SECONDS * 1e6 || process.memoryUsage.rss() > MOST_MEMORY
}

if (half === 'drive') {
  await drive()
} else {
  for await (const line of createInterface({ input: process.stdin })) {
    question += 1
    // A check that waits for what never happens then ends the process, which otherwise waits for the next line.
    process.stdin.unref()
    await verify(JSON.parse(line))
    process.stdin.ref()
    if (isWorn() || !isAsBefore() || !(await isQuiet())) break
    say('ready', 'null')
  }
}
process.exit(0)
