/** V2: MMAP_BO refuses imports. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V2', id: 'blocked', title: 'blocked',
  why: 'The exporter must have a say in a mapping, so the importer refuses to tell an offset. Mesa of 2019 maps every import at once and has no other way: it aborts.',
  who: 'Steven Price', where: 'drm-misc-next, June to August 2019; in no release',
  parts: { flags: 'F0', path: 'N', kernel: 'KBLK', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
