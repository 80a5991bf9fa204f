/** V10: today, with the flag that the RFC asked for. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V10', id: 'today-rw', title: 'today, RW export', group: 'The same, other flags',
  why: 'What panfrost does now: Mesa passes DRM_RDWR, six years after the RFC, and still maps through the node, where the flag is not asked. It helps whoever maps the dma-buf itself.',
  who: 'Mesa; the change is by Yiwei Zhang', where: 'Mesa 25.1.0 and later on Linux 5.9 and later', from: 'Mesa 25.1.0, 7 May 2025',
  sources: [{ title: 'pan/kmod: set DRM_RDWR for exported dma-bufs', version: 'Mesa 25.1.0', url: 'https://docs.mesa3d.org/relnotes/25.1.0.html' }],
  parts: { flags: 'F1', path: 'N', kernel: 'KNOW', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
  scenarios: ['canonical', 'canonical-hostile'],
})
