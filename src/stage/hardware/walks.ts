/**
 * What a walk finds: entries are read from the words of the snapshot as the walker itself would read them; the TLB's copy is held beside
 * them. Which walk a frame is about: walk-subjects.ts.
 */
import { equal as same, hex32, hex64, type U64 } from '../../base/bits.ts'
import { LINE_SIZE, PAGE_SIZE } from '../../base/brand.ts'
import { fill, formsOf } from '../../base/fill.ts'
import { CPU_LINE, DIRTY } from '../../journal/areas.ts'
import { tlbEntry, walkerTables } from '../../journal/tables.ts'
import { entryIn, indexIn, lastLevel, leafForPage, leafOf, walk, type TableFormat, type Walk } from '../../journal/walk.ts'
import { SENTENCES, TLB_OLD } from './sentences-later.ts'
import type { Seen, Subject, Who } from './walk-subjects.ts'

/** An entry that the kernel wrote and the walker does not find: what it is, and where it lies. */
export interface Unseen { readonly kind: 'table' | 'leaf'; readonly where: 'cache' | 'buffer' }

export interface WalkView {
  readonly who: Who
  /** The process or the device. */
  readonly owner: string
  readonly letter: string
  readonly addr: number
  readonly indices: readonly number[]
  readonly offset: number
  readonly walk: Walk
  readonly format: TableFormat
  /** Bytes of the register of memory attributes. */
  readonly attributes: readonly number[]
  /** What the TLB remembers of the page; null: nothing. */
  readonly tlb: U64 | null
  /** Whether it would still be found by a walk now. */
  readonly current: boolean
  /** null: there is nothing that the walk misses. */
  readonly unseen: Unseen | null
  /** Reads an entry as this walker gets it. */
  readonly read: (at: number) => U64
}

/** All besides words that a walk depends on: whose it is, the address, the registers. */
export function tablesOf({ after }: Pick<Seen, 'after'>, subject: Subject | null): readonly unknown[] {
  if (subject === null) return [null]
  const record = after.records.get(subject.owner)
  const parts = subject.who === 'cpu' ? ['ttbr0', 'asid', 'name', 'letter'] : ['transtab', 'memattr', 'root', 'device']
  return [subject.who, subject.addr, subject.owner, ...parts.map((part) => record?.[part]), after.records.get('kernel:0')?.['mair']]
}

export function walkView({ header, after }: Pick<Seen, 'header' | 'after'>, subject: Subject): WalkView | null {
  const { who, addr } = subject
  const tables = walkerTables(header, after, subject)
  if (!tables) return null
  const { format, root, area, space, snoops, attributes } = tables
  const entry = (at: number, seenBy: Parameters<typeof entryIn>[3]): U64 => entryIn(after, header.firstPfn, at, seenBy, format.entryBytes)
  const read = (at: number): U64 => entry(at, snoops ? 'cpu' : 'memory')
  const unseen = (at: number, level: number): Unseen | null => {
    const line = Math.floor((at - header.firstPfn * PAGE_SIZE) / LINE_SIZE)
    const dirty = after.words[CPU_LINE]?.[line] === DIRTY
    const kind = format.kindOf(entry(at, dirty ? 'cpu' : 'written'), level)
    return kind === 'invalid' ? null : { kind, where: dirty ? 'cache' : 'buffer' }
  }
  const found = walk(format, root, addr, read)
  const last = found.steps.at(-1)!
  const tlb = tlbEntry(after, area, space, addr)
  const leaf = leafForPage(format, found, addr)
  const record = after.records.get(subject.owner)!
  const device = header.devices.find(({ id }) => id === record['device'])?.driver
  return {
    who, owner: who === 'cpu' ? String(record['name']) : (device ?? 'GPU'), letter: who === 'cpu' ? String(record['letter']) : 'GPU', addr,
    indices: format.levels.map((_, level) => indexIn(format, addr, level)), offset: addr % PAGE_SIZE, walk: found, format, attributes,
    tlb, current: tlb === null || (leaf !== undefined && same(tlb, leaf)), unseen: found.phys === null ? unseen(last.at, last.level) : null, read,
  }
}

/** An entry in all its digits. */
export const entryText = ({ entryBytes }: TableFormat, entry: U64): string => (entryBytes === 8 ? hex64(entry) : hex32(entry.lo))

/** What a walk's leaf says of memory and of what is allowed: `WC rw`. */
export function leafWords({ format, walk: found, attributes }: WalkView): string {
  const leaf = leafOf(found)
  return leaf ? [format.attr(leaf.entry, attributes), format.rights(leaf.entry)].filter(Boolean).join(' ') : ''
}

const NAMES: Readonly<Record<Who, string>> = { cpu: 'CPU', gpu: 'GPU', iommu: 'IOMMU' }
export const nameOf = (who: Who): string => NAMES[who]
/** Short: `CPU A` for a process of that letter. */
export const labelOf = ({ who, letter }: WalkView): string => (who === 'cpu' ? `${nameOf(who)} ${letter}` : nameOf(who))

/** `0xffff_8000_1000`: an address in groups of four digits. */
export const addressText = (addr: number): string => `0x${addr.toString(16).replace(/\B(?=(.{4})+$)/g, '_')}`
export const pageText = (phys: number): string => `0x${Math.floor(phys / PAGE_SIZE).toString(16)}`

/** The page that the TLB would give, as a page number. */
export const tlbPage = ({ format, tlb }: WalkView): string => (tlb ? pageText(format.addressOf(tlb, lastLevel(format))) : '')

/** `forms` for little room, longest first. */
export function tlbWords(view: WalkView): { readonly forms: readonly string[]; readonly long: string; readonly bad: boolean } {
  if (view.tlb === null) return { forms: ['TLB empty', 'TLB –'], long: 'The TLB remembers nothing of this page: the next access walks.', bad: false }
  if (view.current) return { forms: ['TLB same', 'TLB ✓'], long: 'The TLB remembers the same entry.', bad: false }
  return { forms: formsOf(TLB_OLD, { page: tlbPage(view) }), long: fill(SENTENCES.tlbOld, { page: tlbPage(view) }), bad: true }
}
