/** What the two wings may reach besides imports: the machine has no DOM, clock or chance of its own; a scene is a picture of its frame. */
import { parsed, walk, type Node } from './imports.ts'
import { folderOf, isCode, isTest, type Tree } from './tree.ts'

const CLOCK = ['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'requestIdleCallback', 'queueMicrotask', 'Temporal']
const EVERYTHING = ['globalThis', 'window', 'self', 'global', 'top', 'parent', 'frames', 'eval', 'Function', 'Reflect', 'Proxy', 'WebAssembly', 'require', 'process', 'Buffer']
const DOM = [
  'document', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage', 'indexedDB', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker',
  'MessageChannel', 'BroadcastChannel', 'postMessage', 'addEventListener', 'removeEventListener', 'dispatchEvent', 'matchMedia', 'getComputedStyle', 'importScripts', 'crypto',
  'HTMLElement', 'Element', 'Image', 'Blob', 'File', 'FileReader', 'OffscreenCanvas', 'console', 'alert', 'innerWidth', 'innerHeight', 'devicePixelRatio', 'screen', 'caches',
]
/** Order or outcome would hang on the collector or on the reader's language. */
const UNSTEADY = ['WeakRef', 'FinalizationRegistry', 'Intl', 'Atomics']

/** The door: here messages are heard and answered, and others let in between. Nothing of it reaches the machine. */
const DOOR: Readonly<Record<string, readonly string[]>> = { 'src/worker/posting.ts': ['self', 'MessageChannel', 'setTimeout'], 'src/worker/worker.ts': [], 'src/worker/first-worker.ts': ['setTimeout'], 'src/worker/client.ts': ['Worker', 'URL'] }

const MACHINE = ['base', 'journal', 'world', 'hardware', 'kernel', 'userspace', 'machine', 'variants', 'hazards', 'quirks', 'scenarios', 'traces', 'recordings', 'worker']
const SCENES = ['stage']
const MEASURING = ['getBoundingClientRect', 'offsetWidth', 'offsetHeight', 'clientWidth', 'clientHeight', 'getBBox', 'getComputedTextLength', 'measureText']

/** Names a file uses without declaring them, with where; property names are not uses. */
function uses(program: Node): { readonly free: ReadonlySet<string>; readonly members: ReadonlySet<string>; readonly odd: readonly string[] } {
  const declared = new Set<string>()
  const used = new Set<string>()
  const members = new Set<string>()
  const odd: string[] = []
  const nameOf = (node: unknown): string => String((node as Node | null)?.name ?? '')
  walk(program, (node, parent, field) => {
    if (/Function/.test(node.type) && !node.type.startsWith('TS')) {
      if (node.generator === true) odd.push('a generator, which keeps its place outside the world')
      if (node.async === true) odd.push('an async function, which keeps its place outside the world')
    }
    if (node.type === 'MemberExpression') {
      if (node.computed !== true) members.add(nameOf(node.property))
      const object = node.object as Node
      if (object.type === 'Identifier' && object.name === 'Math' && (node.computed === true || nameOf(node.property) === 'random')) odd.push('Math.random')
      if (node.computed !== true && nameOf(node.property) === 'constructor') odd.push('.constructor, which leads to Function')
      return
    }
    if (node.type === 'ObjectPattern') for (const { value } of node.properties as Node[]) if ((value as Node | undefined)?.type === 'Identifier') declared.add(nameOf(value))
    if (node.type !== 'Identifier' && node.type !== 'JSXIdentifier') return
    const { name } = node as unknown as { name: string }
    if (!parent) return
    const binds = (/^(VariableDeclarator|FunctionDeclaration|FunctionExpression|ClassDeclaration|TSTypeAliasDeclaration|TSInterfaceDeclaration|TSTypeParameter)$/.test(parent.type) && (field === 'id' || field === 'name'))
      || field === 'params' || field === 'local' || parent.type === 'RestElement' || parent.type === 'ArrayPattern' || (parent.type === 'AssignmentPattern' && field === 'left')
      || parent.type === 'CatchClause'
    if (binds) declared.add(name)
    const inType = parent.type.startsWith('TS') && !/^TS(AsExpression|NonNullExpression|SatisfiesExpression|InstantiationExpression)$/.test(parent.type)
    const isName = (parent.type === 'MemberExpression' && field === 'property' && parent.computed !== true) || (/Property|Method/.test(parent.type) && field === 'key' && parent.computed !== true)
    if (name === 'Math' && !(parent.type === 'MemberExpression' && field === 'object') && !isName && !inType) odd.push('Math as a value, which leads to Math.random')
    if (!isName && !inType && !binds) used.add(name)
  })
  return { free: new Set([...used].filter(name => !declared.has(name))), members, odd }
}

export function wrongGlobals(tree: Tree): string[] {
  const wrong: string[] = []
  for (const [path, text] of tree) {
    if (!isCode(path) || isTest(path)) continue
    const folder = folderOf(path)
    const machine = MACHINE.includes(folder)
    if (!machine && !SCENES.includes(folder)) continue
    const { free, members, odd } = uses(parsed(path, text).program)
    const allowed = DOOR[path] ?? []
    const forbidden = machine ? [...CLOCK, ...EVERYTHING, ...DOM, ...UNSTEADY] : [...CLOCK, ...EVERYTHING, ...DOM]
    for (const name of forbidden) if (free.has(name) && !allowed.includes(name)) wrong.push(`${path}: ${folder} may not use ${name}`)
    if (machine && !(path in DOOR)) for (const what of odd) wrong.push(`${path}: ${folder} may not use ${what}`)
    if (!machine) {
      for (const what of odd.filter(o => o.startsWith('Math'))) wrong.push(`${path}: ${folder} may not use ${what}`)
      for (const name of MEASURING) if (members.has(name)) wrong.push(`${path}: ${folder} may not measure (${name})`)
    }
  }
  return wrong
}
