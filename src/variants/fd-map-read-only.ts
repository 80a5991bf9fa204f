/** V4: mapping the dma-buf without DRM_RDWR. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V4', id: 'fd-map-read-only', title: 'fd-map read-only',
  why: 'Map the dma-buf itself and let the exporter do it. But the file was exported for reading only, and mmap refuses before any driver is asked.',
  who: 'what Boris Brezillon\'s panfrost change meets without his RFC', where: 'every kernel',
  parts: { flags: 'F0', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
