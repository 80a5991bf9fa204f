/**
 * Page tables of a device: pages of memory, written through the kernel's cached mapping. A walker that does not look into the CPU's caches
 * sees an entry only once its line is cleaned, so every write is cleaned for it.
 * Mirrors: arm_lpae_map, arm_lpae_unmap, arm_lpae_install_table (io-pgtable-arm.c) in the Mali format.
 * Leaves out: tables given back, splitting a block, and that in 5.2 a device described as coherent was not cleaned for although its walker
 * did not look into the caches either.
 */
import { hex64, u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE, type PhysAddr } from '../base/brand.ts'
import * as make from '../hardware/page-table/mali.ts'
import mali from '../journal/page-tables/mali.ts'
import type { Id } from '../journal/vocabulary.ts'
import { coverage, ENTRIES, ENTRY_BYTES, entryAt, indexAt, LEVELS } from '../journal/walk.ts'
import { fn, type Kernel } from './context.ts'
import { allocPage, physOf, storeEntries } from './page.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'iopt.table': { mmu: Id<'gpu_mmu'>; level: number; frame: number; gpuVa: number }
    'iopt.synced': { mmu: Id<'gpu_mmu'>; level: number; gpuVa: number }
    'iopt.map': { mmu: Id<'gpu_mmu'>; gpuVa: number; phys: number; pageBytes: number; pages: number; descriptor: string }
    'iopt.unmap': { mmu: Id<'gpu_mmu'>; gpuVa: number; pages: number }
  }
}
export const says: Says = {
  'iopt.table': 'A **GPU table of level {level}** lies in frame {frame}, for addresses around {gpuVa}.',
  'iopt.synced': 'The CPU\'s copy of that entry is marked: the table of level {level} for {gpuVa} **is known to be visible**. The mark may stay in the cache.',
  'iopt.map': 'The GPU will find **{pages} {pages#page|pages}** of {pageBytes} bytes at {gpuVa}: the first entry is `{descriptor}`.',
  'iopt.unmap': '{pages} {pages#entry|entries} of the GPU from {gpuVa} on {pages#is|are} **empty** again.',
}

const LAST = LEVELS - 1
const isEmpty = ({ hi, lo }: U64): boolean => (hi | lo) === 0
const read = (k: Kernel, at: number): U64 => k.hw.walkEntry(at as PhysAddr, true)

/** What a walker must be given to see a write: a clean of the entries' lines, unless it looks into the caches itself. */
export function syncEntries(k: Kernel, mmu: Id<'gpu_mmu'>, at: number, entries: number): void {
  if (!k.world.get(mmu).walkCoherent) k.hw.clean(at as Parameters<typeof k.hw.clean>[0], entries * ENTRY_BYTES)
}

/** A table for the entry at `at`: zeroed, visible, then linked, then the link made visible. */
const installTable = fn('arm_lpae_install_table', (k: Kernel, mmu: Id<'gpu_mmu'>, at: number, level: number, gpuVa: number): number => {
  const { world } = k
  const frame = allocPage(k)
  const table = physOf(k, frame)
  k.parts.mali.syncEntries(k, mmu, table, ENTRIES)
  storeEntries(k, at, [make.table(table)])
  world.emit('iopt.table', { mmu, level, frame, gpuVa })
  if (world.get(mmu).walkCoherent) return table
  k.parts.mali.syncEntries(k, mmu, at, 1)
  storeEntries(k, at, [make.table(table, true)])
  world.emit('iopt.synced', { mmu, level, gpuVa })
  return table
})

export interface MaliProt { readonly attrIndex: number; readonly shareability: number; readonly write: boolean; readonly exec: boolean }

/** One run of pages of one size; it lies in one table. */
export const mapPages = fn({ '5.2': 'arm_lpae_map', '6.1': 'arm_lpae_map_pages' }, (k: Kernel, mmu: Id<'gpu_mmu'>, gpuVa: number, phys: number, { sizeBytes, count }: make.PageRun, prot: MaliProt) => {
  const depth = sizeBytes === PAGE_SIZE ? LAST : LAST - 1
  let table = k.world.get(mmu).pgd
  for (let level = 0; level < depth; level++) {
    const at = entryAt(table, indexAt(gpuVa, level))
    const entry = read(k, at)
    table = isEmpty(entry) ? installTable(k, mmu, at, level + 1, gpuVa) : mali.addressOf(entry, level)
  }
  const at = entryAt(table, indexAt(gpuVa, depth))
  const entries = Array.from({ length: count }, (_, i) => make.leaf({ phys: phys + i * sizeBytes, read: true, ...prot }))
  storeEntries(k, at, entries)
  k.world.emit('iopt.map', { mmu, gpuVa, phys, pageBytes: sizeBytes, pages: count, descriptor: k.world.tells ? hex64(entries[0]!) : '' })
  k.parts.mali.syncEntries(k, mmu, at, count)
})

/** Where the entry for an address stands, if it is a leaf. */
function leafAt(k: Kernel, pgd: number, gpuVa: number): { at: number; level: number } | undefined {
  let table = pgd
  for (let level = 0; level < LEVELS; level++) {
    const at = entryAt(table, indexAt(gpuVa, level))
    const entry = read(k, at)
    const kind = mali.kindOf(entry, level)
    if (kind === 'leaf') return { at, level }
    if (kind === 'invalid') return undefined
    table = mali.addressOf(entry, level)
  }
  return undefined
}

/** Empties the entries of a range; what was never mapped is passed over. */
export const unmapPages = fn({ '5.2': 'arm_lpae_unmap', '6.1': 'arm_lpae_unmap_pages' }, (k: Kernel, mmu: Id<'gpu_mmu'>, gpuVa: number, sizeBytes: number) => {
  const { pgd } = k.world.get(mmu)
  for (let done = 0; done < sizeBytes; ) {
    const addr = gpuVa + done
    const leaf = leafAt(k, pgd, addr)
    if (!leaf) {
      done += PAGE_SIZE
      continue
    }
    const step = coverage(leaf.level)
    const inTable = ENTRIES - indexAt(addr, leaf.level)
    let pages = 1
    while (pages < inTable && done + (pages + 1) * step <= sizeBytes && mali.kindOf(read(k, leaf.at + pages * ENTRY_BYTES), leaf.level) === 'leaf') pages++
    storeEntries(k, leaf.at, new Array<U64>(pages).fill(u64(0, 0)))
    k.world.emit('iopt.unmap', { mmu, gpuVa: addr, pages })
    k.parts.mali.syncEntries(k, mmu, leaf.at, pages)
    done += pages * step
  }
})
