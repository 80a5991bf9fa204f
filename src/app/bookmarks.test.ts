/** Marks of moments: made, kept, taken away, and told apart by the runs that they belong to. */
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { STORY } from './address.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) })
beforeEach(() => kept.clear())
afterAll(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** As a page that opens: what it knew is gone, what the browser kept is there. */
async function opened() {
  vi.resetModules()
  const { patch, state } = await import('./store.ts')
  patch({ benches: STORY.recipes.map((recipe) => ({ recipe, run: null, problem: null, busy: false })), at: 5 })
  return { ...(await import('./bookmarks.ts')), patch, titles: () => state().bookmarks.map(({ title }) => title) }
}
const OURS = 'V4 | V5, step 5 of 0'

test('a mark is made, kept for the next visit, and taken away by the same key', async () => {
  const first = await opened()
  first.toggleBookmark()
  expect(first.titles()).toEqual([OURS])
  const second = await opened()
  expect(second.titles()).toEqual([])
  second.recall()
  expect(second.titles()).toEqual([OURS])
  second.toggleBookmark()
  expect(second.titles()).toEqual([])
  const third = await opened()
  third.recall()
  expect(third.titles()).toEqual([])
})

test('only marks of the runs that are shown stand on their timeline', async () => {
  const { bookmarksHere, patch } = await opened()
  const here = '#scenario=canonical&variants=V4,V5&platform=rk3399'
  patch({ bookmarks: [
    { fragment: `${here}&step=9&select=gem:A.2&zoom=2:500:500`, title: 'ours', at: 9 },
    { fragment: here.replace('V4,V5', 'V1,V9'), title: 'of others', at: 9 },
    { fragment: `${here}&step=9&depth=detail`, title: 'another depth', at: 9 },
  ] })
  expect(bookmarksHere().map(({ title }) => title)).toEqual(['ours'])
})

test('what somebody else wrote there is not taken for bookmarks', async () => {
  for (const text of ['{', '5', '{"a":1}', '[{"fragment":"javascript:1","title":"x","at":1},{"fragment":"#step=2","title":"good","at":2},null]']) {
    kept.set('bufscope.bookmarks', text)
    const { recall, titles } = await opened()
    recall()
    expect(titles()).toEqual(text.startsWith('[') ? ['good'] : [])
  }
})
