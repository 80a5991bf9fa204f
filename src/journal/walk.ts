/**
 * Page-table walks, as both wings read them. What divides an address and what an entry means is a format's own (`page-tables/`): CPUs and
 * Mali have four levels of 512 entries of eight bytes, devices with entries of one word have fewer and larger tables. Pages are of 4 KiB.
 * Leaves out: other page sizes, tables that begin below level 0, a second stage.
 */
import { bit, u64, type U64 } from '../base/bits.ts'
import { LINE_SIZE, PAGE_SIZE, WORD_SIZE, WORDS_PER_LINE } from '../base/brand.ts'
import { CPU_DATA, CPU_LINE, DRAM, INVALID, WC_DATA, WC_ENTRY_WORDS } from './areas.ts'
import type { Snapshot } from './snapshot.ts'

export const LEVELS = 4
export const ENTRIES = 512
export const ENTRY_BYTES = 8

/** Bytes that one entry of a level covers: 512 GiB, 1 GiB, 2 MiB, 4 KiB. */
const COVERAGE: readonly number[] = Array.from({ length: LEVELS }, (_, level) => PAGE_SIZE * ENTRIES ** (LEVELS - 1 - level))
export const coverage = (level: number): number => COVERAGE[level]!
export const indexAt = (addr: number, level: number): number => Math.floor(addr / COVERAGE[level]!) % ENTRIES

/** The index used at each level, and the byte in the page. */
export const walkIndices = (addr: number): { readonly indices: readonly number[]; readonly offset: number } =>
  ({ indices: Array.from({ length: LEVELS }, (_, level) => indexAt(addr, level)), offset: addr % PAGE_SIZE })

/** One field of an entry, for people: `bits` as the manual writes them. */
export interface DescriptorField { readonly name: string; readonly bits: string; readonly value: number; readonly meaning: string }
export type EntryKind = 'invalid' | 'table' | 'leaf'

/** Bytes that one entry of a level covers, and how many entries a table has. */
export interface TableLevel { readonly span: number; readonly entries: number }
export const FOUR_LEVELS: readonly TableLevel[] = COVERAGE.map(span => ({ span, entries: ENTRIES }))

export interface TableFormat {
  readonly id: string
  /** Whose tables, and as what the manual or the driver knows them. */
  readonly title: string
  readonly agent: 'cpu' | 'gpu' | 'iommu'
  /** Where the address of the first table stands. */
  readonly register: string
  /** An entry of four bytes is the low word of a value. */
  readonly entryBytes: 4 | 8
  readonly levels: readonly TableLevel[]
  /** What stands where nothing is mapped; absent: 0. */
  readonly empty?: number
  kindOf(entry: U64, level: number): EntryKind
  /** Where a table lies, or what a leaf shows, in bytes. */
  addressOf(entry: U64, level: number): number
  /** Whether a leaf lets an access through. */
  permits(entry: U64, access: 'read' | 'write'): boolean
  /** How a leaf has its memory treated, in a word: `WC`; '': it says nothing of that. `attributes`: bytes of the register that gives them, index 0 first. */
  attr(entry: U64, attributes: readonly number[]): string
  /** `rw`, `r-`: what a leaf allows. */
  rights(entry: U64): string
}
/** Every field of an entry, for people. */
export type Decode = (entry: U64, level: number, attributes: readonly number[]) => DescriptorField[]
/** A field of one bit, by what it means when it is set and when it is clear. */
export function flag(name: string, entry: U64, at: number, set: string, clear: string): DescriptorField {
  const value = bit(entry, at)
  return { name, bits: String(at), value, meaning: value ? set : clear }
}

export function plainRights(this: Pick<TableFormat, 'permits'>, entry: U64): string {
  return `${this.permits(entry, 'read') ? 'r' : '-'}${this.permits(entry, 'write') ? 'w' : '-'}`
}
export const lastLevel = ({ levels }: Pick<TableFormat, 'levels'>): number => levels.length - 1
/** The entry of a table of that level that an address leads to. */
export const indexIn = ({ levels }: Pick<TableFormat, 'levels'>, addr: number, level: number): number => Math.floor(addr / levels[level]!.span) % levels[level]!.entries
/** Bits of an address that choose the entry of a level, as manuals write them: `29:21`. */
export function indexBits({ levels }: Pick<TableFormat, 'levels'>, level: number): string {
  const low = Math.log2(levels[level]!.span)
  return `${low + Math.log2(levels[level]!.entries) - 1}:${low}`
}

