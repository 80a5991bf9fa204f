/**
 * Entries of Rockchip's IOMMU, read bit by bit: 1024 tables of 1024 entries. Making them: hardware/page-table/rockchip.ts.
 * Mirrors: rockchip-iommu.c, first version. Leaves out: the second version, which has addresses above 4 GiB.
 */
import { flag, plainRights, type Decode, type TableFormat } from '../walk.ts'
import { addressField, kindByBit0, pageBits, TWO_LEVELS } from '../word-tables.ts'

const rockchip: TableFormat = {
  id: 'rockchip', title: 'IOMMU, Rockchip v1', agent: 'iommu', register: 'DTE_ADDR', entryBytes: 4, levels: TWO_LEVELS,
  kindOf: kindByBit0,
  addressOf: pageBits,
  permits: ({ lo }, access) => ((lo >>> (access === 'read' ? 1 : 2)) & 1) === 1,
  attr: () => '',
  rights: plainRights,
}
export default rockchip

export const decode: Decode = (entry, level) => {
  const valid = flag('valid', entry, 0, level === 0 ? 'table' : 'page', 'not valid')
  const address = addressField(level, '31:12', entry.lo >>> 12, pageBits(entry))
  return level === 0 ? [valid, address] : [valid, flag('read', entry, 1, 'may be read', 'may not be read'), flag('write', entry, 2, 'may be written', 'may not be written'), address]
}
