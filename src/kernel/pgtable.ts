/**
 * The page tables of tasks: pages of memory, written through the kernel's cached linear mapping. An entry says which frame an address
 * shows, and for what. On arm64 a writable entry begins clean and closed
 * (AP[2] set); the first store faults, and the kernel marks it dirty and opens it. On x86 the MMU marks it.
 * Mirrors: set_pte_at, ptep_clear_flush, flush_tlb_range, pgd_alloc, free_pgtables (mm/memory.c, arch/arm64).
 * Leaves out: huge pages, tables given back before the task ends, a first table before anything is mapped, the kernel's own reads of its
 * tables as loads that fill lines, and that a page put in for a store faults a second time to become dirty.
 */
import { hex64, u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE, type PhysAddr } from '../base/brand.ts'
import { readTable } from '../hardware/cpu-mmu.ts'
import { arm64 } from '../hardware/page-table/arm64.ts'
import type { CpuTables } from '../hardware/page-table/cpu-tables.ts'
import { tlbFlush, WHOLE_SPACE } from '../hardware/tlb.ts'
import { TLB_CPU } from '../journal/areas.ts'
import type { Id } from '../journal/vocabulary.ts'
import { coverage, ENTRIES, ENTRY_BYTES, entryAt, indexAt, LEVELS } from '../journal/walk.ts'
import type { Kernel } from './context.ts'
import type { Attr } from './objects.ts'
import { allocPage, frameAt, freePage, physOf, storeEntries } from './page.ts'

/** `rw` may be written, `r` only read, '' neither. `dirty`: it was written; `special`: a bare frame that is not counted. */
export interface Pte {
  readonly frame: number
  readonly prot: '' | 'r' | 'rw'
  readonly attr: Attr
  readonly exec: boolean
  readonly dirty: boolean
  readonly special: boolean
}

declare module '../journal/vocabulary.ts' {
  interface Events {
    'pgtable.alloc': { task: Id<'task'>; level: number; frame: number; addr: number }
    'pgtable.free': { task: Id<'task'>; tables: number }
    'pte.set': { task: Id<'task'>; addr: number; pages: number; frame: number; prot: string; attr: Attr; descriptor: string }
    'pte.clear': { task: Id<'task'>; addr: number; pages: number }
  }
}
export const says = {
  'pgtable.alloc': '{task} gets a **table of level {level}** in frame {frame}, for the addresses around {addr}.',
  'pgtable.free': 'The {tables} page tables of {task} are **given back**.',
  'pte.set': '{pages} {pages#entry|entries} from {addr} on: the first is `{descriptor}`, frame **{frame}** (`{prot}`, {attr}).',
  'pte.clear': '{pages} {pages#entry|entries} from {addr} on {pages#is|are} **empty** again.',
}

const LAST = LEVELS - 1
const NONE = u64(0, 0)
const isEmpty = ({ hi, lo }: U64): boolean => (hi | lo) === 0

/** The format of this machine. */
const tablesOf = (k: Kernel): CpuTables => k.hw.platform.cpuTables ?? arm64
const addressOf = (k: Kernel, entry: U64, level: number): number => tablesOf(k).format.addressOf(entry, level)

function entryOf(k: Kernel, { frame, ...pte }: Pte): U64 {
  return tablesOf(k).leaf({ phys: physOf(k, frame), ...pte }, k.parts.mair)
}

/** What an entry says; undefined: nothing. */
export function pteOf(k: Kernel, entry: U64): Pte | undefined {
  if (isEmpty(entry)) return undefined
  const { phys, ...pte } = tablesOf(k).said(entry, k.parts.mair)
  return { frame: frameAt(k, phys), ...pte }
}

const read = (k: Kernel, at: number): U64 => k.hw.walkEntry(at as PhysAddr, true)

/** A table, linked from the entry at `link`; the first one from the task. */
function newTable(k: Kernel, task: Id<'task'>, level: number, addr: number, link: number | null): number {
  const frame = allocPage(k)
  const table = physOf(k, frame)
  if (link === null) k.world.set(task, 'ttbr0', table)
  else storeEntries(k, link, [tablesOf(k).table(table)])
  k.world.emit('pgtable.alloc', { task, level, frame, addr })
  return table
}

/** The last-level table for an address; null where there is none and none shall be made. */
function lastTable(k: Kernel, task: Id<'task'>, addr: number, create: boolean): number | null {
  let table = k.world.get(task).ttbr0
  if (table === null) {
    if (!create) return null
    table = newTable(k, task, 0, addr, null)
  }
  for (let level = 0; level < LAST; level++) {
    const at = entryAt(table, indexAt(addr, level))
    const entry = read(k, at)
    if (isEmpty(entry)) {
      if (!create) return null
      table = newTable(k, task, level + 1, addr, at)
    } else table = addressOf(k, entry, level)
  }
  return table
}

