/** V15: vgem told the offset of an import, and mapped it. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V15', id: 'vgem-2019', title: 'vgem in 2019', group: 'Other drivers',
  why: 'vgem gave every import a memory file of its own that nobody used. Its check for a plain buffer looked for such a file, so imports passed. The page that a fault finds is the exporter\'s. It works by accident, like panfrost.',
  who: 'tests and software renderers that used vgem', where: 'vgem up to a change by Chris Wilson, which went to stable kernels from 4.13 on', from: 'Linux 4.13', until: '8 July 2020',
  sources: [
    { title: 'vgem_gem_dumb_map, vgem_gem_fault', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/vgem/vgem_drv.c' },
    { title: 'drm/vgem: Replace opencoded version of drm_gem_dumb_map_offset()', version: '119c53d2d404, 8 July 2020', url: 'https://git.kernel.org/linus/119c53d2d404' },
  ],
  parts: { flags: 'F0', path: 'M', kernel: 'K52', importer: 'vgem' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
})
