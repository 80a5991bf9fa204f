/** V20: a cached mapping, and nobody cleans. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V20', id: 'heap-no-sync', title: 'heap, no SYNC', group: 'Other exporters',
  why: 'Heap buffers are mapped cached. What the CPU drew is in its cache; a device that does not look there reads what lay in memory before. Nothing is refused, nothing is said, and half of the picture is old.',
  who: 'Mesa: none of its GPU drivers calls DMA_BUF_IOCTL_SYNC', where: 'boards whose devices do not see the CPU\'s caches', from: 'Linux 5.6, 2020',
  sources: [{ title: 'system_heap: cached mappings, begin and end of access', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/heaps/system_heap.c' }],
  parts: { flags: 'F1', path: 'D', kernel: 'KNOW', importer: 'panfrost', exporter: 'E6', sync: 'Y0' },
  shows: 'DMA_HEAP_IOCTL_ALLOC, fd_flags O_RDWR | O_CLOEXEC',
  scenarios: ['canonical'],
})
