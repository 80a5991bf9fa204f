/** V6: the patch of the thread: the node redirects to the exporter. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V6', id: 'rfc-steven', title: 'redirect in the kernel',
  why: 'The kernel hands the mapping of an import to its exporter. The mode of the dma-buf is not looked at, and one reference is forgotten with every mmap.',
  who: 'Steven Price', where: 'a mail of 3 July 2019; never merged',
  parts: { flags: 'F0', path: 'N', kernel: 'KRFC', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  leaks: { gem: 2, attachment: 1, dma_buf: 1, ref: 1 },
})
