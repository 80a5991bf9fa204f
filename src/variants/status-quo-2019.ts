/** V1: Mesa 19.1 on Linux 5.2. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V1', id: 'status-quo-2019', title: 'status quo 2019',
  why: 'The importer puts the exporter\'s pages into a mapping of its own and never asks. It works by accident: the pages exist, and both sides are write-combined.',
  who: 'Mesa 19.1, everybody\'s machines', where: 'Linux 5.2 to 5.8',
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
})
