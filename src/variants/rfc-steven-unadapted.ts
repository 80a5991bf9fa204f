/** V8: the patch under a driver that knows nothing of it. */
import { variant } from '../machine/variant.ts'

export default variant({
  number: 'V8', id: 'rfc-steven-unadapted', title: 'patch: redirect, driver not adapted', group: 'Other drivers',
  why: 'The patch tells a driver with the answer 1 that the exporter has made the mapping, and a wrapper for older drivers turns it into 0. So vgem goes on and puts its own flags on the exporter\'s area. The first access is a kernel BUG.',
  who: 'what Steven Price\'s patch did to drivers that he had not changed yet', where: 'a mail; recorded on Linux 5.2 with the patch', from: '3 July 2019', until: '3 July 2019',
  sources: [{ title: 'Steven Price, in the thread', version: 'mail to mesa-dev, 3 July 2019', url: 'https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html' }],
  // Pages of shared memory come one by one, at faults; a contiguous buffer is mapped at once and would hide the mistake.
  parts: { flags: 'F0', path: 'N', kernel: 'KRFC', importer: 'vgem', exporter: 'E1' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC)',
  leaks: { ref: 1, gem: 2, dma_buf: 1, attachment: 1, memfd: 1 },
  scenarios: ['canonical'],
})
