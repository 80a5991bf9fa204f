/**
 * Entries of the CPU's page tables, read bit by bit: arm64 stage 1, 4 KiB pages, 48-bit addresses, with the software bits of Linux.
 * Mirrors: pgtable-hwdef.h, pgtable-prot.h of arm64. Leaves out: blocks made by Linux for user space, 52-bit addresses, permission indirection.
 */
import { field, type U64 } from '../../base/bits.ts'
import { coverage, flag, FOUR_LEVELS, LEVELS, type Decode, type DescriptorField, type EntryKind, type TableFormat } from '../walk.ts'

const LAST = LEVELS - 1

/** What a byte of MAIR_EL1 stands for. */
export const MEMORY_TYPES: Readonly<Record<number, string>> = {
  0xff: 'Normal, write-back', 0xf0: 'Normal, write-back, tagged', 0xbb: 'Normal, write-through', 0x44: 'Normal, non-cacheable',
  0x00: 'Device-nGnRnE', 0x04: 'Device-nGnRE', 0x0c: 'Device-GRE',
}

const AP_USER = 1 << 6
const AP_READ_ONLY = 1 << 7
const DBM = 1 << 19
const attrIndex = ({ lo }: U64): number => (lo >>> 2) & 7

/** The same, as this house calls it. */
const WORDS: Readonly<Record<number, string>> = { 0xff: 'WB', 0xf0: 'WB', 0x44: 'WC' }

const arm64: TableFormat = {
  id: 'arm64', title: 'CPU, arm64', agent: 'cpu', register: 'TTBR0', entryBytes: 8, levels: FOUR_LEVELS,
  /** 3 is a table above the last level and a page in it; 1 is a block at levels 1 and 2 and nothing elsewhere. */
  kindOf({ lo }: U64, level: number): EntryKind {
    const type = lo & 3
    if (type === 3) return level === LAST ? 'leaf' : 'table'
    return type === 1 && (level === 1 || level === 2) ? 'leaf' : 'invalid'
  },
  addressOf(entry: U64, level: number): number {
    const address = (entry.hi & 0xffff) * 2 ** 32 + ((entry.lo & 0xfffff000) >>> 0)
    return this.kindOf(entry, level) === 'leaf' ? address - (address % coverage(level)) : address
  },
  permits: ({ lo }, access) => (lo & AP_USER) !== 0 && (access === 'read' || (lo & AP_READ_ONLY) === 0),
  attr: (entry, mair) => WORDS[mair[attrIndex(entry)] ?? -1] ?? 'UC',
  /** `r(w)`: the first write faults, and the kernel opens the entry then. */
  rights(entry) {
    if (!this.permits(entry, 'read')) return '--'
    return this.permits(entry, 'write') ? 'rw' : entry.hi & DBM ? 'r(w)' : 'r-'
  },
}
export default arm64

const shareability = ['not shareable', 'reserved', 'outer shareable', 'inner shareable']

/** Every field of an entry. `mair` are the attribute bytes of MAIR_EL1, index 0 first. */
export const decode: Decode = (entry, level, mair) => {
  const one = (name: string, at: number, set: string, clear: string): DescriptorField => flag(name, entry, at, set, clear)
  const type = entry.lo & 3
  const kind = arm64.kindOf(entry, level)
  const said = kind === 'invalid' ? 'not valid' : kind === 'table' ? 'table' : level === LAST ? 'page' : 'block'
  const address: DescriptorField = { name: kind === 'table' ? 'table address' : 'output address', bits: '47:12', value: field(entry, 12, 36), meaning: `0x${arm64.addressOf(entry, level).toString(16)}` }
  const typed: DescriptorField = { name: 'type', bits: '1:0', value: type, meaning: said }
  if (kind === 'table') return [typed, address, one('PXNTable', 59, 'the kernel executes nothing below', ''), one('UXNTable', 60, 'users execute nothing below', '')]
  const none = one('PROT_NONE', 58, 'there, but for no access', '')
  if (kind === 'invalid' && none.value === 0) return [typed]
  const index = attrIndex(entry)
  const sh = field(entry, 8, 2)
  const memory = mair[index]
  return [
    typed,
    { name: 'AttrIndx', bits: '4:2', value: index, meaning: memory === undefined ? 'not programmed' : `${MEMORY_TYPES[memory] ?? 'other'} (0x${memory.toString(16).padStart(2, '0')})` },
    one('AP[1]', 6, 'for users', 'for the kernel only'),
    one('AP[2]', 7, 'read-only', 'writable'),
    { name: 'SH', bits: '9:8', value: sh, meaning: shareability[sh]! },
    one('AF', 10, 'may be used', 'access flag fault'),
    one('nG', 11, 'of one address space', 'of all address spaces'),
    address,
    one('GP', 50, 'guarded', ''),
    one('DBM', 51, 'may become writable', 'never writable'),
    one('contiguous', 52, 'one of a run', ''),
    one('PXN', 53, 'the kernel does not execute it', ''),
    one('UXN', 54, 'users do not execute it', 'users may execute it'),
    one('dirty', 55, 'written (software)', 'not written'),
    one('special', 56, 'a frame without struct page (software)', 'an ordinary page'),
    none,
  ]
}
