/** V24: the one who knows the addresses maps. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V24', id: 'carve-out-redirected', title: 'carve-out, exporter maps', group: 'Other exporters',
  why: 'The same memory without pages, through the same node. Today the import is handed to its exporter, and that one knows where its memory lies and wakes its device first. This is why a redirect is right.',
  who: 'drivers of reserved memory and of memory behind PCI', where: 'Linux 5.9 and later', from: 'Linux 5.9, October 2020',
  sources: [{ title: 'drm/shmem-helpers: Redirect mmap for imported dma-buf', version: 'Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' }],
  parts: { flags: 'F0', path: 'N', kernel: 'KNOW', importer: 'panfrost', exporter: 'E4' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
})
