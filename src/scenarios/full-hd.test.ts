/** The story at the size of a real panel is the small one: the same calls, the same verdicts, as many steps as few pages need. Counters are held, not times. */
import { afterAll, expect, test } from 'vitest'
import { DISPLAY_SHOWN } from '../journal/areas.ts'
import { captionOf } from '../journal/say.ts'
import { Seeker } from '../journal/seek.ts'
import { CPU_OLD, DRAM_OLD } from '../journal/marks.ts'
import { TruthSeeker } from '../journal/truth.ts'
import { pixels } from '../userspace/pictures.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const PAGES = 2025
const LINES = 129_600
const BYTES = 1920 * 1080 * 4
const runs = new Map<string, ReturnType<typeof runRecipe>>()
function run(scenario: string, variant: string, exporter?: string): ReturnType<typeof runRecipe> {
  const key = `${scenario} ${variant} ${exporter}`
  if (!runs.has(key)) runs.set(key, runRecipe({ scenario, variant, platform: 'rk3399', ...(exporter ? { exporter } : {}) }))
  return runs.get(key)!
}
afterAll(() => runs.clear())
const callsOf = ({ journal }: ReturnType<typeof run>): string[] => journal.steps.flatMap(({ event, call }) => ((event as string) === 'call.leave' ? [call] : []))

test.each<[string, string?]>([['V4'], ['V5', 'E2']])('%s %s ends as the small story does', (variant, exporter) => {
  const [small, large] = [run('canonical', variant, exporter), run('full-hd', variant, exporter)]
  expect(callsOf(large)).toEqual(callsOf(small))
  const worded = (text: string): string => text.replace(/in 32 of 64 lines/, 'in half of the lines').replace(`in ${LINES / 2} of ${LINES} lines`, 'in half of the lines')
  expect({ ...large.verdict, text: worded(large.verdict.text) }).toEqual({ ...small.verdict, text: worded(small.verdict.text) })
  expect(large.findings.map(({ hazard }) => hazard)).toEqual(small.findings.map(({ hazard }) => hazard))
})

test('a long range is one step, and the journal keeps a picture once', () => {
  const { journal: { steps } } = run('full-hd', 'V5', 'E2')
  expect(steps.length).toBeLessThan(1000)
  expect(steps.flatMap(({ words }) => words).length).toBeLessThan(1500)
  const stores = steps.filter(({ event }) => (event as string) === 'store.bytes').map(({ fields }) => (fields as unknown as { sizeBytes: number }).sizeBytes)
  expect(stores).toEqual([BYTES, BYTES])
  const buffers = new Set(steps.flatMap(({ words }) => words.flatMap(({ from, to }) => [from.buffer, to.buffer])))
  const kept = [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0)
  expect(kept / BYTES).toBeLessThan(12)
  const pages = steps.reduce((sum, { event, fields }) => sum + ((event as string) === 'page.alloc' ? 1 : (event as string) === 'again' && (fields as unknown as { first: string }).first === 'page.alloc' ? (fields as unknown as { times: number }).times : 0), 0)
  expect(pages).toBeGreaterThanOrEqual(PAGES)
})

test('the panel shows the picture, pixel by pixel, and marks say which lines are old', () => {
  const { journal } = run('full-hd', 'V5', 'E2')
  const last = journal.steps.findLast(({ event }) => (event as string) === 'display.scanout')!.seq
  const shown = new Seeker(journal).at(last).words[DISPLAY_SHOWN]!.subarray(0, BYTES / 4)
  const [night, day] = [pixels('night_1080p', BYTES), pixels('day_1080p', BYTES)]
  // Two lines of every four had left the cache, so every other pair of lines shows day.
  let wrong = 0
  for (let i = 0; i < shown.length; i++) if (shown[i] !== ((i >> 4) % 4 < 2 ? day : night)[i]) wrong++
  expect(wrong).toBe(0)
  const truth = new TruthSeeker(journal).at(last)
  expect(truth.shownOld.reduce((sum, old) => sum + old, 0)).toBe(LINES / 2)
  const first = truth.pages[0]!.frame * 64
  const marks = truth.marks.subarray(first, first + LINES)
  expect(marks.filter(mark => mark & DRAM_OLD).length).toBe(LINES / 2)
  expect(marks.filter(mark => mark & CPU_OLD).length).toBe(0)
})

test('every step reads as a sentence', () => {
  const { journal } = run('full-hd', 'V5', 'E2')
  const { says } = catalog()
  for (const step of journal.steps.slice(journal.header.start)) expect(captionOf(step, says, journal), step.event).not.toMatch(/\bundefined\b|\bnull\b|\[object/)
})
