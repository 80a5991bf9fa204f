/** V19: a heap gives what it is asked for. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V19', id: 'heap-read-only', title: 'heap without O_RDWR', group: 'Other exporters',
  why: 'A buffer from a heap is a dma-buf from the start, open as fd_flags say. Whoever forgets O_RDWR has a descriptor that can never be mapped for writing: the same check as in V4, and no second export can mend it.',
  who: 'a common mistake in programs that allocate from heaps', where: 'every kernel with dma-heaps', from: 'Linux 5.6, 2020',
  sources: [{ title: 'dma_heap_ioctl_allocate: fd_flags', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-heap.c' }],
  parts: { flags: 'F0', path: 'D', kernel: 'KNOW', importer: 'panfrost', exporter: 'E6' },
  shows: 'DMA_HEAP_IOCTL_ALLOC, fd_flags O_RDONLY | O_CLOEXEC',
  scenarios: ['canonical'],
})
