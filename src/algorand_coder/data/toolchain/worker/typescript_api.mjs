// The one place that knows TypeScript 7's unstable API. A program over virtual files: load() replaces them all,
// the rest asks for findings. Everything else talks in plain {file, line, column, code, message}.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

export const OPTIONS = {
  target: 'ESNext',
  lib: ['ESNext'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  moduleDetection: 'force',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  jsx: 'preserve',
}

const ERROR = 1
/** Types asked for in one request; each has a cost of its own. */
const QUESTIONS = 5000
const DEPRECATED = new Set([6385, 6387])

/** Import the API from the installed project; throws where this TypeScript does not offer it. */
export async function connect(project) {
  project = fs.realpathSync(project)
  const require = createRequire(path.join(project, 'package.json'))
  // Beside a compiler that needs an older TypeScript, version 7 is installed under another name.
  const name = fs.existsSync(path.join(project, 'node_modules', 'typescript7')) ? 'typescript7' : 'typescript'
  const part = (path) => import(pathToFileURL(require.resolve(`${name}/unstable/${path}`)))
  return new TypeScript(await part('sync'), (await part('ast')).SyntaxKind, project)
}

class TypeScript {
  #api
  #snapshot
  #program
  #checker
  #kinds
  #any
  #files = new Map()
  #folders = new Set()
  #project
  /** Root of the virtual files; the random part keeps code from naming another candidate's folder. */
  root

  constructor({ API, TypeFlags }, SyntaxKind, project) {
    this.#kinds = SyntaxKind
    this.#any = TypeFlags.Any
    this.#project = project
    this.root = path.join(project, `v${crypto.randomUUID().replaceAll('-', '')}`)
    this.#api = new API({ cwd: project, fs: this.#fileSystem() })
  }

  /** Replace all files. `entries`: [path under root, text]; `options` are compiler options beyond OPTIONS. */
  load(entries, options) {
    const before = this.#files
    const config = `${this.root}/tsconfig.json`
    const files = new Map(entries.map(([name, text]) => [`${this.root}/${name}`, text]))
    const roots = [...files.keys()].filter((name) => !name.endsWith('.json'))
    files.set(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files: roots }))
    this.#files = files
    this.#folders = new Set([this.root])
    for (const name of files.keys()) {
      for (let folder = path.posix.dirname(name); !this.#folders.has(folder); folder = path.posix.dirname(folder)) {
        this.#folders.add(folder)
      }
    }
    const snapshot = this.#api.updateSnapshot(
      before.size === 0 ? { openProjects: [config] } : { fileChanges: difference(before, files) },
    )
    this.#snapshot?.dispose()
    // Trees that coverage looked at; without this they would pile up from batch to batch.
    this.#api.clearSourceFileCache()
    this.#snapshot = snapshot
    const project = snapshot.getProject(config)
    if (project === undefined) throw new Error('TypeScript did not open the project')
    this.#program = project.program
    this.#checker = project.checker
    // Without libraries every program lacks its global types; its syntax is all the same to that.
    const globals = options.noLib ? [] : this.#program.getGlobalDiagnostics()
    const wrong = [...this.#program.getConfigFileParsingDiagnostics(), ...globals]
    if (wrong.length > 0) throw new Error(`TypeScript refuses the project: ${wrong[0].text}`)
  }

  /** Syntax errors of `name` (a path under root), or of every file when left out. */
  syntactic(name) {
    return this.#findings(this.#program.getSyntacticDiagnostics(this.#absolute(name)), isError)
  }

  /** Type errors, as above. */
  semantic(name) {
    return this.#findings(this.#program.getSemanticDiagnostics(this.#absolute(name)), isError)
  }

  /** Uses of symbols marked @deprecated, as above. */
  deprecations(name) {
    const found = this.#program.getSuggestionDiagnostics(this.#absolute(name))
    return this.#findings(found, (diagnostic) => DEPRECATED.has(diagnostic.code))
  }

  /**
   * How much of the code has a type: [typed, all] for each list of names, null where unknown. Counted are declared variables, parameters
   * and properties, member accesses, names from outside the file, and every `any` that is written.
   */
  coverage(lists) {
    const counts = lists.map(() => [0, 0])
    let asked = []
    const ask = () => {
      const types = this.#checker.getTypeAtLocation(asked.map(([, node]) => node))
      asked.forEach(([list], index) => {
        if (counts[list] && (types[index] === undefined || !(types[index].flags & this.#any))) counts[list][0] += 1
      })
      asked = []
      this.#api.clearSourceFileCache()
    }
    lists.forEach((names, list) => {
      for (const name of names) {
        const found = typedNodes(this.#program.getSourceFile(this.#absolute(name)), this.#kinds)
        if (found === null) counts[list] = null
        if (counts[list] === null) break
        counts[list][0] += found.certain
        counts[list][1] += found.certain + found.nodes.length + found.written
        for (const node of found.nodes) asked.push([list, node])
      }
      if (asked.length >= QUESTIONS) ask()
    })
    if (asked.length > 0) ask()
    return counts
  }

  /** Files of installed packages that declare globals or augment modules and are part of the program now. */
  ambientFiles() {
    const outside = this.#program.getSourceFileNames().filter((name) => !name.startsWith(this.root))
    return outside.filter(declaresGlobals).map((name) => path.relative(this.#project, name))
  }

  close() {
    this.#api.close()
  }

  #absolute(name) {
    return name === undefined ? undefined : `${this.root}/${name}`
  }

  #findings(diagnostics, keep) {
    const prefix = `${this.root}/`
    return diagnostics
      .filter((diagnostic) => keep(diagnostic) && diagnostic.fileName?.startsWith(prefix))
      .map((diagnostic) => ({
        file: diagnostic.fileName.slice(prefix.length),
        ...position(this.#files.get(diagnostic.fileName) ?? '', diagnostic.pos),
        code: `TS${diagnostic.code}`,
        message: portable(text(diagnostic), this.root, this.#project),
        source: DEPRECATED.has(diagnostic.code)
          ? (this.#files.get(diagnostic.fileName) ?? '').slice(diagnostic.pos, diagnostic.end)
          : undefined,
      }))
  }

  #fileSystem() {
    const inside = (name) => name.startsWith(this.root)
    const visible = (name) => name.startsWith(this.#project)
    return {
      // undefined means "ask the disk"; nothing outside the installed project is ever asked for.
      fileExists: (name) => this.#files.has(name) || (inside(name) || !visible(name) ? false : undefined),
      readFile: (name) => this.#files.get(name) ?? (inside(name) || !visible(name) ? null : undefined),
      directoryExists: (name) => this.#folders.has(name) || (inside(name) ? false : undefined),
    }
  }
}

/** As below, or null for a tree that cannot be walked: too deep, or of an unknown shape. A measure is no verdict. */
function typedNodes(file, kinds) {
  try {
    return walkTyped(file, kinds)
  } catch {
    return null
  }
}

/** Nodes of a file whose types say how well it is typed, how many more need no asking, and how many `any` it writes. */
function walkTyped(file, kinds) {
  const [declared, known, members, references] = [[], [], [], []]
  let written = 0
  // Looking at a node costs more than searching the text.
  const mayWrite = /any|\\u/.test(file.text)
  // What is declared as one of these is no `any`, whatever the rest of the program says.
  const own = new Set([
    kinds.StringKeyword,
    kinds.NumberKeyword,
    kinds.BigIntKeyword,
    kinds.BooleanKeyword,
    kinds.UnknownKeyword,
    kinds.ArrayType,
    kinds.FunctionType,
    kinds.TypeLiteral,
  ])
  const isType = (kind) =>
    (kind >= kinds.FirstTypeNode && kind <= kinds.LastTypeNode) ||
    kind === kinds.InterfaceDeclaration ||
    kind === kinds.TypeAliasDeclaration
  const declares = new Set([kinds.VariableDeclaration, kinds.Parameter, kinds.BindingElement, kinds.PropertyDeclaration])
  const untyped = new Set([
    kinds.ImportDeclaration,
    kinds.ExportDeclaration,
    kinds.BreakStatement,
    kinds.ContinueStatement,
  ])
  const inType = (node) => {
    if (node.kind === kinds.AnyKeyword) written += 1
    else node.forEachChild(inType)
  }
  const visit = (node) => {
    const { kind } = node
    if (kind === kinds.Identifier) references.push(node)
    else if (kind === kinds.AnyKeyword) written += 1
    else if (isType(kind)) mayWrite && node.forEachChild(inType)
    else if (kind === kinds.PropertyAccessExpression) {
      visit(node.expression)
      members.push(node.name)
    } else if (kind === kinds.PropertyAssignment) visit(node.initializer)
    else if (declares.has(kind)) {
      // A hole in a pattern, as in `[, second]`, has no name.
      if (node.name?.kind === kinds.Identifier) (own.has(node.type?.kind) ? known : declared).push(node.name)
      else if (node.name) visit(node.name)
      if (node.type) visit(node.type)
      if (node.initializer) visit(node.initializer)
    } else if (kind === kinds.LabeledStatement) visit(node.statement)
    else if (!untyped.has(kind)) node.forEachChild(visit)
  }
  file.forEachChild(visit)
  // A name declared here is counted where it is declared; one from outside, where it is first used.
  const seen = new Set([...declared, ...known].map((node) => node.text))
  const outside = references.filter((node) => !seen.has(node.text) && seen.add(node.text))
  return { nodes: [...declared, ...members, ...outside], certain: known.length, written }
}

const ambient = new Map()

/** Whether a file of a package changes the world of files that do not import it. */
export function declaresGlobals(name) {
  if (!ambient.has(name)) {
    // Names that are no files on disk are TypeScript's own libraries, the same in every program.
    const source = fs.existsSync(name) ? fs.readFileSync(name, 'utf8') : 'export {}'
    const augments = /\bdeclare\s+(global|module)\b/.test(source)
    ambient.set(name, augments || !/^\s*(import|export)\b/m.test(source))
  }
  return ambient.get(name)
}

function difference(before, after) {
  const changes = { changed: [], created: [], deleted: [] }
  for (const [name, text] of after) {
    if (!before.has(name)) changes.created.push(name)
    else if (before.get(name) !== text) changes.changed.push(name)
  }
  for (const name of before.keys()) if (!after.has(name)) changes.deleted.push(name)
  return changes
}

/** Messages name modules by absolute path in places; those of this machine are cut off. */
export function portable(message, root, project) {
  const place = new RegExp(`${escape(root)}/\\d+[/-]\\w+[/-]`, 'g')
  return message.replaceAll(place, './').replaceAll(`${project}/node_modules/`, '')
}

const isError = (diagnostic) => diagnostic.category === ERROR

function text(diagnostic, depth = 0) {
  const own = '  '.repeat(depth) + diagnostic.text
  return [own, ...(diagnostic.messageChain ?? []).map((next) => text(next, depth + 1))].join('\n')
}

/** 1-based line and column (in characters, not UTF-16 units) of an offset. */
function position(source, offset) {
  const before = source.slice(0, offset)
  const lines = before.split(/\r\n|[\n\r\u2028\u2029]/)
  return { line: lines.length, column: [...lines.at(-1)].length + 1 }
}

const escape = (literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
