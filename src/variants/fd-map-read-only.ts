/** V4: mapping the dma-buf without DRM_RDWR. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V4', id: 'fd-map-read-only', title: 'fd-map read-only', group: 'The story',
  why: 'Map the dma-buf itself and let the exporter do it. But the file was exported for reading only, and mmap refuses before any driver is asked.',
  who: 'what Boris Brezillon\'s panfrost change meets without his RFC', where: 'every kernel; Mesa panfrost exports like this up to 25.0', from: 'July 2019', until: 'Mesa 25.1.0, May 2025',
  sources: [{ title: 'do_mmap: a shared writable mapping wants FMODE_WRITE', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/mm/mmap.c' }],
  parts: { flags: 'F0', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
