/** Which floor is enlarged, which stops are passed over, and that every press shows something else in letters that can be read. */
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { align } from '../../journal/align.ts'
import type { Journal } from '../../journal/run.ts'
import { Seeker } from '../../journal/seek.ts'
import { stopsOf } from '../../journal/stops.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import { catalog } from '../../worker/catalog.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { frameOf, type Frame } from '../frame.ts'
import { placesOf, type Places } from '../places.ts'
import { FLOORS } from '../scene.ts'
import { fetchLater } from '../shelf.ts'
import { ENLARGED, talkFloors } from './floors.ts'
import { floorShown, focusOf, isSeen, type Told } from './focus.ts'
import { TalkBench } from './talk-bench.tsx'

await fetchLater()
const { says, stops } = catalog()
const run = (variant: string, exporter?: string): Journal => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', ...(exporter && { exporter }) }).journal
const V4 = run('V4')
const V5 = run('V5')
const stale = run('V5', 'E2')

/** The stops of a run, each with the one before it. */
function toldOf(journal: Journal): Told[] {
  const seqs = stopsOf(journal, 'step', stops)
  return seqs.map((seq, i) => ({ journal, step: journal.steps[seq]!, since: i === 0 ? journal.header.start - 1 : seqs[i - 1]!, gap: false }))
}
const at = (told: readonly Told[], event: string, which: 'first' | 'last' = 'first'): Told => told[which === 'first' ? 'find' : 'findLast'](({ step }) => step!.event === event)!

describe('the floor where it happens', () => {
  const places = placesOf([V4, V5])
  const four = toldOf(V4)
  const five = toldOf(V5)
  const focus = (told: Told) => focusOf(told, places)

  test('a refusing check and the objects of a call are the kernel’s', () => {
    expect(focus(at(four, 'mmap.refused.mode'))).toBe('kernel')
    expect(['dmabuf.export', 'dmabuf.attach', 'gem.create'].map((event) => focus(at(five, event)))).toEqual(['kernel', 'kernel', 'kernel'])
    // A call that has made an open file.
    expect(focus(five[0]!)).toBe('kernel')
  })
  test('pixels are the hardware’s, whoever moves them', () => {
    expect(focus(at(five, 'display.scanout'))).toBe('hardware')
    expect(focus(at(five, 'job.read'))).toBe('hardware')
    const fill = five.find(({ step, journal }) => step!.event === 'call.leave' && journal.header.listing.some(({ lines }) => lines.some(({ key, text }) => key === step!.call && text.includes('fill(px, day)'))))!
    expect(focus(fill)).toBe('hardware')
  })
  test('a mark of the program shows what the part that it closes was about', () => {
    const marks = five.filter(({ step }) => (step!.event as string) === 'landmark')
    expect(marks.map((told) => [(told.step!.fields as unknown as { name: string }).name, focus(told)])).toEqual([
      ['night drawn', 'hardware'], ['night shown', 'hardware'], ['exported', 'kernel'], ['imported', 'kernel'], ['mapped', 'kernel'], ['day drawn', 'hardware'], ['read by the GPU', 'hardware'], ['day shown', 'hardware'], ['all given back', 'kernel'],
    ])
  })
  test('who waits does so in user space', () => expect(focus(at(five, 'task.block'))).toBe('user'))
  test('two benches show the same floor, the deepest; one that does nothing here has no say', () => {
    const refused = at(four, 'mmap.refused.mode')
    expect(floorShown([refused, at(five, 'mmap.owner', 'last')], places)).toBe('kernel')
    expect(floorShown([at(four, 'task.block'), at(five, 'display.scanout')], places)).toBe('hardware')
    expect(floorShown([{ ...refused, step: null, gap: true }, at(five, 'task.block')], places)).toBe('user')
    expect(floorShown([], places)).toBe('user')
  })
  test('a mark in the program is passed over, what changes a picture never is', () => {
    expect(five.filter((told) => !isSeen(told, places)).map(({ step }) => step!.event)).toEqual(five.filter(({ step }) => (step!.event as string) === 'landmark').map(({ step }) => step!.event))
    for (const told of five) if (told.step!.words.some(({ area }) => area === 'display.shown')) expect(isSeen(told, places)).toBe(true)
  })
})

