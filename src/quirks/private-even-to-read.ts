/** What may become writable counts as written. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'private-even-to-read',
  title: 'Private is refused even for reading',
  text: 'A private area could be written later, and page frames cannot be copied on write: so it is refused even when it is only to be read.',
  source: { file: 'drivers/gpu/drm/drm_gem_shmem_helper.c', fn: 'drm_gem_shmem_mmap', version: 'v6.1 to v6.19' },
  seenIn: {
    kernels: ['K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
mmap(4096, PROT_READ, MAP_PRIVATE, fd)
`,
  },
  on: ['mmap.refused.private'],
  watch(step, world) {
    if (!is(step, 'mmap.refused.private')) return undefined
    const { vma, gem } = step.fields
    return get(world, vma)!.flags.includes('wr') ? undefined : [vma, gem]
  },
})
