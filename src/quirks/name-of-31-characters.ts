/** Strict about length. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'name-of-31-characters',
  title: 'A name of at most 31 characters',
  text: 'A longer name is not cut but refused, and the old one stays.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_set_name', version: 'v5.3 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
DMA_BUF_SET_NAME(fd, "a name that is longer than thirty-one characters")
`,
  },
  on: ['dmabuf.refused.name'],
  watch(step) {
    return is(step, 'dmabuf.refused.name') ? [step.actor as Id<'task'>] : undefined
  },
})
