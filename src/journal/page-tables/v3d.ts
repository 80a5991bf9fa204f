/**
 * Entries of the V3D's MMU, read bit by bit: one table for all clients, a word for each page of 4 GiB. Making them: hardware/page-table/v3d.ts.
 * Mirrors: v3d_mmu.c. Leaves out: pages in a row that are told to be one.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import { flag, plainRights, type Decode, type TableFormat } from '../walk.ts'
import { addressField } from '../word-tables.ts'

const v3d: TableFormat = {
  id: 'v3d', title: 'GPU, V3D', agent: 'gpu', register: 'MMU_PT_PA_BASE', entryBytes: 4, levels: [{ span: PAGE_SIZE, entries: 2 ** 20 }],
  kindOf: ({ lo }) => ((lo >>> 28) & 1 ? 'leaf' : 'invalid'),
  addressOf: ({ lo }) => (lo & 0xff_ffff) * PAGE_SIZE,
  permits: ({ lo }, access) => access === 'read' || ((lo >>> 29) & 1) === 1,
  attr: () => '',
  rights: plainRights,
}
export default v3d

export const decode: Decode = entry => [
  flag('valid', entry, 28, 'page', 'not valid'), flag('write', entry, 29, 'may be written', 'may not be written'), flag('superpage', entry, 31, 'one of a large page', 'a page of 4 KiB'),
  addressField(1, '23:0', entry.lo & 0xff_ffff, v3d.addressOf(entry, 0)),
]
