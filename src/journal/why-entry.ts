/**
 * Why a translation is out of date: what a TLB remembers of a page against what a walk would find now, and an entry that lies in the CPU's
 * cache where a walker that does not look into it cannot see it. For each the step that made it so, the flush or clean that puts it right,
 * and whether somebody goes through the old entry before that.
 * Leaves out: pages of a block one by one; tables above the leaf that are old in memory are told at the leaf.
 */
import { equal, type U64 } from '../base/bits.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import type { Journal } from './run.ts'
import { MutableSnapshot, type Snapshot } from './snapshot.ts'
import { is, type Step } from './step.ts'
import type { Id } from './vocabulary.ts'
import { walkerTables, tlbEntry, type Walker } from './tables.ts'
import { entryIn, leafForPage, leafOf, walk } from './walk.ts'

/** What is wrong: a TLB that remembers too long, or an entry that the walker cannot see yet, because it is dirty in the CPU's cache or waits in a write-combine buffer. */
export type Fault = 'tlb' | 'unseen' | 'undrained'

export interface WhyEntry {
  readonly fault: Fault
  /** Since which step; and for a TLB the step in which it learnt the old entry. */
  readonly changed: number
  readonly filled: number | null
  /** The step that puts it right; null: none does. */
  readonly mended: number | null
  /** The first step in between that goes through the old entry; null: nobody does. */
  readonly used: number | null
}

interface Look { readonly tlb: U64 | null; readonly found: U64 | undefined; readonly cached: U64 | undefined; readonly meant: U64 | undefined }

/** The remembered entry, the one that the walker finds, the one that the CPU's cache shows, and the one that the kernel wrote. */
function look(journal: Journal, snapshot: Snapshot, walker: Walker): Look | null {
  const tables = walkerTables(journal.header, snapshot, walker)
  if (!tables) return null
  const leaf = (seenBy: 'memory' | 'cpu' | 'written'): U64 | undefined => {
    const found = walk(tables.format, tables.root, walker.addr, (at) => entryIn(snapshot, journal.header.firstPfn, at, seenBy, tables.format.entryBytes))
    return leafOf(found) && leafForPage(tables.format, found, walker.addr)
  }
  const found = leaf(tables.snoops ? 'cpu' : 'memory')
  const cached = tables.snoops ? found : leaf('cpu')
  return { tlb: tlbEntry(snapshot, tables.area, tables.space, walker.addr), found, cached, meant: tables.snoops ? found : leaf('written') }
}

const same = (a: U64 | null | undefined, b: U64 | null | undefined): boolean => (a && b ? equal(a, b) : (a ?? null) === (b ?? null))
const IS_OLD: Readonly<Record<Fault, (look: Look) => boolean>> = {
  tlb: ({ tlb, found }) => tlb !== null && !same(tlb, found),
  unseen: ({ found, cached }) => !same(found, cached),
  undrained: ({ cached, meant }) => !same(cached, meant),
}

/** Only these can change what a walker finds or remembers. */
const ABOUT = /^(pte|pgtable|iopt|io|iova|tlb|as|walk|mmu|cache|wc|dma|fault|task|mmap|gem|import)\./

/** Whether a framebuffer's addresses, as its display was given them, are among some. */
function scans(machine: Snapshot, fb: Id<'fb'>, covers: (from: number, sizeBytes: number) => boolean): boolean {
  const gem = machine.records.get(machine.records.get(fb)?.['gem'] as Id)
  return typeof gem?.['dmaAddr'] === 'number' && covers(gem['dmaAddr'], gem['sizeBytes'] as number)
}

function goesThrough(step: Step, machine: Snapshot, { who, owner, addr }: Walker): boolean {
  const covers = (from: number, size: number): boolean => from < addr - (addr % PAGE_SIZE) + PAGE_SIZE && from + size > addr - (addr % PAGE_SIZE)
  if (who === 'iommu') return is(step, 'display.scanout') && scans(machine, step.fields.fb, covers)
  if (who === 'gpu') return (is(step, 'job.read') || is(step, 'job.write')) && covers(step.fields.gpuVa, step.fields.sizeBytes)
  return (is(step, 'load.bytes') || is(step, 'store.bytes')) && step.fields.task === owner && covers(step.fields.addr, step.fields.sizeBytes)
}

/** A stretch of steps in which something is out of date. */
interface Stretch { readonly from: number; to: number | null; readonly filled: number | null; used: number | null }

function stretchesOf(journal: Journal, walker: Walker, fault: Fault): Stretch[] {
  const machine = new MutableSnapshot()
  const found: Stretch[] = []
  let open: Stretch | null = null
  let tlb: U64 | null = null
  let filled: number | null = null
  for (const step of journal.steps) {
    machine.apply(step)
    if (open && goesThrough(step, machine, walker)) open.used ??= step.seq
    if (!ABOUT.test(step.event) || (step.words.length === 0 && step.changes.length === 0)) continue
    const now = look(journal, machine, walker)
    if (!same(tlb, now?.tlb)) filled = now?.tlb ? step.seq : null
    tlb = now?.tlb ?? null
    const old = now !== null && IS_OLD[fault](now)
    if (old && !open) found.push((open = { from: step.seq, to: null, filled, used: null }))
    else if (!old && open) {
      open.to = step.seq
      open = null
    }
  }
  return found
}

const whyOf = (fault: Fault, { from, to, filled, used }: Stretch): WhyEntry => ({ fault, changed: from, filled: fault === 'tlb' ? filled : null, mended: to, used })

/** What is out of date at a step; empty: nothing is. */
export function whyEntry(journal: Journal, walker: Walker, seq: number): WhyEntry[] {
  return (Object.keys(IS_OLD) as Fault[]).flatMap((fault) =>
    stretchesOf(journal, walker, fault).filter(({ from, to }) => from <= seq && (to === null || to > seq)).map((stretch) => whyOf(fault, stretch)))
}

/** What was out of date when somebody went through it, up to a step: the access landed where it should not. */
export function wentAstray(journal: Journal, walker: Walker, seq: number): WhyEntry[] {
  return stretchesOf(journal, walker, 'tlb').filter(({ used }) => used !== null && used <= seq).map((stretch) => whyOf('tlb', stretch))
}
