/**
 * nouveau: graphics cards with memory of their own, on TTM. In 5.2 it shares its buffers and maps them through its own node, but has no
 * gem_prime_mmap: mmap of such a dma-buf is ENOSYS. Later the core asks the object itself, and it works.
 * Mirrors: nouveau_drm.c (driver_stub), nouveau_prime.c, nouveau_display.c. Leaves out: what amdgpu.ts leaves out, and its own cache work at CPU_PREP and CPU_FINI.
 */
import { fn } from '../context.ts'
import { forgetEvents, probeCrtc } from '../crtc.ts'
import { driver } from '../driver.ts'
import type { DriverHooks } from '../hooks.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { faultingAs, mmapObj, ttmDumbCreate, ttmHooks52, ttmHooksNow } from '../ttm.ts'
import { placeFirst, ttmSharing } from '../ttm-move.ts'

const card: DriverHooks = {
  ...ttmSharing({ pin: 'nouveau_gem_prime_pin', unpin: 'nouveau_gem_prime_unpin', sgTable: 'nouveau_gem_prime_get_sg_table', importSg: 'nouveau_gem_prime_import_sg_table' }),
  modeset: true, probe: probeCrtc, postClose: forgetEvents,
  dumbCreate: ttmDumbCreate('nouveau_display_dumb_create', 'vram', placeFirst('vram')), dumbMapOffset: fn({ '5.2': 'nouveau_display_dumb_map_offset', '6.1': 'drm_gem_ttm_dumb_map_offset' }, mmapBoPlain),
}

export default driver({
  name: 'nouveau',
  inShort: 'Maps an import, and the first touch is SIGBUS. In 5.2 mmap of its own dma-buf is ENOSYS. Its buffers move to system memory for importers. SYNC waits for fences only.',
  exporter: {
    id: 'nouveau', title: 'a card without gem_prime_mmap', why: 'In Linux 5.2 the mmap of a dma-buf needed a hook that drivers could leave out, and some did: nouveau, radeon. Their buffers are shared, but not mapped by their descriptor.',
    leavesOut: 'That a graphics card shows pictures from its own memory alone and would refuse the importer of such a buffer.',
  },
  releases: { '5.2': { ...ttmHooks52, ...card }, '6.1': { ...ttmHooksNow, ...card, ...faultingAs('nouveau_ttm_vm_ops', 'nouveau_ttm_fault'), gemMmap: fn('drm_gem_ttm_mmap', mmapObj) } },
})