export function getPte(k: Kernel, addr: number, task: Id<'task'> = k.task): Pte | undefined {
  const table = lastTable(k, task, addr, false)
  return table === null ? undefined : pteOf(k, read(k, entryAt(table, indexAt(addr, LAST))))
}

/** Where a range goes on behind a missing table: its whole span is passed over at once. */
function behindHole(k: Kernel, task: Id<'task'>, addr: number): number {
  let table = k.world.get(task).ttbr0
  for (let level = 0; table !== null && level < LAST; level++) {
    const entry = read(k, entryAt(table, indexAt(addr, level)))
    if (isEmpty(entry)) return addr - (addr % coverage(level)) + coverage(level)
    table = addressOf(k, entry, level)
  }
  return WHOLE_SPACE
}

/** The entries of a range that are not empty, in order of address. */
export function ptesIn(k: Kernel, start: number, until: number, task: Id<'task'> = k.task): { addr: number; pte: Pte }[] {
  const end = Math.min(until, WHOLE_SPACE)
  const found: { addr: number; pte: Pte }[] = []
  const span = coverage(LAST - 1)
  for (let from = start; from < end; ) {
    const table = lastTable(k, task, from, false)
    if (table === null) {
      from = behindHole(k, task, from)
      continue
    }
    const to = Math.min(end, from - (from % span) + span)
    for (let at = entryAt(table, indexAt(from, LAST)); from < to; from += PAGE_SIZE, at += ENTRY_BYTES) {
      const pte = pteOf(k, read(k, at))
      if (pte) found.push({ addr: from, pte })
    }
  }
  return found
}

const asidOf = (k: Kernel, task: Id<'task'>): number => k.world.get(task).asid

/** Sets one entry. Where another frame was shown, that one goes first, and its translation with it. */
export function setPte(k: Kernel, addr: number, pte: Pte, task: Id<'task'> = k.task): void {
  const old = getPte(k, addr, task)
  if (old && old.frame !== pte.frame) clearPtes(k, addr, addr + PAGE_SIZE, task)
  setPtes(k, addr, [pte], task)
  if (old && old.frame === pte.frame) tlbFlush(k.world, TLB_CPU, asidOf(k, task), addr, PAGE_SIZE)
}

/** Sets neighbouring entries where nothing is shown yet. */
export function setPtes(k: Kernel, addr: number, ptes: readonly Pte[], task: Id<'task'> = k.task): void {
  for (let i = 0; i < ptes.length; ) {
    const at = addr + i * PAGE_SIZE
    const index = indexAt(at, LAST)
    const table = lastTable(k, task, at, true)!
    const entries = ptes.slice(i, i + ENTRIES - index).map(pte => entryOf(k, pte))
    storeEntries(k, entryAt(table, index), entries)
    const { frame, prot, attr } = ptes[i]!
    k.world.emit('pte.set', { task, addr: at, pages: entries.length, frame, prot, attr, descriptor: k.world.tells ? hex64(entries[0]!) : '' })
    i += entries.length
  }
}

/** Empties the entries of a range, then throws their translations away: between the two a core may still use them. Answers what was there. */
export function clearPtes(k: Kernel, start: number, end: number, task: Id<'task'> = k.task): { addr: number; pte: Pte }[] {
  const gone = ptesIn(k, start, end, task)
  for (let i = 0; i < gone.length; ) {
    const { addr } = gone[i]!
    let pages = 1
    while (gone[i + pages]?.addr === addr + pages * PAGE_SIZE && indexAt(addr, LAST) + pages < ENTRIES) pages++
    storeEntries(k, entryAt(lastTable(k, task, addr, false)!, indexAt(addr, LAST)), new Array<U64>(pages).fill(NONE))
    k.world.emit('pte.clear', { task, addr, pages })
    i += pages
  }
  if (gone.length > 0) tlbFlush(k.world, TLB_CPU, asidOf(k, task), start, end - start)
  return gone
}

function freeBelow(k: Kernel, table: number, level: number): number {
  let tables = 1
  if (level < LAST) {
    const words = readTable(k.hw, table)
    for (let i = 0; i < words.length; i += 2) {
      if (words[i] !== 0) tables += freeBelow(k, addressOf(k, u64(words[i + 1]!, words[i]!), level), level + 1)
    }
  }
  freePage(k, frameAt(k, table))
  return tables
}

/** The address space ends: no translation of it is left, and its tables go back. */
export function freeTables(k: Kernel, task: Id<'task'>): void {
  const root = k.world.get(task).ttbr0
  if (root === null) return
  k.world.set(task, 'ttbr0', null)
  tlbFlush(k.world, TLB_CPU, asidOf(k, task), 0, WHOLE_SPACE)
  k.world.emit('pgtable.free', { task, tables: freeBelow(k, root, 0) })
}
