/** Where pairs of variants part: the rows, the first divergence and its seeds, as the notes on the variants tell them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { align, type Row } from '../journal/align.ts'
import { divergences, type Divergence } from '../journal/divergence.ts'
import type { Journal, Recipe } from '../journal/run.ts'
import { wordsOf } from '../journal/sides-of-many.ts'
import type { Step } from '../journal/step.ts'
import { DEPTHS, stopsOf, type Depth } from '../journal/stops.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { everyday, told, variants } from '../worker/shelves.ts'

type Side = string | Partial<Recipe>
const { stops } = catalog()
const known = new Map<string, Journal>()
function journalOf(side: Side): Journal {
  const recipe: Recipe = { scenario: 'canonical', variant: '', platform: '', ...(typeof side === 'string' ? { variant: side } : side) }
  const key = JSON.stringify(recipe)
  if (!known.has(key)) known.set(key, runRecipe(recipe).journal)
  return known.get(key)!
}

interface Compared { readonly journals: readonly Journal[]; readonly rows: readonly Row[]; readonly marks: readonly Divergence[]; readonly first: Row | null; readonly sentence: string }
function compare(sides: readonly Side[], depth: Depth = 'step'): Compared {
  const journals = sides.map(journalOf)
  const rows = align(journals, depth, stops)
  const marks = divergences(rows, journals)
  const first = marks.find(mark => mark.kind === 'first')
  return { journals, rows, marks, first: first ? rows[first.row]! : null, sentence: first?.sentence ?? '' }
}
/** The line of the program that a row belongs to, as it is written. */
const lineOf = (journal: Journal, key: string): string => journal.header.listing.flatMap(l => l.lines).find(line => line.key === key)?.text ?? ''
const stepOf = ({ journals }: Compared, row: Row, bench: number): Step | null => (row.seqs[bench] === null ? null : journals[bench]!.steps[row.seqs[bench]!]!)
const seedsOf = (found: Compared): string[] => found.marks.filter(mark => mark.kind === 'seed').map(mark => `${lineOf(found.journals[0]!, found.rows[mark.row]!.key)}: ${mark.sentence}`)

test('V4 | V5: the mode of the export is the seed, and mmap is where it matters', () => {
  const found = compare(['V4', 'V5'])
  expect(lineOf(found.journals[0]!, found.first!.key)).toBe('px = gbm_bo_map(bo)')
  expect(found.sentence).toBe('first divergence: EACCES | ok')
  expect(stepOf(found, found.first!, 0)!.event).toBe('mmap.refused.mode')
  const at = found.marks.find(mark => mark.kind === 'first')!.row + 1
  expect(seedsOf(found)).toEqual([`fd = gbm_bo_get_fd(card, bo): seed: mode differs here (reading only | reading and writing); it matters at step ${at}`])
})

test('V4 | V5: the same call at every depth', () => {
  for (const depth of DEPTHS) {
    const found = compare(['V4', 'V5'], depth)
    expect(lineOf(found.journals[0]!, found.first!.key), depth).toBe('px = gbm_bo_map(bo)')
    expect(found.sentence, depth).toBe('first divergence: EACCES | ok')
    expect(found.marks.filter(mark => mark.kind === 'first'), depth).toHaveLength(1)
  }
})

test.each([
  // [sides, the line where they part, what is said there]
  ['V1 | V2: MMAP_BO refuses, and Mesa of 2019 ends the process', ['V1', 'V2'], 'bo = gbm_bo_import(gpu, fd)', /^first divergence: ok \| SIGABRT$/],
  ['V2 | V6: the patch was meant to heal just that', ['V2', 'V6'], 'bo = gbm_bo_import(gpu, fd)', /^first divergence: SIGABRT \| ok$/],
  ['V1 | V6: the area goes to the exporter', ['V1', 'V6'], 'bo = gbm_bo_import(gpu, fd)', /^first divergence: another way, the same answer: drm_gem_mmap_obj \| dma_buf_mmap$/],
  ['V1 | V9: Mesa of 2019 maps an import at once', ['V1', 'V9'], 'bo = gbm_bo_import(gpu, fd)', /^first divergence: another way, the same answer/],
  ['V5 | V9: the import is held by its mapping on the GPU', ['V5', 'V9'], 'bo = gbm_bo_import(gpu, fd)', /^first divergence: another way, the same answer/],
  ['E1 | E3: contiguous memory is there at once', [{ variant: 'V5', exporter: 'E1' }, { variant: 'V5', exporter: 'E3' }], 'bo = drmModeCreateDumbBuffer(card, 32, 32, 32)', /another way, the same answer: .*dma_alloc_wc/],
  ['Y0 | Y1: SYNC around the access', [{ variant: 'V5', sync: 'Y0' }, { variant: 'V5', sync: 'Y1' }], 'px = gbm_bo_map(bo)', /another way, the same answer/],
] as const)('%s', (_, sides, line, sentence) => {
  const found = compare(sides)
  expect(lineOf(found.journals[0]!, found.first!.key)).toBe(line)
  expect(found.sentence).toMatch(sentence)
})

test('a cached buffer on RK3399 | Reference FC: who reads memory sees other pixels, and no call differs before', () => {
  const found = compare([{ variant: 'V5', exporter: 'E2', platform: 'rk3399' }, { variant: 'V5', exporter: 'E2', platform: 'reference-fc' }])
  expect(found.sentence).toBe('first divergence: the GPU reads other bytes')
  expect(stepOf(found, found.first!, 0)!.event).toBe('job.read')
  expect(found.marks.some(mark => mark.sentence === 'differs: the display shows other pixels')).toBe(true)
})

test('a run differs from itself nowhere', () => {
  for (const variant of variants) for (const depth of DEPTHS) expect(compare([variant.number, variant.number], depth).marks, variant.number).toEqual([])
})

