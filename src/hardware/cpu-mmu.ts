/**
 * The MMU of the CPU: an address becomes a descriptor, from the TLB or by a walk of the tables, which fills the TLB. Walks look into the
 * CPU's caches, so nothing has to be cleaned for them.
 * Mirrors: the arm64 translation regime of user space (TTBR0), and that of x86-64 (CR3), where a store marks its entry by itself.
 * Leaves out: Arm cores that do so too (those of these boards do not), table entries kept on the way, the kernel's own addresses, which need no walk here.
 */
import { equal, hex64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE, type PhysAddr } from '../base/brand.ts'
import { TLB_CPU } from '../journal/areas.ts'
import { ENTRIES, ENTRY_BYTES, leafForPage, LEVELS, walk } from '../journal/walk.ts'
import type { World } from '../world/world.ts'
import type { Hardware } from './hardware.ts'
import { arm64 } from './page-table/arm64.ts'
import type { CpuTables } from './page-table/cpu-tables.ts'
import { tlbFill, tlbLookup, tlbReplace } from './tlb.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'walk.cpu': { space: number; addr: number; root: number; level: number; descriptor: string }
    'walk.dirty': { space: number; addr: number; descriptor: string }
    'abort.translation': { addr: number; level: number; dfsc: string }
    'abort.permission': { addr: number; access: 'read' | 'write'; descriptor: string; dfsc: string }
  }
}
export const says = {
  'walk.cpu': 'The CPU walks its tables for {addr}: from {root} down to level {level}, where `{descriptor}` stands.',
  'abort.translation': 'A data abort: **nothing leads on** from level {level} for {addr} (translation fault, DFSC {dfsc}).',
  'abort.permission': 'A data abort: `{descriptor}` **does not let a {access} through** at {addr} (permission fault, DFSC {dfsc}).',
  'walk.dirty': 'The CPU marks the entry for {addr} as **written**: `{descriptor}`. No fault is needed for it.',
  'abort.translation:error code 0x4': 'A page fault (#PF, {dfsc}): for a read at {addr} **nothing leads on** from level {level}.',
  'abort.translation:error code 0x6': 'A page fault (#PF, {dfsc}): for a write at {addr} **nothing leads on** from level {level}.',
  'abort.permission:error code 0x5': 'A page fault (#PF, {dfsc}): `{descriptor}` **is not for users**, and the read at {addr} is refused.',
  'abort.permission:error code 0x7': 'A page fault (#PF, {dfsc}): `{descriptor}` **may not be written**, and the write at {addr} is refused.',
} as const

/** A whole table, two words for each entry, as a walker gets it. */
export const readTable = (hw: Hardware, table: number): Uint32Array => new Uint32Array(hw.walkRead(table as PhysAddr, ENTRIES * ENTRY_BYTES, true).buffer)

const LAST = LEVELS - 1
const tablesOf = (hw: Hardware): CpuTables => hw.platform.cpuTables ?? arm64

/** The descriptor that a walk finds for a page, remembered; a number: the level that it ends at. */
function walked(world: World, hw: Hardware, ttbr0: number, asid: number, addr: number): U64 | number {
  const { format } = tablesOf(hw)
  const found = walk(format, ttbr0, addr, at => hw.walkEntry(at as PhysAddr, true))
  const last = found.steps[found.steps.length - 1]!
  const descriptor = world.tells ? hex64(last.entry) : ''
  world.emit('walk.cpu', { space: asid, addr, root: ttbr0, level: last.level, descriptor })
  const leaf = leafForPage(format, found, addr)
  if (!leaf) return last.level
  tlbFill(world, TLB_CPU, asid, [{ addr: addr - (addr % PAGE_SIZE), entry: leaf }], descriptor)
  return leaf
}

/** A store goes through a clean entry, and the MMU marks it, in memory and in the TLB, where it does that by itself. */
function marked(world: World, hw: Hardware, ttbr0: number, asid: number, addr: number, entry: U64): U64 {
  const { format, written } = tablesOf(hw)
  const dirty = written?.(entry) ?? entry
  if (equal(dirty, entry)) return entry
  const last = walk(format, ttbr0, addr, at => hw.walkEntry(at as PhysAddr, true)).steps.at(-1)!
  // The tables may say something else by now: then there is nothing to mark.
  if (!equal(last.entry, entry)) return entry
  hw.storeWords(last.at as PhysAddr, Uint32Array.of(dirty.lo, dirty.hi))
  tlbReplace(world, TLB_CPU, asid, addr, dirty)
  world.emit('walk.dirty', { space: asid, addr, descriptor: world.tells ? hex64(dirty) : '' })
  return dirty
}

/** The descriptor for a page of an address space that lets an access through; undefined: a data abort. `ttbr0` null: no table at all yet. */
export function cpuTranslate(world: World, hw: Hardware, ttbr0: number | null, asid: number, addr: number, access: 'read' | 'write'): U64 | undefined {
  const { format, code } = tablesOf(hw)
  const entry = ttbr0 === null ? 0 : (tlbLookup(world, TLB_CPU, asid, addr) ?? walked(world, hw, ttbr0, asid, addr))
  if (typeof entry === 'number') {
    world.emit('abort.translation', { addr, level: entry, dfsc: code('translation', entry, access) })
    return undefined
  }
  if (format.permits(entry, access)) return access === 'write' ? marked(world, hw, ttbr0!, asid, addr, entry) : entry
  world.emit('abort.permission', { addr, access, descriptor: world.tells ? hex64(entry) : '', dfsc: code('permission', LAST, access) })
  return undefined
}
