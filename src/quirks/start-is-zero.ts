/** A flag without a bit. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'start-is-zero',
  title: 'START is the number 0',
  text: 'A SYNC that names neither reading nor writing is refused, and START alone is the number 0: nothing was said.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_ioctl', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START)
`,
  },
  on: ['sync.refused.flags'],
  watch(step, _world, _memory, call) {
    if (!is(step, 'sync.refused.flags') || !call.includes('DMA_BUF_IOCTL_SYNC')) return undefined
    return /READ|WRITE/.test(step.fields.flags) ? undefined : [step.actor as Id<'task'>]
  },
})
