/** What the page's worker comes with: enough for the opening story, with a word for everything that can happen in it, and no more. */
import { expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { ioctls } from '../kernel/syscalls/ioctl.ts'
import { syscalls } from '../kernel/trap.ts'
import { globbed, globsOf, parsed } from '../tidy/imports.ts'
import { readTree } from '../tidy/tree.ts'
import { runRecipe } from './run-recipe.ts'
import { says } from './says.ts'
import { parts } from './shelves.ts'

const tree = readTree(new URL('../..', import.meta.url).pathname, 'src')
const COLLECTOR = 'src/worker/says.ts'

/** A shelf names its files twice, for Node and then for the page; for the page perhaps none. A file may have several shelves. */
function forThePage(path: string): readonly string[] {
  const text = tree.get(path)!
  const forNode = (at: number): boolean => {
    const asked = text.lastIndexOf('import.meta.env.SSR', at)
    return asked >= 0 && !/\n\s*:|\belse\b/.test(text.slice(asked, at)) && !text.slice(asked, at).includes(';')
  }
  return globsOf(path, text).filter(({ at }) => !forNode(at)).flatMap(glob => globbed(tree, glob))
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
  visit('src/worker/first-worker.ts')
  return found
}
const speaks = (path: string): boolean => /^export const says\b/m.test(tree.get(path)!) && !path.startsWith('src/worker/')

test('every file that the worker carries has its words collected, and no other', () => {
  // A variant's words come with the variant.
  const own = [...carried()].filter(path => speaks(path) && !path.startsWith('src/variants/'))
  const collected = forThePage(COLLECTOR).filter(speaks)
  const nothingButWords = (path: string): boolean => (tree.get(path)!.match(/^export (const|function|default|class)\b/gm) ?? []).length === 1
  expect(own.filter(path => !collected.includes(path))).toEqual([])
  expect(collected.filter(path => !own.includes(path) && !nothingButWords(path))).toEqual([])
  expect(own.length).toBeGreaterThan(40)
})

/** What a file of the tree exports. */
const file = async (path: string): Promise<{ readonly says?: object; readonly default?: { readonly says?: object } }> => import(/* @vite-ignore */ `../../${path}`) as Promise<object>
/** The events that the page's worker has words for. */
async function words(paths: readonly string[]): Promise<Set<string>> {
  const found = await Promise.all(paths.map(file))
  return new Set(found.flatMap(each => [...Object.keys(each.says ?? {}), ...Object.keys(each.default?.says ?? {})]))
}
const ON_SHELVES = ['src/kernel/trap.ts', 'src/kernel/syscalls/ioctl.ts', 'src/kernel/boot.ts']

test('every event of the opening story has its words in the first worker, and every event at all in the whole one', async () => {
  const first = await words([...forThePage(COLLECTOR), ...ON_SHELVES.flatMap(forThePage)])
  const told = new Set(['V4', 'V5'].flatMap(variant => runRecipe({ scenario: 'canonical', variant, platform: '' }).journal.steps.map(({ event }) => event)))
  expect(told.size).toBeGreaterThan(50)
  expect([...told].filter(event => event in says && !first.has(event))).toEqual([])
  const whole = await words(globsOf('src/worker/rest.ts', tree.get('src/worker/rest.ts')!).flatMap(glob => globbed(tree, glob)))
  expect(Object.keys(says).filter(event => !event.startsWith('call.leave:') && !first.has(event) && !whole.has(event))).toEqual([])
})

/** The names that files give themselves: `lseek` of syscalls/lseek.ts. */
const named = async (paths: readonly string[]): Promise<string[]> =>
  Promise.all(paths.map(async path => ((await import(/* @vite-ignore */ `../../${path}`)) as { default: { name: string } }).default.name))

test('the opening story needs no call that the worker does not carry, whatever is chosen from its own shelves', async () => {
  const [carriedCalls, carriedIoctls] = await Promise.all(['src/kernel/trap.ts', 'src/kernel/syscalls/ioctl.ts'].map(path => named(forThePage(path))))
  const strange = new Set<string>()
  let calls = 0
  for (const kernel of await named(forThePage('src/kernel/flavours.ts'))) for (const path of parts.path) for (const flags of parts.flags) for (const sync of parts.sync) {
    const { journal: { steps } } = runRecipe({ scenario: 'canonical', variant: '', kernel, path: path.id, flags: flags.id, sync: sync.id, platform: 'rk3399' })
    for (const step of steps) {
      if (!is(step, 'trap.enter')) continue
      calls++
      const { name, text } = step.fields
      const request = /^ioctl\([^,]*, (\w+)/.exec(text)?.[1]
      if (!carriedCalls!.includes(name)) strange.add(name)
      if (request !== undefined && !carriedIoctls!.includes(request)) strange.add(request)
    }
  }
  expect([...strange]).toEqual([])
  expect(calls).toBeGreaterThan(300)
  expect(Object.keys(syscalls).length).toBeGreaterThan(carriedCalls!.length)
  expect(Object.keys(ioctls).length).toBeGreaterThan(carriedIoctls!.length)
})
