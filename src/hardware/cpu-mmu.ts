/**
 * The MMU of the CPU: an address becomes a descriptor, from the TLB or by a walk of the tables, which fills the TLB. Walks look into the
 * CPU's caches, so nothing has to be cleaned for them.
 * Mirrors: the arm64 translation regime of user space (TTBR0). Leaves out: hardware that sets the access flag or the dirty state by
 * itself (the cores of these boards have none), table entries kept on the way, the kernel's own addresses, which need no walk here.
 */
import { hex64, u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import { TLB_CPU } from '../journal/areas.ts'
import { arm64 } from '../journal/descriptors-arm64.ts'
import { ENTRY_BYTES, leafForPage, walk } from '../journal/walk.ts'
import type { PhysAddr } from '../base/brand.ts'
import type { World } from '../world/world.ts'
import type { Hardware } from './hardware.ts'
import { AP_READ_ONLY, AP_USER } from './page-table/arm64.ts'
import { tlbFill, tlbLookup } from './tlb.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'walk.cpu': { space: number; addr: number; root: number; level: number; descriptor: string } }
}
export const says = { 'walk.cpu': 'The CPU walks its tables for {addr}: from {root} down to level {level}, where `{descriptor}` stands.' } as const

/** Words of a table from `at` on, two for each entry, as a walker gets them. */
export function readEntries(hw: Hardware, at: number, count: number, snoops: boolean): Uint32Array {
  const bytes = hw.walkRead(at as PhysAddr, count * ENTRY_BYTES, snoops)
  return bytes.byteOffset % 4 === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, count * 2) : new Uint32Array(bytes.slice().buffer)
}
export function readEntry(hw: Hardware, at: number, snoops: boolean): U64 {
  const words = readEntries(hw, at, 1, snoops)
  return u64(words[1]!, words[0]!)
}

/** The descriptor for a page of an address space; undefined: a translation fault. */
export function cpuTranslate(world: World, hw: Hardware, ttbr0: number, asid: number, addr: number): U64 | undefined {
  const known = tlbLookup(world, TLB_CPU, asid, addr)
  if (known) return known
  const found = walk(arm64, ttbr0, addr, at => readEntry(hw, at, true))
  const last = found.steps[found.steps.length - 1]!
  const descriptor = world.tells ? hex64(last.entry) : ''
  world.emit('walk.cpu', { space: asid, addr, root: ttbr0, level: last.level, descriptor })
  const leaf = leafForPage(arm64, found, addr)
  if (leaf) tlbFill(world, TLB_CPU, asid, [{ addr: addr - (addr % PAGE_SIZE), entry: leaf }], descriptor)
  return leaf
}

/** Whether user space may use a page in that way; else a permission fault. */
export const permits = (entry: U64, access: 'read' | 'write'): boolean => (entry.lo & AP_USER) !== 0 && (access === 'read' || (entry.lo & AP_READ_ONLY) === 0)
