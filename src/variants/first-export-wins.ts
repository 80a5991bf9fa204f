/** V17: the mode of a dma-buf is that of its first export. */
import { steps, userFunction, type User } from '../machine/mesa.ts'
import { inMesa, variant } from '../machine/variant.ts'

interface Export { fd: number; handle: number; early: number; late: number }
const getFd = userFunction('gbm_bo_get_fd', steps({
  early: (_: User, { fd, handle }: Export) => ({ call: 'drmPrimeHandleToFD', vars: { fd, handle, flags: ['DRM_CLOEXEC'] } }),
  late: ({ mesa, answer, errno }: User, { fd, handle }: Export) => (errno === null ? { call: 'drmPrimeHandleToFD', vars: { fd, handle, flags: mesa.exportFlags }, keep: { early: answer } } : { fail: errno }),
  drop: ({ answer, errno }: User, { early }: Export) => (errno === null ? { trap: 'close', args: { fd: early }, keep: { late: answer } } : { fail: errno }),
  done: (_: User, { late }: Export) => ({ give: late }),
}))

export default variant({
  number: 'V17', id: 'first-export-wins', title: 'first export wins', group: 'Mistakes and limits',
  why: 'A library exports once without DRM_RDWR, for itself, and again with it, for the reader. The second export answers with the file that the first one made. Its mode does not change, so the flag comes too late.',
  who: 'our reading of a regression of iris and i965 that Chromium met', where: 'every kernel; iris and i965 up to Mesa 21.1.0', from: '2020, when Mesa began to export early', until: 'Mesa 21.1.1, May 2021',
  sources: [{ title: 'iris: export GEM handle with RDWR access rights', version: 'Mesa 21.1.1', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/b74898ef699' }],
  parts: { flags: 'F1', path: 'D', kernel: 'K52', importer: 'panfrost' },
  shows: 'drmPrimeHandleToFD(…, DRM_CLOEXEC | DRM_RDWR), second',
  scenarios: ['canonical'],
  change: inMesa(getFd),
})
