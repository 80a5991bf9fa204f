/** What touched a thing: all of it, whatever is shown, and a way to each. */
import { beforeEach, expect, test } from 'vitest'
import { Seeker } from '../journal/seek.ts'
import type { AnyRecord } from '../journal/snapshot.ts'
import type { Id } from '../journal/vocabulary.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { goToTouch, historyOf, lastChange } from './history.ts'
import { patch, realign, state, type Bench } from './store.ts'

const bench = (variant: string): Bench => {
  const recipe = { scenario: 'canonical', variant, platform: 'rk3399' }
  const { journal, verdict, problems } = runRecipe(recipe)
  return { recipe, problem: null, busy: false, run: { recipe, journal, done: true, verdict, findings: [], problems, bites: [] } as unknown as Bench['run'] }
}
const benches = [bench('V4'), bench('V5')]
const words = catalog()
const BUFFER: Id = 'gem:A.2'
const stepsOf = (at: number) => benches[at]!.run!.journal.steps

beforeEach(() => {
  patch({ catalog: words, benches, at: 0, rows: [], depth: 'call', selected: null, playing: false, wanted: null })
  realign()
})

test('every change of a buffer in either run is in its history, also between two stops', () => {
  const history = historyOf(BUFFER, benches, words.stops)
  for (const at of [0, 1]) {
    const changing = stepsOf(at).filter((step) => step.seq >= benches[at]!.run!.journal.header.start && step.changes.some(({ id }) => id === BUFFER)).map(({ seq }) => seq)
    expect(changing.length).toBeGreaterThan(15)
    expect(history.flatMap(({ seqs }) => seqs[at] ?? [])).toEqual(expect.arrayContaining(changing))
  }
  expect(history.length).toBeGreaterThan(state().rows.filter(({ seqs }) => history.some((touch) => touch.seqs.every((seq, i) => seq === seqs[i]))).length)
})

test('a click shows the very step', () => {
  for (const touch of historyOf(BUFFER, benches, words.stops)) {
    patch({ depth: 'call' })
    realign('call')
    goToTouch(touch)
    expect(state().rows[state().at - 1]!.seqs[touch.bench]).toBe(touch.seqs[touch.bench])
  }
})

test('who changed a field last: from there on it has the value that it has', () => {
  const history = historyOf(BUFFER, benches, words.stops)
  const seeker = new Seeker(benches[1]!.run!.journal)
  const value = (seq: number): unknown => (seeker.at(seq).records.get(BUFFER) as AnyRecord | undefined)?.['refcount']
  const counts = new Set<unknown>()
  for (const { seq } of stepsOf(1).filter((step) => step.seq % 20 === 0)) {
    const last = lastChange(history, 1, seq, 'refcount')
    const now = value(seq)
    counts.add(now)
    if (!last) {
      expect(now).toBeUndefined()
      continue
    }
    const since = last.seqs[1]!
    expect(value(since)).toBe(now)
    if (now !== undefined) expect(value(since - 1)).not.toBe(now)
  }
  expect(counts.size).toBeGreaterThan(3)
})
