/**
 * Entries of a Mali GPU's page tables in its own format, read bit by bit.
 * Mirrors: ARM_MALI_LPAE of io-pgtable-arm.c. Leaves out: the AArch64 4 KiB mode that newer GPUs also know.
 */
import { bit, field, type U64 } from '../../base/bits.ts'
import { fill } from '../../base/fill.ts'
import { coverage, flag, FOUR_LEVELS, LEVELS, plainRights, type Decode, type DescriptorField, type EntryKind, type TableFormat } from '../walk.ts'

const LAST = LEVELS - 1

const mali: TableFormat = {
  id: 'mali', title: 'GPU, ARM_MALI_LPAE', agent: 'gpu', register: 'TRANSTAB', entryBytes: 8, levels: FOUR_LEVELS,
  /** A leaf is 1 at every level that has leaves, in the last one too: there 3 is nothing, although on a CPU it is a page. */
  kindOf({ lo }: U64, level: number): EntryKind {
    const type = lo & 3
    if (type === 3 && level < LAST) return 'table'
    return type === 1 && level > 0 ? 'leaf' : 'invalid'
  },
  addressOf(entry: U64, level: number): number {
    const address = (entry.hi & 0xff) * 2 ** 32 + ((entry.lo & 0xfffff000) >>> 0)
    return this.kindOf(entry, level) === 'leaf' ? address - (address % coverage(level)) : address
  },
  permits: (entry, access) => bit(entry, access === 'read' ? 6 : 7) === 1,
  attr: entry => fill('attr {index}', { index: field(entry, 2, 3) }),
  rights: plainRights,
}
export default mali

const shareability = ['not shareable', 'reserved', 'outer: the rest of the system, may snoop the CPU', 'inner: inside the GPU only']

/** Every field of an entry. `memattr` are the attribute bytes of MEMATTR, index 0 first. */
export const decode: Decode = (entry, level, memattr) => {
  const one = (name: string, at: number, set: string, clear: string): DescriptorField => flag(name, entry, at, set, clear)
  const kind = mali.kindOf(entry, level)
  const typed: DescriptorField = { name: 'type', bits: '1:0', value: entry.lo & 3, meaning: kind === 'invalid' ? 'not valid' : kind === 'table' ? 'table' : level === LAST ? 'page' : 'block' }
  if (kind === 'invalid') return [typed]
  const address: DescriptorField = { name: kind === 'table' ? 'table address' : 'output address', bits: '39:12', value: field(entry, 12, 28), meaning: `0x${mali.addressOf(entry, level).toString(16)}` }
  if (kind === 'table') return [typed, address, one('SW_SYNC', 55, 'known to be visible (software)', 'perhaps not visible yet')]
  const index = field(entry, 2, 3)
  const sh = field(entry, 8, 2)
  const memory = memattr[index]
  return [
    typed,
    { name: 'AttrIndx', bits: '4:2', value: index, meaning: memory === undefined ? 'not programmed' : `0x${memory.toString(16).padStart(2, '0')}` },
    one('read', 6, 'may be read', 'may not be read'),
    one('write', 7, 'may be written', 'may not be written'),
    { name: 'SH', bits: '9:8', value: sh, meaning: shareability[sh]! },
    address,
    { name: 'XN', bits: '54:53', value: field(entry, 53, 2), meaning: bit(entry, 54) ? 'not executed' : 'may be executed' },
  ]
}
