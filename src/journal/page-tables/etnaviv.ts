/**
 * Entries of Vivante's second MMU, read bit by bit: 1024 tables of 1024 entries; bits 39:32 of an address stand in bits 11:4.
 * Making them: hardware/page-table/etnaviv.ts.
 * Mirrors: etnaviv_iommu_v2.c. Leaves out: pages larger than 4 KiB.
 */
import type { U64 } from '../../base/bits.ts'
import { flag, plainRights, type Decode, type TableFormat } from '../walk.ts'
import { addressField, kindByBit0, pageBits, TWO_LEVELS } from '../word-tables.ts'

const addressOf = (entry: U64, level: number): number => pageBits(entry) + (level === 0 ? 0 : ((entry.lo >>> 4) & 0xff) * 2 ** 32)

const etnaviv: TableFormat = {
  id: 'etnaviv', title: 'GPU, Vivante MMUv2', agent: 'gpu', register: 'MTLB', entryBytes: 4, levels: TWO_LEVELS, empty: 2,
  kindOf: kindByBit0,
  addressOf,
  permits: ({ lo }, access) => access === 'read' || ((lo >>> 2) & 1) === 1,
  attr: () => '',
  rights: plainRights,
}
export default etnaviv

export const decode: Decode = (entry, level) => {
  const present = flag('present', entry, 0, level === 0 ? 'table' : 'page', 'not present')
  const exception = flag('exception', entry, 1, 'touching it is an exception', '')
  const address = addressField(level, level === 0 ? '31:12' : '11:4, 31:12', entry.lo >>> 12, addressOf(entry, level))
  return level === 0 ? [present, exception, address] : [present, exception, flag('write', entry, 2, 'may be written', 'may not be written'), address]
}
