/** Importer kinds: the driver of the device that imports. */
import { part } from '../machine/variant.ts'
import { driverOf } from './exporters.ts'

export default [
  part({ axis: 'importer', id: 'panfrost', title: 'panfrost', why: 'The driver that the thread is about: buffers of the shared-memory helper, a Mali GPU.', change: driverOf('importer', 'panfrost') }),
  part({ axis: 'importer', id: 'vgem', title: 'vgem', why: 'A test device that only holds buffers. It has no MMAP_BO; until 2020 its plain offset worked for imports too.', change: driverOf('importer', 'vgem') }),
]
