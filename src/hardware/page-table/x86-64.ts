/**
 * Making entries of x86-64 page tables. Reading them: journal/page-tables/x86-64.ts.
 * Mirrors: PAGE_SHARED and its relatives, pgprot_writecombine, pgprot_noncached (which is UC-), _PAGE_TABLE (arch/x86/include/asm), pat_init.
 * Leaves out: large pages; that a file system asks for a fault at the first store; an A bit that is clear, for Linux sets it from the start.
 */
import { u64, type U64 } from '../../base/bits.ts'
import { fill } from '../../base/fill.ts'
import format from '../../journal/page-tables/x86-64.ts'
import { LEVELS } from '../../journal/walk.ts'
import type { MemoryAttr } from '../hardware.ts'
import type { CpuLeaf, CpuTables } from './cpu-tables.ts'

const P = 1
const RW = 1 << 1
const US = 1 << 2
const PWT = 1 << 3
const PCD = 1 << 4
const A = 1 << 5
const D = 1 << 6
/** With P clear: there, but for no access. */
const PROT_NONE = 1 << 8
const SPECIAL = 1 << 9
/** In the high word. */
const NX = 2 ** 31

/** IA32_PAT as Linux programs it, index 0 first: WB, WC, UC-, UC, WB, WP, UC-, WT. */
export const PAT: readonly number[] = [6, 1, 7, 0, 6, 5, 7, 4]
const CACHE: Readonly<Record<MemoryAttr, number>> = { wb: 0, wc: PWT, uc: PCD }

export function leaf({ phys, prot, attr, exec, dirty, special }: CpuLeaf): U64 {
  const present = prot === '' ? PROT_NONE : P | US
  return u64(Math.floor(phys / 2 ** 32) + (exec ? 0 : NX), (phys % 2 ** 32) + (present | (prot === 'rw' ? RW : 0) | CACHE[attr] | A | (dirty ? D : 0) | (special ? SPECIAL : 0)))
}
export const table = (phys: number): U64 => u64(Math.floor(phys / 2 ** 32), (phys % 2 ** 32) + (P | RW | US | A | D))

/** Error codes of a page fault in user mode: 4, and 2 for a write, and 1 where an entry was there. */
const code: CpuTables['code'] = (fault, _level, access) => fill('error code {code}', { code: `0x${4 + (access === 'write' ? 2 : 0) + (fault === 'permission' ? 1 : 0)}` })

export const x86: CpuTables = {
  format, types: PAT, table, leaf, code,
  said: entry => ({
    phys: format.addressOf(entry, LEVELS - 1),
    prot: (entry.lo & P) === 0 ? '' : entry.lo & RW ? 'rw' : 'r',
    attr: entry.lo & PCD ? 'uc' : entry.lo & PWT ? 'wc' : 'wb',
    exec: entry.hi < NX,
    dirty: (entry.lo & D) !== 0,
    special: (entry.lo & SPECIAL) !== 0,
  }),
  written: ({ hi, lo }) => u64(hi, lo | D),
}
