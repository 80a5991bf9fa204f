/** V14: the only way that needs no driver, and imports may not go it. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V14', id: 'dumb-import', title: 'dumb import', group: 'Mistakes and limits',
  why: 'Software rendering has no driver to ask, so it asks for the offset of a plain buffer. For an import the kernel refuses to tell one. The offset is there all the same, and who guesses it can map.',
  who: 'kms-swrast, Mesa\'s software renderer on a display device', where: 'every kernel since 2017, every driver but vgem of 2019', from: '17 August 2017',
  sources: [{ title: 'drm/gem: drm_gem_dumb_map_offset(): reject dma-buf, by Noralf Trønnes', version: '90378e589192, 17 August 2017', url: 'https://git.kernel.org/linus/90378e589192' }],
  parts: { flags: 'F0', path: 'M', kernel: 'K52', importer: 'cirrus' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
  // The software renderer maps when it is asked to, and hands a failure on.
  change: b => ({ ...b, mesa: { ...b.mesa, era: 'now' } }),
})
