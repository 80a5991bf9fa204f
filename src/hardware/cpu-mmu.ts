/**
 * The MMU of the CPU: an address becomes a descriptor, from the TLB or by a walk of the tables, which fills the TLB. Walks look into the
 * CPU's caches, so nothing has to be cleaned for them.
 * Mirrors: the arm64 translation regime of user space (TTBR0). Leaves out: hardware that sets the access flag or the dirty state by
 * itself (the cores of these boards have none), table entries kept on the way, the kernel's own addresses, which need no walk here.
 */
import { hex64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import { TLB_CPU } from '../journal/areas.ts'
import arm64 from '../journal/page-tables/arm64.ts'
import { ENTRIES, ENTRY_BYTES, leafForPage, LEVELS, walk } from '../journal/walk.ts'
import type { PhysAddr } from '../base/brand.ts'
import type { World } from '../world/world.ts'
import type { Hardware } from './hardware.ts'
import { AP_READ_ONLY, AP_USER } from './page-table/arm64.ts'
import { tlbFill, tlbLookup } from './tlb.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'walk.cpu': { space: number; addr: number; root: number; level: number; descriptor: string }
    'abort.translation': { addr: number; level: number; dfsc: string }
    'abort.permission': { addr: number; access: 'read' | 'write'; descriptor: string; dfsc: string }
  }
}
export const says = {
  'walk.cpu': 'The CPU walks its tables for {addr}: from {root} down to level {level}, where `{descriptor}` stands.',
  'abort.translation': 'A data abort: **nothing leads on** from level {level} for {addr} (translation fault, DFSC {dfsc}).',
  'abort.permission': 'A data abort: `{descriptor}` **does not let a {access} through** at {addr} (permission fault, DFSC {dfsc}).',
} as const

/** A whole table, two words for each entry, as a walker gets it. */
export const readTable = (hw: Hardware, table: number): Uint32Array => new Uint32Array(hw.walkRead(table as PhysAddr, ENTRIES * ENTRY_BYTES, true).buffer)

const LAST = LEVELS - 1
const TRANSLATION = 0x04
const PERMISSION = 0x0c
const codeOf = (fault: number, level: number): string => `0x${(fault + level).toString(16).padStart(2, '0')}`

/** The descriptor that a walk finds for a page, remembered; a number: the level that it ends at. */
function walked(world: World, hw: Hardware, ttbr0: number, asid: number, addr: number): U64 | number {
  const found = walk(arm64, ttbr0, addr, at => hw.walkEntry(at as PhysAddr, true))
  const last = found.steps[found.steps.length - 1]!
  const descriptor = world.tells ? hex64(last.entry) : ''
  world.emit('walk.cpu', { space: asid, addr, root: ttbr0, level: last.level, descriptor })
  const leaf = leafForPage(arm64, found, addr)
  if (!leaf) return last.level
  tlbFill(world, TLB_CPU, asid, [{ addr: addr - (addr % PAGE_SIZE), entry: leaf }], descriptor)
  return leaf
}

/** Whether user space may use a page in that way. */
const permits = (entry: U64, access: 'read' | 'write'): boolean => (entry.lo & AP_USER) !== 0 && (access === 'read' || (entry.lo & AP_READ_ONLY) === 0)

/** The descriptor for a page of an address space that lets an access through; undefined: a data abort. `ttbr0` null: no table at all yet. */
export function cpuTranslate(world: World, hw: Hardware, ttbr0: number | null, asid: number, addr: number, access: 'read' | 'write'): U64 | undefined {
  const entry = ttbr0 === null ? 0 : (tlbLookup(world, TLB_CPU, asid, addr) ?? walked(world, hw, ttbr0, asid, addr))
  if (typeof entry === 'number') {
    world.emit('abort.translation', { addr, level: entry, dfsc: codeOf(TRANSLATION, entry) })
    return undefined
  }
  if (permits(entry, access)) return entry
  world.emit('abort.permission', { addr, access, descriptor: world.tells ? hex64(entry) : '', dfsc: codeOf(PERMISSION, LAST) })
  return undefined
}
