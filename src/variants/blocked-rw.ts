/** V3: the block, with an RW export. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V3', id: 'blocked-rw', title: 'blocked, RW export', group: 'The same, other flags',
  why: 'Does DRM_RDWR help where MMAP_BO is blocked? No: the way through the node does not ask how the dma-buf was exported, neither to allow nor to refuse.',
  who: 'nobody: the RFC asked on the blocked kernel', where: 'the tree drm-misc-next; in no release', from: 'June 2019', until: '7 August 2019',
  sources: [{ title: 'drm_gem_map_offset refuses imports, whatever their mode', version: '220df83a5394, drm-misc-next, June 2019', url: 'https://git.kernel.org/linus/220df83a5394' }],
  parts: { flags: 'F1', path: 'N', kernel: 'KBLK', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
  scenarios: ['canonical'],
})
