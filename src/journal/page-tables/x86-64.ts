/**
 * Entries of the CPU's page tables on x86-64, read bit by bit: four levels, pages of 4 KiB, with the software bits of Linux. Making them:
 * hardware/page-table/x86-64.ts.
 * Mirrors: pgtable_types.h of x86; pat_init for what an index of PAT stands for. Leaves out: five levels, protection keys, soft-dirty.
 */
import { bit, field, type U64 } from '../../base/bits.ts'
import { coverage, flag, FOUR_LEVELS, LEVELS, plainRights, type Decode, type DescriptorField, type EntryKind, type TableFormat } from '../walk.ts'

const LAST = LEVELS - 1
/** What a byte of IA32_PAT stands for. */
const TYPES: Readonly<Record<number, string>> = { 0: 'UC', 1: 'WC', 4: 'WT', 5: 'WP', 6: 'WB', 7: 'UC-' }
/** PAT, PCD and PWT of a leaf; in a leaf above the last level bit 7 says that it is one, and PAT is bit 12. */
const patIndex = (entry: U64, level = LAST): number => bit(entry, level === LAST ? 7 : 12) * 4 + bit(entry, 4) * 2 + bit(entry, 3)

const x86: TableFormat = {
  id: 'x86-64', title: 'CPU, x86-64', agent: 'cpu', register: 'CR3', entryBytes: 8, levels: FOUR_LEVELS,
  kindOf(entry: U64, level: number): EntryKind {
    if (bit(entry, 0) === 0) return 'invalid'
    return level === LAST || (level > 0 && bit(entry, 7) === 1) ? 'leaf' : 'table'
  },
  addressOf(entry: U64, level: number): number {
    const address = (entry.hi & 0xf_ffff) * 2 ** 32 + ((entry.lo & 0xffff_f000) >>> 0)
    return this.kindOf(entry, level) === 'leaf' ? address - (address % coverage(level)) : address
  },
  permits: (entry, access) => bit(entry, 0) === 1 && bit(entry, 2) === 1 && (access === 'read' || bit(entry, 1) === 1),
  attr: (entry, pat) => TYPES[pat[patIndex(entry)] ?? -1] ?? '',
  rights: plainRights,
}
export default x86

export const decode: Decode = (entry, level, pat) => {
  const one = (name: string, at: number, set: string, clear: string): DescriptorField => flag(name, entry, at, set, clear)
  const kind = x86.kindOf(entry, level)
  const present = one('P', 0, kind === 'table' ? 'table' : level === LAST ? 'page' : 'block', bit(entry, 8) ? 'there, but for no access (G)' : 'not present')
  if (kind === 'invalid' && (entry.lo | entry.hi) === 0) return [present]
  const address: DescriptorField = { name: kind === 'table' ? 'table address' : 'page address', bits: '51:12', value: field(entry, 12, 40), meaning: `0x${x86.addressOf(entry, level).toString(16)}` }
  const rights = [one('RW', 1, 'may be written', 'may not be written'), one('US', 2, 'for users', 'for the kernel only')]
  const nx = one('NX', 63, 'not executed', 'may be executed')
  if (kind === 'table') return [present, ...rights, one('A', 5, 'was used', 'was not used'), address, nx]
  const index = patIndex(entry, level)
  return [
    present, ...rights, one('PWT', 3, 'bit 0 of the PAT index', ''), one('PCD', 4, 'bit 1 of the PAT index', ''),
    one('A', 5, 'was used', 'was not used'), one('D', 6, 'was written', 'was not written'), one('PAT', level === LAST ? 7 : 12, 'bit 2 of the PAT index', ''),
    { name: 'PAT index', bits: level === LAST ? '7,4,3' : '12,4,3', value: index, meaning: TYPES[pat[index] ?? -1] ?? 'not programmed' },
    one('G', 8, 'of all address spaces', 'of one address space'), one('special', 9, 'a frame without struct page (software)', 'an ordinary page'), address, nx,
  ]
}
