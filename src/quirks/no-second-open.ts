/** The usual way to another mode is closed. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'no-second-open',
  title: 'No way in through /proc',
  text: 'A dma-buf lies in no directory: opening /proc/self/fd/N, which upgrades ordinary files, answers ENXIO.',
  source: { file: 'fs/inode.c', fn: 'no_open', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
reopen(fd, O_RDWR)
`,
  },
  on: ['open.refused.again'],
  watch(step) {
    return is(step, 'open.refused.again') ? [step.fields.file] : undefined
  },
})
