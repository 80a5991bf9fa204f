/** A question that holds what it asks about. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'poll-counts',
  title: 'Asking raises the count',
  text: 'A poll that finds the buffer busy holds its file until the fence signals, once for each direction: fdinfo shows references that no program has.',
  source: { file: 'drivers/dma-buf/dma-buf.c', fn: 'dma_buf_poll', version: 'v6.1 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    exporter: 'vgem',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
e = DRM_IOCTL_VGEM_FENCE_ATTACH(card, bo, VGEM_FENCE_WRITE)
poll(fd)
`,
  },
  on: ['ref.take'],
  watch(step) {
    if (!is(step, 'ref.take')) return undefined
    const { from, to, slot } = step.fields
    return from.startsWith('dma_buf:') && slot.startsWith('poll') ? [from, to] : undefined
  },
})