test('every stop of every journal stands in one row, in order, whatever is compared, and a mark is never behind the first one it explains', { timeout: 60_000 }, () => {
  const side = fc.record({ scenario: fc.constantFrom(...everyday().map(s => s.id)), variant: fc.constantFrom(...variants.map(v => v.number)), exporter: fc.constantFrom('E1', 'E2', 'E3') })
  fc.assert(fc.property(fc.array(side, { minLength: 1, maxLength: 4 }), fc.constantFrom(...DEPTHS), (sides, depth) => {
    const { journals, rows, marks } = compare(sides, depth)
    journals.forEach((journal, bench) => expect(rows.flatMap(({ seqs }) => (seqs[bench] === null ? [] : [seqs[bench]]))).toEqual(stopsOf(journal, depth, stops)))
    expect(rows.every(({ seqs }) => seqs.length === journals.length && seqs.some(seq => seq !== null))).toBe(true)
    for (const { seqs } of rows) {
      const keys = seqs.flatMap((seq, bench) => (seq === null ? [] : [journals[bench]!.steps[seq]!.call]))
      expect(new Set(keys).size).toBe(1)
    }
    const first = marks.find(mark => mark.kind === 'first')
    for (const { kind, row, sides } of marks) {
      expect(sides).toHaveLength(journals.length)
      expect(new Set(sides).size).toBeGreaterThan(1)
      // A seed between two runs is sown before they part; others may have parted from them already.
      if (kind !== 'seed') expect(row).toBeGreaterThanOrEqual(first!.row)
      else if (first && journals.length === 2) expect(row).toBeLessThan(first.row)
    }
  }), { numRuns: 40, seed: 10 })
})

const NAMES = ['V1', 'V2', 'V6', 'V9']

test('of three and four runs each has its place, and a difference names the runs on each side of it', () => {
  const journals = NAMES.map(journalOf)
  const marks = divergences(align(journals, 'step', stops), journals, wordsOf(NAMES))
  const first = marks.find(mark => mark.kind === 'first')!
  expect(first.sentence).toBe('first divergence: ok in V1; SIGABRT in V2; ok (another way) in V6; ok (another way) in V9')
  expect(first.sides).toEqual([0, 1, 2, 3])
  const three = ['V4', 'V5', 'V4'].map(journalOf)
  const odd = divergences(align(three, 'step', stops), three, wordsOf(['V4', 'V5', 'the third']))
  expect(odd.find(mark => mark.kind === 'first')).toMatchObject({ sentence: 'first divergence: EACCES in V4 and the third; ok in V5', sides: [0, 1, 0] })
  expect(odd.find(mark => mark.kind === 'seed')!.sentence).toMatch(/^seed: mode differs here \(reading only in V4 and the third; reading and writing in V5\); it matters at step \d+$/)
})

test('what runs do another way is told of the odd ones', () => {
  const journals = ['V5', 'V9', 'V5'].map(journalOf)
  const first = divergences(align(journals, 'step', stops), journals, wordsOf(['V5', 'V9', 'V5 again'])).find(mark => mark.kind === 'first')!
  expect(first.short).toBe('first divergence: another way in V9')
  expect(first.sentence).toMatch(/^first divergence: another way in V9, the same answer/)
})

const anyRun = fc.record({ scenario: fc.constantFrom(...everyday().map(s => s.id)), variant: fc.constantFrom(...variants.map(v => v.number)) })
const inTwo = (rows: readonly Row[]): Row['seqs'][] => rows.map(({ seqs }) => seqs.slice(0, 2)).filter(seqs => seqs.some(seq => seq !== null))

test('one more run beside the others moves none of their rows', { timeout: 60_000 }, () => {
  fc.assert(fc.property(fc.array(anyRun, { minLength: 3, maxLength: 4 }), fc.constantFrom(...DEPTHS), (sides, depth) => {
    expect(inTwo(compare(sides, depth).rows)).toEqual(inTwo(compare(sides.slice(0, 2), depth).rows))
  }), { numRuns: 40, seed: 11 })
})

test('a run beside itself stands in the same rows, whatever stands between', { timeout: 60_000 }, () => {
  const pair = fc.constantFrom(...everyday()).chain(({ id }) => fc.tuple(fc.constant(id), fc.constantFrom(...variants), fc.constantFrom(...variants)))
  fc.assert(fc.property(pair, fc.constantFrom(...DEPTHS), ([scenario, a, b], depth) => {
    const [one, other] = [{ scenario, variant: a.number }, { scenario, variant: b.number }]
    for (const { seqs } of compare([one, other, one], depth).rows) expect(seqs[2]).toBe(seqs[0])
    for (const { seqs } of compare([other, one, one], depth).rows) expect(seqs[2]).toBe(seqs[1])
  }), { numRuns: 60, seed: 12 })
})

test('rows stay where they are while a run is still coming in', () => {
  const [left, right] = [journalOf('V4'), journalOf('V5')]
  const whole = align([left, right], 'step', stops)
  const part = { ...right, steps: right.steps.slice(0, 230) }
  const rows = align([left, part], 'step', stops)
  const last = rows.findLastIndex(({ seqs }) => seqs[1] !== null)
  expect(rows.slice(0, last + 1)).toEqual(whole.slice(0, last + 1))
})

test.each(everyday().filter(s => s.id.startsWith('canonical')).flatMap(s => told(s).flatMap(v => ['E1', 'E2', 'E3'].map(exporter => [s.id, v.number, exporter] as const))))(
  '%s, %s, %s has at most 80 stops', (scenario, variant, exporter) => {
    expect(stopsOf(journalOf({ scenario, variant, exporter }), 'step', stops).length).toBeLessThanOrEqual(80)
  })
