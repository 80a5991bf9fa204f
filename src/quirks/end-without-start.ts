/** Brackets that need not match. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'end-without-start',
  title: 'END without START',
  text: 'Nobody counts brackets: END is fine although no START came before it. Only a udmabuf that was never started refuses.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_end_cpu_access', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_READ)
`,
  },
  on: ['sync.begin', 'sync.end'],
  memory: () => new Set<Id<'dma_buf'>>(),
  watch(step, _world, memory) {
    if (is(step, 'sync.begin')) memory.add(step.fields.dmaBuf)
    return is(step, 'sync.end') && !memory.has(step.fields.dmaBuf) ? [step.fields.dmaBuf] : undefined
  },
})
