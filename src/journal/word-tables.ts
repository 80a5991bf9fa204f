/**
 * Page tables whose entries are one word of 32 bits, as both wings read them: Rockchip's IOMMU and Vivante's second MMU with two levels of
 * 1024 entries, V3D's with one. Pages are 4 KiB, addresses 32 bits.
 * Mirrors: rockchip-iommu.c (v1), etnaviv_iommu_v2.c, v3d_mmu.c. Leaves out: larger pages, the second version of Rockchip's format.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { DescriptorField, EntryKind } from './walk.ts'

export const WORD_ENTRY_BYTES = 4

export interface WordTable {
  readonly id: 'rockchip' | 'etnaviv' | 'v3d'
  /** Of each level: the lowest bit of the index in an address, and how many entries a table has. */
  readonly levels: readonly { readonly shift: number; readonly entries: number }[]
  kindOf(entry: number, level: number): EntryKind
  /** Where a table lies, or the page that a leaf shows. */
  addressOf(entry: number, level: number): number
  permits(entry: number, access: 'read' | 'write'): boolean
  /** Every field that a reader can be told. */
  decode(entry: number, level: number): DescriptorField[]
}

const pageBits = (entry: number): number => (entry & 0xffff_f000) >>> 0
const flag = (name: string, entry: number, at: number, set: string, clear: string): DescriptorField => ({ name, bits: String(at), value: (entry >>> at) & 1, meaning: (entry >>> at) & 1 ? set : clear })
const hexOf = (value: number): string => `0x${value.toString(16)}`
const TWO_LEVELS = [{ shift: 22, entries: 1024 }, { shift: 12, entries: 1024 }] as const
const kindByBit0 = (entry: number, level: number): EntryKind => ((entry & 1) === 0 ? 'invalid' : level === 0 ? 'table' : 'leaf')

export const rockchip: WordTable = {
  id: 'rockchip',
  levels: TWO_LEVELS,
  kindOf: kindByBit0,
  addressOf: pageBits,
  permits: (entry, access) => ((entry >>> (access === 'read' ? 1 : 2)) & 1) === 1,
  decode(entry, level) {
    const valid = flag('valid', entry, 0, level === 0 ? 'table' : 'page', 'not valid')
    const address = { name: level === 0 ? 'table address' : 'page address', bits: '31:12', value: entry >>> 12, meaning: hexOf(pageBits(entry)) }
    return level === 0 ? [valid, address] : [valid, flag('read', entry, 1, 'may be read', 'may not be read'), flag('write', entry, 2, 'may be written', 'may not be written'), address]
  },
}

/** Bits 39:32 of an address stand in bits 11:4. */
export const etnaviv: WordTable = {
  id: 'etnaviv',
  levels: TWO_LEVELS,
  kindOf: kindByBit0,
  addressOf: (entry, level) => pageBits(entry) + (level === 0 ? 0 : ((entry >>> 4) & 0xff) * 2 ** 32),
  permits: (entry, access) => access === 'read' || ((entry >>> 2) & 1) === 1,
  decode(entry, level) {
    const present = flag('present', entry, 0, level === 0 ? 'table' : 'page', 'not present')
    const exception = flag('exception', entry, 1, 'touching it is an exception', '')
    const address = { name: level === 0 ? 'table address' : 'page address', bits: level === 0 ? '31:12' : '11:4, 31:12', value: entry >>> 12, meaning: hexOf(this.addressOf(entry, level)) }
    return level === 0 ? [present, exception, address] : [present, exception, flag('write', entry, 2, 'may be written', 'may not be written'), address]
  },
}

/** One table for all clients. */
export const v3d: WordTable = {
  id: 'v3d',
  levels: [{ shift: 12, entries: 2 ** 20 }],
  kindOf: entry => ((entry >>> 28) & 1 ? 'leaf' : 'invalid'),
  addressOf: entry => (entry & 0xff_ffff) * PAGE_SIZE,
  permits: (entry, access) => access === 'read' || ((entry >>> 29) & 1) === 1,
  decode(entry) {
    return [
      flag('valid', entry, 28, 'page', 'not valid'), flag('write', entry, 29, 'may be written', 'may not be written'), flag('superpage', entry, 31, 'one of a large page', 'a page of 4 KiB'),
      { name: 'page', bits: '23:0', value: entry & 0xff_ffff, meaning: hexOf(this.addressOf(entry, 0)) },
    ]
  },
}

export const wordTables: Readonly<Record<WordTable['id'], WordTable>> = { rockchip, etnaviv, v3d }

export interface WordStep { readonly level: number; readonly index: number; readonly at: number; readonly entry: number; readonly kind: EntryKind }
/** `phys`: the byte behind the address; null: nothing leads there, from the level of the last step on. */
export interface WordWalk { readonly steps: readonly WordStep[]; readonly phys: number | null }

export const wordIndex = ({ levels }: WordTable, addr: number, level: number): number => Math.floor(addr / 2 ** levels[level]!.shift) % levels[level]!.entries

/** Follows the tables from `root`; `read` gets the physical address of an entry. */
export function walkWords(format: WordTable, root: number, addr: number, read: (at: number) => number): WordWalk {
  const steps: WordStep[] = []
  let table = root
  for (let level = 0; level < format.levels.length; level++) {
    const index = wordIndex(format, addr, level)
    const at = table + index * WORD_ENTRY_BYTES
    const entry = read(at)
    const kind = format.kindOf(entry, level)
    steps.push({ level, index, at, entry, kind })
    if (kind === 'invalid') break
    const to = format.addressOf(entry, level)
    if (kind === 'leaf') return { steps, phys: to + (addr % PAGE_SIZE) }
    table = to
  }
  return { steps, phys: null }
}
