/** V2: MMAP_BO refuses imports. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V2', id: 'blocked', title: 'blocked', group: 'The story',
  why: 'The exporter must have a say in a mapping, so the importer refuses to tell an offset. Mesa of 2019 maps every import at once and has no other way: it aborts.',
  who: 'Steven Price', where: 'the tree drm-misc-next; in no release', from: 'June 2019',
  until: '3 July 2019, when Rob Herring reverted it. On 7 August Sean Paul took the reverts back, because nobody had reviewed them, and made them again with review.',
  sources: [
    { title: 'drm/gem: rename drm_gem_dumb_map_offset() to drm_gem_map_offset()', version: '220df83a5394, drm-misc-next, June 2019', url: 'https://git.kernel.org/linus/220df83a5394' },
    { title: 'drm/panfrost: use drm_gem_map_offset()', version: '583bbf46133c, drm-misc-next, June 2019', url: 'https://git.kernel.org/linus/583bbf46133c' },
    { title: 'Rob Herring: Mesa maps every import and breaks', version: 'mail, 2 July 2019', url: 'https://lore.kernel.org/dri-devel/CAL_Jsq+fmjqdcQgSJ69O33BJH7AUWvb_YcbJNur+wSpd5VMNOA@mail.gmail.com/' },
    { title: 'Its revert', version: 'be855382bacb, July 2019', url: 'https://git.kernel.org/linus/be855382bacb' },
    { title: 'The revert of the new name', version: '415d2e9e0757, 3 July 2019', url: 'https://git.kernel.org/linus/415d2e9e0757' },
    { title: 'Sean Paul: the reverts once more, now reviewed', version: 'mail, 7 August 2019', url: 'https://lore.kernel.org/dri-devel/20190807145253.2037-1-sean@poorly.run/' },
  ],
  parts: { flags: 'F0', path: 'N', kernel: 'KBLK', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
