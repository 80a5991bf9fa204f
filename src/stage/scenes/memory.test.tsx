import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CPU_DATA, CPU_LINE, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_LINE, INVALID, lineOf, wordOf } from '../../journal/areas.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import { floorsOf } from '../floors.ts'
import type { Frame } from '../frame.ts'
import { layoutOf } from '../hardware/layout.ts'
import { lineAt } from '../hardware/lines.tsx'
import { barOf, gridOf } from '../hardware/marks.tsx'
import { clean, drain, drawCached, drawCombined, EVICTED, evict, frameOf, made, PAGE, picture, read, together } from '../hardware/made.ts'
import { pixelsOf } from '../hardware/png.ts'
import { pageShown, viewOf } from '../hardware/view.ts'
import { cpuWords, displayWords, dramWords, gpuWords } from '../hardware/words.ts'
import { WriteBuffers } from '../hardware/write-buffers.tsx'
import memory from './memory.tsx'
import { fetchLater } from '../shelf.ts'

// The pages of a larger buffer are turned by what comes later.
await fetchLater()

const BOX = { x: 18, y: 500, w: 904, h: 219 }
const svg = (frame: Frame, box = BOX, compact = false): string => renderToStaticMarkup(<svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${box.x * 2 + box.w} ${box.y + box.h}`}>{memory.draw({ frame, box, floors: floorsOf({ w: 940, h: 740 }, compact), compact })}</svg>)

interface Image { href: string; x: number; y: number; w: number; h: number }
const imagesIn = (markup: string): Image[] => [...markup.matchAll(/<image [^>]*>/g)].map(([tag]) => {
  const of = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(tag)![1]!
  return { href: of('href'), x: Number(of('x')), y: Number(of('y')), w: Number(of('width')), h: Number(of('height')) }
})
/** The picture drawn in a party's place, as words 0xRRGGBB, null where nothing is drawn: a cache without a line has no picture. */
function drawn(markup: string, box: { x: number; y: number } | null): (number | null)[] {
  const image = imagesIn(markup).find(({ x, y, w }) => x === box!.x && y === box!.y && w === 160)
  if (!image) return Array.from({ length: 1024 }, () => null)
  const { rgba } = pixelsOf(image.href)
  return Array.from({ length: 1024 }, (_, i) => (rgba[i * 4 + 3] === 0 ? null : (rgba[i * 4]! << 16) | (rgba[i * 4 + 1]! << 8) | rgba[i * 4 + 2]!))
}
/** Straight from the areas, by their layout alone. */
function bytes({ words }: Snapshot, area: string, states: string | null): (number | null)[] {
  return Array.from({ length: 1024 }, (_, i) => (states && (words[states]?.[lineOf(PAGE) + (i >> 4)] ?? INVALID) === INVALID ? null : (words[area]?.[wordOf(PAGE) + i] ?? 0)))
}

const JOURNALS = { cached: made(together(drawCached, evict, read)), cleaned: made(together(drawCached, evict, clean)), combined: made(together(drawCombined, drain, read)) }

test('painted pixels are the named party\'s bytes, at every step', () => {
  const { cpu, dram, gpu, display } = layoutOf(BOX, false)
  for (const journal of Object.values(JOURNALS)) {
    for (let seq = 0; seq < journal.steps.length; seq++) {
      const frame = frameOf(journal, seq)
      const markup = svg(frame)
      expect(drawn(markup, cpu)).toEqual(bytes(frame.after, CPU_DATA, CPU_LINE))
      expect(drawn(markup, dram)).toEqual(bytes(frame.after, DRAM, null))
      expect(drawn(markup, gpu)).toEqual(bytes(frame.after, GPU_DATA, GPU_LINE))
      const shown = frame.after.words[DISPLAY_SHOWN]
      if (shown?.some((word) => word !== 0)) expect(drawn(markup, display)).toEqual([...shown.slice(0, 1024)])
    }
  }
})

test('a changed byte changes the picture', () => {
  const before = svg(frameOf(JOURNALS.cached))
  const frame = frameOf(JOURNALS.cached)
  frame.after.words[DRAM]![wordOf(PAGE) + 17]! ^= 0x10
  expect(svg(frame)).not.toBe(before)
})

test('old lines are counted where they are, and only there', () => {
  const frame = frameOf(JOURNALS.cached)
  const view = viewOf(frame)!
  const night = picture('night')
  const day = picture('day')
  const differs = (line: number): boolean => [...Array(16).keys()].some((i) => night[line * 16 + i] !== day[line * 16 + i])
  const old = [...Array(64).keys()].filter((line) => !EVICTED.includes(line) && differs(line))
  expect([...view.now.dram.stale.keys()].filter((line) => view.now.dram.stale[line])).toEqual(old)
  expect([...view.display.stale.keys()].filter((line) => view.display.stale[line])).toEqual(old)
  expect(dramWords(frame, view).forms[0]).toBe(`${old.length} of 64 lines stale`)
  expect(gpuWords(view).forms[0]).toBe(`${old.length} of 64 lines stale`)
  expect(displayWords(view).forms[0]).toBe(`${old.length} of 64 lines stale when it was read`)
  expect(cpuWords(frame, view).forms[0]).toBe('42 lines dirty: not written back')
})

test('write-combined: no lines, and the reason; four lines old until the buffer drains', () => {
  const waiting = frameOf(JOURNALS.combined, 3)
  expect(cpuWords(waiting, viewOf(waiting)).forms[0]).toBe('no lines: the mapping is write-combined')
  expect(dramWords(waiting, viewOf(waiting)).forms[0]).toBe('4 of 64 lines stale')
  const drained = frameOf(JOURNALS.combined, 4)
  expect(dramWords(drained, viewOf(drained)).tone).toBe('quiet')
})

test('on a machine whose devices snoop, old memory is said to be harmless', () => {
  const frame = frameOf(JOURNALS.cached, 4)
  const coherent = { ...frame, header: { ...frame.header, hardware: { ...frame.header.hardware, cls: 'FC', displayCls: 'FC' } } }
  expect(dramWords(coherent, viewOf(coherent)).forms[0]).toContain('but every device looks into the caches')
})

test('nothing stands elsewhere at any step, forward or back, in motion or not', () => {
  const places = (markup: string): string[] => [...markup.matchAll(/<text([^>]*)>([^<·]*)/g)].flatMap(([, attributes, text]) =>
    (attributes!.includes('font-size="13"') ? [`${text!.replace(/0x.*/, '').trim()} ${/ x="([\d.]+)" y="([\d.]+)"/.exec(attributes!)!.slice(1).join(' ')}`] : []))
  for (const journal of Object.values(JOURNALS)) {
    const first = places(svg(frameOf(journal, 0)))
    expect(first.map((place) => place.replace(/ [\d.]+ [\d.]+$/, ''))).toEqual(['CPU cache', 'write buffers', 'DRAM', 'GPU cache', 'Display'])
    for (let seq = 1; seq < journal.steps.length; seq++) for (const t of [0, 0.4, 1]) expect(places(svg(frameOf(journal, seq, { t })))).toEqual(first)
  }
})

test('parties stand in the order of the bus, at one scale, inside the floor', () => {
  for (const box of [BOX, { x: 10, y: 0, w: 610, h: 130 }, { x: 18, y: 0, w: 1880, h: 330 }, { x: 0, y: 0, w: 420, h: 90 }]) {
    const { cpu, wc, dram, gpu, display, k, walk, rail } = layoutOf(box, false)
    const row = [cpu, wc!, dram, gpu, display]
    for (const [i, each] of row.entries()) {
      expect(each.h).toBe(32 * k)
      if (i !== 1) expect(each.w).toBe(32 * k)
      if (i > 0) expect(each.x).toBeGreaterThan(row[i - 1]!.x + row[i - 1]!.w)
    }
    expect(Number.isInteger(k)).toBe(true)
    expect(display.x + display.w).toBeLessThanOrEqual(box.x + box.w)
    expect(rail).toBeLessThan(box.y + box.h)
    if (walk) expect([walk.x >= box.x, walk.y + walk.h <= box.y + box.h + 0.5, walk.x + walk.w <= box.x + box.w]).toEqual([true, true, true])
  }
  const phone = layoutOf({ x: 14, y: 0, w: 362, h: 150 }, true)
  // All who may hold old bytes have a picture there too; only the write buffers are told in words.
  expect(phone.wc).toBeNull()
  const row = [phone.cpu, phone.dram, phone.gpu, phone.display]
  for (const [i, { x, w }] of row.slice(1).entries()) expect([x > row[i]!.x + row[i]!.w, w]).toEqual([true, row[i]!.w])
  expect(phone.display.x + phone.display.w).toBeLessThanOrEqual(376)
})

test('the line under the pointer is the bar that is drawn there', () => {
  const [k, side] = [5, 32 * 5]
  for (let line = 0; line < 64; line++) {
    const { x, y, w, h } = barOf(gridOf({ x: 0, y: 0 }, k, 0), line)
    for (const [dx, dy] of [[0.01, 0.01], [w / 2, h / 2], [w - 0.01, h - 0.01]] as const) expect(lineAt((x + dx) / side, (y + dy) / side)).toBe(line)
  }
  // A pointer on the very rim, or a hair outside after rounding.
  expect([lineAt(0, 0), lineAt(1, 1), lineAt(-0.001, 1.001)]).toEqual([0, 63, 62])
})

test('a selected line or object names the page that is shown', () => {
  const frame = frameOf(JOURNALS.cached)
  expect(pageShown(frame)).toBe(PAGE)
  expect(pageShown({ ...frame, selected: `line:${lineOf(7) + 3}` })).toBe(7)
  expect(pageShown({ ...frame, selected: 'fb:1' })).toBe(PAGE)
  expect(pageShown({ ...frame, selected: 'task:A' })).toBe(PAGE)
})

test('of a larger buffer one page is shown, which one is said, and the others are a click away', () => {
  const journal = made((world, emit) => {
    world.set('gem:A.1', 'pages', [PAGE, PAGE + 4])
    emit('gem.grow')
  })
  const first = svg(frameOf(journal))
  expect(first).toContain('>1/2<')
  expect(first).toContain('aria-label="Page 2 of 2"')
  const second = frameOf(journal, undefined, { selected: `page:${PAGE + 4}` })
  expect(viewOf(second)!.frame).toBe(PAGE + 4)
  expect(svg(second)).toContain('>2/2<')
})

test('the same frame is the same picture', async () => {
  await expect(svg(frameOf(JOURNALS.cached))).toMatchFileSnapshot('gallery/memory-stale.svg')
  await expect(svg(frameOf(JOURNALS.combined, 3))).toMatchFileSnapshot('gallery/memory-write-combined.svg')
  await expect(svg(frameOf(JOURNALS.cached, 7, { t: 0.4 }), { x: 14, y: 10, w: 362, h: 150 }, true)).toMatchFileSnapshot('gallery/memory-phone-scan.svg')
})

test('write buffers at rest are drawn again when their words have other room, and else left alone', () => {
  const { compare } = WriteBuffers as unknown as { compare(a: object, b: object): boolean }
  const props = { box: BOX, room: 100, k: 5, was: [], now: [{ core: 0, entries: [null] }], page: 0, t: 1, chosen: null, onSelect: undefined }
  expect(compare(props, { ...props, now: [{ core: 0, entries: [null] }] })).toBe(true)
  expect(compare(props, { ...props, room: 60 })).toBe(false)
})
