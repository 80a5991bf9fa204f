/** The gestures of hardware: which there are, what they count, that each has a shape of its own and stays as a mark when nothing moves. */
import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Journal, Recipe } from '../../../journal/run.ts'
import { Seeker } from '../../../journal/seek.ts'
import type { Step } from '../../../journal/step.ts'
import { TruthSeeker } from '../../../journal/truth.ts'
import { runRecipe } from '../../../worker/run-recipe.ts'
import { floorsOf } from '../../floors.ts'
import { frameOf, type Frame } from '../../frame.ts'
import { Mark } from '../../hardware/gesture-marks.tsx'
import { MEANS } from '../../hardware/gesture-means.ts'
import { gesturesOf, sentenceOf, WORDS, type GestureKind } from '../../hardware/gestures.ts'
import { layoutOf } from '../../hardware/layout.ts'
import { NOWHERE } from '../../places.ts'
import gestures from './gestures.tsx'

const BOX = { x: 18, y: 20, w: 904, h: 219 }
const run = (more: Partial<Recipe>): Journal => runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', ...more }).journal
const CACHED = run({ exporter: 'E2' })
const HEAP = run({ variant: 'V21' })
const COMBINED = run({ exporter: 'E3' })
const COHERENT = run({ exporter: 'E2', platform: 'reference-fc' })
const CHANCE = run({ exporter: 'E2', mode: 'random', seed: 2, lines: 2 })
const KINDS = Object.keys(WORDS) as GestureKind[]
const tokens = /:root \{[^}]*\}/.exec(readFileSync(new URL('../../../app/theme.css', import.meta.url), 'utf8'))![0]

function frameAt(journal: Journal, seq: number, { t = 1, since = seq - 1 } = {}): Frame {
  const stop = { journal, before: new Seeker(journal).at(since), after: new Seeker(journal).at(seq), step: journal.steps[seq]!, truth: new TruthSeeker(journal).at(seq), since, gap: false }
  return frameOf(stop, t, { places: NOWHERE, says: {}, differs: new Set(), selected: null })
}
const svg = (frame: Frame, box = BOX, compact = false): string => renderToStaticMarkup(
  <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${box.w + 36} ${box.h + 40}`}><style>{tokens}</style>{gestures.draw({ frame, box, floors: floorsOf({ w: 940, h: 740 }, compact), compact })}</svg>,
)
const last = (journal: Journal, event: string, is: (fields: Record<string, unknown>) => boolean = () => true): Step => journal.steps.findLast((step) => step.event === event && is(step.fields as never))!

const MOMENTS: readonly (readonly [string, Journal, Step])[] = [
  ['clean', HEAP, last(HEAP, 'cache.clean', ({ lines }) => lines === 64)], ['invalidate', HEAP, last(HEAP, 'cache.invalidate')], ['evict', CACHED, last(CACHED, 'cache.evict')],
  ['drain', COMBINED, last(COMBINED, 'wc.drain')], ['fill', CACHED, last(CACHED, 'cache.fill', ({ agent }) => agent === 'gpu')], ['sweep', CACHED, last(CACHED, 'cache.flush', ({ agent }) => agent === 'gpu')],
  ['snoop', COHERENT, last(COHERENT, 'cache.snoop')], ['shootdown', CACHED, last(CACHED, 'tlb.flush', ({ agent }) => agent === 'cpu')],
  ['lost', CHANCE, last(CHANCE, 'tlb.evict')],
]

test.each(MOMENTS)('%s', async (kind, journal, step) => {
  const frame = frameAt(journal, step.seq)
  const found = gesturesOf(frame.past!.hardware, null)
  expect(found.map((each) => each.kind)).toEqual([kind])
  const { lines, entries, written } = step.fields as { lines?: number; entries?: number; written?: number }
  expect(found[0]!.count).toBe(kind === 'fill' ? written : lines ?? entries ?? 1)
  const markup = svg(frame)
  expect(markup).toContain(`>${found[0]!.count}</text>`)
  await expect(`${markup.replace(/(<(?:g|path|text)[ >])/g, '\n$1')}\n`).toMatchFileSnapshot(`../gallery/gesture-${kind}.svg`)
})

test('each kind has a shape of its own, at rest too', () => {
  const shapes = KINDS.map((kind) => renderToStaticMarkup(<svg><Mark kind={kind} x={0} y={0} out={1} scale={1} t={1} colour="var(--ink)" /></svg>))
  expect(new Set(shapes).size).toBe(KINDS.length)
  const sentences = KINDS.map((kind) => sentenceOf({ kind, place: 'cpu', count: 3, here: true, by: 'the GPU' }))
  expect(new Set(sentences).size).toBe(KINDS.length)
  for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]/)
  expect(new Set(Object.keys(MEANS))).toEqual(new Set(KINDS))
})

test('what comes and goes moves, and ends where it stays', () => {
  for (const [, journal, step] of MOMENTS) {
    const [early, late, rest] = [0.2, 0.7, 1].map((t) => svg(frameAt(journal, step.seq, { t })))
    expect(new Set([early, late, rest]).size).toBe(3)
    expect(svg(frameAt(journal, step.seq))).toBe(rest)
  }
})

test('several of a kind between two stops are one, with their lines added', () => {
  const cleans = HEAP.steps.filter((step) => step.event === 'cache.clean' && step.seq >= HEAP.header.start)
  const frame = frameAt(HEAP, HEAP.steps.length - 1, { since: HEAP.header.start })
  const [clean] = gesturesOf(frame.past!.hardware, null).filter(({ kind }) => kind === 'clean')
  expect(clean!.count).toBe(cleans.reduce((sum, step) => sum + (step.fields as { lines: number }).lines, 0))
})

test('a mark stands in the gap beside its own party and covers no picture, whatever the size', () => {
  for (const box of [BOX, { x: 10, y: 0, w: 597, h: 130 }]) {
    const { cpu, wc, gpu, dram, display } = layoutOf(box, false)
    for (const [, journal, step] of MOMENTS) {
      const middles = [...svg(frameAt(journal, step.seq), box).matchAll(/translate\((-?[\d.]+) [\d.]+\) scale/g)].map(([, x]) => Number(x))
      expect(middles.length).toBeGreaterThan(0)
      for (const x of middles) for (const party of [cpu, wc!, dram, gpu, display]) expect(x < party.x || x > party.x + party.w).toBe(true)
    }
  }
})

test('a phone shows them between the pictures, those of the write buffers with the cache before them', () => {
  const box = { x: 14, y: 0, w: 362, h: 165 }
  const { cpu, dram, gpu } = layoutOf(box, true)
  const between = { clean: [cpu, dram], drain: [cpu, dram], sweep: [dram, gpu] } as const
  for (const [kind, [left, right]] of Object.entries(between)) {
    const [, journal, step] = MOMENTS.find(([each]) => each === kind)!
    const x = Number(/translate\((-?[\d.]+)/.exec(svg(frameAt(journal, step.seq), box, true))![1])
    expect(x).toBeGreaterThan(left.x + left.w)
    expect(x).toBeLessThan(right.x)
  }
})

test('a step in which hardware did nothing has no mark, and need not be drawn again', () => {
  const quiet = CACHED.steps.find((step) => step.event === 'call.enter')!
  const frame = frameAt(CACHED, quiet.seq)
  expect(svg(frame)).not.toContain('<title>')
  expect(gestures.of!({ frame, box: BOX, floors: floorsOf({ w: 940, h: 740 }, false), compact: false })).toEqual([])
})
