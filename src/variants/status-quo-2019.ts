/** V1: Mesa and kernel as they were when the thread began. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V1', id: 'status-quo-2019', title: 'status quo 2019', group: 'The story',
  why: 'Mesa maps every import through the importer\'s node, and the importer puts the exporter\'s pages into it. The exporter is never asked. It works by accident: both sides are write-combined here.',
  who: 'Mesa 19.1; it mapped every import until 22.1', where: 'Linux 5.2 to 5.8: panfrost, v3d and lima', from: 'Linux 5.2, July 2019', until: 'Linux 5.9, October 2020',
  sources: [
    { title: 'drm_gem_shmem_mmap: an import is mapped like a buffer of its own', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem_shmem_helper.c' },
    { title: 'panfrost_drm_import_bo: always mapped', version: 'Mesa 243db4980c7, 3 July 2019', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/blob/243db4980c7/src/gallium/drivers/panfrost/pan_drm.c' },
  ],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
