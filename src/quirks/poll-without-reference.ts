/** What was mended by counting. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'poll-without-reference',
  title: 'A poll outlives its buffer',
  text: 'A poll that waits holds no reference here: when the last one goes meanwhile, an assertion fails and the process that closed it is killed.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_release', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    exporter: 'vgem',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
e = DRM_IOCTL_VGEM_FENCE_ATTACH(card, bo, VGEM_FENCE_WRITE)
poll(fd)
DRM_IOCTL_GEM_CLOSE(card, bo)
close(fd)
`,
  },
  on: ['dmabuf.bug'],
  watch(step) {
    return is(step, 'dmabuf.bug') ? [step.fields.dmaBuf] : undefined
  },
})
