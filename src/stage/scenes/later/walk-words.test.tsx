/** Walks of tables whose entries are one word: drawn as the others are, with a column of its own for an IOMMU. */
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Seeker } from '../../../journal/seek.ts'
import { TruthSeeker } from '../../../journal/truth.ts'
import { whyEntry } from '../../../journal/why-entry.ts'
import { runRecipe } from '../../../worker/run-recipe.ts'
import { floorsOf } from '../../floors.ts'
import type { Frame } from '../../frame.ts'
import { Closer } from '../../hardware/closer.tsx'
import { subjectOf, subjectOfStep, thingOf } from '../../hardware/walk-subjects.ts'
import { leafWords, tlbWords, walkView } from '../../hardware/walks.ts'
import walk from './walk.tsx'

const runs = {
  rockchip: runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'rk3399-iommu', exporter: 'E3' }).journal,
  etnaviv: runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'imx8m', importer: 'etnaviv', exporter: 'E3' }).journal,
  v3d: runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'rpi4', importer: 'v3d', exporter: 'E3' }).journal,
}
type Run = keyof typeof runs
const seqOf = (run: Run, event: string, last = false): number => runs[run].steps[last ? 'findLastIndex' : 'findIndex']((step) => (step.event as string) === event)
function at(run: Run, seq: number, t = 1): Frame {
  const journal = runs[run]
  return {
    header: journal.header, before: new Seeker(journal).at(seq - 1), after: new Seeker(journal).at(seq), step: journal.steps[seq], truth: new TruthSeeker(journal).at(seq), t, says: {}, differs: new Set(), selected: null,
    places: { boxes: new Map() },
  } as unknown as Frame
}
const LOW = { x: 18, y: 500, w: 904, h: 213 }
const WIDE = { x: 18, y: 500, w: 1844, h: 260 }
const svg = (frame: Frame, box: typeof LOW): string => renderToStaticMarkup(<svg xmlns="http://www.w3.org/2000/svg">{walk.draw({ frame, box, floors: floorsOf({ w: 940, h: 740 }, false), compact: false })}</svg>)
const pretty = (markup: string): string => `${markup.replace(/<(?!\/)/g, '\n<').trim()}\n`

test.each([
  ['rockchip', 'iommu', [1023, 1023, 0], ['table', 'leaf'], 'rw', 'display.scanout'],
  ['etnaviv', 'gpu', [0, 1, 0], ['table', 'leaf'], 'rw', 'job.read'],
  ['v3d', 'gpu', [32, 0], ['leaf'], 'rw', 'job.read'],
] as const)('%s: the walk of the step leads by its own bits to the page that the access reached', (run, who, indices, kinds, rights, reads) => {
  const frame = at(run, seqOf(run, 'walk.io'))
  const subject = subjectOfStep(frame)!
  expect(subject.who).toBe(who)
  const view = walkView(frame, subject)!
  expect([...view.indices, view.offset]).toEqual(indices)
  expect(view.walk.steps.map(({ kind }) => kind)).toEqual(kinds)
  const buffer = runs[run].steps.find((step) => (step.event as string) === 'io.map')!.fields as { phys: number }
  expect([view.walk.phys, leafWords(view)]).toEqual([buffer.phys, rights])
  expect(subjectOf(at(run, seqOf(run, reads)), who)).toEqual(subject)
  expect(thingOf(frame, subject)).toBe(run === 'rockchip' ? 'gem:A.2' : 'gem:B.3')
  // It has been learnt, and is the same.
  expect(tlbWords(walkView(at(run, seqOf(run, 'walk.io') + 1), subject)!).long).toContain('the same entry')
})

test('behind an IOMMU the bytes of a buffer are looked for on its pages, not at the address that the display was given', () => {
  const { truth } = at('rockchip', seqOf('rockchip', 'display.scanout'))
  const { phys } = runs.rockchip.steps.find((step) => (step.event as string) === 'io.map')!.fields as { phys: number }
  expect(truth!.pages.map(({ frame }) => frame)).toEqual([phys / 4096 - runs.rockchip.header.firstPfn])
})

test('an IOMMU has a column of its own, of one width at every step; without one there are two', () => {
  const starts = (run: Run, seq: number): number[] => [...svg(at(run, seq), WIDE).matchAll(/ x="([\d.]+)" y="[\d.]+">(?:CPU|GPU|IOMMU)\b/g)].map(([, x]) => Number(x))
  expect(starts('rockchip', seqOf('rockchip', 'walk.io'))).toHaveLength(3)
  expect(starts('rockchip', runs.rockchip.header.start)).toEqual(starts('rockchip', seqOf('rockchip', 'display.scanout', true)))
  expect(starts('etnaviv', seqOf('etnaviv', 'walk.io'))).toHaveLength(2)
})

