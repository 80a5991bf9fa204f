/** V6: the patch in the thread. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V6', id: 'rfc-steven', title: 'patch: redirect', group: 'The story',
  why: 'The importer\'s node hands the mapping of an import to its exporter. The mode of the dma-buf is not asked. One reference to the import is taken and never put.',
  who: 'Steven Price, in a reply of 3 July 2019; Arm\'s kbase does the same in a handler of its own', where: 'a mail; never merged', from: '3 July 2019', until: '3 July 2019',
  sources: [
    { title: 'Steven Price, in the thread', version: 'mail to mesa-dev, 3 July 2019', url: 'https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html' },
    { title: 'The idea, done for the shared-memory helper: drm/shmem-helpers: Redirect mmap for imported dma-buf', version: 'Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' },
  ],
  parts: { flags: 'F0', path: 'N', kernel: 'KRFC', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  leaks: { ref: 1, gem: 2, dma_buf: 1, attachment: 1 },
})
