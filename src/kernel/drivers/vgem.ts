/**
 * vgem: a virtual device that only holds buffers, used for tests.
 * Mirrors: drivers/gpu/drm/vgem. Leaves out: its shared-memory file before 5.16 is in vgem-52.ts; cache flushes of 5.2's pin.
 */
import { driver } from '../driver.ts'
import { vgem52 } from '../vgem-52.ts'
import { shmemHooks } from '../shmem-hooks.ts'

export default driver({
  name: 'vgem',
  inShort: 'Hands the mapping of an import to its exporter; before 5.16 it showed the exporter\'s pages itself. SYNC waits for fences only.',
  importer: { title: 'vgem', why: 'A test device that only holds buffers. It has no MMAP_BO; until 2020 its plain offset worked for imports too.' },
  releases: { '5.2': vgem52, '6.1': shmemHooks({ attr: 'wc' }) },
})
