/** V28: in 5.2 the mmap of a dma-buf was a driver's choice. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V28', id: 'no-mmap-hook', title: 'fd-map without gem_prime_mmap', group: 'Mistakes and limits',
  why: 'The RFC\'s way needs an exporter that can map. In Linux 5.2 the hook for it was optional; where a driver had none, mmap of its dma-buf is ENOSYS, however it was exported.',
  who: 'nouveau and radeon as exporters', where: 'Linux 5.2; in 6.1 the hook still is a choice', from: 'Linux 3.12, 2013', until: 'after Linux 6.1, when the core asked the object itself',
  sources: [{ title: 'drm_gem_dmabuf_mmap: -ENOSYS without gem_prime_mmap', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_prime.c' }],
  parts: { flags: 'F1', path: 'D', kernel: 'K52', importer: 'panfrost', exporter: 'nouveau' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR)',
  scenarios: ['canonical'],
})
