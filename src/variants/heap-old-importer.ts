/** V22: two wrongs that look right. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V22', id: 'heap-old-importer', title: 'heap, importer maps', group: 'Other exporters',
  why: 'The same heap and no SYNC, but an importer that maps by itself, write-combined. The picture arrives, past the cache: the wrong attribute hides the missing SYNC. Whoever looks through the heap\'s own cached mapping may see old bytes.',
  who: 'msm with buffers of a heap; in 2019 it was Android\'s ION', where: 'importers that put pages in themselves', from: 'Linux 5.6, 2020',
  sources: [{ title: 'msm_gem_object_mmap: write-combined, whatever the exporter does', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/msm/msm_gem.c' }],
  parts: { flags: 'F1', path: 'N', kernel: 'KNOW', importer: 'msm', exporter: 'E6', sync: 'Y0' },
  shows: 'DMA_HEAP_IOCTL_ALLOC, fd_flags O_RDWR | O_CLOEXEC',
  scenarios: ['canonical'],
})
