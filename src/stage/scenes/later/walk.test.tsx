import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Seeker } from '../../../journal/seek.ts'
import { TruthSeeker } from '../../../journal/truth.ts'
import { runRecipe } from '../../../worker/run-recipe.ts'
import { floorsOf } from '../../floors.ts'
import type { Frame } from '../../frame.ts'
import { Closer, hasCloser } from '../../hardware/closer.tsx'
import { frameOf, made, mapped } from '../../hardware/made.ts'
import type { Box } from '../../places.ts'
import walk from './walk.tsx'

const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E3' })
const before = new Seeker(journal)
const after = new Seeker(journal)
const truth = new TruthSeeker(journal)
const frameAt = (seq: number, t = 1): Frame =>
  ({ header: journal.header, before: before.at(seq - 1), after: after.at(seq), step: journal.steps[seq], truth: truth.at(seq), t, says: {}, differs: new Set(), selected: null, places: { boxes: new Map() } }) as unknown as Frame
const LOW = { x: 18, y: 500, w: 904, h: 213 }
const WIDE = { x: 18, y: 500, w: 1844, h: 260 }
const svg = (frame: Frame, box: Box, compact = false): string => renderToStaticMarkup(<svg xmlns="http://www.w3.org/2000/svg">{walk.draw({ frame, box, floors: floorsOf({ w: 940, h: 740 }, compact), compact })}</svg>)
const seqOf = (event: string, from = 0): number => journal.steps.findIndex((step) => step.seq >= from && (step.event as string) === event)

test('the walk keeps to its place at every step, and both ways are there from the first mapping on', () => {
  for (let seq = journal.header.start; seq < journal.steps.length; seq += 7) {
    const tops = [...svg(frameAt(seq), LOW).matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)].map(([, , y]) => Number(y))
    for (const y of tops) expect(y > LOW.y + 180 && y < LOW.y + LOW.h).toBe(true)
  }
  const mapped = svg(frameAt(seqOf('store.bytes', 300)), LOW)
  expect(mapped).toContain('0xffff_8000_0000')
  expect(mapped).toContain('0x200_0000')
})

test('a step about a walk lights it, level by level', () => {
  const seq = seqOf('walk.gpu')
  const lit = (markup: string): number => (markup.match(/fill="var\(--gpu-ground\)" stroke="var\(--gpu\)" stroke-width="1.5"/g) ?? []).length
  expect([0.1, 0.4, 1].map((t) => lit(svg(frameAt(seq, t), LOW)))).toEqual([1, 2, 4])
  // Of the two halves it is the right one that has a ground.
  const grounds = [...svg(frameAt(seq), LOW).matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="27" rx="5" fill="var\(--gpu-ground\)"/g)].map(([, x]) => Number(x))
  expect(grounds).toHaveLength(1)
  expect(grounds[0]).toBeGreaterThan(LOW.x + LOW.w / 2)
})

test('where there is room the tables are drawn, and the words say the same', async () => {
  const frame = frameOf(made(mapped))
  const markup = svg(frame, WIDE)
  for (const word of ['TTBR0', 'TRANSTAB', 'L3  20:12', 'CPU · client', '>406<', 'TLB old: 0x80009']) expect(markup).toContain(word)
  expect(svg(frame, LOW)).toContain('0x80003 WC rw')
  await expect(markup).toMatchFileSnapshot('../gallery/walk-tables.svg')
  await expect(svg(frame, LOW)).toMatchFileSnapshot('../gallery/walk-strip.svg')
})

