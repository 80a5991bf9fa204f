/** V26: Arm's own driver. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V26', id: 'kbase', title: 'kbase', group: 'Other drivers',
  why: 'Arm\'s driver outside of the kernel tree hands the mapping of an import to its exporter in an mmap handler of its own. Steven Price names it as the model for his patch.',
  who: 'Arm\'s DDK, as Steven Price describes it in the thread', where: 'devices with Arm\'s own driver; its source was not looked at', from: 'before July 2019',
  sources: [{ title: 'Steven Price, in the thread', version: 'mail to mesa-dev, 3 July 2019', url: 'https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html' }],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'kbase' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  scenarios: ['canonical'],
})
