// Runs one half of a check program, as level behave asks: `behave.mjs drive|verify CHECK [ANSWER]`.
//
// drive: setup, then the answer is loaded and driven. What setup made is written before the answer's code can run.
// verify: a process in which the answer's code never runs; it is told what was given and observed, and asserts.
// Every line for the judge starts with MARK; anything else on standard output is the program's own affair.
import { readFileSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'

const MARK = '@algorand-coder '
const [, , half, checkPath, answerPath] = process.argv

const JSON_FILE = /^file:.*\.json$/
const RELATIVE = /^\.{1,2}(\/|$)/

// Until the answer's turn has come only the check's own file is loaded: what it imports for a value would run too soon.
let answersTurn = false
const FOLDER = new URL('.', import.meta.url).href
const isOurs = (url) => url.startsWith(FOLDER) && !url.includes('/node_modules/') && url !== import.meta.url

// TypeScript leaves out the endings of relative imports and the attributes of JSON imports; node insists on both.
registerHooks({
  resolve(specifier, context, next) {
    if (!RELATIVE.test(specifier)) return next(specifier, context)
    if (!answersTurn && isOurs(context.parentURL ?? '') && !specifier.endsWith('.json')) {
      throw new Error(`a check program imports '${specifier}' by type only; load it in drive`)
    }
    const tries = [specifier, `${specifier}.ts`, specifier.replace(/\.js$/, '.ts'), `${specifier}/index.ts`, `${specifier}.mts`]
    let first
    for (const each of tries) {
      try {
        return next(each, context)
      } catch (error) {
        first ??= error
      }
    }
    throw first
  },
  load(url, context, next) {
    if (!JSON_FILE.test(url)) return next(url, context)
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
  const line = Buffer.from(`\n${MARK}${what} ${json}\n`)
  for (let sent = 0; sent < line.length; ) {
    try {
      sent += writeSync(1, line, sent)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

const ending = (phase, error) => {
  const text = (value) => String(value ?? '').slice(0, 4000)
  say('error', encode({ phase, name: text(error?.name), message: text(error?.message ?? error), stack: text(error?.stack) }))
  process.exit(1)
}

const attempt = async (phase, work) => {
  try {
    return await work()
  } catch (error) {
    return ending(phase, error)
  }
}

const told = half === 'verify' ? JSON.parse(readFileSync(0, 'utf8') || '{}') : {}
const { AlgorandClient } = await import('@algorandfoundation/algokit-utils')
const check = await attempt('load', () => import(`./${checkPath}`))
const algorand = AlgorandClient.fromEnvironment()
let given = told.given === undefined ? undefined : decode(told.given)
if (told.given === undefined && check.setup) given = await attempt('setup', () => check.setup(algorand))
if (half === 'drive') {
  say('given', encode(given))
  // The same trip for the driver: what does not survive it is missing at once, and not only when it is asserted.
  given = decode(encode(given))
  answersTurn = true
  const answer = answerPath ? await attempt('answer', () => import(`./${answerPath}`)) : undefined
  const observed = await attempt('drive', () => check.drive(answer, given, algorand))
  say('observed', await attempt('drive', () => encode(observed)))
} else {
  await attempt('verify', () => {
    const observed = told.observed === undefined ? undefined : decode(told.observed)
    return check.verify(given, observed, algorand)
  })
  say('verified', 'null')
}
process.exit(0)
