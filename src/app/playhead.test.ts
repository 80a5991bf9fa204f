import { beforeAll, beforeEach, expect, test } from 'vitest'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { bringDifferences } from './differences-later.ts'
import * as playhead from './playhead.ts'
import { patch, realign, state, verdictAt, type Bench } from './store.ts'

function bench(variant: string): Bench {
  const recipe = { scenario: 'canonical', variant, platform: 'rk3399' }
  const { journal, verdict, problems } = runRecipe(recipe)
  return { recipe, problem: null, busy: false, run: { recipe, journal: { header: journal.header, steps: [...journal.steps] }, done: true, verdict, findings: [], problems, bites: [] } as Bench['run'] }
}
const benches = [bench('V4'), bench('V5')]
const wordsOf = catalog()

beforeAll(bringDifferences)
beforeEach(() => {
  patch({ catalog: wordsOf, benches, at: 0, rows: [], depth: 'step', selected: null, playing: false, wanted: null })
  realign()
})
const landmarkHere = (): string | null => state().rows[state().at - 1]?.landmark ?? null

test('a step forward and a step back end where they began, and never leave the run', () => {
  const { rows } = state()
  playhead.back()
  expect(state().at).toBe(0)
  playhead.next()
  playhead.next()
  playhead.back()
  expect(state().at).toBe(1)
  playhead.last()
  playhead.next()
  expect(state().at).toBe(rows.length)
})

test('only a step forward moves; everything else is there at once', () => {
  playhead.next()
  expect(state().motion).toBe('step')
  playhead.back()
  expect(state().motion).toBe('jump')
  playhead.goTo(9)
  expect(state().motion).toBe('jump')
})

test('landmarks in their order, and then the end', () => {
  const seen: (string | null)[] = []
  while (state().at < state().rows.length) {
    playhead.landmark(1)
    seen.push(landmarkHere())
  }
  expect(seen).toEqual(['night drawn', 'night shown', 'exported', 'imported', 'mapped', 'day drawn', 'read by the GPU', 'day shown', 'all given back'])
  playhead.landmark(-1)
  expect(landmarkHere()).toBe('day shown')
})

test('differences: the seed first, then the divergence, and back', () => {
  const kindHere = (): string | undefined => state().marks.find((mark) => mark.row + 1 === state().at)?.kind
  playhead.difference(1)
  expect(kindHere()).toBe('seed')
  const seed = state().at
  playhead.difference(1)
  expect(kindHere()).toBe('first')
  playhead.difference(-1)
  expect(state().at).toBe(seed)
  // There is none before it.
  playhead.difference(-1)
  expect(state().at).toBe(seed)
})

test('a finer depth and back again is the same moment', () => {
  playhead.difference(1)
  playhead.difference(1)
  const { at, rows } = state()
  const now = rows[at - 1]!.seqs
  playhead.shiftDepth(1)
  expect(state().depth).toBe('detail')
  expect(state().rows[state().at - 1]!.seqs[0]).toBe(now[0])
  playhead.shiftDepth(-1)
  expect(state().at).toBe(at)
})

test('events of the selected object only', () => {
  patch({ selected: 'gem:A.2' })
  playhead.event(1)
  expect(state().depth).toBe('detail')
  for (let n = 0; n < 5; n++) {
    playhead.event(1)
    const { seqs } = state().rows[state().at - 1]!
    expect(seqs.some((seq, i) => seq !== null && playhead.touches(benches[i]!.run!.journal.steps[seq]!, 'gem:A.2'))).toBe(true)
  }
})

test('a verdict is not told before the step that settles it', () => {
  const first = state().marks.find((mark) => mark.kind === 'first')!.row + 1
  playhead.goTo(first - 1)
  expect(verdictAt(state(), 0)).toBeNull()
  playhead.goTo(first)
  expect(verdictAt(state(), 0)?.text).toBe('EACCES at mmap')
  expect(verdictAt(state(), 1)).toBeNull()
  playhead.last()
  expect(verdictAt(state(), 1)?.text).toBe('works')
})
