import { expect, test } from 'vitest'
import { hex64 } from '../../base/bits.ts'
import { CPU_DATA, TLB_CPU } from '../../journal/areas.ts'
import type { Journal } from '../../journal/run.ts'
import { captionOf } from '../../journal/say.ts'
import { Seeker } from '../../journal/seek.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { catalog } from '../../worker/catalog.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import type { Frame } from '../frame.ts'
import { subjectOf, subjectOfStep, subjectsOf } from './walk-subjects.ts'
import { addressText, leafWords, tlbWords, walkView } from './walks.ts'

const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E3' })
const at = (seq: number, run: Journal = journal): Frame =>
  ({ header: run.header, before: new Seeker(run).at(seq - 1), after: new Seeker(run).at(seq), step: run.steps[seq], truth: new TruthSeeker(run).at(seq), t: 1, says: {}, differs: new Set(), selected: null, places: { boxes: new Map() } }) as unknown as Frame
const seqOf = (event: string, call: string): number => journal.steps.findIndex((step) => (step.event as string) === event && step.call === call)

test('an address is read in groups of four digits', () => {
  expect(addressText(0xffff_b2c4_1abc)).toBe('0xffff_b2c4_1abc')
  expect(addressText(0x240_0abc)).toBe('0x240_0abc')
})

test('the client\'s store walks its tables to a write-combined page', () => {
  const frame = at(seqOf('store.bytes', 'B.6'))
  const subject = subjectOf(frame, 'cpu')!
  expect(subject).toMatchObject({ who: 'cpu', owner: 'task:B' })
  const view = walkView(frame, subject)!
  expect(view.walk.steps.map(({ kind }) => kind)).toEqual(['table', 'table', 'table', 'leaf'])
  // 0xffff_8000_0000 by hand: bits 47:39 all ones, 38:30 0b111111110, the rest zero.
  expect([...view.indices, view.offset]).toEqual([511, 510, 0, 0, 0])
  expect(view.walk.phys).toBe(view.read(view.walk.steps[3]!.at).lo - (view.walk.steps[3]!.entry.lo & 0xfff))
  // Index 3 of the 2019 MAIR is Normal, non-cacheable; written, so open (AP[2] clear), dirty and special.
  expect([leafWords(view), hex64(view.walk.steps[3]!.entry).slice(0, 11)]).toEqual(['WC rw', '0x01e8_0000'])
  expect(tlbWords(view).bad).toBe(false)
  expect(view.tlb).not.toBeNull()
})

test('a fresh writable entry is closed until the first write', () => {
  const first = at(seqOf('pte.set', 'B.5'))
  const view = walkView(first, subjectOf(first, 'cpu')!)!
  expect([leafWords(view), view.tlb]).toEqual(['WC r(w)', null])
})

test('the GPU reaches the same page through tables of its own', () => {
  const frame = at(journal.steps.findIndex((step) => (step.event as string) === 'walk.gpu'))
  const own = subjectOfStep(frame)!
  expect(own).toMatchObject({ who: 'gpu', addr: 0x200_0000 })
  const gpu = walkView(frame, own)!
  const cpu = walkView(frame, subjectOf(frame, 'cpu')!)!
  expect(gpu.walk.phys).toBe(cpu.walk.phys)
  // A leaf of this format is 1 in the last level too.
  expect(gpu.walk.steps.map(({ entry }) => entry.lo & 3)).toEqual([3, 3, 3, 1])
  expect(subjectOf(frame, 'gpu')).toEqual(own)
})

test('an entry that was rewritten without a flush leaves the TLB out of date', () => {
  const frame = at(seqOf('store.bytes', 'B.6'))
  const subject = subjectOf(frame, 'cpu')!
  const leaf = walkView(frame, subject)!.walk.steps[3]!
  const word = (leaf.at - journal.header.firstPfn * 4096) / 4
  expect(frame.after.words[TLB_CPU]).toBeDefined()
  frame.after.words[CPU_DATA]![word] = (leaf.entry.lo + 0x5000) >>> 0
  const view = walkView(frame, subject)!
  expect([view.current, tlbWords(view).bad]).toEqual([false, true])
  expect(tlbWords(view).long).toContain('still page')
  frame.after.words[CPU_DATA]![word] = 0
  expect(walkView(frame, subject)!.walk.phys).toBeNull()
  expect(walkView(frame, subject)!.current).toBe(false)
})

test('what is selected leads to its walks; what is not mapped leads to none', () => {
  const frame = at(seqOf('store.bytes', 'B.6'))
  expect(subjectsOf(frame, 'vma:B.5' as Id)).toHaveLength(1)
  expect(subjectsOf(frame, 'gem:A.2' as Id).map(({ who }) => who)).toEqual(['cpu'])
  expect(subjectsOf(frame, 'file:A.1' as Id)).toEqual([])
  expect(subjectOf(at(journal.steps.length - 1), 'cpu')).toBeNull()
})

test('x86: CR3, entries of its own format, and a page fault in its words', () => {
  const run = runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'x86-laptop' }).journal
  const dirty = run.steps.findIndex((step) => (step.event as string) === 'walk.dirty')
  const seen = (seq: number) => {
    const frame = at(seq, run)
    return walkView(frame, subjectOfStep(frame)!)!
  }
  const after = seen(dirty)
  expect([after.format.title, after.format.register, leafWords(after), after.current]).toEqual(['CPU, x86-64', 'CR3', 'WB rw', true])
  // Marked in memory and in the TLB: bit 6 of both.
  expect([after.walk.steps[3]!.entry.lo & 0x40, after.tlb!.lo & 0x40]).toEqual([0x40, 0x40])
  const faults = runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'x86-laptop', exporter: 'E1' }).journal
  const fault = faults.steps.find((step) => (step.event as string) === 'abort.translation')!
  expect(captionOf(fault, catalog().says, faults)).toMatch(/^A page fault \(#PF, error code 0x[46]\)/)
})
