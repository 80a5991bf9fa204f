/** V29: today an exporter may leave mmap out altogether. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V29', id: 'exporter-without-mmap', title: 'exporter without mmap', group: 'Mistakes and limits',
  why: 'Devices share the buffer, but its exporter lets no CPU in. mmap of the descriptor is EINVAL, for writing and for reading, and so is a mapping that an importer redirects. No flag helps.',
  who: 'exporters of protected memory, and test drivers', where: 'every Linux in which the operation is optional', from: 'after Linux 5.2',
  sources: [{ title: 'dma_buf_mmap_internal: -EINVAL without mmap', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-buf.c' }],
  parts: { flags: 'F1', path: 'D', kernel: 'KNOW', importer: 'panfrost', exporter: 'no-mmap' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
  scenarios: ['canonical'],
})
