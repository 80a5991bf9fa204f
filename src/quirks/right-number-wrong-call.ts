/** A type that was not compared. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'right-number-wrong-call',
  title: 'The right number, the wrong call',
  text: 'The DRM layer looked only at the number of a request: a dma-buf call on a card ran the card\'s own call of that number and answered ok.',
  source: { file: 'drivers/gpu/drm/drm_ioctl.c', fn: 'drm_ioctl', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
DMA_BUF_IOCTL_SYNC(card, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)
`,
  },
  on: ['ioctl.refused.kind', 'trap.leave'],
  memory: () => new Map<string, Id<'file'>>(),
  watch(step, _world, memory) {
    if (is(step, 'ioctl.refused.kind')) memory.set(step.call, step.fields.file)
    const file = memory.get(step.call)
    return is(step, 'trap.leave') && step.fields.errno === null && file ? [file] : undefined
  },
})
