/** Platforms: whose caches look into whose. */
import type { Platform } from '../hardware/hardware.ts'
import { part, type Part } from '../machine/variant.ts'

const platform = (spec: Platform, why: string): Part => part({ axis: 'platform', id: spec.id, title: spec.title, why, change: b => ({ ...b, platform: spec }) })
const rk3399: Platform = {
  id: 'rk3399', title: 'RK3399 · non-coherent', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4,
  ucDrainsWc: false, walkCoherent: false, cores: 2, dramBase: 0x0020_0000, leavesOut: 'The display\'s IOMMU: it reads physical addresses here.',
}

export default [
  platform(rk3399, 'A board of the time: a Mali T860 and a display that see memory, but not the caches of the CPU.'),
  platform({ ...rk3399, id: 'reference-fc', title: 'Reference FC · coherent', cls: 'FC', walkCoherent: true, ncAlias: 'selfsnoop', leavesOut: 'It is no product: a machine in which every device looks into the CPU\'s caches, and so does the CPU itself when it writes past them.' },
    'No product: every device looks into the caches of the CPU, so forgotten cleaning does not show.'),
]
