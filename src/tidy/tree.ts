/** The repository as texts: what the house rules look at. Rules are pure functions over a tree, so a test can plant a violation in it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Path from the root, with slashes → text. */
export type Tree = ReadonlyMap<string, string>

const IGNORED = new Set(['node_modules', '.git', 'dist', 'bench', 'test-results', 'playwright-report'])
const BINARY = /\.(png|woff2|ico|gz)$/

export function readTree(root: string, under = ''): Tree {
  const tree = new Map<string, string>()
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    // In src a name says what the code is for: src/bench is no folder of results.
    if (under === '' && IGNORED.has(path)) continue
    if (entry.isDirectory()) {
      for (const [inner, text] of readTree(root, path)) tree.set(inner, text)
    } else if (entry.isFile() && !BINARY.test(path)) tree.set(path, readFileSync(join(root, path), 'utf8'))
  }
  return tree
}

export const isCode = (path: string): boolean => /^(src|e2e)\/.*\.(ts|tsx)$/.test(path)
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('e2e/') || path.startsWith('src/tidy/')

/** `kernel` for `src/kernel/drivers/vgem.ts`; the file's own name for those directly in src; `e2e`. */
export function folderOf(path: string): string {
  const [top, next] = path.split('/') as [string, string?]
  return top === 'src' && next !== undefined ? next : top
}
