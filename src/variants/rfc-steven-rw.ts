/** V7: the patch, with an RW export. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V7', id: 'rfc-steven-rw', title: 'patch: redirect, RW export', group: 'The same, other flags',
  why: 'The same as without DRM_RDWR, and the same reference is lost: a redirect never asks for the mode of the dma-buf.',
  who: 'nobody: both proposals of 3 July 2019 at once', where: 'nowhere', from: '3 July 2019', until: '3 July 2019',
  parts: { flags: 'F1', path: 'N', kernel: 'KRFC', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
  leaks: { ref: 1, gem: 2, dma_buf: 1, attachment: 1 },
  scenarios: ['canonical'],
})
