/**
 * Entries of 32 bits, for the formats of `page-tables/` that have them: an address of a device is of 32 bits, a page of 4 KiB.
 */
import type { U64 } from '../base/bits.ts'
import type { DescriptorField, EntryKind, TableLevel } from './walk.ts'

/** Two levels of 1024 entries. */
export const TWO_LEVELS: readonly TableLevel[] = [{ span: 2 ** 22, entries: 1024 }, { span: 2 ** 12, entries: 1024 }]
export const pageBits = ({ lo }: U64): number => (lo & 0xffff_f000) >>> 0
export const kindByBit0 = ({ lo }: U64, level: number): EntryKind => ((lo & 1) === 0 ? 'invalid' : level === 0 ? 'table' : 'leaf')

export const addressField = (level: number, bits: string, value: number, address: number): DescriptorField => ({ name: level === 0 ? 'table address' : 'page address', bits, value, meaning: `0x${address.toString(16)}` })
