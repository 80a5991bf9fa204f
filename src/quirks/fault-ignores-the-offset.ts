/** A page index that ignores the mapping offset. */
import { quirk } from '../journal/quirk.ts'
import { miscounted } from './_known.ts'

export default quirk({
  id: 'fault-ignores-the-offset',
  title: 'The second page shows the first',
  text: 'The fault handler counts from the start of the area and never looks at the offset that was mapped: whoever maps the second page sees the first.',
  source: { file: 'drivers/gpu/drm/drm_gem_shmem_helper.c', fn: 'drm_gem_shmem_fault', version: 'v6.1 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4096)
store(px, "a5")
`,
  },
  ...miscounted(moved => !moved),
})
