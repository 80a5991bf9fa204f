/** The offset of the fake kind and that of the buffer are one field. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import { mmapArgs } from './_known.ts'

export default quirk({
  id: 'contiguous-forgets-the-offset',
  title: 'An offset that is set to 0',
  text: 'The helper for contiguous memory sets the offset of every area to 0: whoever maps the second page sees the first.',
  source: { file: 'drivers/gpu/drm/drm_gem_cma_helper.c', fn: 'drm_gem_cma_mmap_obj', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    exporter: 'rockchip',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4096)
`,
  },
  on: ['mmap.whole'],
  watch(step, _world, _memory, call) {
    if (!is(step, 'mmap.whole') || step.fields.pgoff !== 0) return undefined
    const { vma, gem } = step.fields
    if (!step.stack.includes('dma_buf_mmap_internal') || !step.stack.includes('drm_gem_cma_mmap_obj')) return undefined
    return (mmapArgs(call)?.offset ?? 0) > 0 ? [vma, gem] : undefined
  },
})
