/** Who may import whom: the two wings and the bridge, folder by folder, and nothing in a circle. */
import { importsOf, parsed } from './imports.ts'
import { folderOf, isCode, isTest, type Tree } from './tree.ts'

const BRIDGE = ['base', 'journal']
const MACHINE = [...BRIDGE, 'world', 'hardware', 'kernel', 'userspace', 'machine', 'variants', 'hazards', 'quirks', 'scenarios', 'traces', 'recordings']
/** Files of `worker` that the page has too. */
const WIRE = ['src/worker/client.ts', 'src/worker/protocol.ts']

/** A folder may import itself, the folders here, and the packages here. `types:` allows types alone; a path allows one file. */
export const MAY: Readonly<Record<string, { readonly own: readonly string[]; readonly packages: readonly (string | RegExp)[] }>> = {
  base: { own: [], packages: [] },
  journal: { own: ['base'], packages: [] },
  world: { own: BRIDGE, packages: [] },
  hardware: { own: [...BRIDGE, 'world'], packages: [] },
  kernel: { own: [...BRIDGE, 'world', 'hardware'], packages: [] },
  userspace: { own: [...BRIDGE, 'types:world'], packages: [] },
  machine: { own: [...BRIDGE, 'world', 'hardware', 'kernel', 'userspace'], packages: [] },
  variants: { own: ['base', 'hardware', 'kernel', 'machine'], packages: [] },
  hazards: { own: BRIDGE, packages: [] },
  quirks: { own: BRIDGE, packages: [] },
  scenarios: { own: [...BRIDGE, 'userspace', 'machine', 'variants', 'hazards'], packages: [] },
  traces: { own: BRIDGE, packages: [] },
  // What real kernels answered, replayed on ours.
  recordings: { own: [...BRIDGE, 'world', 'hardware', 'kernel', 'userspace', 'machine'], packages: [] },
  worker: { own: MACHINE, packages: [] },
  stage: { own: BRIDGE, packages: ['react', 'react-dom', /^d3-/, 'lucide-react'] },
  chapters: { own: [...BRIDGE, 'stage'], packages: ['react', 'lucide-react'] },
  app: { own: [...BRIDGE, ...WIRE], packages: ['react', 'zustand', /^@fontsource/] },
  // Files made of a moment: text and drawings, out of what the page shows.
  take: { own: [...BRIDGE, 'stage', 'app'], packages: ['react', 'react-dom', /^@fontsource/] },
  pages: { own: [...BRIDGE, 'stage', 'chapters', 'app', 'take'], packages: ['react', 'react-dom', 'lucide-react', 'radix-ui', /^d3-/, 'zustand'] },
  'main.tsx': { own: ['app', 'pages'], packages: ['react', 'react-dom'] },
  // Commands: the machine in plain Node.
  cli: { own: [...MACHINE, 'worker', 'bench'], packages: [/^node:/, 'vite', '@playwright/test'] },
  bench: { own: [...MACHINE, 'worker', 'cli', 'app'], packages: [/^node:/, 'vite', '@playwright/test', 'immer'] },
}

export function wrongImports(tree: Tree): string[] {
  const wrong: string[] = []
  for (const path of tree.keys()) {
    if (!isCode(path) || isTest(path)) continue
    const folder = folderOf(path)
    const may = MAY[folder]
    if (!may) {
      wrong.push(`${path}: the table of folders does not know ${folder}`)
      continue
    }
    const own = WIRE.includes(path) ? [...BRIDGE, ...WIRE] : [folder, ...may.own]
    for (const { to, own: ours, typesOnly } of importsOf(tree, path)) {
      if (!ours) {
        if (!may.packages.some(name => (typeof name === 'string' ? name === to : name.test(to)))) wrong.push(`${path}: ${folder} may not import the package ${to}`)
      } else if (!own.includes(folderOf(to)) && !own.includes(to) && !(typesOnly && own.includes(`types:${folderOf(to)}`))) wrong.push(`${path}: ${folder} may not import ${to}`)
      else if (isTest(to)) wrong.push(`${path}: a test is imported, ${to}`)
    }
  }
  return wrong
}

/** Imports of values that lead back to where they began; types and imports made later do no harm. */
export function circles(tree: Tree): string[] {
  const next = new Map<string, string[]>()
  for (const path of tree.keys()) {
    if (isCode(path)) next.set(path, importsOf(tree, path).filter(i => i.own && !i.typesOnly && !i.later && tree.has(i.to)).map(i => i.to))
  }
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, way: readonly string[]): void => {
    const begun = way.indexOf(path)
    if (begun >= 0) return void found.push([...way.slice(begun), path].join(' → '))
    if (done.has(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...way, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return found
}

/** The worker carries no file that has nothing to say and that nobody of it uses: what tests and commands need stays out of the page. */
export function carriedForNothing(tree: Tree): string[] {
  const collector = 'src/worker/says.ts'
  const used = new Set<string>()
  const visit = (path: string): void => {
    if (used.has(path) || !tree.has(path)) return
    used.add(path)
    const imports = path === collector ? parsed(path, tree.get(path)!).found : importsOf(tree, path)
    for (const { to, own, typesOnly } of imports) if (own && !typesOnly) visit(to)
  }
  visit('src/worker/worker.ts')
  // A file of types is nothing once it is built.
  const weighs = (text: string): boolean => !/\bsays\b/.test(text) && /^export (const|function|class|default|let)\b/m.test(text)
  return tree.has(collector) ? importsOf(tree, collector).filter(({ to, own }) => own && !used.has(to) && weighs(tree.get(to) ?? '')).map(({ to }) => `${to}: the worker carries it for nothing`) : []
}
