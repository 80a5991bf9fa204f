/**
 * Page-table walks, as both wings read them: four levels of 512 entries of eight bytes, pages of 4 KiB. The CPU (arm64, 48-bit
 * addresses) and the GPU (Mali) divide an address in the same way and differ in what an entry means (`descriptors-*.ts`).
 * Leaves out: other page sizes, tables that begin below level 0, a second stage.
 */
import { u64, type U64 } from '../base/bits.ts'
import { LINE_SIZE, PAGE_SIZE, WORD_SIZE } from '../base/brand.ts'
import { CPU_DATA, CPU_LINE, DRAM, INVALID } from './areas.ts'
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

export interface TableFormat {
  readonly id: 'arm64' | 'mali'
  kindOf(entry: U64, level: number): EntryKind
  /** Where a table lies, or what a leaf shows, in bytes. */
  addressOf(entry: U64, level: number): number
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
  for (let level = 0; level < LEVELS; level++) {
    const index = indexAt(addr, level)
    const at = entryAt(table, index)
    const entry = read(at)
    const kind = format.kindOf(entry, level)
    steps.push({ level, index, at, entry, kind })
    if (kind === 'invalid') break
    const to = format.addressOf(entry, level)
    if (kind === 'leaf') return { steps, phys: to + (addr % coverage(level)) }
    table = to
  }
  return { steps, phys: null }
}

/** The leaf of a walk that found one. */
export const leafOf = ({ steps, phys }: Walk): WalkStep | undefined => (phys === null ? undefined : steps[steps.length - 1])

/**
 * An entry as it lies in a snapshot: `memory` reads DRAM, `cpu` what a core (or a walker that snoops) gets, which is the line in
 * the CPU's caches where there is one. `firstPfn` is the header's.
 */
export function entryIn(snapshot: Snapshot, firstPfn: number, at: number, seenBy: 'memory' | 'cpu'): U64 {
  const byte = at - firstPfn * PAGE_SIZE
  const line = Math.floor(byte / LINE_SIZE)
  const cached = seenBy === 'cpu' && (snapshot.words[CPU_LINE]?.[line] ?? INVALID) !== INVALID
  const words = snapshot.words[cached ? CPU_DATA : DRAM]
  const word = byte / WORD_SIZE
  return u64(words?.[word + 1] ?? 0, words?.[word] ?? 0)
}

/** A leaf as a TLB keeps it for one page of 4 KiB: of a block, the address of that page. */
export function leafForPage(format: TableFormat, found: Walk, addr: number): U64 | undefined {
  const leaf = leafOf(found)
  if (!leaf || leaf.level === LEVELS - 1) return leaf?.entry
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