test('one bench on a small screen: lines beside the pictures, one above the other, with the indices of each', async () => {
  const size = { w: 1255, h: 456 }
  const { hardware } = floorsOf(size, false)
  const frame = at('rockchip', seqOf('rockchip', 'display.scanout', true))
  const markup = svg(frame, hardware.box)
  const places = [...markup.matchAll(/ x="([\d.]+)" y="([\d.]+)">(?:CPU|GPU|IOMMU)\b/g)].map(([, x, y]) => [Number(x), Number(y)])
  expect(new Set(places.map(([x]) => x)).size).toBe(1)
  expect(places.map(([, y]) => y! > hardware.box.y && y! < hardware.box.y + hardware.box.h)).toEqual([true, true, true])
  expect(markup).toContain('>1023<')
  await expect(markup).toMatchFileSnapshot('../gallery/walk-lines.svg')
})

test.each([['rockchip', 'IOMMU'], ['etnaviv', 'GPU'], ['v3d', 'GPU']] as const)('%s, at its stored moment', async (run, name) => {
  const frame = at(run, seqOf(run, 'walk.io') + 1)
  expect(svg(frame, WIDE)).toContain(`${name} ·`)
  await expect(svg(frame, WIDE)).toMatchFileSnapshot(`../gallery/walk-${run}.svg`)
  await expect(svg(frame, LOW)).toMatchFileSnapshot(`../gallery/walk-${run}-strip.svg`)
})

test('Vivante: an entry that is gone and still remembered, bit by bit', async () => {
  const unmap = seqOf('etnaviv', 'io.stale', true)
  const frame = at('etnaviv', unmap)
  const subject = { who: 'gpu', owner: 'io_table:card1', addr: 4096 } as const
  expect(tlbWords(walkView(frame, subject)!).bad).toBe(true)
  const markup = renderToStaticMarkup(<Closer frame={at('etnaviv', seqOf('etnaviv', 'walk.io') + 1)} id="gem:B.3" width={424} />)
  for (const word of ['GPU, Vivante MMUv2', 'present', '11:4, 31:12', '<span>L0 31:22</span>', '<span>L1 21:12</span>', 'MTLB']) expect(markup).toContain(word)
  await expect(pretty(markup)).toMatchFileSnapshot('../gallery/walk-close-vivante.html')
})

test('V3D and the IOMMU from close', () => {
  const v3d = renderToStaticMarkup(<Closer frame={at('v3d', seqOf('v3d', 'walk.io'))} id="gem:B.3" width={424} />)
  for (const word of ['GPU, V3D', '<code>0x30000410</code>', '<span>L0 31:12</span>', '23:0', 'may be written']) expect(v3d).toContain(word)
  const iommu = renderToStaticMarkup(<Closer frame={at('rockchip', seqOf('rockchip', 'walk.io'))} id="io_table:card0" width={424} />)
  for (const word of ['IOMMU, Rockchip v1', 'DTE_ADDR', '0xffff_f000', '<code>0x00202007</code>']) expect(iommu).toContain(word)
})

test('why: remembered behind the change of the tables, until the flush of that device', () => {
  const rockchip = { who: 'iommu', owner: 'io_table:card0', addr: 0xffff_f000 } as const
  const gone = seqOf('rockchip', 'io.unmap')
  const [why] = whyEntry(runs.rockchip, rockchip, gone + 1).filter(({ fault }) => fault === 'tlb')
  expect(why).toMatchObject({ fault: 'tlb', used: null, filled: seqOf('rockchip', 'walk.io') + 1 })
  expect(runs.rockchip.steps[why!.mended!]).toMatchObject({ event: 'tlb.flush', fields: { agent: 'iommu' } })
  const vivante = { who: 'gpu', owner: 'io_table:card1', addr: 4096 } as const
  // Its flush would travel with the next commands, and there are none.
  expect(whyEntry(runs.etnaviv, vivante, runs.etnaviv.steps.length - 1)).toMatchObject([{ fault: 'tlb', mended: null, used: null }])
})

test('why: an entry is in a write-combine buffer, or dirty in the cache, until the driver makes it visible', () => {
  const vivante = { who: 'gpu', owner: 'io_table:card1', addr: 4096 } as const
  const [waits] = whyEntry(runs.etnaviv, vivante, seqOf('etnaviv', 'io.map'))
  expect([waits!.fault, waits!.used, runs.etnaviv.steps[waits!.mended!]!.event]).toEqual(['undrained', null, 'wc.drain'])
  const [dirty] = whyEntry(runs.rockchip, { who: 'iommu', owner: 'io_table:card0', addr: 0xffff_f000 }, seqOf('rockchip', 'io.map'))
  expect([dirty!.fault, dirty!.used, runs.rockchip.steps[dirty!.mended!]!.event]).toEqual(['unseen', null, 'cache.clean'])
  expect(whyEntry(runs.v3d, { who: 'gpu', owner: 'io_table:card1', addr: 131072 }, seqOf('v3d', 'job.read'))).toEqual([])
})
