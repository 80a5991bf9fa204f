/** What a cached buffer shows where nobody cleans: stripes of night in the day. And what hardware does by itself, placed by a program. */
import { describe, expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { stopsOf } from '../journal/stops.ts'
import { pixels } from '../userspace/pictures.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const [night, day] = [pixels('night', 4096), pixels('day', 4096)]
/** Row after row: day where a pair of lines had left the cache, night where it had not. */
const striped = Uint32Array.from(day, (pixel, i) => ((i >> 5) % 2 === 0 ? pixel : night[i]!))

const run = (more: Record<string, string>) => runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', ...more })
const words = ({ journal }: ReturnType<typeof run>, area: string): Uint32Array[] => journal.steps.flatMap(step => step.words.filter(w => w.area === area).map(w => w.to))

describe.each(['V5', 'V6', 'V9'])('%s, a cached exporter that nobody cleans', variant => {
  test('RK3399: the display shows night, then day with night in every second row; the GPU reads the same', () => {
    const ran = run({ variant, exporter: 'E2' })
    expect(words(ran, 'display.shown')).toEqual([night, striped])
    expect(words(ran, 'gpu.seen')).toEqual([striped])
    expect(ran.verdict).toMatchObject({ glyph: '✗', text: 'the GPU read old pixels in 32 of 64 lines' })
  })
  test('Reference FC: every reader finds the day in the caches', () => {
    const ran = run({ variant, exporter: 'E2', platform: 'reference-fc' })
    expect(words(ran, 'display.shown')).toEqual([night, day])
    expect(words(ran, 'gpu.seen')).toEqual([day])
  })
})

test('V1 maps the pages of the cached exporter write-combined: day reaches memory past the caches', () => {
  const ran = run({ variant: 'V1', exporter: 'E2' })
  expect(words(ran, 'display.shown')).toEqual([night, day])
  expect(ran.journal.steps.filter(step => is(step, 'cache.evict'))).toHaveLength(1)
})

test.each(['E1', 'E3'])('%s is write-combined: the lines about the cache do nothing and are no stop', exporter => {
  for (const scenario of ['canonical', 'canonical-hostile']) for (const variant of ['V1', 'V4', 'V5']) {
    const { journal } = run({ scenario, variant, exporter })
    const about = journal.steps.filter(step => is(step, 'line.quiet'))
    expect(about, `${scenario} ${variant}`).toHaveLength(2)
    const stops = new Set(stopsOf(journal, 'step', catalog().stops).map(seq => journal.steps[seq]!.call))
    for (const step of about) expect(stops.has(step.call), step.call).toBe(false)
    expect(journal.steps.some(step => is(step, 'cache.evict'))).toBe(false)
  }
})

const program = (lines: string): string => `process main A {\n  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)\n  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)\n  off = drmModeMapDumbBuffer(card, bo)\n  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)\n  fb = drmModeAddFB(card, 32, 32, 128, bo)\n${lines}  drmModePageFlip(card, fb)\n  drmHandleEvent(card)\n}\n`
const shown = (exporter: string, lines: string): Uint32Array => words(run({ exporter, program: program(lines) }), 'display.shown').at(-1)!

describe('one line of a program, one event of the hardware', () => {
  test('evict: the first bytes, or the whole mapping', () => {
    expect(shown('E2', '  fill(px, day)\n')).toEqual(new Uint32Array(1024))
    expect(shown('E2', '  fill(px, day)\n  evict(px)\n')).toEqual(day)
    expect(shown('E2', '  fill(px, day)\n  evict(px + 64, 128)\n')).toEqual(Uint32Array.from(day, (pixel, i) => (i >= 16 && i < 48 ? pixel : 0)))
  })
  test('prefetch: lines that are not there come in, once, and only where the mapping shows a page already', () => {
    const read = (lines: string): string[] => run({ exporter: 'E2', program: program(lines) }).journal.steps.flatMap(step => (is(step, 'cache.prefetch') ? [`${step.fields.line % 64}+${step.fields.lines}`] : []))
    expect(read('  store(px, "01")\n  evict(px)\n  prefetch(px, 128)\n  prefetch(px, 128)\n')).toEqual(['0+2'])
    expect(read('  prefetch(px, 128)\n')).toEqual([])
  })
  test('drain: the last bytes of a write-combined picture reach the display without a barrier; here a system call has one anyway', () => {
    const { journal } = run({ exporter: 'E3', program: program('  store(px, "0102")\n  drain()\n  drain()\n') })
    expect(journal.steps.flatMap(step => (is(step, 'wc.drain') ? [step.fields.why] : []))).toEqual(['by itself'])
    expect(journal.steps.filter(step => is(step, 'line.quiet'))).toHaveLength(1)
  })
  test('evict_linear: the zeros of a page that was never cleaned land on the picture (write-combined, scattered)', () => {
    const zeros = shown('E1', '  fill(px, day)\n  drmModeMapDumbBuffer(card, bo)\n  evict_linear(px, 4096, 256, 128)\n')
    expect(zeros).toEqual(Uint32Array.from(day, (pixel, i) => ((i >> 5) % 2 === 0 ? 0 : pixel)))
    expect(shown('E3', '  fill(px, day)\n  drmModeMapDumbBuffer(card, bo)\n  evict_linear(px, 4096, 256, 128)\n')).toEqual(day)
  })
})
