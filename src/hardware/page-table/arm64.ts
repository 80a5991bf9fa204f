/**
 * Making entries of arm64 page tables. Reading them: journal/page-tables/arm64.ts.
 * Mirrors: pfn_pte, PAGE_SHARED and its relatives, pgprot_writecombine, pgprot_noncached (arch/arm64/include/asm).
 * Leaves out: blocks, contiguous runs, the kernel's own mappings.
 */
import { u64, type U64 } from '../../base/bits.ts'
import format from '../../journal/page-tables/arm64.ts'
import { LEVELS } from '../../journal/walk.ts'
import type { MemoryAttr } from '../hardware.ts'
import type { CpuTables } from './cpu-tables.ts'

/** Attribute bytes of MAIR_EL1 and the index that Linux uses for each kind of memory. */
export interface Mair { readonly bytes: readonly number[]; readonly index: Readonly<Record<MemoryAttr, number>> }
/** As in 2019: device memory first, non-cacheable 3, write-back 4. */
export const mair2019: Mair = { bytes: [0x00, 0x04, 0x0c, 0x44, 0xff, 0xbb], index: { wb: 4, wc: 3, uc: 0 } }
/** Since 2020 or so: write-back 0, non-cacheable 2. */
export const mairNow: Mair = { bytes: [0xff, 0xff, 0x44, 0x00, 0x04], index: { wb: 0, wc: 2, uc: 3 } }

export const TYPE_PAGE = 3
export const TYPE_TABLE = 3
export const AP_USER = 1 << 6
export const AP_READ_ONLY = 1 << 7
export const SH_INNER = 3 << 8
export const AF = 1 << 10
export const NG = 1 << 11
/** In the high word: bit 51 and up. */
export const DBM = 1 << 19
export const PXN = 1 << 21
export const UXN = 1 << 22
export const DIRTY = 1 << 23
export const SPECIAL = 1 << 24
export const PROT_NONE = 1 << 26

export interface LeafSpec {
  readonly phys: number
  /** Index into MAIR_EL1. */
  readonly attrIndex: number
  /** The mapping may be written. */
  readonly write: boolean
  /** AP[2] is set: not writable at the moment. */
  readonly readOnly: boolean
  readonly exec: boolean
  readonly dirty: boolean
  readonly special: boolean
  /** Kept for its address, but no access is let through. */
  readonly none?: boolean
}

/** A page of user memory. */
export function leaf({ phys, attrIndex, write, readOnly, exec, dirty, special, none = false }: LeafSpec): U64 {
  const lo = (phys % 2 ** 32) + ((none ? 0 : TYPE_PAGE) | (attrIndex << 2) | (none ? 0 : AP_USER) | (readOnly ? AP_READ_ONLY : 0) | SH_INNER | AF | NG)
  const hi = Math.floor(phys / 2 ** 32) | (write ? DBM : 0) | PXN | (exec ? 0 : UXN) | (dirty ? DIRTY : 0) | (special ? SPECIAL : 0) | (none ? PROT_NONE : 0)
  return u64(hi, lo)
}

export const table = (phys: number): U64 => u64(Math.floor(phys / 2 ** 32), (phys % 2 ** 32) + TYPE_TABLE)

/** DFSC: translation faults count levels from 0x04 on, permission faults from 0x0c. */
const FAULTS = { translation: 0x04, permission: 0x0c } as const

/** A writable entry begins clean and closed (AP[2] set): the first store faults. */
export const arm64: CpuTables = {
  format, table,
  leaf: ({ phys, prot, attr, exec, dirty, special }, { index }) =>
    leaf({ phys, attrIndex: index[attr], write: prot === 'rw', readOnly: prot !== 'rw' || !dirty, exec: exec && attr === 'wb', dirty, special, none: prot === '' }),
  said(entry, { index }) {
    const attrIndex = (entry.lo >>> 2) & 7
    return {
      phys: format.addressOf(entry, LEVELS - 1),
      prot: entry.hi & PROT_NONE ? '' : entry.hi & DBM ? 'rw' : 'r',
      attr: attrIndex === index.wb ? 'wb' : attrIndex === index.wc ? 'wc' : 'uc',
      exec: (entry.hi & UXN) === 0,
      dirty: (entry.hi & DIRTY) !== 0,
      special: (entry.hi & SPECIAL) !== 0,
    }
  },
  code: (fault, level) => `0x${(FAULTS[fault] + level).toString(16).padStart(2, '0')}`,
}