test.each(FLOORS)('with %s enlarged the floors follow each other, and the one has most of the room', (focus) => {
  for (const size of [{ w: 985, h: 371 }, { w: 478, h: 371 }, { w: 368, h: 520 }]) {
    const { floors, strips, compact } = talkFloors(size, focus)
    expect(compact).toBe(size.w < 760)
    expect(strips[focus]).toBe(null)
    const parts = FLOORS.map((floor) => strips[floor] ?? { y: floors[floor].band.y, h: floors[floor].band.h })
    for (let i = 1; i < parts.length; i++) expect(parts[i]!.y).toBeGreaterThanOrEqual(parts[i - 1]!.y + parts[i - 1]!.h)
    const end = parts.at(-1)!
    expect(end.y + end.h).toBe(size.h)
    expect(floors[focus].band.h).toBeGreaterThan(size.h / 2)
  }
})

describe.each([['two benches', [V4, V5], 478], ['one bench, stale', [stale], 985]] as const)('%s', (_, journals, w) => {
  const places: Places = placesOf(journals)
  const rows = align(journals, 'step', stops)
  const seekers = journals.map((journal) => ({ before: new Seeker(journal), after: new Seeker(journal), truth: new TruthSeeker(journal) }))
  const last = journals.map((journal) => journal.header.start - 1)
  const shown: { markup: string[]; floor: string }[] = []
  for (const row of rows) {
    const told = journals.map((journal, i): Told => ({ journal, step: row.seqs[i] === null ? null : journal.steps[row.seqs[i]!]!, since: last[i]!, gap: row.seqs[i] === null }))
    const floor = floorShown(told, places)
    const markup = journals.map((journal, i) => {
      const seq = row.seqs[i] ?? last[i]!
      const { before, after, truth } = seekers[i]!
      const frame: Frame = frameOf({ journal, before: before.at(last[i]!), after: after.at(seq), step: journal.steps[seq] ?? null, truth: truth.at(seq), since: last[i]!, gap: row.seqs[i] === null }, 1, { places, says, differs: new Set(), selected: null })
      last[i] = seq
      return renderToStaticMarkup(<TalkBench frame={frame} size={{ w, h: 371 }} scale={1} focus={floor} />)
    })
    if (told.some((each) => isSeen(each, places))) shown.push({ markup, floor })
  }
  test('every press changes what is seen', () => {
    expect(shown.length).toBeGreaterThan(40)
    for (let i = 1; i < shown.length; i++) expect(shown[i]!.markup, `press ${i + 1}`).not.toEqual(shown[i - 1]!.markup)
    expect(new Set(shown.map(({ floor }) => floor)).size).toBe(3)
  })
  test('no letter is smaller than 20 on a canvas of 1080 lines', () => {
    const sizes = shown.flatMap(({ markup }) => markup.flatMap((each) => [...each.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size))))
    expect(Math.min(...sizes) * ENLARGED).toBeGreaterThanOrEqual(20)
  })
  test('with the kernel enlarged, the buffer of either side is drawn, and arrows end at cards', () => {
    const kernel = shown.filter(({ floor }) => floor === 'kernel').flatMap(({ markup }) => markup)
    expect(kernel.some((each) => each.includes('data-id="gem:A.2"') && each.includes('data-id="gem:B.3"'))).toBe(true)
    expect(kernel.some((each) => (each.match(/data-ref="/g) ?? []).length > 5)).toBe(true)
  })
  test('nothing is drawn beyond the edges', () => {
    for (const { markup } of shown) for (const each of markup) for (const [, x, y, wide, high] of each.matchAll(/<rect x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)) expect(Number(x) >= -4 && Number(x) + Number(wide) <= w + 4 && Number(y) >= -4 && Number(y) + Number(high) <= 375, each.slice(0, 80)).toBe(true)
  })
})
