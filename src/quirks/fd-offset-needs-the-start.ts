/** Two ways that meet in one lookup. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default quirk({
  id: 'fd-offset-needs-the-start',
  title: 'The second page cannot be mapped',
  text: 'The descriptor is mapped by adding the fake offset, and that must be the exact start of an object: any offset but 0 is EINVAL.',
  source: { file: 'drivers/gpu/drm/drm_prime.c', fn: 'drm_gem_prime_mmap', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 64, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4096)
`,
  },
  on: ['mmap.refused.offset'],
  watch(step) {
    if (!is(step, 'mmap.refused.offset') || !step.stack.includes('drm_gem_prime_mmap')) return undefined
    return [step.actor as Id<'task'>]
  },
})
