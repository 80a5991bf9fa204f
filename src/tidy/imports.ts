/** What a file names in other files: imports, exports from, import types, augmented modules, and the files a glob takes in. */
import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import type { Tree } from './tree.ts'

export interface Import {
  /** A path in the tree, or the name of a package (`react`, `node:fs`). */
  readonly to: string
  readonly own: boolean
  /** Gone after compilation. */
  readonly typesOnly: boolean
  /** Only when the code around it runs. */
  readonly later: boolean
}

export interface Node { readonly type: string; readonly start: number; readonly [field: string]: unknown }

/** Calls `see` for every node of a syntax tree, with its parent and the field it stands in. */
export function walk(node: unknown, see: (node: Node, parent: Node | null, field: string) => void, parent: Node | null = null, field = ''): void {
  if (Array.isArray(node)) return node.forEach(each => walk(each, see, parent, field))
  if (typeof node !== 'object' || node === null || typeof (node as Node).type !== 'string') return
  see(node as Node, parent, field)
  for (const [key, value] of Object.entries(node)) if (typeof value === 'object') walk(value, see, node as Node, key)
}

interface Parsed { readonly program: Node; readonly found: readonly Import[] }
/** By path: the text it was parsed from, so that each rule finds the house parsed already. */
const known = new Map<string, { readonly text: string; readonly parsed: Parsed }>()

export function parsed(path: string, text: string): Parsed {
  const hit = known.get(path)
  if (hit?.text === text) return hit.parsed
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const found: Import[] = []
  const add = (spec: string, typesOnly: boolean, later = false): void => void found.push({ ...resolved(path, spec), typesOnly, later })
  // The address of a script that is built by itself: what it names is fetched when somebody asks for it.
  const scripts = new Map<string, string>()
  for (const { moduleRequest: { value }, entries } of module.staticImports) {
    const [file, query] = value.split('?') as [string, string?]
    if (query === undefined) add(value, entries.length > 0 && entries.every(e => e.isType))
    else for (const { localName } of entries) scripts.set(localName.value, file)
  }
  for (const { entries } of module.staticExports) for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType)
  walk(program, node => {
    const literal = (part: unknown): string | null => ((part as Node | null)?.type === 'Literal' ? String((part as Node).value) : null)
    if (node.type === 'TSImportType') add(literal(node.source) ?? '', true)
    else if (node.type === 'ImportExpression') add(literal(node.source) ?? scripts.get(String((node.source as Node).name)) ?? 'a computed name', false, true)
    else if (node.type === 'TSModuleDeclaration' && literal(node.id)) add(literal(node.id)!, true)
  })
  const result = { program: program as unknown as Node, found }
  known.set(path, { text, parsed: result })
  return result
}

function resolved(from: string, spec: string): { to: string; own: boolean } {
  if (!spec.startsWith('.')) return { to: packageOf(spec), own: false }
  return { to: posix.normalize(posix.join(posix.dirname(from), spec)), own: true }
}
const packageOf = (spec: string): string => (spec.startsWith('node:') ? spec : spec.split('/').slice(0, spec.startsWith('@') ? 2 : 1).join('/'))

export interface Glob { readonly patterns: readonly string[]; readonly at: number }

/** Calls of import.meta.glob, with patterns as paths from the root; a leading `!` stays. */
export function globsOf(path: string, text: string): Glob[] {
  const globs: Glob[] = []
  walk(parsed(path, text).program, node => {
    if (node.type !== 'CallExpression') return
    const callee = node.callee as Node
    if (callee.type !== 'MemberExpression' || (callee.object as Node).type !== 'MetaProperty' || ((callee.property as Node).name as string) !== 'glob') return
    const [first] = node.arguments as Node[]
    const literals = first?.type === 'ArrayExpression' ? (first.elements as Node[]) : first ? [first] : []
    globs.push({
      at: node.start,
      patterns: literals.map(l => String(l.value)).map(p => (p.startsWith('!') ? `!${resolved(path, p.slice(1)).to}` : resolved(path, p).to)),
    })
  })
  return globs
}

const regexOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+^$()|[\]\\]/g, '\\$&').replace(/\{([^}]*)\}/g, (_, list: string) => `(${list.replaceAll(',', '|')})`).replace(/\*\*\/|\*/g, star => (star === '*' ? '[^/]*' : '(.*/)?'))}$`)

export function globbed(tree: Tree, { patterns }: Glob): string[] {
  const no = patterns.filter(p => p.startsWith('!')).map(p => regexOf(p.slice(1)))
  const yes = patterns.filter(p => !p.startsWith('!')).map(regexOf)
  return [...tree.keys()].filter(path => yes.some(r => r.test(path)) && !no.some(r => r.test(path)))
}

/** Everything a file of the tree reaches, globs included. */
export function importsOf(tree: Tree, path: string): Import[] {
  const text = tree.get(path)!
  const shelves = globsOf(path, text).flatMap(glob => globbed(tree, glob)).filter(to => to !== path)
  return [...parsed(path, text).found, ...shelves.map(to => ({ to, own: true, typesOnly: false, later: false }))]
}
