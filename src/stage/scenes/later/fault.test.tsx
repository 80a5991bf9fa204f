/** Faults as they bounce: up with what the hardware reports, through the handler, and down with its answer, or not. */
import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Journal } from '../../../journal/run.ts'
import { Seeker } from '../../../journal/seek.ts'
import { TruthSeeker } from '../../../journal/truth.ts'
import { runRecipe } from '../../../worker/run-recipe.ts'
import { floorsOf, type Size } from '../../floors.ts'
import { frameOf, type Frame } from '../../frame.ts'
import { wordsWidth } from '../../glyphs/text.tsx'
import { faultsIn, faultText } from '../../hardware/fault-story.ts'
import { NOWHERE } from '../../places.ts'
import fault from './fault.tsx'

const program = `process client A {
  sigaction(SIGSEGV | SIGBUS)
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  load(px, 1)
  munmap(px)
  load(px, 1)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(0x7000000, 4096))
}`
const journal: Journal = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', program }).journal
const tokens = /:root \{[^}]*\}/.exec(readFileSync(new URL('../../../app/theme.css', import.meta.url), 'utf8'))![0]
const TWO: Size = { w: 937, h: 722 }

const seqOf = (event: string): number => journal.steps.findLast((step) => step.event === event)!.seq
function frameAt(seq: number, since: number, t = 1): Frame {
  const stop = { journal, before: new Seeker(journal).at(since), after: new Seeker(journal).at(seq), step: journal.steps[seq]!, truth: new TruthSeeker(journal).at(seq), since, gap: false }
  return frameOf(stop, t, { places: NOWHERE, says: {}, differs: new Set(), selected: null })
}
function svg(frame: Frame, size: Size = TWO, compact = false): string {
  const floors = floorsOf(size, compact)
  return renderToStaticMarkup(<svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${size.w} ${size.h}`}><style>{tokens}</style>{fault.draw({ frame, box: floors.hardware.box, floors, compact })}</svg>)
}
const told = (seq: number, since: number): string[] => faultsIn(frameAt(seq, since).past!.hardware, journal.header).map(faultText)

test('from the abort to the page that the handler brings, seen at once or step by step', () => {
  const [abort, enter, insert] = [journal.steps.find(({ event }) => event === 'abort.translation')!.seq, journal.steps.find(({ event }) => event === 'fault.enter')!.seq, journal.steps.find(({ event }) => event === 'fault.insert')!.seq]
  const page = `0x${(journal.header.firstPfn + (journal.steps[insert]!.fields as { frame: number }).frame).toString(16)}`
  expect(told(insert, abort - 1)).toEqual([`translation fault ↑ handle_mm_fault() ↓ page ${page}`])
  expect(told(abort, abort - 1)).toEqual(['translation fault ↑'])
  expect(told(enter, enter - 1)).toEqual(['handle_mm_fault()'])
  expect(told(insert, insert - 1)).toEqual([`handle_mm_fault() ↓ page ${page}`])
})

test('where nothing is mapped a signal is the answer', () => {
  const refused = seqOf('fault.refused.nothing')
  const abort = journal.steps.findLast(({ event, seq }) => event === 'abort.translation' && seq < refused)!.seq
  expect(told(refused, abort - 1)).toEqual(['translation fault ↑ handle_mm_fault() ✗ SIGSEGV'])
})

test("the GPU's own fault goes to its driver's interrupt handler, and the job stops", () => {
  const stop = seqOf('job.fault')
  expect(told(stop, seqOf('mmu.fault') - 1)).toEqual(['MMU fault ↑ panfrost_mmu_irq_handler_thread() ✗ job stopped'])
})

test('it goes up, turns and comes down; at rest the whole way is drawn', () => {
  const insert = journal.steps.find(({ event }) => event === 'fault.insert')!.seq
  const abort = journal.steps.find(({ event }) => event === 'abort.translation')!.seq
  const legs = (t: number): number => (svg(frameAt(insert, abort - 1, t)).match(/<path/g) ?? []).length
  expect([legs(0.3), legs(0.8), legs(1)]).toEqual([1, 2, 3])
})

test.each([
  ['answered', 'fault.insert', 'abort.translation', TWO, false], ['gpu', 'job.fault', 'mmu.fault', TWO, false], ['phone', 'fault.refused.nothing', 'abort.translation', { w: 390, h: 505 }, true], ['small', 'job.fault', 'mmu.fault', { w: 617, h: 420 }, false],
  ['low', 'fault.insert', 'abort.translation', { w: 690, h: 400 }, false],
] as const)('%s', async (name, end, begin, size, compact) => {
  const last = seqOf(end)
  const first = journal.steps.findLast(({ event, seq }) => event === begin && seq < last)!.seq
  const markup = svg(frameAt(last, first - 1), size, compact)
  const right = [...markup.matchAll(/<rect x="(-?[\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, x, w]) => [Number(x), Number(x) + Number(w)])
  for (const [from, to] of right) expect(from! >= 0 && to! <= size.w).toBe(true)
  // Nothing of it lies over the floor's name, at the left of the line.
  const [{ box }, named] = [floorsOf(size, compact).hardware, wordsWidth('HARDWARE', 11, 650)]
  for (const x of [...right.map(([from]) => from!), ...[...markup.matchAll(/d="M(-?[\d.]+) /g)].map(([, at]) => Number(at))]) expect(x).toBeGreaterThan(box.x + named)
  await expect(`${markup.replace(/(<(?:g|path|text|rect)[ >])/g, '\n$1')}\n`).toMatchFileSnapshot(`../gallery/fault-${name}.svg`)
})

test('a step without a fault draws nothing', () => expect(svg(frameAt(journal.header.start + 2, journal.header.start + 1))).not.toContain('<path'))
