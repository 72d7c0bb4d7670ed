// An import can change the world of every other file in the program: algokit-utils gives all numbers `.algo()`,
// `vitest/globals` declares `test`. Candidates share a program only when their imports bring the same globals.
import fs from 'node:fs'
import path from 'node:path'

const LITERAL = /(['"`])((?:@[\w.-]+\/)?[\w.-]+(?:\/[^'"`\\\n]*)?)\1/g
const GAP = String.raw`(?:\s|/\*(?:(?!\*/)[^])*\*/|//[^\n]*\n)*`
const HIDDEN = String.raw`(?:(?!\1).)*\\`
const ODD = String.raw`(?!\.)(?:(?!\1).)*/\.{0,2}(?:/|\1)`
// What is imported cannot be told from its name: a reference directive or a JSX pragma adds files to the program, a
// path into node_modules names a package by another name, and so do an escaped specifier and `a//b` or `a/../b`.
export const ALONE = new RegExp(
  `///\\s*<|node_modules|@jsx|(?:from|import|require)${GAP}\\(?${GAP}(['"\`])(?:${HIDDEN}|${ODD})`,
  'i',
)

export class Ambience {
  #project
  #options
  #typescript
  #installed = new Map()
  #brings
  #store

  constructor(project, options, typescript) {
    this.#project = project
    this.#options = options
    this.#typescript = typescript
    this.#store = path.join(project, '.ambience.json')
    this.#brings = new Map(readStore(this.#store))
  }

  /** Split candidates into lists of indices that may share a program. */
  groups(candidates) {
    const groups = new Map()
    const known = this.#brings.size
    candidates.forEach((files, index) => {
      const key = files.some(([, text]) => ALONE.test(text)) ? `alone ${index}` : this.#key(files)
      if (!groups.has(key)) groups.set(key, [])
      groups.get(key).push(index)
    })
    if (this.#brings.size > known) writeStore(this.#store, [...this.#brings])
    return groups.values()
  }

  #key(files) {
    const globals = new Set()
    for (const [, text] of files) {
      for (const [, , literal] of text.matchAll(LITERAL)) {
        if (this.#isInstalled(literal)) for (const file of this.#broughtBy(literal)) globals.add(file)
      }
    }
    return [...globals].sort().join('\n')
  }

  #isInstalled(literal) {
    const name = literal.split('/', literal.startsWith('@') ? 2 : 1).join('/')
    if (!this.#installed.has(name)) {
      this.#installed.set(name, fs.existsSync(path.join(this.#project, 'node_modules', name, 'package.json')))
    }
    return this.#installed.get(name)
  }

  #broughtBy(specifier) {
    if (!this.#brings.has('')) this.#brings.set('', this.#probe('export {}'))
    if (!this.#brings.has(specifier)) {
      const base = new Set(this.#brings.get(''))
      const found = this.#probe(`import '${specifier}'`).filter((file) => !base.has(file))
      this.#brings.set(specifier, found)
    }
    return this.#brings.get(specifier)
  }

  #probe(code) {
    this.#typescript.load([['0/probe.ts', code]], this.#options)
    return this.#typescript.ambientFiles()
  }
}

function readStore(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

function writeStore(file, entries) {
  const temporary = `${file}.${process.pid}`
  try {
    fs.writeFileSync(temporary, JSON.stringify(entries))
    fs.renameSync(temporary, file)
  } catch {
    // A cache that may be read-only; the next process asks again.
  }
}
