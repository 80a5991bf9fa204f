/** V16: the import is the object itself. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V16', id: 'self', title: 'same device', group: 'Ways around',
  why: 'When the device that exported also imports, the kernel finds the object it knows: there is no attachment, and nothing to redirect or to refuse. Most desktop GPUs live here, which is why few people met the problem.',
  who: 'desktop GPUs, where one driver renders and shows', where: 'every kernel, the blocked one too', from: '2012, with PRIME',
  sources: [{ title: 'drm_gem_prime_import_dev: an own buffer only gains a reference', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_prime.c' }],
  parts: { flags: 'F0', path: 'S', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical', 'canonical-hostile'],
})
