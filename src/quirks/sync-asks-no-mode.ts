/** A check that is not there. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import { isReadOnly } from './_known.ts'

export default quirk({
  id: 'sync-asks-no-mode',
  title: 'SYNC for writing on a read-only file',
  text: 'SYNC never looks at the mode of the file: a write bracket on a descriptor that cannot be written is ok.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_ioctl', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_WRITE)
`,
  },
  on: ['sync.begin', 'sync.end'],
  watch(step, world) {
    if (!is(step, 'sync.begin') && !is(step, 'sync.end')) return undefined
    const { dmaBuf, dir } = step.fields
    return dir !== 'FROM' && isReadOnly(world, dmaBuf) ? [dmaBuf] : undefined
  },
})
