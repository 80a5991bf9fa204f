/** A put that is missing. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'patch-keeps-the-import',
  title: 'Every mapping leaves a reference',
  text: 'The patch returns from its new branch without the put that the old one has: each mmap of an import through the node leaves one reference of it behind, for ever.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_mmap_helper', version: 'v5.2 with the patch of July 2019' },
  seenIn: {
    kernels: ['KRFC'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)
munmap(px)
`,
  },
  on: ['ref.lost'],
  watch(step) {
    if (!is(step, 'ref.lost') || step.fields.by !== 'drm_gem_mmap_helper') return undefined
    return [step.fields.to]
  },
})
