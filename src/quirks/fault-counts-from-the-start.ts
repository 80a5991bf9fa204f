/** The same arithmetic after a part of the mapping has gone. */
import { quirk } from '../journal/quirk.ts'
import { miscounted } from './_known.ts'

export default quirk({
  id: 'fault-counts-from-the-start',
  title: 'A page that moved with the start of its area',
  text: 'The fault handler counts from the start of the area: when its head is unmapped or split off, pages that were not touched before come from the wrong place.',
  source: { file: 'drivers/gpu/drm/drm_gem_shmem_helper.c', fn: 'drm_gem_shmem_fault', version: 'v6.1 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
px = mmap(8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
munmap(px, 4096)
load(px + 4096, 1)
`,
  },
  ...miscounted(moved => moved),
})
