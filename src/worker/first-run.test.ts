/** What the page's worker comes with: enough for the opening story, with a word for everything that can happen in it, and no more. */
import { expect, test } from 'vitest'
import { globbed, globsOf, parsed } from '../tidy/imports.ts'
import { readTree } from '../tidy/tree.ts'

const tree = readTree(new URL('../..', import.meta.url).pathname, 'src')
const COLLECTOR = 'src/worker/says.ts'

/** A shelf names its files twice, for Node and then for the page; for the page perhaps none. */
function forThePage(path: string): readonly string[] {
  const text = tree.get(path)!
  return globsOf(path, text).slice(text.includes('import.meta.env.SSR') ? 1 : 0).flatMap(glob => globbed(tree, glob))
}

/** All that the worker's script holds, apart from what is collected for its words alone. */
function carried(): Set<string> {
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path) || !tree.has(path)) return
    found.add(path)
    for (const { to, own, typesOnly, later } of parsed(path, tree.get(path)!).found) if (own && !typesOnly && !later) visit(to)
    if (path !== COLLECTOR) for (const to of forThePage(path)) visit(to)
  }
  visit('src/worker/worker.ts')
  return found
}
const speaks = (path: string): boolean => /^export const says\b|^ {2}says: \{/m.test(tree.get(path)!) && !path.startsWith('src/worker/')

test('every file that the worker carries has its words collected, and no other', () => {
  // A variant's words come with the variant.
  const own = [...carried()].filter(path => speaks(path) && !path.startsWith('src/variants/'))
  const collected = forThePage(COLLECTOR).filter(speaks)
  const nothingButWords = (path: string): boolean => (tree.get(path)!.match(/^export (const|function|default|class)\b/gm) ?? []).length === 1
  expect(own.filter(path => !collected.includes(path))).toEqual([])
  expect(collected.filter(path => !own.includes(path) && !nothingButWords(path))).toEqual([])
  expect(own.length).toBeGreaterThan(40)
})
