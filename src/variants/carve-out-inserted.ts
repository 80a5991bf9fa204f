/** V23: pages are put in that do not exist. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V23', id: 'carve-out-inserted', title: 'carve-out, importer maps', group: 'Other exporters',
  why: 'The exporter\'s memory is nothing that the kernel manages: a device gets an address, but there is no page behind it. An importer that maps by itself has none to put in, and the kernel oopses in its fault handler.',
  who: 'Steven Price warned of it on 3 July 2019', where: 'importers that put pages in themselves: panfrost, v3d and lima up to Linux 5.8, msm to this day', from: 'Linux 5.2, July 2019', until: 'Linux 5.9, October 2020; in msm it still is so',
  sources: [{ title: 'drm_gem_shmem_fault: pages[] of an import', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem_shmem_helper.c' }],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'panfrost', exporter: 'E4' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
})
