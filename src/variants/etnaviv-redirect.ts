/** V11: a driver that redirected all along. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V11', id: 'etnaviv-redirect', title: 'etnaviv redirects early', group: 'Other drivers',
  why: 'The thread says that no driver hands the mapping of an import to its exporter. etnaviv did, in 2019 already, and exynos too. It forgot to put the reference that a mapping takes, so every mmap of an import leaked the import.',
  who: 'etnaviv; Lucas Stach mended it', where: 'Linux up to 6.2', from: 'before Linux 5.2', until: 'Linux 6.3, April 2023',
  sources: [
    { title: 'etnaviv_gem_prime_mmap_obj', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/etnaviv/etnaviv_gem_prime.c' },
    { title: 'drm/etnaviv: fix reference leak when mmaping imported buffer', version: 'Linux 6.3-rc5', url: 'https://git.kernel.org/linus/963b2e8c428f' },
  ],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'etnaviv' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  leaks: { ref: 1, gem: 2, dma_buf: 1, attachment: 1 },
  scenarios: ['canonical', 'canonical-hostile'],
})
