/** A first export in disguise. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'fence-fixes-the-mode',
  title: 'A fence makes the buffer read-only',
  text: 'A test fence of vgem exports its buffer first, without DRM_RDWR: the mode of every later export is decided by that.',
  source: { file: 'drivers/gpu/drm/vgem/vgem_fence.c', fn: 'attach_dmabuf', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    exporter: 'vgem',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
e = DRM_IOCTL_VGEM_FENCE_ATTACH(card, bo, VGEM_FENCE_WRITE)
`,
  },
  on: ['dmabuf.export'],
  watch(step) {
    return is(step, 'dmabuf.export') && step.stack.includes('attach_dmabuf') ? [step.fields.dmaBuf] : undefined
  },
})