test('two benches on a small screen: a few words in the line of the floor, at one place at every step', async () => {
  const small = { w: 617, h: 440 }
  const { hardware } = floorsOf(small, false)
  const words = (seq: number): string => svg(frameAt(seq), hardware.box)
  const places = (markup: string): string[] => [...markup.matchAll(/ x="([\d.]+)" y="([\d.]+)">(?:CPU|GPU)\b/g)].map(([, x, y]) => `${x} ${y}`)
  const first = places(words(journal.header.start))
  expect(first).toHaveLength(2)
  for (let seq = journal.header.start; seq < journal.steps.length; seq += 7) expect(places(words(seq))).toEqual(first)
  // Between the floor's upper edge and the titles of the pictures.
  for (const place of first) expect(Number(place.split(' ')[1])).toBeLessThan(hardware.box.y)
  const store = words(seqOf('store.bytes', 300))
  expect(store).toMatch(/0xffff_8000_0000 → 0x[\da-f]+ WC rw/)
  expect(store).toContain('data-id="vma:B.5"')
  const old = renderToStaticMarkup(<svg xmlns="http://www.w3.org/2000/svg">{walk.draw({ frame: frameOf(made(mapped)), box: hardware.box, floors: floorsOf(small, false), compact: false })}</svg>)
  expect(old).toContain('TLB old')
  await expect(old).toMatchFileSnapshot('../gallery/walk-token.svg')
})

test('on a phone a few words stand beside the name of the floor, and lead to the whole walk', () => {
  const { hardware } = floorsOf({ w: 390, h: 505 }, true)
  const words = svg(frameAt(seqOf('store.bytes', 300)), hardware.box, true)
  expect(words).toMatch(/→ 0x[\da-f]+ WC rw/)
  expect(words).toContain('data-id="vma:B.5"')
  for (const [, x, y] of words.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)"/g)) {
    expect(Number(x)).toBeGreaterThan(hardware.box.x)
    expect(Number(y)).toBeLessThan(hardware.box.y)
  }
})

test('from close: the leaf bit by bit, and who sees which bytes', () => {
  const store = frameAt(seqOf('store.bytes', 300))
  const line = (truth.at(store.step!.seq).pages[0]!.frame + 1) * 64 - 1
  const closer = (id: string): string => renderToStaticMarkup(<Closer frame={store} id={id} width={424} />)
  const area = closer('vma:B.5')
  for (const word of ['AttrIndx', 'Normal, non-cacheable (0x44)', 'UXN', '47:12']) expect(area).toContain(word)
  const bytes = closer(`line:${line}`)
  // The last line of the page waits in the core's buffer: newest there, old in memory, and the display would read memory.
  expect(bytes).toMatch(/core 0 write buffer<\/th>.*?★ newest, not drained/)
  expect(bytes).toMatch(/data-state="stale"><th scope="row">DRAM/)
  expect(bytes).toMatch(/data-state="stale"><th scope="row">Display<\/th><td class="word">old bytes/)
  expect([hasCloser(store, 'file:A.1'), hasCloser(store, 'line:1')]).toEqual([false, true])
})

/** One tag a line, so that a change is seen where it is. */
const pretty = (markup: string): string => `${markup.replace(/<(?!\/)/g, '\n<').trim()}\n`

test('from close, with a TLB that is out of date: every bit of both entries, and a mark at those that differ', async () => {
  const frame = frameOf(made(mapped))
  const gpu = renderToStaticMarkup(<Closer frame={frame} id="gem:B.2" width={424} />)
  const differing = [...gpu.matchAll(/<tr data-differs="true"><td><code>([\d:]+)/g)].map(([, bits]) => bits)
  expect(differing).toEqual(['39:12'])
  expect(gpu).toContain('in the TLB')
  expect(gpu).toContain('<span>L2 29:21</span><code>18</code>')
  const cpu = renderToStaticMarkup(<Closer frame={frame} id="vma:B.2" width={424} />)
  expect(cpu).not.toContain('in the TLB')
  expect([...cpu.matchAll(/<span>L\d [\d:]+<\/span><code>(\d+)/g)].map(([, index]) => Number(index))).toEqual([511, 510, 406, 65])
  await expect(pretty(gpu)).toMatchFileSnapshot('../gallery/walk-close-old-tlb.html')
})

test('who sees which bytes, down to the panel', async () => {
  const scan = frameAt(seqOf('display.scanout', 300))
  const markup = renderToStaticMarkup(<Closer frame={scan} id={`line:${truth.at(scan.step!.seq).pages[0]!.frame * 64}`} width={424} />)
  expect(markup).toMatch(/<tr data-state="same"><th scope="row">on the panel/)
  await expect(pretty(markup)).toMatchFileSnapshot('../gallery/line-close.html')
})
