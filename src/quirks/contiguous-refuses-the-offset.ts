/** A length of the wrong thing. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'contiguous-refuses-the-offset',
  title: 'Half a buffer cannot be mapped',
  text: 'The helper hands on the length of the area where that of the buffer is meant: with any offset the area seems to reach beyond the end, ENXIO.',
  source: { file: 'drivers/gpu/drm/drm_gem_dma_helper.c', fn: 'drm_gem_dma_mmap', version: 'v6.1 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    exporter: 'rockchip',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4096)
`,
  },
  on: ['mmap.refused.range'],
  watch(step) {
    return is(step, 'mmap.refused.range') ? [step.fields.vma] : undefined
  },
})
