// The fallback for a TypeScript whose unstable API is gone or changed: the same questions as typescript_api.mjs,
// answered by running `tsc` over files on disk. It knows no deprecations and no coverage.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { OPTIONS, declaresGlobals, portable } from './typescript_api.mjs'

const FINDING = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/

export class BatchTypeScript {
  #project
  #tsc
  #names = []
  #options
  #found
  root

  constructor(project) {
    this.#project = fs.realpathSync(project)
    const require = createRequire(path.join(this.#project, 'package.json'))
    this.#tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
    this.root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'algorand-coder-'))
    process.on('exit', () => fs.rmSync(this.root, { recursive: true, force: true }))
  }

  load(entries, options) {
    fs.rmSync(this.root, { recursive: true, force: true })
    fs.mkdirSync(this.root)
    fs.symlinkSync(path.join(this.#project, 'node_modules'), path.join(this.root, 'node_modules'))
    for (const [name, text] of entries) {
      fs.mkdirSync(path.dirname(path.join(this.root, name)), { recursive: true })
      fs.writeFileSync(path.join(this.root, name), text)
    }
    this.#names = entries.map(([name]) => name).filter((name) => !name.endsWith('.json'))
    this.#options = options
    this.#found = undefined
  }

  syntactic(name) {
    return of(this.#findings().syntactic, name)
  }

  semantic(name) {
    return of(this.#findings().semantic, name)
  }

  deprecations() {
    return []
  }

  coverage(lists) {
    return lists.map(() => null)
  }

  ambientFiles() {
    const listed = this.#run(this.#names, ['--listFilesOnly']).filter((line) => path.isAbsolute(line))
    const outside = listed.filter((name) => !name.startsWith(this.root))
    return outside.filter(declaresGlobals).map((name) => path.relative(this.#project, name))
  }

  close() {}

  // One syntax error anywhere silences all type errors, so files with syntax errors are left out of the second run.
  #findings() {
    if (this.#found === undefined) {
      const syntactic = this.#report(this.#run(this.#names, ['--noCheck', '--noResolve', '--noLib', '--types', '']))
      const broken = new Set(syntactic.map((finding) => finding.file))
      const sound = this.#names.filter((name) => !broken.has(name))
      const semantic = this.#options.noLib || sound.length === 0 ? [] : this.#report(this.#run(sound, []))
      this.#found = { syntactic, semantic }
    }
    return this.#found
  }

  #run(names, flags) {
    const config = path.join(this.root, 'tsconfig.json')
    fs.writeFileSync(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...this.#options }, files: names }))
    const command = [this.#tsc, '-p', config, '--pretty', 'false', ...flags]
    const done = spawnSync(process.execPath, command, { cwd: this.root, maxBuffer: 1 << 30, encoding: 'utf8' })
    if (done.status === null || done.error) throw new Error(`tsc did not finish: ${done.error ?? done.signal}`)
    return done.stdout.split('\n')
  }

  #report(lines) {
    const findings = []
    for (const line of lines) {
      const found = FINDING.exec(line)
      if (found) findings.push({ ...place(found), code: found[4], message: found[5] })
      else if (line.startsWith('  ') && findings.length > 0) findings.at(-1).message += `\n${line}`
    }
    return findings.map((finding) => ({ ...finding, message: portable(finding.message, this.root, this.#project) }))
  }
}

const place = ([, file, line, column]) => ({ file, line: Number(line), column: Number(column) })
const of = (findings, name) => (name === undefined ? findings : findings.filter((finding) => finding.file === name))