/** Physical address of an entry. */
export const entryAt = (table: number, index: number): number => table + index * ENTRY_BYTES

export interface WalkStep { readonly level: number; readonly index: number; readonly at: number; readonly entry: U64; readonly kind: EntryKind }
export interface Walk {
  /** The entries read, from level 0 on; the last one is the leaf, or the one that ends the walk. */
  readonly steps: readonly WalkStep[]
  /** The physical address behind the address asked for; null: a translation fault at the level of the last step. */
  readonly phys: number | null
}

/** Follows the tables from `root`; `read` gets the physical address of an entry. */
export function walk(format: TableFormat, root: number, addr: number, read: (at: number) => U64): Walk {
  const steps: WalkStep[] = []
  let table = root
  for (let level = 0; level < format.levels.length; level++) {
    const index = indexIn(format, addr, level)
    const at = table + index * format.entryBytes
    const entry = read(at)
    const kind = format.kindOf(entry, level)
    steps.push({ level, index, at, entry, kind })
    if (kind === 'invalid') break
    const to = format.addressOf(entry, level)
    if (kind === 'leaf') return { steps, phys: to + (addr % format.levels[level]!.span) }
    table = to
  }
  return { steps, phys: null }
}

/** The leaf of a walk that found one. */
export const leafOf = ({ steps, phys }: Walk): WalkStep | undefined => (phys === null ? undefined : steps[steps.length - 1])

/** The newest word that waits in a write-combine buffer; null: none does. */
function waitingWord({ words }: Snapshot, word: number): number | null {
  const line = Math.floor(word / WORDS_PER_LINE) + 1
  const within = word % WORDS_PER_LINE
  for (let core = 0; words[`wc.${core}`]; core++) {
    const buffer = words[`wc.${core}`]!
    for (let at = 0; at < buffer.length; at += WC_ENTRY_WORDS) {
      if (buffer[at] === line && ((buffer[at + (within < 8 ? 1 : 2)]! >>> ((within % 8) * 4)) & 1) === 1) return buffer[at + WC_DATA + within]!
    }
  }
  return null
}

/**
 * An entry as it lies in a snapshot: `memory` reads DRAM; `cpu` what a core (or a walker that snoops) gets, which is the line in the CPU's
 * caches where there is one; `written` what the kernel wrote, though it may wait in a write-combine buffer. `firstPfn` is the header's.
 */
export function entryIn(snapshot: Snapshot, firstPfn: number, at: number, seenBy: 'memory' | 'cpu' | 'written', bytes: 4 | 8 = ENTRY_BYTES): U64 {
  const byte = at - firstPfn * PAGE_SIZE
  const line = Math.floor(byte / LINE_SIZE)
  const cached = seenBy !== 'memory' && (snapshot.words[CPU_LINE]?.[line] ?? INVALID) !== INVALID
  const words = snapshot.words[cached ? CPU_DATA : DRAM]
  const wordAt = (word: number): number => (seenBy === 'written' ? waitingWord(snapshot, word) : null) ?? words?.[word] ?? 0
  const word = byte / WORD_SIZE
  return u64(bytes === 8 ? wordAt(word + 1) : 0, wordAt(word))
}

/** A leaf as a TLB keeps it for one page of 4 KiB: of a block, the address of that page. */
export function leafForPage(format: TableFormat, found: Walk, addr: number): U64 | undefined {
  const leaf = leafOf(found)
  if (!leaf || leaf.level === lastLevel(format)) return leaf?.entry
  const within = Math.floor((addr % coverage(leaf.level)) / PAGE_SIZE) * PAGE_SIZE
  const address = format.addressOf(leaf.entry, leaf.level)
  const sum = (leaf.entry.lo % PAGE_SIZE) + (address % 2 ** 32) + within
  return u64(leaf.entry.hi, sum)
}

/** Every table below `root`, itself first: where each lies, in bytes. */
export function tablesFrom(format: TableFormat, root: number, read: (at: number) => U64, level = 0): number[] {
  const found = [root]
  for (let index = 0; level < LEVELS - 1 && index < ENTRIES; index++) {
    const entry = read(entryAt(root, index))
    if (format.kindOf(entry, level) === 'table') found.push(...tablesFrom(format, format.addressOf(entry, level), read, level + 1))
  }
  return found
}
