/** V9: the redirect that was merged. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V9', id: 'today', title: 'today',
  why: 'The importer redirects to the exporter, and everything is counted. The descriptor may be read-only: nobody asks for its mode on this way.',
  who: 'Daniel Vetter, 2020', where: 'Linux 5.9 and later, current Mesa',
  parts: { flags: 'F0', path: 'N', kernel: 'KNOW', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
