/** V21: as V20, with the calls that it lacks. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V21', id: 'heap-sync', title: 'heap with SYNC', group: 'Other exporters',
  why: 'START before the drawing, END after it: the heap cleans the cache for every device that has the buffer mapped. All of the picture arrives. This is what the documentation of dma-bufs asks of every program.',
  who: 'Android, libcamera, Chromium', where: 'every kernel with dma-heaps', from: 'Linux 5.6, 2020',
  sources: [{ title: 'DMA_BUF_IOCTL_SYNC', version: 'Linux 6.19', url: 'https://www.kernel.org/doc/html/v6.19/driver-api/dma-buf.html' }],
  parts: { flags: 'F1', path: 'D', kernel: 'KNOW', importer: 'panfrost', exporter: 'E6', sync: 'Y1' },
  shows: 'DMA_HEAP_IOCTL_ALLOC, fd_flags O_RDWR | O_CLOEXEC',
  scenarios: ['canonical'],
})
